// Keeps unpacked Electron runtimes and servers in the person's cache folder, so that a fresh clone need not fetch again.
// What is kept is used only when its files are what they were when it was unpacked from verified bytes.
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'

/** @typedef {{ size: number, mtime: number, sha256: string }} KnownFile */

/** @param {'electron' | 'debian'} part */
export function cacheFolder(part) {
  const base = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache')
  const folder = join(base, 'fumibako', part)
  mkdirSync(folder, { recursive: true })
  return folder
}

/** @param {string} dist @param {string} source integrity of what it was unpacked from */
export async function isIntact(dist, source) {
  const manifest = `${dist}.json`
  if (!existsSync(manifest)) return false
  /** @type {{ source: string, files: Record<string, KnownFile> }} */
  const known = JSON.parse(readFileSync(manifest, 'utf8'))
  if (known.source !== source) return false
  for (const [name, file] of Object.entries(known.files)) {
    const found = statSync(join(dist, name), { throwIfNoEntry: false })
    if (!found || found.size !== file.size) return false
    if (found.mtimeMs !== file.mtime && (await sha256(join(dist, name))) !== file.sha256) return false
  }
  return true
}

/**
 * Fills a folder beside its final place and moves it there in one step, so that two commands at once do not meet half a runtime.
 * @param {string} dist
 * @param {string} source
 * @param {(folder: string) => Promise<void>} fill
 */
export async function keep(dist, source, fill) {
  const partial = `${dist}.${process.pid}.partial`
  rmSync(partial, { recursive: true, force: true })
  mkdirSync(partial, { recursive: true })
  try {
    await fill(partial)
    /** @type {Record<string, KnownFile>} */
    const files = {}
    for (const name of filesIn(partial, '')) {
      const { size, mtimeMs } = statSync(join(partial, name))
      files[name] = { size, mtime: mtimeMs, sha256: await sha256(join(partial, name)) }
    }
    rmSync(dist, { recursive: true, force: true })
    renameSync(partial, dist)
    writeFileSync(`${dist}.json`, JSON.stringify({ source, files }))
  } finally {
    rmSync(partial, { recursive: true, force: true })
  }
}

/** @param {string} folder @param {string} inside @returns {string[]} */
function filesIn(folder, inside) {
  return readdirSync(join(folder, inside), { withFileTypes: true }).flatMap((entry) => {
    const name = inside === '' ? entry.name : `${inside}/${entry.name}`
    return entry.isDirectory() ? filesIn(folder, name) : entry.isFile() ? [name] : []
  })
}

/** @param {string} file */
async function sha256(file) {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}
