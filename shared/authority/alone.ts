// When a workspace had one active seat, or none: then nobody could witness what was done there. A function of the set of events,
// by the clocks that the events carry.

import { isOfThisSchema, type KnownEvent } from '../log/event.ts'
import { isAuthorityType, parseAuthorityBody, type AuthorityBodies } from './events.ts'
import type { DevicePolicy, WitnessTightening } from './model.ts'
import type { AuthorityState } from './reduce.ts'

/** Milliseconds since 1970 UTC, from inclusive to exclusive. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** What whoever asks for a witness has to know, from the events of collection zero. */
export function witnessFacts(events: readonly KnownEvent[], state: AuthorityState): { readonly policies: readonly DevicePolicy[]; readonly tightenings: readonly WitnessTightening[]; readonly alone: readonly Span[] } {
  return { policies: [...state.policies.values()], tightenings: state.witnessTightenings, alone: spansAlone(events, state) }
}

const forEver = Number.MAX_SAFE_INTEGER

/** `events` of collection zero, in any order; `state`: which of their seats were added, and which taken away, with effect. */
export function spansAlone(events: readonly KnownEvent[], state: Pick<AuthorityState, 'seats' | 'removedSeats'>): readonly Span[] {
  const since = new Map<string, number>()
  const until = new Map<string, number>()
  const earlier = (into: Map<string, number>, seat: string, ms: number): void => void into.set(seat, Math.min(ms, into.get(seat) ?? forEver))
  for (const { event } of events) {
    if (!isAuthorityType(event.type) || !isOfThisSchema(event)) continue
    const body = parseAuthorityBody(event.type, event.body)
    if (!body) continue
    if (event.type === 'seat.add') earlier(since, (body as AuthorityBodies['seat.add']).id, event.hlc.ms)
    else if (event.type === 'seat.recover') earlier(since, (body as AuthorityBodies['seat.recover']).seat.id, event.hlc.ms)
    else if (event.type === 'seat.remove') earlier(until, (body as AuthorityBodies['seat.remove']).id, event.hlc.ms)
  }
  const turns = [...since].flatMap(([seat, from]) => {
    if (!state.seats.has(seat)) return []
    const to = (state.removedSeats.has(seat) ? until.get(seat) : undefined) ?? forEver
    return to > from ? [{ ms: from, by: 1 }, ...(to < forEver ? [{ ms: to, by: -1 }] : [])] : []
  })
  const spans: Span[] = []
  let seats = 0
  let start: number | null = 0
  for (const ms of [...new Set(turns.map((turn) => turn.ms))].sort((a, b) => a - b)) {
    seats += turns.filter((turn) => turn.ms === ms).reduce((sum, { by }) => sum + by, 0)
    if (seats < 2) start ??= ms
    else if (start !== null) {
      spans.push({ from: start, to: ms })
      start = null
    }
  }
  return start === null ? spans : [...spans, { from: start, to: forEver }]
}
