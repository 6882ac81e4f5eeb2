// What the door needs around it: keys, session certificates and a view to keep what it accepted. The view is a memory, the Dexie
// tables or a trail being verified; the door is the same.

import type { Reason } from '../base/verdict.ts'
import type { ContentKey } from '../crypto/ports.ts'
import type { KnownEvent } from '../log/event.ts'

export interface KeyRing {
  /** Null where this replica was not granted the collection (or has not the epoch yet). */
  epochKey(collection: string, epoch: number): Promise<ContentKey | null>
  /** `not-granted`: this replica may never read the collection; `not-here`: the wrap has not arrived yet. */
  documentKey(collection: string, docHandle: string): Promise<ContentKey | 'not-granted' | 'not-here'>
}

export interface LaneHead {
  readonly seq: number
  readonly hash: string
}

/** A row of the reduced state; `value` is plain data. */
export interface StateRow {
  readonly table: string
  readonly key: string
  readonly value: unknown
}

export interface Quarantined {
  readonly name: string
  readonly collection: string
  readonly lane: string
  readonly seq: number
  readonly reasons: readonly Reason[]
  /** Ids (hex) of the events its header declares: nothing that builds on one of them is let in. */
  readonly acts: readonly string[]
  /** Its events where nothing stands against them but their past; otherwise none. */
  readonly events: readonly KnownEvent[]
}

/** What one segment changes; applied all together or not at all, once: `head` names the segment. `events` may hold those of released segments, each with its own lane and number. */
export interface Change {
  readonly collection: string
  readonly lane: string
  readonly head: LaneHead
  readonly events: readonly KnownEvent[]
  readonly rows: readonly StateRow[]
  readonly stateHash: string
  readonly quarantined: Quarantined | null
  /** Names of quarantined segments that this one lets in. */
  readonly released: readonly string[]
  /** True for a segment whose collection this replica cannot read: only its place in the chain is known. */
  readonly opaque: boolean
}

/** Where lanes are forked: `<lane>/<collection>` → the lowest number for which two segments are proven. */
export type Forks = ReadonlyMap<string, number>

export interface DoorView {
  head(collection: string, lane: string): Promise<LaneHead | null>
  stateHash(): Promise<string>
  /** Every accepted event of collection zero. */
  authorityEvents(): Promise<readonly KnownEvent[]>
  documentEvents(collection: string, doc: string): Promise<readonly KnownEvent[]>
  /** Rows now kept for these keys (to take their hashes out). */
  rows(keys: readonly { readonly table: string; readonly key: string }[]): Promise<readonly StateRow[]>
  /** Quarantined and not released. */
  quarantined(): Promise<readonly Quarantined[]>
  commit(change: Change): Promise<void>
  forks(): Promise<Forks>
  /** Forgets everything that was taken in and keeps these forks: all segments come again. */
  restart(forks: Forks): Promise<void>
}
