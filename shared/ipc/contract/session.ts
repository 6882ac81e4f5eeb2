// Who sits at this machine: seats, unlocking and locking. A PIN goes in here and nowhere comes out.
import * as v from 'valibot'
import { event, method, nothing } from '../define.ts'
import type { Failure } from '../../base/result.ts'

export interface SeatLabel {
  readonly seat: string
  readonly person: string
  readonly familyName: string
  readonly givenName: string
}

export interface WorkspaceLabel {
  readonly id: string
  readonly name: string
  readonly kind: 'real' | 'practice'
}

/** `empty`: this profile has no workspace yet. */
export type SessionStatus =
  | { readonly state: 'empty' }
  | { readonly state: 'locked'; readonly workspace: WorkspaceLabel; readonly seats: readonly SeatLabel[] }
  | {
      readonly state: 'open'
      readonly workspace: WorkspaceLabel
      readonly seats: readonly SeatLabel[]
      readonly seat: string
      readonly person: string
    }

export type LockReason = 'person' | 'idle' | 'screen' | 'suspend' | 'quit'

/** The PIN did not fit; the next try is heard after `waitMs`. */
export interface WrongPin extends Failure<'WrongPin'> {
  readonly waitMs: number
}
export type NoSuchSeat = Failure<'NoSuchSeat'>
/** The operating system's secret store does not answer, and this workspace is not for practice. */
export type KeystoreUnavailable = Failure<'KeystoreUnavailable'>

export const pin = v.pipe(v.string(), v.minLength(1), v.maxLength(256))
export const id = v.pipe(v.string(), v.regex(/^[0-9A-Za-z._-]{1,128}$/))

export const session = {
  status: method('page', nothing).gives<SessionStatus>(),
  unlock: method('page', v.strictObject({ seat: id, pin })).gives<SessionStatus, WrongPin | NoSuchSeat | KeystoreUnavailable>(),
  lock: method('page', nothing).gives<SessionStatus>(),
} as const

export const sessionEvents = {
  changed: event('page').carries<{ readonly status: SessionStatus; readonly reason: LockReason | 'unlock' | 'setup' }>(),
  /** To the vault: forget every key and view now. */
  locked: event('vault').carries<{ readonly reason: LockReason }>(),
} as const
