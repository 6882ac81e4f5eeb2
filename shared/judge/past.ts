// JU-12, JU-13: is what events build on accepted here? It decides nothing else about them.

import type { KnownEvent } from '../log/event.ts'
import type { Vector } from '../log/session.ts'
import type { AuthorityPositions } from './authority-positions.ts'
import type { DoorView, Quarantined } from './ports.ts'
import { pastOf, type Quarantine } from './quarantine.ts'

/** JU-13 in collection zero the past is what was accepted at the header's position: nothing that comes later can be it. */
export function missingInZero(positions: AuthorityPositions, vector: Vector, known: readonly KnownEvent[]): readonly string[] {
  return [...pastOf(known)].filter((id) => !positions.holds(id, vector))
}

/** What events name as their document's past and is neither accepted nor among `arriving`. */
export async function missingPast(view: DoorView, collection: string, known: readonly KnownEvent[], arriving: readonly KnownEvent[]): Promise<readonly string[]> {
  const missing: string[] = []
  for (const doc of new Set(known.map(({ event }) => event.doc))) {
    const of = (events: readonly KnownEvent[]): readonly KnownEvent[] => events.filter(({ event }) => event.doc === doc)
    const past = pastOf(of(known))
    if (past.size === 0) continue
    const held = new Set([...(await view.documentEvents(collection, doc ?? '')), ...of(arriving)].map(({ id }) => id))
    missing.push(...[...past].filter((id) => !held.has(id)))
  }
  return missing
}

/** Segments that were quarantined for their past alone and whose past is whole once these events are accepted. */
export async function releasable(view: DoorView, quarantine: Quarantine, collection: string, known: readonly KnownEvent[]): Promise<readonly Quarantined[]> {
  const released = new Map<string, Quarantined>()
  const arriving = [...known]
  for (let fresh = known; fresh.length > 0; ) {
    const next: KnownEvent[] = []
    for (const segment of quarantine.dependents(collection, fresh.map(({ id }) => id))) {
      if (released.has(segment.name) || (await missingPast(view, collection, segment.events, [...arriving, ...segment.events])).length > 0) continue
      released.set(segment.name, segment)
      arriving.push(...segment.events)
      next.push(...segment.events)
    }
    fresh = next
  }
  return [...released.values()]
}
