// The workspace's objects on this disk, under the same names as anywhere else. Write-once names never change; wraps
// are replaced whole. A write is answered after `fdatasync` of the file and of its folder; half a file never gets its name.

import { access, open, readdir, readFile, rm } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { equalBytes } from '@shared/base/bytes.ts'
import { err, ok, type Failure, type Result } from '@shared/base/result.ts'
import { createTurns } from '@shared/base/turns.ts'
import { isObjectName, snapshotPlace } from '@shared/log/names.ts'
import { errorCode, halfFile, isFull, makeFolder, writeDurably } from './durable-file.ts'

export type WriteFailure = Failure<'DiskFull' | 'DiskBroken' | 'ObjectRefused'>

export interface ObjectStore {
  /** Write-once: the same bytes again are fine, other bytes under a taken name are refused. */
  put(name: string, bytes: Uint8Array): Promise<Result<null, WriteFailure>>
  /** Replaces a name that has one writer (wraps). Atomic. */
  replace(name: string, bytes: Uint8Array): Promise<Result<null, WriteFailure>>
  /** Snapshots only: what is derived may go when a later one is there. A file that does not go stays. */
  forget(name: string): Promise<void>
  get(name: string): Promise<Uint8Array | null>
  has(name: string): Promise<boolean>
  range(name: string, at: number, length: number): Promise<Uint8Array | null>
  /** Every object there is, in no order. */
  names(): Promise<readonly string[]>
  /** Names of entries right under a folder, sorted; empty when there is none. */
  list(folder: string): Promise<readonly string[]>
}

/** One store for each workspace, which remembers the folders that it made. `folder`: of this device's data. */
export function createObjectStores(folder: string): (workspace: string) => ObjectStore {
  const stores = new Map<string, ObjectStore>()
  return (workspace) => {
    const store = stores.get(workspace) ?? createObjectStore(join(folder, 'objects', 'z1', workspace))
    stores.set(workspace, store)
    return store
  }
}

/** `root` is the folder `z1/<workspace>` on this disk. */
export function createObjectStore(root: string): ObjectStore {
  const made = new Map<string, Promise<void>>()
  const inTurn = createTurns()
  /** One after another: no folder is used before its name, and those above it, are durable. */
  const folderOf = (folder: string): Promise<void> => {
    const making = made.get(folder) ?? inTurn(() => makeFolder(folder))
    made.set(folder, making)
    making.catch(() => made.delete(folder))
    return making
  }
  const pathOf = (name: string): string => {
    if (!isObjectName(name)) throw new Error('defect: not an object name')
    return join(root, ...name.split('/'))
  }
  const write = async (name: string, bytes: Uint8Array): Promise<Result<null, WriteFailure>> => {
    const path = pathOf(name)
    try {
      const folder = dirname(path)
      await folderOf(folder)
      await writeDurably(path, bytes).catch(async (thrown: unknown) => {
        if (errorCode(thrown) !== 'ENOENT') throw thrown
        // Taken away since, with whatever was in it.
        made.delete(folder)
        await folderOf(folder)
        await writeDurably(path, bytes)
      })
      return ok(null)
    } catch (thrown) {
      return err({ type: isFull(thrown) ? 'DiskFull' : 'DiskBroken', retry: 'later' })
    }
  }
  return {
    async put(name, bytes) {
      const before = await readOrNull(pathOf(name))
      if (before) return equalBytes(before, bytes) ? ok(null) : err({ type: 'ObjectRefused', retry: 'never' })
      return write(name, bytes)
    },
    replace: write,
    async forget(name) {
      if (!snapshotPlace(name)) throw new Error('defect: only a snapshot may be forgotten')
      await rm(pathOf(name), { force: true }).catch(() => undefined)
    },
    get: (name) => readOrNull(pathOf(name)),
    has: (name) => access(pathOf(name)).then(() => true, () => false),
    async range(name, at, length) {
      const file = await open(pathOf(name), 'r').catch(() => null)
      if (!file) return null
      try {
        const buffer = new Uint8Array(length)
        const { bytesRead } = await file.read(buffer, 0, length, at)
        return bytesRead === length ? buffer : null
      } finally {
        await file.close()
      }
    },
    names: async () => (await readdir(root, { recursive: true, withFileTypes: true }).catch(() => [])).flatMap((entry) => {
      const name = relative(root, join(entry.parentPath, entry.name)).split(sep).join('/')
      return entry.isFile() && isObjectName(name) && !name.endsWith(halfFile) ? [name] : []
    }),
    async list(folder) {
      const names = await readdir(join(root, ...folder.split('/'))).catch(() => [])
      return names.filter((name) => !name.endsWith(halfFile)).sort()
    },
  }
}

async function readOrNull(path: string): Promise<Uint8Array | null> {
  try {
    return Uint8Array.from(await readFile(path))
  } catch (thrown) {
    if (errorCode(thrown) === 'ENOENT') return null
    throw thrown
  }
}

/** The same store, telling of every object that was written. */
export function tellingStore(store: ObjectStore, wrote: (name: string) => void): ObjectStore {
  const told = async (name: string, written: Promise<Result<null, WriteFailure>>): Promise<Result<null, WriteFailure>> => {
    const answer = await written
    if (answer.ok) wrote(name)
    return answer
  }
  return { ...store, put: (name, bytes) => told(name, store.put(name, bytes)), replace: (name, bytes) => told(name, store.replace(name, bytes)) }
}
