// Writes one package to a folder so that it is there whole or not at all: everything goes into a part folder beside the
// target, is forced to the medium, and appears under its name by one rename. It never follows a path out of the target,
// never overwrites a package and never creates the parent folder (a stick that was pulled out must not be written to the
// disk below its mount point).

import { dirname, join, basename, resolve } from 'node:path'
import { judgePath } from '@shared/archive/bag-path.ts'
import type { PackageFile } from '@shared/archive/ports.ts'
import { bytesToHex } from '@shared/base/bytes.ts'
import type { Random } from '@shared/base/ports.ts'
import { assert, err, ok, type Failure, type Result } from '@shared/base/result.ts'

/** The few disk operations an export needs. All reject with Node's system errors (`code`). */
export interface SinkDisk {
  exists(path: string): Promise<boolean>
  /** The parent is there already. */
  createFolder(path: string): Promise<void>
  /** A new file; fails when there is one. */
  createFile(path: string): Promise<SinkFile>
  /** Forces names in a folder to the medium, where the system can. */
  syncFolder(path: string): Promise<void>
  /** Fails when `to` is a folder with content. */
  rename(from: string, to: string): Promise<void>
  /** The folder with all below it; nothing there is no error. */
  remove(path: string): Promise<void>
}

export interface SinkFile {
  /** All of the bytes or an error. */
  write(bytes: Uint8Array): Promise<void>
  sync(): Promise<void>
  close(): Promise<void>
}

/** Why a package could not be written. Nothing of it is left behind in any of these. */
export type SinkFailure = Failure<'TargetFull' | 'TargetReadOnly' | 'TargetVanished' | 'TargetExists' | 'TargetRefused'>
export type ExportCancelled = Failure<'ExportCancelled'>

/** One package being written. Calls are taken one after the other; after a failure or a cancel every further call gives the same answer. */
export interface ExportJob {
  /** Where the package will be. */
  readonly path: string
  /** One file; the value is its length. An error thrown by `chunks` ends the job and comes back as it is. */
  put(path: string, chunks: PackageFile['chunks']): Promise<Result<number, SinkFailure | ExportCancelled>>
  /** Everything forced to the medium, then under its name, all at once. */
  finish(): Promise<Result<{ readonly path: string; readonly files: number; readonly octets: number }, SinkFailure | ExportCancelled>>
  /** Stops between two pieces of a file that is being put, and removes what was written. */
  cancel(): Promise<void>
}

export interface ExportSink {
  /** `target` is the folder to be; it must not be there and its parent must. */
  begin(target: string): Promise<Result<ExportJob, SinkFailure>>
}

export interface ExportProgress {
  readonly files: number
  readonly octets: number
  /** The path just written, relative to the package. */
  readonly path: string
}

const unsyncedLimit = 16

export function createExportSink(disk: SinkDisk, random: Random): ExportSink {
  return {
    async begin(target) {
      const path = resolve(target)
      const part = join(dirname(path), `.${basename(path)}.part-${bytesToHex(random.bytes(6))}`)
      const { marked, isFromDisk } = markErrors(disk)
      try {
        if (await marked.exists(path)) return err({ type: 'TargetExists', retry: 'never' })
        await marked.createFolder(part)
      } catch (cause) {
        await disk.remove(part).catch(() => undefined)
        if (!isFromDisk(cause)) throw cause
        return err(codeToFailure(cause.code))
      }
      return ok(createJob({ disk: marked, part, path, folders: new Set([part]), syncing: new Set(), troubles: [], isFromDisk }))
    },
  }
}

/** Writes a whole package, as `buildBag` gives it. */
export async function writePackage(
  sink: ExportSink,
  target: string,
  files: AsyncIterable<PackageFile>,
  options: { readonly signal?: AbortSignal; readonly onProgress?: (progress: ExportProgress) => void } = {},
): Promise<Awaited<ReturnType<ExportJob['finish']>>> {
  const begun = await sink.begin(target)
  if (!begun.ok) return begun
  const job = begun.value
  const cancel = (): void => void job.cancel()
  options.signal?.addEventListener('abort', cancel)
  try {
    if (options.signal?.aborted === true) await job.cancel()
    let octets = 0
    let count = 0
    for await (const file of files) {
      const put = await job.put(file.path, file.chunks)
      if (!put.ok) return put
      octets += put.value
      options.onProgress?.({ files: ++count, octets, path: file.path })
    }
    return await job.finish()
  } catch (cause) {
    await job.cancel()
    throw cause
  } finally {
    options.signal?.removeEventListener('abort', cancel)
  }
}

interface Writing {
  readonly disk: SinkDisk
  readonly part: string
  readonly path: string
  readonly folders: Set<string>
  /** Forced writes under way: with many small files the medium may put them together. */
  readonly syncing: Set<Promise<void>>
  readonly troubles: unknown[]
  isFromDisk(cause: unknown): cause is { code: string }
}

