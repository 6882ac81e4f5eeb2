// A revocation is a cut: a removal names, lane by lane, the last segment that was trusted. What stands later on those lanes has no
// authoritative effect on any replica, whatever time it claims and whenever it arrives.

import type { KnownEvent } from '../log/event.ts'
import { collectionZero } from '../log/names.ts'
import type { TrustedLane } from './events.ts'

/** The last trusted segment by `<lane>/<collection>`; a lane that is not named is trusted up to 0. */
type Trusted = ReadonlyMap<string, number>

/** AU-17 names of trusted segments in whose place another one lies at this replica. */
export type Contradicted = ReadonlySet<string>

export function trustedName({ collection, lane, seq, hash }: TrustedLane): string {
  return `${lane}/${collection} ${seq} ${hash}`
}

export interface Cuts {
  /** Seats that were removed: all their lanes. */
  readonly seats: ReadonlyMap<string, Trusted>
  /** Seats of people who are administrators no more: their lanes of collection zero. */
  readonly formerAdmins: ReadonlyMap<string, Trusted>
}

export const noCuts: Cuts = { seats: new Map(), formerAdmins: new Map() }

export interface CutOf {
  readonly scope: keyof Cuts
  readonly seats: readonly string[]
  readonly trusted: readonly TrustedLane[]
}

/** Where several cut one lane, the shortest holds. */
export function joinCuts(all: readonly CutOf[], contradicted: Contradicted = new Set()): Cuts {
  const joined = { seats: new Map<string, Trusted>(), formerAdmins: new Map<string, Trusted>() }
  for (const { scope, seats, trusted } of all) {
    for (const seat of seats) {
      const own = trustIn(trusted.filter(({ lane }) => seatOf(lane) === seat), contradicted)
      const before = joined[scope].get(seat)
      joined[scope].set(seat, before ? shorter(before, own) : own)
    }
  }
  return joined
}

/** AU-17 up to the last segment that is named and, where one lies here in its place, is that one: the rest is another branch. */
function trustIn(named: readonly TrustedLane[], contradicted: Contradicted): Trusted {
  const own = new Map<string, number>()
  for (const one of named) {
    const lane = `${one.lane}/${one.collection}`
    if (!contradicted.has(trustedName(one))) own.set(lane, Math.max(one.seq, own.get(lane) ?? 0))
  }
  return own
}

function shorter(a: Trusted, b: Trusted): Trusted {
  return new Map([...a].flatMap(([lane, seq]) => (b.has(lane) ? [[lane, Math.min(seq, b.get(lane) ?? 0)] as const] : [])))
}

export function isBehindCut({ seats, formerAdmins }: Cuts, { lane, seq }: Pick<KnownEvent, 'lane' | 'seq'>): boolean {
  const seat = seatOf(lane)
  const trusted = seats.get(seat)
  if (trusted && seq > (trusted.get(lane) ?? 0)) return true
  const former = lane.endsWith(`/${collectionZero}`) ? formerAdmins.get(seat) : undefined
  return former !== undefined && seq > (former.get(lane) ?? 0)
}

/** The same text for the same cuts. */
export function cutsToText(cuts: Cuts): string {
  const plain = (all: ReadonlyMap<string, Trusted>): unknown => [...all].map(([seat, trusted]) => [seat, [...trusted].sort()]).sort()
  return JSON.stringify([plain(cuts.seats), plain(cuts.formerAdmins)])
}

/** `lane` as `<seat>.<incarnation>`, with or without its collection. */
export function seatOf(lane: string): string {
  return lane.slice(0, lane.indexOf('.'))
}
