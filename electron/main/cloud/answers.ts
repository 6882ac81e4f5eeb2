// What every adapter says in the same words: the failures of the port, the names it takes, the most it reads. Holds no protocol.

import { assert, err, ok, type Result } from '@shared/base/result.ts'
import { isObjectName } from '@shared/log/names.ts'
import type { StorageFailure } from '@shared/sync/storage.ts'

/** Bytes. More than any object of ours; a longer answer is none. */
export const largestObject = 64 * 1024 * 1024

const retries: Readonly<Record<StorageFailure['type'], StorageFailure['retry']>> = {
  StorageUnreachable: 'later',
  StorageBusy: 'later',
  StorageRefused: 'never',
  StorageFull: 'later',
  StorageNonsense: 'later',
  StorageUntrusted: 'later',
  StorageProxyRefused: 'later',
  StorageSignInNeeded: 'later',
  StorageCancelled: 'now',
}

export function failure(type: StorageFailure['type'], retryAfterMs?: number): StorageFailure {
  return { type, retry: retries[type], ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }
}

/** Thrown inside an adapter where a failure ends what was under way; `answering` turns it into the answer. */
export class StorageStop extends Error {
  constructor(readonly failure: StorageFailure) {
    super(failure.type)
  }
}

export function stop(type: StorageFailure['type'], retryAfterMs?: number): never {
  throw new StorageStop(failure(type, retryAfterMs))
}

/** Does one act of the port. `meaningOf` says what a thrown error means, null for a defect, which goes on up. */
export async function answering<V>(signal: AbortSignal, meaningOf: (thrown: unknown) => StorageFailure | null, work: () => Promise<V>): Promise<Result<V, StorageFailure>> {
  if (signal.aborted) return err(failure('StorageCancelled'))
  try {
    return ok(await work())
  } catch (thrown) {
    if (thrown instanceof StorageStop) return err(thrown.failure)
    const meaning = signal.aborted ? failure('StorageCancelled') : meaningOf(thrown)
    if (!meaning) throw thrown
    return err(meaning)
  }
}

/** Segments of a name; a name that is none is a defect and reaches no storage. */
export function partsOf(name: string): readonly string[] {
  assert(isObjectName(name), 'only object names are asked of a storage')
  return name.split('/')
}

/** Names that would pass for an object's and are none: half files, what Syncthing makes of a conflict, what file managers leave. */
export function isLitter(file: string): boolean {
  return /\.(part|partial|tmp|temp|crdownload|icloud)$|\.sync-conflict-|\.conflict|^(desktop\.ini|thumbs\.db)$/.test(file)
}

/** A copy that a program which synchronises a folder made because two machines wrote `file`: `aa (1)`, `aa-DESKTOP-7`, `aa.sync-conflict-…`. */
export function isConflictCopy(file: string, of: string): boolean {
  return file.length > of.length && file.startsWith(of) && /^( ?\(|-[a-z]|\.sync-conflict|\.conflict| ?の| - |競合)/i.test(file.slice(of.length))
}

/** The folder that holds everything that begins so: `j/ab/00` → `j/ab/`. */
export function folderOf(prefix: string): string {
  assert(prefix === '' || isObjectName(prefix.replace(/\/$/, '')), 'a prefix is the beginning of object names')
  return prefix.slice(0, prefix.lastIndexOf('/') + 1)
}

/** Where a workspace's objects lie in any storage. */
export function workspaceFolder(workspace: string): readonly string[] {
  return ['z1', ...partsOf(workspace)]
}

/** The bytes asked for; without a range the most that an object may have. */
export function rangeOf(range: { readonly at: number; readonly length: number } | undefined): { readonly at: number; readonly length: number } {
  if (!range) return { at: 0, length: largestObject }
  assert(Number.isSafeInteger(range.at) && range.at >= 0 && Number.isSafeInteger(range.length) && range.length > 0 && range.length <= largestObject, 'a range is whole bytes of an object')
  return range
}
