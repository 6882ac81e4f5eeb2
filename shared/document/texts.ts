// Which updates of a draft's text are applied and which are kept aside: an update may insert only in the name of the lane that
// signed it. Each is judged by itself and its own causal past, so that no later arrival changes the answer.

import type { KnownEvent } from '../log/event.ts'
import { pastOf } from '../log/causality.ts'
import type { Entry } from './standing.ts'
import type { ConflictCause } from './state.ts'
import { isTextIdOf, isUnownedTextId } from './text-ids.ts'
import { readTextUpdate } from './text-update.ts'

export interface Texts {
  /** In causal order. */
  readonly applied: readonly Uint8Array[]
  /** Event ids of those that are never applied, with the reason. */
  readonly refused: ReadonlyMap<string, ConflictCause>
}

/** `edits` in causal order; `events`: all of the document, an event that came twice by each lane that brought it. */
export function textsOf(edits: readonly Entry[], events: readonly KnownEvent[]): Texts {
  const applied: Uint8Array[] = []
  const refused = new Map<string, ConflictCause>()
  const users = new Map<number, { readonly event: string; readonly lane: string }[]>()
  const lanes = lanesOf(events)
  for (const { known, act } of edits) {
    if (act.type !== 'draft.body') continue
    const { update } = act.body
    const reading = readTextUpdate(update)
    const signers = lanes.get(known.id) ?? []
    const isForged = (id: number): boolean => {
      if (!isUnownedTextId(id)) return !signers.some((lane) => isTextIdOf(lane, id))
      const others = (users.get(id) ?? []).filter(({ lane }) => !signers.includes(lane))
      if (others.length === 0) return false
      const past = pastOf(known.id, events)
      return others.some(({ event }) => past.has(event))
    }
    const cause = reading.problem ?? (reading.ids.some(isForged) ? ('text-not-own' as const) : null)
    if (cause !== null) refused.set(known.id, cause)
    else {
      applied.push(update)
      for (const id of reading.problem === null ? reading.ids.filter(isUnownedTextId) : []) users.set(id, [...(users.get(id) ?? []), ...signers.map((lane) => ({ event: known.id, lane }))])
    }
  }
  return { applied, refused }
}

function lanesOf(events: readonly KnownEvent[]): ReadonlyMap<string, readonly string[]> {
  const lanes = new Map<string, string[]>()
  for (const { id, event, lane } of events) {
    if (event.type !== 'draft.body') continue
    const name = laneName(lane)
    const held = lanes.get(id) ?? []
    if (!held.includes(name)) lanes.set(id, [...held, name])
  }
  return lanes
}

/** `<seat>.<incarnation>` of a known event's lane. */
export function laneName(lane: string): string {
  const end = lane.indexOf('/')
  return end < 0 ? lane : lane.slice(0, end)
}
