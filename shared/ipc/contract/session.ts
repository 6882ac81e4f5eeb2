// Who sits at this machine: set-up, seats, unlocking and locking. A PIN goes in here and nowhere comes out.
import * as v from 'valibot'
import { bytes, event, method, nothing } from '../define.ts'
import type { Failure } from '../../base/result.ts'
import { actRulesSchema } from '../../posture/model.ts'
import type { SessionLocked } from './consent.ts'

export interface SeatLabel {
  readonly seat: string
  readonly name: string
  readonly positions: readonly string[]
  /** ISO 8601 UTC, while a recovered seat waits. */
  readonly waitsUntil?: string
}

export interface WorkspaceLabel {
  readonly kind: 'real' | 'practice'
  readonly townName: string
}

export type Keystore = 'os' | 'none'

/**
 * `empty`: this profile has no workspace yet. `keystore` none = only a practice workspace is possible. `sealed`: there is one, and the secret
 * store of the system does not give back what opens its profile.
 */
export type SessionStatus =
  | { readonly state: 'empty' | 'sealed'; readonly keystore: Keystore }
  | { readonly state: 'locked'; readonly keystore: Keystore; readonly workspace: WorkspaceLabel; readonly seats: readonly SeatLabel[] }
  | { readonly state: 'unlocked'; readonly keystore: Keystore; readonly workspace: WorkspaceLabel; readonly seat: SeatLabel }

export type LockReason = 'person' | 'idle' | 'screen' | 'suspend' | 'quit'

/** The PIN did not fit; the next try is heard after `waitMs`. */
export interface WrongPin extends Failure<'WrongPin'> {
  readonly waitMs: number
}
/** A try came too early after wrong ones. */
export interface TryLater extends Failure<'TryLater'> {
  readonly waitMs: number
}
export interface SeatMissing extends Failure<'SeatMissing'> {
  readonly waitMs: number
}
/** The operating system's secret store does not give back what sealed this seat. */
export interface KeystoreChanged extends Failure<'KeystoreChanged'> {
  readonly waitMs: number
}
/** The seat was taken away: it opens nothing any more. */
export interface SeatRemoved extends Failure<'SeatRemoved'> {
  readonly waitMs: number
}
/** The town's identity provider says no for this person: the seat opens again after a sign-in. */
export interface SignInEnded extends Failure<'SignInEnded'> {
  readonly waitMs: number
}
/** PO-50 the machine did not reach the storage for more than so many days: no seat opens until it does. */
export interface ContactNeeded extends Failure<'ContactNeeded'> {
  readonly waitMs: number
  readonly days: number
}
/** Made with the recovery sheets: it can be used in so many hours, if no administrator takes it away until then. */
export interface SeatWaits extends Failure<'SeatWaits'> {
  readonly waitMs: number
  readonly hours: number
}
/**
 * The key in hardware that this needs does not sign. `module`: what speaks to the hardware is not there; `silent`: the hardware does not
 * answer, or knows its own secret no more (it was cleared); `token`: its store of keys is another one; `pin`: it refuses the app;
 * `key`: this key is not in it.
 */
export type KeyFault = 'module' | 'silent' | 'token' | 'pin' | 'key'
export interface KeyUnavailable extends Failure<'KeyUnavailable'> {
  readonly why: KeyFault
  readonly waitMs: number
}
export type SetupFailure = KeyUnavailable | Failure<'PinTooShort' | 'KeystoreMissing' | 'WorkspaceExists' | 'DiskFull' | 'BadInput'>
export type RecoverFailure = KeyUnavailable | Failure<'BadCode' | 'SheetsDiffer' | 'WrongWorkspace' | 'PinTooShort' | 'PersonUnknown' | 'DiskFull'>

export const pin = v.pipe(v.string(), v.minLength(1), v.maxLength(256))
export const id = v.pipe(v.string(), v.regex(/^[0-9A-Za-z._-]{1,128}$/))
const typed = v.pipe(v.string(), v.maxLength(200))
const code = v.pipe(v.string(), v.maxLength(200))
/** Two of the three sheets, in any order. */
const codes = v.tuple([code, code])

export interface PersonLabel {
  readonly person: string
  readonly name: string
  readonly positions: readonly string[]
}

export interface RecoverySheets {
  /** Three, of which any two restore. */
  readonly codes: readonly string[]
  /** One page for each. */
  readonly pdf: Uint8Array
}

const firstAdmin = v.strictObject({ familyName: typed, givenName: typed, reading: typed, positionTitle: typed })

export const setupInput = v.strictObject({
  kind: v.picklist(['practice', 'real']),
  start: v.picklist(['sample', 'blank']),
  townName: typed,
  admin: firstAdmin,
  /** A second administrator of a blank town, with a PIN of their own; without one it is a trial. */
  second: v.nullable(v.strictObject({ ...firstAdmin.entries, pin })),
  seats: v.pipe(v.array(id), v.maxLength(100)),
  pin,
})
export type SetupInput = Readonly<v.InferOutput<typeof setupInput>>

/** What rules would have said to the sessions of one person in the last thirty days. */
export interface RehearsedPerson {
  readonly name: string
  readonly sessions: number
  readonly stopped: number
  readonly wouldStopNow: boolean
}

export const session = {
  status: method('page', nothing).gives<SessionStatus>(),
  unlock: method('page', v.strictObject({ seat: id, pin })).gives<null, WrongPin | TryLater | SeatMissing | KeystoreChanged | SeatRemoved | SeatWaits | SignInEnded | KeyUnavailable | ContactNeeded>(),
  lock: method('page', nothing).gives<null>(),
  changePin: method('page', v.strictObject({ current: pin, next: pin })).gives<null, WrongPin | TryLater | SetupFailure>(),
  /** PO-30 before rules are proposed. */
  rehearse: method('page', v.strictObject({ rules: actRulesSchema })).gives<readonly RehearsedPerson[], SessionLocked>(),
} as const

export const setup = {
  samplePeople: method('page', nothing).gives<readonly PersonLabel[]>(),
  createWorkspace: method('page', setupInput).gives<RecoverySheets, SetupFailure>(),
  recoverPeople: method('page', v.strictObject({ codes })).gives<readonly PersonLabel[], RecoverFailure>(),
  recover: method('page', v.strictObject({ codes, person: id, pin })).gives<null, RecoverFailure>(),
  /** Saves the recovery sheets shown at set-up through the system's save dialog. Null when the person closed it. */
  saveSheet: method('page', v.strictObject({ pdf: bytes })).gives<{ readonly path: string } | null, SetupFailure>(),
} as const

export const sessionEvents = {
  changed: event('page').carries<{ readonly status: SessionStatus; readonly reason: LockReason | 'unlock' | 'setup' }>(),
  /** To the vault: forget every key and view now. */
  locked: event('vault').carries<{ readonly reason: LockReason }>(),
} as const
