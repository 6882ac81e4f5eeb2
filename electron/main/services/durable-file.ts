// How a whole file gets its name on a disk: written beside, synced, renamed, its folder synced. Half a file never has the name.
// Throws the system's errors: the callers say what they mean to them.

import { randomBytes } from 'node:crypto'
import { mkdir, open, rename, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { createJoining } from '@shared/base/turns.ts'

/** Of a file that has not got its name yet. Followed by nothing. */
export const halfFile = '.part'

/** File systems that know no sync of a folder (Windows, some network shares) say so by one of these. */
const noSyncOfFolders = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'EISDIR', 'EPERM', 'EBADF'])

/** Answered after `fdatasync`. Throws after taking the half file away; `signal` is heard until the file gets its name. */
export async function writeDurably(path: string, bytes: Uint8Array, signal?: AbortSignal): Promise<void> {
  const part = `${path}.${randomBytes(6).toString('hex')}${halfFile}`
  try {
    const file = await open(part, 'wx', 0o600)
    try {
      await file.writeFile(bytes, { signal })
      await file.datasync()
    } finally {
      await file.close()
    }
    signal?.throwIfAborted()
    await rename(part, path)
    await syncFolderOnce(dirname(path))
  } catch (thrown) {
    await unlink(part).catch(() => null)
    throw thrown
  }
}

/** Creates a folder with what lies above it, and makes each new name durable. */
export async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 })
  if (!first) return
  for (let at = folder; at.length >= first.length; at = dirname(at)) await syncFolder(dirname(at))
}

export function isFull(thrown: unknown): boolean {
  return ['ENOSPC', 'EDQUOT'].includes(errorCode(thrown))
}

/** `ENOENT` and its like; empty for what is no error of the system. */
export function errorCode(thrown: unknown): string {
  return (thrown as NodeJS.ErrnoException | null)?.code ?? ''
}

/** Of names that came into a folder side by side: one sync that begins after all of them is enough for all. */
const syncFolderOnce = createJoining(syncFolder)

/** Where a folder can be forced at all: not on Windows, nor on every stick. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch (thrown) {
    if (!noSyncOfFolders.has(errorCode(thrown))) throw thrown
  }
}
