// The authority at any position in the log, from the accepted events of collection zero. What somebody did at one machine alone changes nothing of
// it, nor do the numbers of documents, so that a position is known by the last changing segment of each lane and a day's acts
// of that kind and a year's numbers cost no new reduction.

import { changesAuthority } from '../authority/events.ts'
import { reduceAuthority, type AuthorityState } from '../authority/reduce.ts'
import { keepLatest } from '../base/keep-latest.ts'
import type { KnownEvent } from '../log/event.ts'
import type { Branches } from './branches.ts'
import type { Forks } from './ports.ts'
import type { Vector } from '../log/session.ts'
import { isAboutNumbers } from '../numbers/events.ts'

export interface AuthorityPositions {
  /** Changing events at or below a position. */
  upTo(vector: Vector): readonly KnownEvent[]
  /** JU-13 is the event accepted at or below a position? Sessions are nobody's past. */
  holds(id: string, vector: Vector): boolean
  at(vector: Vector): AuthorityState
  /** At everything that was accepted. */
  now(): AuthorityState
  take(events: readonly KnownEvent[]): void
}

const heldStates = 16

/** `accepted`: the events of collection zero so far, in any order, those that are kept behind a fork (JU-36) among them. */
export function createAuthorityPositions(accepted: readonly KnownEvent[], branches: Pick<Branches, 'at' | 'now'>, forks: Forks): AuthorityPositions {
  const changing: KnownEvent[] = []
  const places = new Map<string, KnownEvent[]>()
  const seqs = new Map<string, Set<number>>()
  const states = new Map<string, AuthorityState>()
  const take = (events: readonly KnownEvent[]): void => {
    for (const known of events) {
      if (!changesAuthority(known.event.type)) continue
      places.set(known.id, [...(places.get(known.id) ?? []), known])
      if (isAboutNumbers(known.event.type)) continue
      changing.push(known)
      const lane = laneOf(known)
      seqs.set(lane, (seqs.get(lane) ?? new Set()).add(known.seq))
    }
  }
  const reachOf = (lane: string, vector: Vector | null): number => {
    let reach = 0
    const limit = vector === null ? Infinity : (vector[lane] ?? 0)
    for (const seq of seqs.get(lane) ?? []) if (seq <= limit && seq > reach) reach = seq
    return reach
  }
  const state = (vector: Vector | null): AuthorityState => {
    const reach = [...seqs.keys()].map((lane) => [lane, reachOf(lane, vector)] as const).filter(([, seq]) => seq > 0)
    const contradicted = vector === null ? branches.now() : branches.at(vector)
    const key = JSON.stringify([reach.sort(), [...contradicted].sort()])
    const known = states.get(key) ?? reduceAuthority(vector === null ? changing : upTo(vector), contradicted, forks)
    keepLatest(states, key, known, heldStates)
    return known
  }
  const upTo = (vector: Vector): readonly KnownEvent[] => changing.filter((known) => isWithin(known, vector))
  const holds = (id: string, vector: Vector): boolean => (places.get(id) ?? []).some((known) => isWithin(known, vector))
  take(accepted)
  return { upTo, holds, at: state, now: () => state(null), take }
}

function isWithin(known: KnownEvent, vector: Vector): boolean {
  return known.seq <= (vector[laneOf(known)] ?? 0)
}

function laneOf({ lane }: KnownEvent): string {
  return lane.slice(0, lane.indexOf('/'))
}
