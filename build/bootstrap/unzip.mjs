// Unpacks a zip whose bytes were already checked against a digest. Refuses names that leave the folder.
import { createReadStream, createWriteStream, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, join, normalize, isAbsolute } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createInflateRaw } from 'node:zlib'
import { stop } from './say.mjs'

/**
 * @param {string} file a zip without encryption and without ZIP64
 * @param {string} folder
 * @param {(name: string) => string | undefined} place path inside the folder for an entry, undefined to leave it out
 */
export async function unzip(file, folder, place) {
  const handle = await open(file)
  try {
    for (const entry of await centralDirectory(handle)) {
      const name = place(entry.name)
      if (name === undefined || entry.name.endsWith('/')) continue
      const path = normalize(name)
      if (isAbsolute(path) || path.startsWith('..')) stop(`${file} holds a name outside its folder: ${entry.name}`)
      const target = join(folder, path)
      mkdirSync(dirname(target), { recursive: true })
      await unpack(handle, file, entry, target)
    }
  } finally {
    await handle.close()
  }
}

/** @typedef {{ name: string, method: number, packed: number, size: number, offset: number, mode: number }} Entry */

/** APPNOTE 4.3.16 and 4.3.12. @param {import('node:fs/promises').FileHandle} handle @returns {Promise<Entry[]>} */
async function centralDirectory(handle) {
  const { size } = await handle.stat()
  const tail = await bytesAt(handle, Math.max(0, size - 65_557), Math.min(size, 65_557))
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  if (end < 0) stop('the archive has no end record: it was cut short')
  const directory = await bytesAt(handle, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12))
  const entries = []
  for (let at = 0; at < directory.length; ) {
    const nameLength = directory.readUInt16LE(at + 28)
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      method: directory.readUInt16LE(at + 10),
      packed: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      offset: directory.readUInt32LE(at + 42),
      mode: directory.readUInt32LE(at + 38) >>> 16,
    })
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  return entries
}

/** @param {import('node:fs/promises').FileHandle} handle @param {string} file @param {Entry} entry @param {string} target */
async function unpack(handle, file, entry, target) {
  const local = await bytesAt(handle, entry.offset, 30)
  const start = entry.offset + 30 + local.readUInt16LE(26) + local.readUInt16LE(28)
  if ((entry.mode & 0o170000) === 0o120000) {
    symlinkSync((await bytesAt(handle, start, entry.packed)).toString('utf8'), target)
    return
  }
  const mode = entry.mode & 0o111 ? 0o755 : 0o644
  if (entry.packed === 0) {
    writeFileSync(target, '', { mode })
    return
  }
  const to = createWriteStream(target, { mode })
  const from = createReadStream(file, { start, end: start + entry.packed - 1 })
  if (entry.method === 0) await pipeline(from, to)
  else if (entry.method === 8) await pipeline(from, createInflateRaw(), to)
  else stop(`${file} uses compression method ${entry.method}`)
}

/** @param {import('node:fs/promises').FileHandle} handle @param {number} position @param {number} length */
async function bytesAt(handle, position, length) {
  const { buffer } = await handle.read(Buffer.alloc(length), 0, length, position)
  return buffer
}
