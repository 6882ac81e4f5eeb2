// Which updates of a draft's text are applied and which are kept aside: an update may insert only in the name of the lane that
// signed it. Each is judged by itself and its own causal past, so that no later arrival changes the answer.

import { compareForDisplay, type KnownEvent } from '../log/event.ts'
import { pastOf } from '../log/causality.ts'
import type { Entry } from './standing.ts'
import type { ConflictCause } from './state.ts'
import { isTextIdOf, isUnownedTextId } from './text-ids.ts'
import { readPlaces, readTextUpdate, type TextRun } from './text-update.ts'

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
  const twice = twiceOf(edits, events)
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
    const cause = reading.problem ?? (reading.ids.some(isForged) ? ('text-not-own' as const) : twice.has(known.id) ? ('text-twice' as const) : null)
    if (cause !== null) refused.set(known.id, cause)
    else {
      applied.push(update)
      for (const id of reading.problem === null ? reading.ids.filter(isUnownedTextId) : []) users.set(id, [...(users.get(id) ?? []), ...signers.map((lane) => ({ event: known.id, lane }))])
    }
  }
  return { applied, refused }
}

/**
 * DC-7 updates that put something else at a place that an earlier one named: Yjs would keep whichever came first. Earlier is what the
 * lane that owns the place signed under a lower number; who came first here is not asked.
 */
function twiceOf(edits: readonly Entry[], events: readonly KnownEvent[]): ReadonlySet<string> {
  const seqs = new Map<string, Map<string, number>>()
  for (const { id, lane, seq, event } of events) if (event.type === 'draft.body') seqs.set(id, (seqs.get(id) ?? new Map<string, number>()).set(laneName(lane), seq))
  const bodies = edits.flatMap(({ known, act }) => {
    const reading = act.type === 'draft.body' ? readTextUpdate(act.body.update) : null
    if (act.type !== 'draft.body' || reading?.problem !== null) return []
    const signed = [...(seqs.get(known.id) ?? [])]
    const owner = signed.find(([lane]) => reading.ids.some((id) => isTextIdOf(lane, id)))
    // Ids that another lane owns claim no place of it.
    const runs = reading.runs.filter(({ id }) => isUnownedTextId(id) || signed.some(([lane]) => isTextIdOf(lane, id)))
    return [{ known, update: act.body.update, runs, seq: owner?.[1] ?? known.seq }]
  })
  const named = new Map<number, { readonly run: TextRun; readonly update: Uint8Array }[]>()
  const ends = new Map<number, number>()
  const twice = new Set<string>()
  for (const { known, update, runs } of bodies.sort((a, b) => a.seq - b.seq || compareForDisplay(a.known, b.known))) {
    const isOther = (run: TextRun): boolean => run.clock < (ends.get(run.id) ?? 0) && (named.get(run.id) ?? []).some((earlier) => differs(earlier, { run, update }))
    if (runs.some(isOther)) {
      twice.add(known.id)
      continue
    }
    for (const run of runs) {
      named.set(run.id, [...(named.get(run.id) ?? []), { run, update }])
      ends.set(run.id, Math.max(ends.get(run.id) ?? 0, run.clock + run.length))
    }
  }
  return twice
}

interface Named {
  readonly run: TextRun
  readonly update: Uint8Array
}

/** Do two updates put different things at a place that both name? The same once more, as after a failed saving, is no difference. */
function differs(a: Named, b: Named): boolean {
  const clock = Math.max(a.run.clock, b.run.clock)
  const length = Math.min(a.run.clock + a.run.length, b.run.clock + b.run.length) - clock
  if (length <= 0) return false
  const shared = { id: a.run.id, clock, length }
  return readPlaces(a.update, shared).join('\n') !== readPlaces(b.update, shared).join('\n')
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
