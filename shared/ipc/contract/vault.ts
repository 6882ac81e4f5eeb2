// What the vault worker may ask of main on its own port: keys of the open session, sealed objects, the gate and the journal.
// Private signing keys never cross; content keys cross once, for collections the person was granted.
import * as v from 'valibot'
import { bytes, method, nothing } from '../define.ts'
import type { Epoch } from '../../authority/events.ts'
import type { Failure } from '../../base/result.ts'
import type { Reason } from '../../base/verdict.ts'
import type { Evidence, EvidenceSet } from '../../log/evidence.ts'
import { approveRequest, type StorageMissing, type StorageTrouble } from './enrol.ts'
import type { ConsentBusy, ConsentCancelled, ConsentRefused, SessionLocked, StorageDoubted } from './consent.ts'
import type { KeyUnavailable } from './session.ts'

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
  /** AU-90 single documents, by their handles, in collections that the person does not read. */
  readonly given: readonly { readonly collection: string; readonly document: string }[]
  /** Hash of the session certificate under which this session's segments are signed. */
  readonly session: string
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
/** A device that is lost, with how far the lanes of its seats are trusted (AU-17). */
export const reportLostRequest = v.strictObject({
  ...settleRequest.entries,
  device: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  reason: v.pipe(v.string(), v.minLength(1), v.maxLength(1000)),
  cut: v.pipe(v.array(v.strictObject({ collection: v.pipe(v.string(), v.minLength(1), v.maxLength(64)), lane: v.pipe(v.string(), v.maxLength(80)), seq: count, hash: v.pipe(v.string(), v.maxLength(64)) })), v.maxLength(20_000)),
})
export type ReportLostRequest = Readonly<v.InferOutput<typeof reportLostRequest>>
export type EnrolRequest = Readonly<v.InferOutput<typeof enrolRequest>>

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(64))
/** What is about to be taken away, or the collection that is about to be made, with those who will read it. */
export const renewRequest = v.union([v.strictObject({ seat: name }), v.strictObject({ collection: name, people: v.pipe(v.array(name), v.minLength(1), v.maxLength(512)) }), v.strictObject({ grants: v.pipe(v.array(name), v.minLength(1), v.maxLength(512)) })])
export type RenewRequest = Readonly<v.InferOutput<typeof renewRequest>>

export const seats = {
  /** New keys for what the person of a seat, or of grants, could read and should read no more, before the seat or the grants are taken away; or the first key of a new collection: what is to be written into collection zero with it. */
  renewEpochs: method('vault', renewRequest).gives<readonly Epoch[], SessionLocked | DiskFull | DiskBroken | Failure<'NotAllowed'>>(),
  /** AU-70 an administrator calls a device lost: confirmed in main's own window; its seats are taken away and it erases itself when it hears of it. */
  reportLost: method('vault', reportLostRequest).gives<Committed, SessionLocked | ConsentCancelled | ConsentBusy | ConsentRefused | GateDenied | StorageDoubted | ConsentMissing | LaneMoved | DiskFull | DiskBroken | Failure<'NotAllowed'>>(),
  /** SY-38 a person looked into what is said of the storage: confirmed with the PIN in main's own window and written down; then decisions are free. */
  settleStorage: method('vault', settleRequest).gives<Committed, SessionLocked | ConsentCancelled | ConsentBusy | ConsentRefused | GateDenied | StorageDoubted | ConsentMissing | LaneMoved | DiskFull | DiskBroken>(),
  /** An administrator adds the seat of another machine, whose six words people compared. The segment comes back for the door. */
  approve: method('vault', approveRequest).gives<Committed, SessionLocked | ConsentCancelled | ConsentBusy | ConsentRefused | GateDenied | StorageDoubted | ConsentMissing | LaneMoved | DiskFull | DiskBroken | StorageTrouble | StorageMissing>(),
  /** An administrator makes a seat for a person on this device; both type their PINs in main's own window. The segment comes back for the door. */
  enrol: method('vault', enrolRequest).gives<Committed, SessionLocked | KeyUnavailable | ConsentCancelled | ConsentBusy | ConsentRefused | GateDenied | StorageDoubted | ConsentMissing | LaneMoved | DiskFull | DiskBroken>(),
} as const

export const vault = {
  open: method('vault', nothing).gives<OpenVault, SessionLocked>(),
  /** The content keys once more: there may be new ones since the vault was opened. */
  keys: method('vault', nothing).gives<OpenVault['epochKeys'], SessionLocked>(),
  /** What is given one by one by now: it begins and ends while the seat is open. */
  given: method('vault', nothing).gives<OpenVault['given'], SessionLocked>(),
  /** The key of a document in `given`, by its handle with the id of the key where it is not the first; null while it has not come. */
  givenKey: method('vault', v.strictObject({ collection, document: v.pipe(v.string(), v.regex(/^[0-9a-z]+(\.[0-9a-z]+)?$/), v.maxLength(64)) })).gives<{ readonly key: Uint8Array | null }, SessionLocked>(),
  /** What a session certified now would rest on, as last measured: on this the vault judges before it asks a person anything. */
  evidence: method('vault', nothing).gives<EvidenceSet & { readonly vouched: Evidence | null }, SessionLocked>(),
  /** PO-50 when this machine last had everything that the storage showed, milliseconds since 1970 UTC by its own clock; null = never that is known. */
  contact: method('vault', nothing).gives<{ readonly at: number | null }, SessionLocked>(),
} as const


export const objects = {
  get: method('vault', v.strictObject({ name: objectName })).gives<{ readonly bytes: Uint8Array | null }, SessionLocked | ObjectRefused>(),
  /** A range of a pack. */
  range: method('vault', v.strictObject({ name: objectName, at: count, length: v.pipe(count, v.maxValue(64 * 1024 * 1024)) })).gives<
    { readonly bytes: Uint8Array | null },
    SessionLocked | ObjectRefused
  >(),
  /** Durable when answered. Packs (`p/…`, named by their hash), document wraps (`k/…/d/…`) and what grows of them (`k/…/w/…`, `k/…/p/…`) only; the rest main writes itself. */
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
