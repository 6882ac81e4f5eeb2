// A folder on this disk as the archive room looks at it: listed without following any link, read without following any link.
// It never writes, and opens only what it listed as an ordinary file.

import { constants, promises as fs, type BigIntStats, type Dirent } from 'node:fs'
import { join } from 'node:path'
import type { FileTree, TreeEntry } from '@shared/archive/ports.ts'
import { err, ok } from '@shared/base/result.ts'

// On Windows there is no O_NOFOLLOW; there the identity of what was listed is compared instead.
const openFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)
const chunkLength = 1 << 20

export function diskTree(root: string): FileTree {
  const listed = new Map<string, BigIntStats>()
  return {
    entries: () => walk(root, '', listed),
    async read(path, take) {
      const before = listed.get(path)
      if (before === undefined) return err({ type: 'FileUnreadable', path, retry: 'later' })
      let handle: fs.FileHandle | undefined
      try {
        handle = await fs.open(join(root, path), openFlags)
        const now = await handle.stat({ bigint: true })
        if (!now.isFile() || now.ino !== before.ino || now.dev !== before.dev) return err({ type: 'FileUnreadable', path, retry: 'later' })
        return ok(await readAll(handle, take))
      } catch (cause) {
        if (typeof (cause as NodeJS.ErrnoException).code !== 'string') throw cause
        return err({ type: 'FileUnreadable', path, retry: 'later' })
      } finally {
        await handle?.close()
      }
    },
  }
}

async function readAll(handle: fs.FileHandle, take: (chunk: Uint8Array) => void): Promise<number> {
  const buffer = new Uint8Array(chunkLength)
  let total = 0
  for (;;) {
    const { bytesRead } = await handle.read(buffer, 0, chunkLength, null)
    if (bytesRead === 0) return total
    total += bytesRead
    take(buffer.subarray(0, bytesRead))
  }
}

async function* walk(root: string, folder: string, listed: Map<string, BigIntStats>): AsyncGenerator<TreeEntry, void, undefined> {
  let names: Dirent<Buffer>[]
  try {
    names = await fs.readdir(join(root, folder), { withFileTypes: true, encoding: 'buffer' })
  } catch {
    yield { path: folder === '' ? '.' : folder, kind: 'unreadable', size: 0 }
    return
  }
  for (const dirent of names) {
    const name = nameOf(dirent.name)
    const path = folder === '' ? name.text : `${folder}/${name.text}`
    if (!name.exact) {
      yield { path, kind: 'undecodable', size: 0 }
      continue
    }
    const entry = await entryOf(root, path, listed)
    yield entry
    if (entry.kind === 'directory') yield* walk(root, path, listed)
  }
}

/** File names are bytes on Linux: one that is not UTF-8 cannot be named by a manifest, and is shown with its bad bytes replaced. */
function nameOf(bytes: Buffer): { text: string; exact: boolean } {
  const text = bytes.toString('utf8')
  return { text, exact: Buffer.from(text, 'utf8').equals(bytes) }
}

async function entryOf(root: string, path: string, listed: Map<string, BigIntStats>): Promise<TreeEntry> {
  try {
    const stats = await fs.lstat(join(root, path), { bigint: true })
    if (stats.isSymbolicLink()) return { path, kind: 'symlink', size: 0 }
    if (stats.isDirectory()) return { path, kind: 'directory', size: 0 }
    if (!stats.isFile()) return { path, kind: 'special', size: 0 }
    listed.set(path, stats)
    return { path, kind: 'file', size: Number(stats.size) }
  } catch {
    return { path, kind: 'unreadable', size: 0 }
  }
}
