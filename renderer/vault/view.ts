// What the vault asks of its view beyond the door: the register in memory, search texts and a cache of files.
// The view is derived: whatever it holds can be made again from the journal.

import type { Hlc, KnownEvent } from '@shared/log/event.ts'
import type { Vector } from '@shared/log/session.ts'
import type { DoorView, Forks, LaneHead, StateRow } from '@shared/judge/ports.ts'

export interface KnownHead extends LaneHead {
  readonly collection: string
  readonly lane: string
  readonly opaque: boolean
}

/** A reduced row and the collection it belongs to. */
export interface RegisterRow extends StateRow {
  readonly collection: string
}

/** Folded text of one document for searching; `of` names the state it was made from. */
export interface SearchText {
  readonly of: string
  readonly title: string
  readonly body: string
  /** As typed, for excerpts. */
  readonly plain: string
}

export interface View extends DoorView {
  /** False when nothing was ever committed to it. */
  readonly isEmpty: () => boolean
  readonly heads: () => readonly KnownHead[]
  /** Every accepted event of collection zero. */
  readonly authority: () => readonly KnownEvent[]
  /** How far each lane of collection zero is known. */
  readonly zeroVector: () => Vector
  /** Reduced rows of one table, of all collections. */
  readonly register: (table: string) => readonly RegisterRow[]
  readonly row: (table: string, key: string) => RegisterRow | null
  readonly knownForks: () => Forks
  /** The latest clock met. */
  readonly clock: () => Hlc
  /** Commits within are written together at the end, by one run at a time; reading sees them at once. A run that was cut off is as if it had not begun. */
  readonly inRun: <T>(work: () => Promise<T>) => Promise<T>
  /** Puts rows in place of those kept, after a rule they depend on changed. */
  readonly replaceRows: (rows: readonly RegisterRow[], stateHash: string) => Promise<void>
  readonly text: (collection: string, doc: string) => Promise<SearchText | null>
  readonly textCount: () => Promise<number>
  readonly putText: (collection: string, doc: string, text: SearchText) => Promise<void>
  /** AU-93 forgets what it holds of these collections, since other single documents of them are given: `given` from now on (`VaultKeys.givenWord`). They are to be let in from the first on. */
  readonly forget: (collections: readonly string[], given: string) => Promise<void>
  /** Files up to 1 MiB by SHA-256; a miss means nothing. */
  readonly blob: (collection: string, sha256: string) => Promise<Uint8Array | null>
  readonly keepBlob: (collection: string, sha256: string, bytes: Uint8Array) => Promise<void>
  readonly close: () => void
  /** Forgets everything: the next start builds it again. */
  readonly destroy: () => Promise<void>
}
