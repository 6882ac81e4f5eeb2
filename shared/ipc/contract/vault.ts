// What the vault worker may ask of main on its own port: keys of the open session, sealed objects, the gate and the journal.
// Private signing keys never cross; content keys cross once, for collections the person was granted.
import * as v from 'valibot'
import { bytes, method, nothing } from '../define.ts'
import type { Epoch } from '../../authority/events.ts'
import type { Failure } from '../../base/result.ts'
import type { Reason } from '../../base/verdict.ts'
import type { EvidenceSet } from '../../log/evidence.ts'
import { approveRequest, type StorageMissing, type StorageTrouble } from './enrol.ts'
import type { ConsentBusy, ConsentCancelled, ConsentRefused, SessionLocked, StorageDoubted } from './consent.ts'

export interface OpenVault {
  readonly workspace: string
  readonly genesis: string
  readonly kind: 'practice' | 'real'
  readonly person: string
  readonly seat: string
  readonly device: string
  /** `<seat>.<incarnation>`: the one lane name this seat writes, in every collection. */
  readonly lane: string
  /** 32 bytes from which the view's own keys come; the same for this seat at every unlock. */
  readonly viewKey: Uint8Array
  readonly epochKeys: readonly { readonly collection: string; readonly epoch: number; readonly key: Uint8Array }[]
  /** Hash of the session certificate under which this session's segments are signed. */
  readonly session: string
  readonly keystore: 'os' | 'pin-only'
}

/** The gate refuses; nothing was written. */
export interface GateDenied extends Failure<'GateDenied'> {
  readonly reasons: readonly Reason[]
}
/** An act that needs consent has none for exactly this event. */
export interface ConsentMissing extends Failure<'ConsentMissing'> {
  readonly act: string
}
/** The segment does not follow the lane's head: somebody else wrote, or it was written already. */
export interface LaneMoved extends Failure<'LaneMoved'> {
  readonly seq: number
}
/** No room: what was typed is still in memory and nothing half was written. */
export type DiskFull = Failure<'DiskFull'>
export type DiskBroken = Failure<'DiskBroken'>
/** A write-once name exists with other bytes, or the name is not of this layout. */
export type ObjectRefused = Failure<'ObjectRefused'>

const objectName = v.pipe(v.string(), v.maxLength(120))
const hex32 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const collection = v.pipe(v.string(), v.minLength(1), v.maxLength(64))

export const commitRequest = v.strictObject({
  collection,
  seq: v.pipe(count, v.minValue(1)),
  hlc: v.strictObject({ ms: count, n: count }),
  authority: v.record(v.string(), count),
  /** Of collection zero: the one under which its own events are sealed, and the header is. */
  epoch: count,
  acts: v.pipe(v.array(v.strictObject({ type: v.string(), doc: v.nullable(v.string()), event: hex32, sealed: hex32 })), v.minLength(1), v.maxLength(512)),
  events: v.pipe(v.array(bytes), v.minLength(1), v.maxLength(512)),
})
export type CommitRequest = Readonly<v.InferOutput<typeof commitRequest>>

export interface Committed {
  readonly name: string
  /** The segment exactly as it lies on the disk. */
  readonly bytes: Uint8Array
}

/** Where the seat's events will stand in the administrator's own lane of collection zero. */
export const enrolRequest = v.strictObject({
  person: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  seq: v.pipe(count, v.minValue(1)),
  hlc: v.strictObject({ ms: count, n: count }),
  authority: v.record(v.string(), count),
})
/** Where what a person says of the storage will stand. */
export const settleRequest = v.omit(enrolRequest, ['person'])
export type SettleRequest = Readonly<v.InferOutput<typeof settleRequest>>
export type EnrolRequest = Readonly<v.InferOutput<typeof enrolRequest>>

export const seats = {
  /** New keys for what the person of a seat could read, before the seat is taken away: what is to be written into collection zero with it. */
  renewEpochs: method('vault', v.strictObject({ seat: v.pipe(v.string(), v.minLength(1), v.maxLength(64)) })).gives<readonly Epoch[], SessionLocked | DiskFull | DiskBroken | Failure<'NotAllowed'>>(),
  /** SY-38 a person looked into what is said of the storage: confirmed with the PIN in main's own window and written down; then decisions are free. */
  settleStorage: method('vault', settleRequest).gives<Committed, SessionLocked | ConsentCancelled | ConsentBusy | ConsentRefused | GateDenied | StorageDoubted | ConsentMissing | LaneMoved | DiskFull | DiskBroken>(),
  /** An administrator adds the seat of another machine, whose six words people compared. The segment comes back for the door. */
  approve: method('vault', approveRequest).gives<Committed, SessionLocked | ConsentCancelled | ConsentBusy | ConsentRefused | GateDenied | StorageDoubted | ConsentMissing | LaneMoved | DiskFull | DiskBroken | StorageTrouble | StorageMissing>(),
  /** An administrator makes a seat for a person on this device; both type their PINs in main's own window. The segment comes back for the door. */
  enrol: method('vault', enrolRequest).gives<Committed, SessionLocked | ConsentCancelled | ConsentBusy | ConsentRefused | GateDenied | StorageDoubted | ConsentMissing | LaneMoved | DiskFull | DiskBroken>(),
} as const

export const vault = {
  open: method('vault', nothing).gives<OpenVault, SessionLocked>(),
  /** The content keys once more: there may be new ones since the vault was opened. */
  keys: method('vault', nothing).gives<OpenVault['epochKeys'], SessionLocked>(),
  /** What a session certified now would rest on, as last measured: on this the vault judges before it asks a person anything. */
  evidence: method('vault', nothing).gives<EvidenceSet, SessionLocked>(),
} as const


export const objects = {
  get: method('vault', v.strictObject({ name: objectName })).gives<{ readonly bytes: Uint8Array | null }, SessionLocked | ObjectRefused>(),
  /** A range of a pack. */
  range: method('vault', v.strictObject({ name: objectName, at: count, length: v.pipe(count, v.maxValue(64 * 1024 * 1024)) })).gives<
    { readonly bytes: Uint8Array | null },
    SessionLocked | ObjectRefused
  >(),
  /** Durable when answered. Packs (`p/…`, named by their hash) and document wraps (`k/…/d/…`) only; the rest main writes itself. */
  put: method('vault', v.strictObject({ name: objectName, bytes })).gives<null, SessionLocked | ObjectRefused | DiskFull | DiskBroken>(),
} as const

export const journal = {
  /** Lanes of a collection on this disk with their highest sequence number. */
  lanes: method('vault', v.strictObject({ collection })).gives<readonly { readonly lane: string; readonly seq: number }[], SessionLocked>(),
  /** Segments of a collection that lie beside their lane, because their number was taken. */
  beside: method('vault', v.strictObject({ collection })).gives<readonly { readonly lane: string; readonly seq: number; readonly name: string }[], SessionLocked>(),
  /** Segments `from`…`from + count - 1` of a lane, as far as they exist, in order. */
  read: method('vault', v.strictObject({ collection, lane: v.pipe(v.string(), v.maxLength(80)), from: v.pipe(count, v.minValue(1)), count: v.pipe(count, v.minValue(1), v.maxValue(200)) })).gives<
    readonly { readonly name: string; readonly bytes: Uint8Array }[],
    SessionLocked
  >(),
  /** The gate, then the signature, then the journal: answered after `fdatasync`. */
  commit: method('vault', commitRequest).gives<Committed, SessionLocked | GateDenied | StorageDoubted | ConsentMissing | LaneMoved | DiskFull | DiskBroken>(),
} as const
