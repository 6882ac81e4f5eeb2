// Where this machine syncs to, with its credentials, sealed in the profile, and the engine's notes about that place beside it. Another place, or the same
// chosen again, begins with empty notes.

import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { decodeCbor, encodeCbor } from '@shared/base/cbor.ts'
import { err, ok } from '@shared/base/result.ts'
import type { StorageAccess } from '@shared/ipc/contract/enrol.ts'
import { targetFields, targetInput, type TargetChoice } from '@shared/ipc/contract/sync.ts'
import type { SyncMemory } from '@shared/sync/ports.ts'
import type { UploadNote } from '../cloud/s3-parts.ts'
import type { StorageTarget } from '../ports.ts'
import { halfFile, isFull, writeDurably } from './durable-file.ts'
import type { Profile } from './profile.ts'

const head = { v: v.literal(1), id: v.pipe(v.string(), v.regex(/^[0-9a-z]+$/)) }
const schema = v.variant('kind', [
  v.strictObject({ ...head, ...targetFields.folder }),
  v.strictObject({ ...head, ...targetFields.webdav }),
  v.strictObject({ ...head, ...targetFields.s3 }),
])
export type SyncTarget = v.InferOutput<typeof schema>

export async function readTarget(profile: Profile): Promise<SyncTarget | null> {
  const read = v.safeParse(schema, decodeCbor((await profile.readNote('storage')) ?? new Uint8Array()))
  return read.success ? read.output : null
}

export function writeTarget(profile: Profile, target: SyncTarget): Promise<void> {
  return profile.writeNote('storage', encodeCbor(target))
}

/** How an invitation names a storage: all that is no credential. */
export function publicWords(choice: TargetChoice): StorageTarget {
  if (choice.kind !== 's3') return { kind: choice.kind, address: choice.address }
  const { kind, address, bucket, region, style } = choice
  return { kind, address, bucket, region, style }
}

/** An invitation's words with what a person typed; null for words that name no storage of ours. */
export function choiceOf(words: StorageTarget, { user, secret }: StorageAccess): TargetChoice | null {
  const credentials = words['kind'] === 'webdav' ? { user, password: secret } : words['kind'] === 's3' ? { accessKey: user, secretKey: secret } : {}
  const read = v.safeParse(targetInput, { ...words, ...credentials })
  return read.success ? read.output : null
}

const noteName = /^[0-9a-z-]+$/

/** Notes as files: object names, sizes and hashes, as they lie beside them. `notes`: a folder name that no other storage has. */
export function createFileNotes(profile: Profile, notes: string): SyncMemory {
  const folder = join(profile.folder, 'sync', notes)
  return {
    keys: async () => (await readdir(folder).catch(() => [])).filter((name) => !name.endsWith(halfFile)),
    read: (key) => readFile(join(folder, key)).then((bytes) => Uint8Array.from(bytes), () => null),
    async write(key, bytes) {
      if (!noteName.test(key)) throw new Error('defect: not the name of a note')
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        await writeDurably(join(folder, key), bytes)
        return ok(null)
      } catch (thrown) {
        return err({ type: isFull(thrown) ? 'DiskFull' : 'DiskBroken', retry: 'later' })
      }
    },
  }
}

/** The upload in parts that is under way there. A disk that does not take the note costs sending parts again. */
export function createUploadNote(profile: Profile, notes: string): UploadNote {
  const memory = createFileNotes(profile, notes)
  return {
    read: () => memory.read('upload'),
    async write(note) {
      await memory.write('upload', note)
    },
  }
}
