// Storage in a folder: this disk, a network share, a folder that another program synchronises, a USB stick. Writes beside and renames.
// What other programs leave there (conflict copies, half files, placeholders, thumbnails) is not listed and never deleted.

import { join } from 'node:path'
import { isObjectName } from '@shared/log/names.ts'
import type { Storage, StorageFailure, StoredEntry } from '@shared/sync/storage.ts'
import { errorCode } from '../services/durable-file.ts'
import { answering, failure, folderOf, isConflictCopy, isLitter, largestObject, partsOf, rangeOf, stop, workspaceFolder } from './answers.ts'
import type { FolderDisk } from './folder-disk.ts'

export interface FolderPlace {
  /** Absolute; must exist, or the share counts as not mounted. */
  readonly folder: string
  readonly workspace: string
  /** True only while a workspace is first placed here: later a missing `z1/<workspace>` is a share that is not mounted, not an empty one. */
  readonly founding: boolean
}

/** `conflict`: told when a listing met the conflict copy of an object, which only a copied machine makes: each name has one writer. */
export function createFolderStorage(place: FolderPlace, disk: FolderDisk, conflict: () => void = () => undefined): Storage {
  const root = join(place.folder, ...workspaceFolder(place.workspace))
  const pathOf = (name: string): string => join(root, ...partsOf(name))
  /** Nothing was found: because it is not there, or because the whole place is not? */
  const isHere = async (): Promise<void> => {
    const ground = place.founding ? place.folder : root
    if ((await unlessMissing(disk.kind(ground))) !== 'folder') stop('StorageUnreachable')
  }
  /** Null when there is none. */
  const find = async <T>(act: () => Promise<T>): Promise<T | null> => {
    const found = await unlessMissing(act())
    if (found === null) await isHere()
    return found
  }
  const walk = async (folder: string, prefix: string, signal: AbortSignal): Promise<readonly StoredEntry[]> => {
    const found = await find(() => disk.entries(join(root, folder)))
    const entries: StoredEntry[] = []
    const files = found?.files ?? []
    const objects = files.filter((file) => /^[0-9a-z]+$/.test(file))
    if (files.length > objects.length && files.some((file) => objects.some((object) => isConflictCopy(file, object)))) conflict()
    for (const file of files) {
      const name = folder + file
      if (!name.startsWith(prefix) || !isObjectName(name) || isLitter(file)) continue
      signal.throwIfAborted()
      const known = await unlessMissing(disk.stat(join(root, name)))
      if (known && known.size > 0) entries.push({ name, ...known })
    }
    for (const inner of found?.folders ?? []) {
      const name = `${folder}${inner}/`
      if (isObjectName(folder + inner) && (name.startsWith(prefix) || prefix.startsWith(name))) entries.push(...(await walk(name, prefix, signal)))
    }
    return entries
  }
  return {
    resumes: false,
    list: (prefix, signal) => answering(signal, meaningOf, () => walk(folderOf(prefix), prefix, signal)),
    get(name, signal, range) {
      const path = pathOf(name)
      const wanted = rangeOf(range)
      return answering(signal, meaningOf, () =>
        find(async () => {
          if ((await disk.kind(path)) !== 'file') stop('StorageNonsense')
          if (!range && (await disk.stat(path)).size > largestObject) stop('StorageNonsense')
          return disk.read(path, wanted.at, wanted.length, signal)
        }),
      )
    },
    put(name, bytes, signal) {
      const path = pathOf(name)
      return answering(signal, meaningOf, async () => {
        const written = await unlessMissing(disk.write(path, bytes, signal).then(() => true))
        if (!written) {
          await isHere()
          await disk.makeFolderOf(path)
          await disk.write(path, bytes, signal)
        }
        return { tag: (await unlessMissing(disk.stat(path)))?.tag ?? null }
      })
    },
    remove(name, signal) {
      const path = pathOf(name)
      return answering(signal, meaningOf, async () => {
        await find(() => disk.remove(path))
        return null
      })
    },
  }
}

/** ENOTDIR: a file lies where a folder of the name would be, so there is no such object. */
async function unlessMissing<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work
  } catch (thrown) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(thrown))) return null
    throw thrown
  }
}

/** What an error of the system means to the port; null for a defect. */
function meaningOf(thrown: unknown): StorageFailure | null {
  const meaning = meanings[errorCode(thrown)] ?? (isOfTheSystem(thrown) ? 'StorageUnreachable' : undefined)
  if (!meaning) return null
  // Another program holds the file that is to be replaced (Windows): it lets go of it.
  return failure(meaning === 'StorageRefused' && (thrown as NodeJS.ErrnoException).syscall === 'rename' ? 'StorageBusy' : meaning)
}

const meanings: Readonly<Partial<Record<string, StorageFailure['type']>>> = {
  ENOSPC: 'StorageFull',
  EDQUOT: 'StorageFull',
  EFBIG: 'StorageFull',
  EACCES: 'StorageRefused',
  EPERM: 'StorageRefused',
  EROFS: 'StorageRefused',
  EBUSY: 'StorageBusy',
  EAGAIN: 'StorageBusy',
  EMFILE: 'StorageBusy',
  ENFILE: 'StorageBusy',
  ETXTBSY: 'StorageBusy',
  EEXIST: 'StorageNonsense',
  EISDIR: 'StorageNonsense',
  ENOTDIR: 'StorageNonsense',
  ELOOP: 'StorageNonsense',
  ENAMETOOLONG: 'StorageNonsense',
}

function isOfTheSystem(thrown: unknown): boolean {
  return thrown instanceof Error && typeof (thrown as NodeJS.ErrnoException).errno === 'number'
}
