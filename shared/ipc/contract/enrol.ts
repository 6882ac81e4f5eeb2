// A second machine joins a workspace that exists. On the new machine: read an invitation, ask, wait, belong. On an administrator's:
// write an invitation, see who asks, compare six words, add the seat or refuse. Nothing here moves a key.
import * as v from 'valibot'
import { bytes, method, nothing } from '../define.ts'
import type { Failure } from '../../base/result.ts'
import type { Reason } from '../../base/verdict.ts'
import type { SessionLocked } from './consent.ts'
import { pin, type KeystoreChanged, type KeyUnavailable, type SeatMissing, type TryLater, type WrongPin } from './session.ts'

/** Six words in both languages, from the same bits. */
export interface SixWordsShown {
  readonly ja: readonly string[]
  readonly en: readonly string[]
}

export interface InvitationLabel {
  readonly townName: string
  readonly kind: 'practice' | 'real'
  /** Where the storage is: `kind`, `address` and what else its kind needs. */
  readonly storage: Readonly<Record<string, string | boolean>>
}

/** A request that was made on this machine and not answered yet. */
export interface Joining extends InvitationLabel {
  readonly name: string
  readonly words: SixWordsShown
  /** Milliseconds since 1970 UTC. */
  readonly at: number
  /** The app was started anew since: the PIN chosen then is needed to go on. */
  readonly asksPin: boolean
}

/** Why the storage did not do what was asked; what it means is in `shared/sync/storage.ts`. */
export type StorageTrouble = Failure<'StorageUnreachable' | 'StorageBusy' | 'StorageRefused' | 'StorageFull' | 'StorageSignInNeeded' | 'StorageNonsense' | 'StorageUntrusted' | 'StorageProxyRefused' | 'StorageCancelled'>
export type InvitationFailure = Failure<'InvitationUnreadable' | 'InvitationNewer'>
/** What the storage holds as the answer is not to be believed, or not whole yet; nothing was taken over. */
export interface JoinNotBelieved extends Failure<'JoinNotBelieved'> {
  readonly reasons: readonly Reason[]
}
export type JoinFailure =
  | InvitationFailure
  | StorageTrouble
  | JoinNotBelieved
  | WrongPin
  | TryLater
  | SeatMissing
  | KeystoreChanged
  | KeyUnavailable
  | Failure<'PinTooShort' | 'KeystoreMissing' | 'WorkspaceExists' | 'BadInput' | 'DiskFull' | 'JoinRefused' | 'JoinExpired' | 'StorageUnusable'>

/** What the storage asks of whoever enters: user and password, or access key and secret key; both empty for a folder. Crosses once, to main. */
export const storageAccess = v.strictObject({ user: v.pipe(v.string(), v.maxLength(500)), secret: v.pipe(v.string(), v.maxLength(1000)) })
export type StorageAccess = Readonly<v.InferOutput<typeof storageAccess>>

export const join = {
  read: method('page', v.strictObject({ invitation: bytes })).gives<InvitationLabel, InvitationFailure>(),
  /** Makes the machine's and the seat's keys, seals them under the PIN and puts the request into the storage. */
  begin: method('page', v.strictObject({ invitation: bytes, name: v.pipe(v.string(), v.maxLength(200)), pin, access: storageAccess })).gives<Joining, JoinFailure>(),
  status: method('page', nothing).gives<Joining | null>(),
  /** Looks for the answer once. After `joined` the seat is on the unlock screen. */
  look: method('page', v.strictObject({ pin: v.nullable(pin) })).gives<'waiting' | 'joined', JoinFailure>(),
  /** Takes the request back and forgets its keys. */
  leave: method('page', nothing).gives<null>(),
} as const

export interface PendingRequest {
  /** Names the request in the storage. */
  readonly id: string
  /** Of its signed bytes: what is approved is this request and no other that lies under its name later. */
  readonly digest: string
  /** As typed on the new machine: a hint, proved by nobody. */
  readonly name: string
  readonly level: 'L0' | 'L1' | 'L2' | 'L3'
  readonly at: number
  readonly words: SixWordsShown
  /** Why it cannot be approved; empty when it can. */
  readonly reasons: readonly Reason[]
}

/** This machine has no storage set up, so nothing can be asked through it. */
export type StorageMissing = Failure<'StorageMissing'>
export type EnrolDeskFailure = SessionLocked | StorageTrouble | StorageMissing | Failure<'NotAllowed' | 'RequestGone' | 'DiskFull'>

const requestId = v.pipe(v.string(), v.regex(/^[0-9a-z]{1,40}$/))

export const enrolment = {
  /** Newest first. */
  pending: method('page', nothing).gives<readonly PendingRequest[], EnrolDeskFailure>(),
  refuse: method('page', v.strictObject({ id: requestId })).gives<null, EnrolDeskFailure>(),
  /** Through the system's save dialog; null when the person closed it. */
  invite: method('page', nothing).gives<{ readonly path: string } | null, EnrolDeskFailure>(),
} as const

/** What an administrator approves: this request, for this person of the town, at this place of the administrator's own lane. */
export const approveRequest = v.strictObject({
  id: requestId,
  digest: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  person: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  seq: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  hlc: v.strictObject({ ms: v.pipe(v.number(), v.safeInteger(), v.minValue(0)), n: v.pipe(v.number(), v.safeInteger(), v.minValue(0)) }),
  authority: v.record(v.string(), v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
})
export type ApproveRequest = Readonly<v.InferOutput<typeof approveRequest>>
