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

export interface ExportProgress {
  readonly files: number
  readonly octets: number
  /** The path being written, relative to the package. */
  readonly path: string
}

export interface ExportOptions {
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: ExportProgress) => void
}

export interface ExportDone {
  readonly path: string
  readonly files: number
  readonly octets: number
}

export interface ExportSink {
  /** `target` is the folder to be; what it is made of is read once, in order. Errors thrown by `files` come back as they are. */
  write(target: string, files: AsyncIterable<PackageFile>, options?: ExportOptions): Promise<Result<ExportDone, ExportFailure>>
}

/** Nothing of the package is left behind in any of these. */
export type ExportFailure =
  | (Failure<'ExportTargetFull'> & { readonly target: string })
  | (Failure<'ExportTargetReadOnly'> & { readonly target: string })
  | (Failure<'ExportTargetGone'> & { readonly target: string })
  | (Failure<'ExportTargetExists'> & { readonly target: string })
  | (Failure<'ExportTargetRefused'> & { readonly target: string; readonly code: string })
  | (Failure<'ExportCancelled'> & { readonly target: string })

const unsyncedLimit = 16

export function createExportSink(disk: SinkDisk, random: Random): ExportSink {
  return {
    async write(target, files, options = {}) {
      const path = resolve(target)
      const part = join(dirname(path), `.${basename(path)}.part-${bytesToHex(random.bytes(6))}`)
      const { marked, isFromDisk } = markErrors(disk)
      let appeared = false
      try {
        options.signal?.throwIfAborted()
        if (await marked.exists(path)) return err({ type: 'ExportTargetExists', target: path, retry: 'never' })
        const written = await writePart(marked, part, files, options)
        options.signal?.throwIfAborted()
        await marked.rename(part, path)
        appeared = true
        await marked.syncFolder(dirname(path))
        return ok({ path, ...written })
      } catch (cause) {
        await disk.remove(appeared ? path : part).catch(() => undefined)
        if (options.signal?.aborted === true) return err({ type: 'ExportCancelled', target: path, retry: 'now' })
        if (!isFromDisk(cause)) throw cause
        return err(codeToFailure(cause.code, path))
      }
    },
  }
}

interface Writing {
  readonly disk: SinkDisk
  readonly part: string
  readonly folders: Set<string>
  /** Forced writes under way: with many small files the medium may put them together. */
  readonly syncing: Set<Promise<void>>
  readonly troubles: unknown[]
}

async function writePart(disk: SinkDisk, part: string, files: AsyncIterable<PackageFile>, options: ExportOptions): Promise<{ files: number; octets: number }> {
  await disk.createFolder(part)
  const writing: Writing = { disk, part, folders: new Set([part]), syncing: new Set(), troubles: [] }
  const done = { files: 0, octets: 0 }
  try {
    for await (const file of files) {
      options.onProgress?.({ ...done, path: file.path })
      done.octets += await writeFile(writing, file, options, done)
      done.files += 1
      if (writing.troubles.length > 0) throw writing.troubles[0]
    }
  } finally {
    await Promise.all(writing.syncing)
  }
  if (writing.troubles.length > 0) throw writing.troubles[0]
  for (const folder of [...writing.folders].toReversed()) await disk.syncFolder(folder)
  return done
}

async function writeFile(writing: Writing, file: PackageFile, options: ExportOptions, before: { files: number; octets: number }): Promise<number> {
  assert(judgePath(file.path).reasons.length === 0, 'a package names only portable paths inside itself')
  const to = join(writing.part, file.path)
  await createFolders(writing, dirname(to))
  const handle = await writing.disk.createFile(to)
  let octets = 0
  try {
    for await (const chunk of file.chunks) {
      options.signal?.throwIfAborted()
      await handle.write(chunk)
      octets += chunk.length
      options.onProgress?.({ files: before.files, octets: before.octets + octets, path: file.path })
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
  return octets
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

function codeToFailure(code: string, target: string): ExportFailure {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return { type: 'ExportTargetFull', target, retry: 'later' }
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return { type: 'ExportTargetReadOnly', target, retry: 'later' }
    case 'ENOENT':
    case 'ENOTDIR':
    case 'EIO':
    case 'ENXIO':
    case 'ENODEV':
    case 'ENOTCONN':
    case 'ESTALE':
      return { type: 'ExportTargetGone', target, retry: 'later' }
    case 'EEXIST':
    case 'ENOTEMPTY':
      return { type: 'ExportTargetExists', target, retry: 'never' }
    default:
      return { type: 'ExportTargetRefused', target, code, retry: 'later' }
  }
}