function createJob(writing: Writing): ExportJob {
  const cancelled: ExportCancelled = { type: 'ExportCancelled', retry: 'now' }
  const done = { files: 0, octets: 0 }
  let over: SinkFailure | ExportCancelled | null = null
  let finished = false
  let stop = false
  let last: Promise<unknown> = Promise.resolve()
  const end = async (failure: SinkFailure | ExportCancelled, leftover: string): Promise<void> => {
    over ??= failure
    await Promise.all(writing.syncing)
    await writing.disk.remove(leftover).catch(() => undefined)
  }
  const inTurn = <T>(work: () => Promise<T>, leftover: () => string): Promise<Result<T, SinkFailure | ExportCancelled>> => {
    const turn = last.then(async (): Promise<Result<T, SinkFailure | ExportCancelled>> => {
      if (over !== null) return err(over)
      assert(!finished, 'a finished package takes no more files')
      try {
        const value = await work()
        if (stop) throw cancelled
        return ok(value)
      } catch (cause) {
        const failure = stop ? cancelled : writing.isFromDisk(cause) ? codeToFailure(cause.code) : null
        await end(failure ?? cancelled, leftover())
        if (failure === null) throw cause
        return err(failure)
      }
    })
    last = turn.catch(() => undefined)
    return turn
  }
  let appeared = false
  return {
    path: writing.path,
    put: (path, chunks) =>
      inTurn(async () => {
        const octets = await writeFile(writing, path, chunks, () => stop)
        done.files += 1
        done.octets += octets
        return octets
      }, () => writing.part),
    async finish() {
      const result = await inTurn(async () => {
        await settle(writing)
        if (stop) throw cancelled
        await writing.disk.rename(writing.part, writing.path)
        appeared = true
        await writing.disk.syncFolder(dirname(writing.path))
        return { path: writing.path, ...done }
      }, () => (appeared ? writing.path : writing.part))
      finished = result.ok
      return result
    },
    async cancel() {
      if (finished) return
      stop = true
      await last
      if (!finished && over === null) await end(cancelled, writing.part)
    },
  }
}

async function writeFile(writing: Writing, path: string, chunks: PackageFile['chunks'], stopped: () => boolean): Promise<number> {
  assert(judgePath(path).reasons.length === 0, 'a package names only portable paths inside itself')
  const to = join(writing.part, path)
  await createFolders(writing, dirname(to))
  const handle = await writing.disk.createFile(to)
  let octets = 0
  try {
    for await (const chunk of chunks) {
      if (stopped()) break
      await handle.write(chunk)
      octets += chunk.length
    }
  } catch (cause) {
    await handle.close().catch(() => undefined)
    throw cause
  }
  const sync: Promise<void> = syncAndClose(handle)
    .catch((cause: unknown) => void writing.troubles.push(cause))
    .finally(() => writing.syncing.delete(sync))
  writing.syncing.add(sync)
  if (writing.syncing.size >= unsyncedLimit) await Promise.race(writing.syncing)
  if (writing.troubles.length > 0) throw writing.troubles[0]
  return octets
}

/** All files and folders forced to the medium. */
async function settle(writing: Writing): Promise<void> {
  await Promise.all(writing.syncing)
  if (writing.troubles.length > 0) throw writing.troubles[0]
  for (const folder of [...writing.folders].toReversed()) await writing.disk.syncFolder(folder)
}

async function syncAndClose(handle: SinkFile): Promise<void> {
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function createFolders(writing: Writing, folder: string): Promise<void> {
  if (writing.folders.has(folder)) return
  await createFolders(writing, dirname(folder))
  await writing.disk.createFolder(folder)
  writing.folders.add(folder)
}

/** The same disk, which remembers the errors it made: an error of whoever feeds the export is never taken for one of them. */
function markErrors(disk: SinkDisk): { marked: SinkDisk; isFromDisk(cause: unknown): cause is { code: string } } {
  const made = new WeakSet<object>()
  const mark = <A extends unknown[], T>(work: (...args: A) => Promise<T>) => async (...args: A): Promise<T> => {
    try {
      return await work(...args)
    } catch (cause) {
      if (typeof cause === 'object' && cause !== null) made.add(cause)
      throw cause
    }
  }
  const marked: SinkDisk = {
    exists: mark((path) => disk.exists(path)),
    createFolder: mark((path) => disk.createFolder(path)),
    async createFile(path) {
      const file = await mark(() => disk.createFile(path))()
      return { write: mark((bytes) => file.write(bytes)), sync: mark(() => file.sync()), close: mark(() => file.close()) }
    },
    syncFolder: mark((path) => disk.syncFolder(path)),
    rename: mark((from, to) => disk.rename(from, to)),
    remove: mark((path) => disk.remove(path)),
  }
  const isFromDisk = (cause: unknown): cause is { code: string } =>
    typeof cause === 'object' && cause !== null && made.has(cause) && typeof (cause as { code?: unknown }).code === 'string'
  return { marked, isFromDisk }
}

function codeToFailure(code: string): SinkFailure {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return { type: 'TargetFull', retry: 'later' }
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return { type: 'TargetReadOnly', retry: 'later' }
    case 'ENOENT':
    case 'ENOTDIR':
    case 'EIO':
    case 'ENXIO':
    case 'ENODEV':
    case 'ENOTCONN':
    case 'ESTALE':
      return { type: 'TargetVanished', retry: 'later' }
    case 'EEXIST':
    case 'ENOTEMPTY':
      return { type: 'TargetExists', retry: 'never' }
    default:
      return { type: 'TargetRefused', retry: 'later' }
  }
}
