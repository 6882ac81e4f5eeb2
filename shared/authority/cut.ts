// A revocation is a cut: a removal names, lane by lane, the last segment that was trusted. What stands later on those lanes has no
// authoritative effect on any replica, whatever time it claims and whenever it arrives.

import type { KnownEvent } from '../log/event.ts'
import { collectionZero } from '../log/names.ts'
import type { TrustedLane } from './events.ts'

/** The last trusted segment by `<lane>/<collection>`; a lane that is not named is trusted up to 0. */
type Trusted = ReadonlyMap<string, number>

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
export function joinCuts(all: readonly CutOf[]): Cuts {
  const joined = { seats: new Map<string, Trusted>(), formerAdmins: new Map<string, Trusted>() }
  for (const { scope, seats, trusted } of all) {
    for (const seat of seats) {
      const own = new Map(trusted.filter(({ lane }) => seatOf(lane) === seat).map(({ lane, collection, seq }) => [`${lane}/${collection}`, seq]))
      const before = joined[scope].get(seat)
      joined[scope].set(seat, before ? shorter(before, own) : own)
    }
  }
  return joined
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
