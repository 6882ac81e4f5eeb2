// Who wrote on the draft since it was last frozen, and who of them did so without knowing of the others: both are told of it.
// A pure function of the set; it judges nothing and merges nothing.

import type { KnownEvent } from '../log/event.ts'
import type { Entry } from './standing.ts'
import type { Writer } from './state.ts'
import { laneName } from './texts.ts'

/** `ordered`: all events of the document, causes first; `edits`: those of them that are looked at. One line for each lane, by its name. */
export function writersOf(ordered: readonly KnownEvent[], edits: readonly Entry[]): readonly Writer[] {
  const counted = new Set(edits.map(({ known }) => known.id))
  const knowledge = new Map<string, ReadonlyMap<string, number>>()
  const done = new Map<string, number>()
  const writers = new Map<string, Writer>()
  for (const { id, event, lane } of ordered) {
    const knows = joined(event.deps.flatMap((dep) => knowledge.get(dep) ?? []))
    knowledge.set(id, knows)
    if (!counted.has(id)) continue
    const own = laneName(lane)
    // Whoever came earlier in this order and is not known here is not known there either: the two wrote apart.
    const apart = [...done].filter(([other, edited]) => other !== own && edited > (knows.get(other) ?? 0)).map(([other]) => other)
    for (const other of apart) writers.set(other, { ...(writers.get(other) as Writer), apart: true })
    writers.set(own, { lane: own, person: event.person, at: event.at, apart: apart.length > 0 || writers.get(own)?.apart === true })
    done.set(own, (done.get(own) ?? 0) + 1)
    knowledge.set(id, new Map([...knows, [own, done.get(own) as number]]))
  }
  return [...writers.values()].sort((a, b) => (a.lane < b.lane ? -1 : 1))
}

function joined(pasts: readonly ReadonlyMap<string, number>[]): ReadonlyMap<string, number> {
  const [first, ...more] = pasts
  if (more.length === 0) return first ?? new Map()
  const all = new Map(first)
  for (const past of more) for (const [lane, count] of past) if (count > (all.get(lane) ?? 0)) all.set(lane, count)
  return all
}
