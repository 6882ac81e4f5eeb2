// What this device remembers between starts: which workspace, its own key, who has a seat here. Sealed under the device secret,
// so that no name lies readable on the disk; the device secret itself is sealed by the operating system where it can.

import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { decodeCbor, encodeCbor } from '@shared/base/cbor.ts'
import { equalBytes, utf8ToBytes } from '@shared/base/bytes.ts'
import { importContentKey, open, seal } from '@shared/crypto/envelope.ts'
import type { CryptoHost } from '@shared/crypto/ports.ts'
import { writeDurably } from './durable-file.ts'
import type { Tries } from './pin-tries.ts'

/** The operating system's secret store, or null where there is none (then only practice is possible). */
export interface OsSecret {
  seal(secret: Uint8Array): Promise<Uint8Array>
  /** Null when the store does not give it back. */
  open(sealed: Uint8Array): Promise<Uint8Array | null>
}

const bytes = v.custom<Uint8Array>((value) => value instanceof Uint8Array)
const recordSchema = v.strictObject({
  v: v.literal(1),
  workspace: v.string(),
  genesis: v.string(),
  kind: v.picklist(['practice', 'real']),
  townName: v.string(),
  /** `signing`: what is kept of the device's key (`kept-key.ts`). */
  device: v.strictObject({ id: v.string(), signing: bytes }),
  rootCertificate: bytes,
  seats: v.array(v.strictObject({ seat: v.string(), person: v.string(), name: v.string(), positions: v.array(v.string()), incarnation: v.string(), sessions: v.number(), waitsUntil: v.optional(v.number()) })),
})
/** `waitsUntil` of a seat made with the recovery sheets: milliseconds since 1970 UTC; what counts is in collection zero. */
export type ProfileRecord = v.InferOutput<typeof recordSchema>

export type NoteName = 'storage' | 'devices' | 'joining' | 'media' | 'line' | 'network' | 'posture' | 'sign-in' | 'lost' | 'tokens' | 'contact' | 'replaced'

export interface Profile {
  readonly folder: string
  readonly keystore: 'os' | 'none'
  /** `changed`: there is a profile, but the secret store does not open it. */
  load(): Promise<ProfileRecord | 'empty' | 'changed'>
  save(record: ProfileRecord): Promise<void>
  /** Made where there is none yet; throws once the profile is closed. */
  deviceSecret(): Promise<Uint8Array>
  readSeat(seat: string): Promise<Uint8Array | null>
  writeSeat(seat: string, file: Uint8Array): Promise<void>
  /** What main judged of collection zero, sealed for one seat; it may be missing at any time. */
  readCheckpoint(seat: string): Promise<Uint8Array | null>
  writeCheckpoint(seat: string, sealed: Uint8Array): Promise<void>
  /** What a seat's person wants offline, sealed by the vault. */
  readPins(seat: string): Promise<Uint8Array | null>
  writePins(seat: string, sealed: Uint8Array): Promise<void>
  tries(seat: string): Promise<Tries>
  saveTries(seat: string, tries: Tries): Promise<void>
  /** What this machine notes for itself, sealed like the profile. Null: never written, or not readable any more. */
  readNote(name: NoteName): Promise<Uint8Array | null>
  writeNote(name: NoteName, note: Uint8Array): Promise<void>
  /** Takes back a set-up that did not finish. */
  forget(): Promise<void>
  /** P-01 from now on nothing is written, whoever asks; resolves when what was under way is over. */
  close(): Promise<void>
}

