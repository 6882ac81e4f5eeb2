// AU-17: a cut names segments by number and hash. Where another segment lies in such a place here, this replica holds another branch of
// that lane than the one that was trusted, and what follows from it is reduced with that in mind, whichever came first.

import { trustedName, type Contradicted } from '../authority/cut.ts'
import { parseAuthorityBody, type TrustedLane } from '../authority/events.ts'
import { isOfThisSchema, type KnownEvent } from '../log/event.ts'
import { collectionZero } from '../log/names.ts'
import type { Vector } from '../log/session.ts'

/** Hashes of what lies here of a place; none where nothing was taken in. More than one where somebody sealed it anew, or the lane is forked. */
export type HashesHere = (collection: string, lane: string, seq: number) => Promise<readonly string[]>

export interface Branches {
  /** At a position: of lanes of collection zero only what lies at or below it. */
  at(vector: Vector): Contradicted
  now(): Contradicted
  /** Events were accepted: what removals among them name is compared with what lies here. */
  take(events: readonly KnownEvent[]): Promise<void>
  /** Something came to this place. */
  met(collection: string, lane: string, seq: number): Promise<void>
}

export async function openBranches(events: readonly KnownEvent[], hashesHere: HashesHere): Promise<Branches> {
  const named = new Map<string, TrustedLane[]>()
  const against = new Map<string, TrustedLane>()
  let current: Contradicted = new Set()
  const placeOf = (collection: string, lane: string, seq: number): string => `${lane}/${collection} ${seq}`
  const compare = async (one: TrustedLane): Promise<void> => {
    const here = await hashesHere(one.collection, one.lane, one.seq)
    const isAnother = one.hash !== '' && here.length > 0 && !here.includes(one.hash)
    if (isAnother === against.has(trustedName(one))) return
    if (isAnother) against.set(trustedName(one), one)
    else against.delete(trustedName(one))
    current = new Set(against.keys())
  }
  const take = async (accepted: readonly KnownEvent[]): Promise<void> => {
    for (const one of accepted.flatMap(trustedBy)) {
      const place = placeOf(one.collection, one.lane, one.seq)
      named.set(place, [...(named.get(place) ?? []), one])
      await compare(one)
    }
  }
  await take(events)
  return {
    now: () => current,
    at: (vector) => (against.size === 0 ? current : new Set([...against].flatMap(([name, { collection, lane, seq }]) => (collection !== collectionZero || seq <= (vector[lane] ?? 0) ? [name] : [])))),
    take,
    async met(collection, lane, seq) {
      for (const one of named.get(placeOf(collection, lane, seq)) ?? []) await compare(one)
    },
  }
}

function trustedBy({ event }: KnownEvent): readonly TrustedLane[] {
  if ((event.type !== 'seat.remove' && event.type !== 'grant.remove') || !isOfThisSchema(event)) return []
  return parseAuthorityBody(event.type, event.body)?.cut ?? []
}
