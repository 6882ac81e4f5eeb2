// Where this machine syncs to, with its credentials, sealed in the profile, and the engine's notes about that place beside it. Another place, or the same
// chosen again, begins with empty notes.

import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { decodeCbor, encodeCbor } from '@shared/base/cbor.ts'
import { err, ok } from '@shared/base/result.ts'
import { targetFields } from '@shared/ipc/contract/sync.ts'
import type { SyncMemory } from '@shared/sync/ports.ts'
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

const noteName = /^[0-9a-z-]+$/

/** Notes as files: object names, sizes and hashes, as they lie beside them. */
export function createFileNotes(profile: Profile, target: SyncTarget): SyncMemory {
  const folder = join(profile.folder, 'sync', target.id)
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
