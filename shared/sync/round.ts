// The course of one round: what it counts, what it suspects and what ended it. Steps ask the storage through here, so that every
// request is counted and none begins after the signal.

import { err, type Result } from '../base/result.ts'
import type { ParcelEntry } from '../log/beacon.ts'
import type { Fact } from './memory.ts'
import type { Moved, RoundReport, Suspicion, SuspicionCode } from './report.ts'
import type { Standing } from './standing.ts'
import type { Storage, StorageFailure } from './storage.ts'

/** A parcel that a verified beacon holds out and that is not here. */
export interface Offer {
  readonly publisher: string
  readonly entry: ParcelEntry
  /** Nothing of this publisher was read before: its parcels are new as a whole. */
  readonly first: boolean
  /** Of a beacon older than the one that was read: what is not there any more is no loss. */
  readonly isOlder: boolean
}

export interface RoundOptions {
  readonly thorough?: boolean
  readonly looking?: boolean
}

export interface Round {
  readonly at: number
  readonly signal: AbortSignal
  /** Asks for every beacon, whatever the listing says of it. */
  readonly thorough: boolean
  /** Moves no document, in no direction. */
  readonly looking: boolean
  /** Something was seen and left there. */
  waits: boolean
  readonly storage: Storage
  failure: RoundReport['failure']
  readonly sent: Moved
  readonly received: Moved
  readonly missing: string[]
  readonly strangers: string[]
  readonly offers: Offer[]
  /** Tags of beacons to remember once everything they hold out is here. */
  readonly tags: Map<string, string | null>
  /** Parcels that beacons of others held out in this round. */
  readonly heldOut: Set<string>
  /** Parcel that others ask for → each asking, by publisher and number. */
  readonly wanted: Map<string, string[]>
  /** The listing came: what is not suspected now is not suspected any more. */
  listed: boolean
  /** Somebody's true beacon is there: this is the storage that it was. */
  witnessed: boolean
  /** Nothing may be written to this storage now. */
  held: boolean
  /** The beacon is to be written though nothing new is held out. */
  rewrite: boolean
  /** SY-120: this device is called lost. */
  isLost: boolean
  suspect(code: Exclude<SuspicionCode, Fact['code']>, subject: string): void
  /** The value, or null after noting the failure that ends the round. */
  take<V, E extends Exclude<RoundReport['failure'], null>>(answer: Result<V, E>): { readonly value: V } | null
  readonly met: Map<string, number>
  requests(): number
}

export function beginRound(standing: Standing, signal: AbortSignal, { thorough = false, looking = false }: RoundOptions): Round {
  let requests = 0
  const met = new Map<string, number>()
  const ask = async <V>(act: () => Promise<Result<V, StorageFailure>>): Promise<Result<V, StorageFailure>> => {
    if (signal.aborted) return err({ type: 'StorageCancelled', retry: 'now' })
    requests += 1
    return act()
  }
  const { storage, clock } = standing.deps
  const round: Round = {
    at: clock.now(),
    signal,
    thorough,
    looking,
    waits: false,
    storage: {
      resumes: storage.resumes,
      list: (prefix, s) => ask(() => storage.list(prefix, s)),
      get: (name, s, range) => ask(() => storage.get(name, s, range)),
      put: (name, bytes, s) => ask(() => storage.put(name, bytes, s)),
      remove: (name, s) => ask(() => storage.remove(name, s)),
    },
    failure: null,
    sent: { objects: 0, parcels: 0, bytes: 0 },
    received: { objects: 0, parcels: 0, bytes: 0 },
    missing: [],
    strangers: [],
    offers: [],
    tags: new Map(),
    heldOut: new Set(),
    wanted: new Map(),
    listed: false,
    witnessed: false,
    held: false,
    rewrite: false,
    isLost: false,
    suspect(code, subject) {
      const key = `${code} ${subject}`
      met.set(key, (standing.met.get(key) ?? 0) + 1)
    },
    take(answer) {
      if (answer.ok) return { value: answer.value }
      round.failure ??= answer.error
      return null
    },
    met,
    requests: () => requests,
  }
  return round
}

/** What a device signed, or did to itself, is certain at once and stays known. */
export function noteFact(standing: Standing, code: Fact['code'], subject: string): void {
  if (standing.facts.some((fact) => fact.code === code && fact.subject === subject)) return
  standing.facts = [...standing.facts, { code, subject }].slice(-mostFacts)
}

const mostFacts = 100
/** Storages that show a writing late explain one or two rounds. */
export const certainAfter = 3

/** SY-35 its beacon was older than one that was read, three rounds in a row. */
export function isSurelyOlder(met: ReadonlyMap<string, number>, publisher: string): boolean {
  return (met.get(`beacon-rolled-back ${publisher}`) ?? 0) >= certainAfter
}

export function reportOf(standing: Standing, round: Round): RoundReport {
  const suspected = [...round.met].map(([key, rounds]): Suspicion => {
    const [code, subject] = key.split(' ') as [SuspicionCode, string]
    return { code, subject, certain: rounds >= certainAfter }
  })
  const complete = round.listed && !round.failure && !round.waits && suspected.length === 0 && round.missing.length === 0 && round.strangers.length === 0
  return {
    at: round.at,
    failure: round.failure,
    sent: round.sent,
    received: round.received,
    unsent: standing.pending.size,
    missing: round.missing,
    strangers: round.strangers,
    suspicions: [...suspected, ...standing.facts.map((fact) => ({ ...fact, certain: true }))],
    publishers: [...standing.read].map(([publisher, { device, serial, at }]) => ({ publisher, device, serial, at })),
    completeAt: complete ? round.at : null,
    isLost: round.isLost,
    requests: round.requests(),
  }
}
