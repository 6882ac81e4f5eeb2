// What the flows ask of whoever runs them: to write events, to keep files and to confirm. The flows put these steps in order and
// decide no rule; each port says no in its own words.

import type { Failure, Result } from '../base/result.ts'
import type { BlobRef } from '../log/blob.ts'
import type { LogEvent } from '../log/event.ts'

/** An act still without its past, clock and salt. */
export interface NewEvent {
  readonly type: string
  readonly doc: string | null
  readonly position: string | null
  readonly body: unknown
  /** For an act about numbers: the series, whose latest acts become its past. */
  readonly series?: string
}

export interface Writing<E extends Failure> {
  /** Writes the acts as one segment; answered when it is durable and taken in. */
  readonly commit: (collection: string, acts: readonly NewEvent[]) => Promise<Result<unknown, E>>
}

export interface Confirming<E extends Failure> {
  /** Gives the acts their past, clock and salt, and lets the judge see them: what it would refuse is not shown to anybody. */
  readonly build: (collection: string, acts: readonly NewEvent[]) => Promise<Result<readonly LogEvent[], E>>
  /** Acts that follow `after` in its segment. */
  readonly buildAfter: (collection: string, after: LogEvent, acts: readonly NewEvent[]) => Promise<readonly LogEvent[]>
  readonly commitBuilt: (collection: string, events: readonly LogEvent[]) => Promise<Result<unknown, E>>
}

export interface Keeping<E extends Failure> {
  /** Seals a file under its document's key; durable when answered, so that the reference may follow (R7). */
  readonly keepFile: (collection: string, doc: string, bytes: Uint8Array) => Promise<Result<BlobRef, E>>
}
