// What one round did and what it did not like. Numbers and codes for people and for the scheduler; a report decides nothing.

import type { Failure } from '../base/result.ts'
import type { KeepFailure } from './ports.ts'
import type { StorageFailure } from './storage.ts'

/**
 * What the storage, or somebody through it, did that an honest one does not do:
 * - `beacon-missing`, `beacon-unreadable`, `beacon-forged`, `beacon-rolled-back`: a publisher's beacon is gone, is none, was not signed
 *   by its device for this name, or is older than one that was verified before;
 * - `beacon-forked`: two beacons of one publisher carry the same number;
 * - `withheld`: another publisher has read further than this storage shows here;
 * - `parcel-missing`, `parcel-damaged`: a promised parcel is not there or has other bytes;
 * - `parcel-unreadable`, `object-refused`: a known device published what is no parcel, or an object that does not fit its name;
 * - `object-differs`: a write-once name is taken here by other bytes;
 * - `own-beacon-lost`: what this machine wrote last is not what the storage shows;
 * - `storage-emptied`: not even the format is there any more; nothing is sent until a person says so;
 * - `storage-newer`: the format there needs a newer app;
 * - `profile-copied`: somebody else wrote as this publisher; this machine goes on as a new one;
 * - `silent`: the storage answers, and for longer than the town's policy allows nobody's beacon has moved (`silence.ts`).
 */
export type SuspicionCode =
  | 'beacon-missing'
  | 'beacon-unreadable'
  | 'beacon-forged'
  | 'beacon-rolled-back'
  | 'beacon-forked'
  | 'withheld'
  | 'parcel-missing'
  | 'parcel-damaged'
  | 'parcel-unreadable'
  | 'object-refused'
  | 'object-differs'
  | 'own-beacon-lost'
  | 'storage-emptied'
  | 'storage-newer'
  | 'profile-copied'
  | 'silent'

export interface Suspicion {
  readonly code: SuspicionCode
  /** Publisher, parcel or object name. */
  readonly subject: string
  /** False while a storage that is merely late would look the same; true from the third round in a row, and for signed acts at once. */
  readonly certain: boolean
}

/** A device that publishes here, as of its newest verified beacon. */
export interface Publisher {
  readonly publisher: string
  readonly device: string
  readonly serial: number
  /** Milliseconds since 1970 UTC, as that device claims. */
  readonly at: number
}

export interface Moved {
  objects: number
  parcels: number
  bytes: number
}

export interface RoundReport {
  /** Milliseconds since 1970 UTC by this machine's clock, when the round began. */
  readonly at: number
  /** What ended the round early; null when it came to its end. */
  readonly failure: StorageFailure | KeepFailure | Failure<'DeviceKeySilent'> | null
  readonly sent: Readonly<Moved>
  readonly received: Readonly<Moved>
  /** Objects on this disk that this storage does not hold yet, as far as is known. */
  readonly unsent: number
  /** Parcels that were promised and did not come whole. */
  readonly missing: readonly string[]
  /** Publishers whose device is not known here yet. */
  readonly strangers: readonly string[]
  readonly suspicions: readonly Suspicion[]
  readonly publishers: readonly Publisher[]
  /** `at` when everything that the storage showed in this round was read, verified and kept; null otherwise. */
  readonly completeAt: number | null
  /** SY-120 an administrator calls this very device lost: it sent nothing and is to be erased. */
  readonly isLost: boolean
  readonly requests: number
}
