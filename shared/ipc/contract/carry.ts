// A medium that is carried by hand between places without a line, as a page sees it: begin, how far it is, how it ended. Nothing of a
// document crosses here. Instants are milliseconds since 1970 UTC.
import * as v from 'valibot'
import { event, method, nothing } from '../define.ts'
import type { Failure } from '../../base/result.ts'

/** What is still to be moved: objects that are written out, bytes of parcels that are taken in. */
export interface CarryLeft {
  readonly objects: number
  readonly bytes: number
}

/** How the last carrying ended. */
export interface CarryOutcome {
  readonly at: number
  readonly address: string
  /** Why it ended early; a failure type. Null when it came to its end. */
  readonly failure: string | null
  readonly sent: number
  readonly received: number
  readonly left: CarryLeft
  /** When a machine elsewhere last wrote to this medium, as that machine claims; null when none has. */
  readonly othersAt: number | null
  /** Codes of `shared/sync/report.ts`. */
  readonly findings: readonly string[]
}

export interface CarryStatus {
  readonly running: boolean
  /** Where the medium is or was last; empty before the first. */
  readonly address: string
  /** When carrying with that medium last came to its end; null when it never did. */
  readonly at: number | null
  /** Objects on this disk that it is not known to hold; null while nothing was ever carried. */
  readonly unsent: number | null
  readonly left: CarryLeft
  /** Null since the app started. */
  readonly last: CarryOutcome | null
}

/** New: nothing on it says that it was carried before; an empty place looks the same. Gone: no such place, or pulled out. */
export type CarryFailure = Failure<'MediumNew' | 'MediumGone' | 'MediumFull' | 'MediumRefused' | 'MediumNonsense' | 'MediumBusy' | 'MediumAddressUnusable' | 'CarryRunning' | 'SessionLocked' | 'DiskFull'>

export const carry = {
  status: method('page', nothing).gives<CarryStatus>(),
  /** Answers once it is under way; `changed` tells the rest. `fresh`: a person says that this medium is used for the first time. */
  begin: method('page', v.strictObject({ address: v.pipe(v.string(), v.maxLength(1000)), fresh: v.boolean() })).gives<null, CarryFailure>(),
  /** Ends it where it is; the next one goes on. */
  stop: method('page', nothing).gives<null>(),
} as const

export const carryEvents = {
  changed: event('page').carries<CarryStatus>(),
} as const