export function createProfile(host: CryptoHost, folder: string, os: OsSecret | null): Profile {
  let secret: Uint8Array | null = null
  /** Every call of the page asks for the profile: the same bytes are opened once. */
  let known: { readonly sealed: Uint8Array; readonly record: ProfileRecord } | null = null
  let isClosed = false
  const under = new Set<Promise<void>>()
  const writing = (act: () => Promise<void>): Promise<void> => {
    if (isClosed) return Promise.resolve()
    const done = act().finally(() => under.delete(done))
    under.add(done)
    return done
  }
  const file = (name: string): string => join(folder, name)
  const read = (name: string): Promise<Uint8Array | null> => readFile(file(name)).then((b) => Uint8Array.from(b), () => null)
  const loadSecret = async (): Promise<Uint8Array | null> => {
    const sealed = await read('device-secret')
    if (sealed) return os ? os.open(sealed) : null
    return read('practice-secret')
  }
  const makeSecret = async (): Promise<Uint8Array> => {
    const fresh = host.random.bytes(32)
    // What a store does not give back today it may give back to whoever mends it.
    await rename(file('device-secret'), file('device-secret.before')).catch(() => undefined)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await (os ? writeDurably(file('device-secret'), await os.seal(fresh)) : writeDurably(file('practice-secret'), fresh))
    return fresh
  }
  const haveSecret = async (): Promise<void> => {
    secret ??= (await loadSecret()) ?? (await makeSecret())
  }
  const writeBeside = (name: string, contents: Uint8Array): Promise<void> =>
    writing(async () => {
      await mkdir(file('seats'), { recursive: true, mode: 0o700 })
      await writeDurably(file(join('seats', name)), contents)
    })
  const key = async () => importContentKey(host, secret as Uint8Array)
  return {
    folder,
    keystore: os ? 'os' : 'none',
    async load() {
      const sealed = await read('profile')
      if (known && sealed && equalBytes(known.sealed, sealed)) return known.record
      known = null
      if (!sealed) return 'empty'
      secret ??= await loadSecret()
      if (!secret) return 'changed'
      const plain = await open(host, await key(), 'profile', utf8ToBytes('profile'), sealed)
      const record = plain && v.safeParse(recordSchema, decodeCbor(plain))
      if (!record?.success) return 'changed'
      known = { sealed, record: record.output }
      return record.output
    },
    save: (record) =>
      writing(async () => {
        await haveSecret()
        await writeDurably(file('profile'), await seal(host, await key(), 'profile', utf8ToBytes('profile'), encodeCbor(record)))
      }),
    async deviceSecret() {
      await writing(haveSecret)
      if (!secret) throw new Error('defect: a device that is being erased has no secret')
      return secret
    },
    readSeat: (seat) => read(join('seats', `${seat}.seat`)),
    writeSeat: (seat, bytesOfSeat) => writeBeside(`${seat}.seat`, bytesOfSeat),
    readCheckpoint: (seat) => read(join('seats', `${seat}.checkpoint`)),
    writeCheckpoint: (seat, sealed) => writeBeside(`${seat}.checkpoint`, sealed),
    readPins: (seat) => read(join('seats', `${seat}.pins`)),
    writePins: (seat, sealed) => writeBeside(`${seat}.pins`, sealed),
    async tries(seat) {
      const parsed = v.safeParse(v.strictObject({ wrong: v.number(), lastAt: v.number() }), decodeCbor((await read(join('seats', `${seat}.tries`))) ?? new Uint8Array()))
      return parsed.success ? parsed.output : { wrong: 0, lastAt: 0 }
    },
    saveTries: (seat, tries) => writeBeside(`${seat}.tries`, encodeCbor(tries)),
    async readNote(name) {
      const sealed = await read(`${name}.note`)
      secret ??= sealed && (await loadSecret())
      return sealed && secret && open(host, await key(), 'note', utf8ToBytes(name), sealed)
    },
    writeNote: (name, note) =>
      writing(async () => {
        await haveSecret()
        await writeDurably(file(`${name}.note`), await seal(host, await key(), 'note', utf8ToBytes(name), note))
      }),
    async forget() {
      for (const name of await readdir(folder).catch(() => [])) await rm(file(name), { recursive: true, force: true })
      secret = known = null
    },
    async close() {
      isClosed = true
      await Promise.allSettled(under)
    },
  }
}
