// What a simulated town is made of: processes with their disks and notes, and what is known of what they wrote.

import type { SyncEngine } from '../engine.ts'
import type { NamedObject } from '../../log/parcel.ts'
import type { RoundReport } from '../report.ts'
import type { BadStorage } from './bad-storage.ts'
import type { Chance } from './chance.ts'
import type { StorageProfile } from './storage-profiles.ts'

export interface Process {
  readonly id: string
  /** A clone is another process of the same device. */
  readonly device: string
  readonly disk: Map<string, Uint8Array>
  readonly notes: Map<string, Uint8Array>
  engine: SyncEngine | null
  /** Fetches packs when they are wanted and not otherwise. */
  readonly byNeed: boolean
  /** Points at which it waits: one for each request or writing that it began at once. */
  readonly points: ((isKilled: boolean) => void)[]
  /** Counts the points that were reached and the rounds that ended. */
  moves: number
  /** A round, or a fetching by need, is under way. */
  isBusy: boolean
  /** Its lane; a restored or cloned profile begins another. */
  lane: string
  seq: number
  wrote: number
  starts: number
  /** Milliseconds that its clock is off. */
  skew: number
  frozenAt: number | null
  snapshot: { readonly disk: ReadonlyMap<string, Uint8Array>; readonly notes: ReadonlyMap<string, Uint8Array> } | null
  /** Names and people written since. */
  sinceSnapshot: Set<string>
  /** It was restored or cloned: that is told, and true. */
  wasCopied: boolean
  reports: RoundReport[]
}

export interface World {
  readonly seed: number
  readonly chance: Chance
  readonly storage: BadStorage
  readonly profile: StorageProfile
  readonly processes: Process[]
  /** Everything that anybody was told is saved: name → bytes; wraps by their recipients. */
  readonly saved: Map<string, Uint8Array>
  readonly people: Set<string>
  /** Names under which somebody signed more than one: each of them may lie there, and all beside where two have met. */
  readonly either: Map<string, readonly Uint8Array[]>
  /** Told to be saved at this machine. */
  readonly keep: (process: Process, object: NamedObject) => void
  /** Written between a snapshot and its restoring: gone, unless somebody else had it by then. */
  readonly atRisk: Set<string>
  /** Beacon → device that writes it. */
  readonly writers: Map<string, string>
  /** What a storage said that it took. */
  readonly taken: Map<string, Uint8Array>
  /** Parcels that were cleared away where nobody dies any more. */
  readonly cleared: Set<string>
  readonly broken: Set<string>
  readonly trace: string[]
  /** Who sits at the machines; null where they only carry. */
  staff: Staff | null
  isHonest: boolean
  isFree: boolean
  now: number
}

/** People whose acts mean something: they write by what their machine has, and at the end it is asked what came of it. */
export interface Staff {
  /** What every disk begins with. */
  readonly founding: readonly NamedObject[]
  /** What is saved at this machine now, in this order. */
  deed(process: Process): Promise<readonly NamedObject[]>
  /** Everything that is anywhere has come: what people write because of what has not. */
  afterRest(process: Process): Promise<readonly NamedObject[]>
  /** Every machine holds everything: what does not hold among the people. */
  atRest(): Promise<readonly string[]>
}

export function createProcess(id: string, device = id, byNeed = false): Process {
  return { id, device, disk: new Map(), notes: new Map(), engine: null, byNeed, points: [], moves: 0, isBusy: false, lane: `seat.${id}`, seq: 0, wrote: 0, starts: 0, skew: 0, frozenAt: null, snapshot: null, sinceSnapshot: new Set(), wasCopied: false, reports: [] }
}
