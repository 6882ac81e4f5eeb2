// Which approvals another seat has received in time. Whoever refers to an approval from another seat proves that it was there by
// then; an approval that everybody refers to only after the time the town allows is late, whatever its own clock says.
// A pure function of the set of events and the town's rules: no clock of the reader's.

import { isOfThisSchema, type KnownEvent } from '../log/event.ts'
import type { Causality } from '../log/causality.ts'
import { isLedgerType } from './ledger-types.ts'
import type { DocumentRules } from './rules.ts'
import type { Witness } from './state.ts'

export interface Witnesses {
  /** How far an approval is witnessed in the eyes of the author of `event` (its past and itself); null = by all that is known. */
  at(approval: string, event: string | null): Witness
  /** Tells apart the eyes of authors with the same past: an act that refers is a witness itself. */
  selfKey(event: string): string
  /** Last moment (ms since 1970 UTC) at which a reference still counts; null where the town asks for none. */
  until(approval: string): number | null
}

const references = new Set(['rendition.append', 'document.open', 'document.post-review', 'document.witness'])

/** Types of events that count as having received what is in their past; edits of a draft do not. */
export function isReference(type: string): boolean {
  return isLedgerType(type) || references.has(type)
}

/** `ordered`: all events of the document, causes first; `causality` must have marked every reference. */
export function witnessesOf(ordered: readonly KnownEvent[], rules: DocumentRules, causality: Causality): Witnesses {
  const refs = ordered.filter(({ event }) => isReference(event.type))
  const approvals = new Map(
    refs.flatMap((known) => {
      const limit = known.event.type === 'decision.approve' && isOfThisSchema(known.event) ? rules.witnessMs(known.event.hlc.ms) : null
      if (limit === null) return []
      const seat = seatOf(known)
      const until = known.event.hlc.ms + limit
      const receivers = refs.filter((ref) => seatOf(ref) !== seat && causality.precedes(known.id, ref.id)).map((ref) => ({ id: ref.id, inTime: ref.event.hlc.ms <= until }))
      return [[known.id, { until, receivers }] as const]
    }),
  )
  const byId = new Map(refs.map((ref) => [ref.id, ref]))
  return {
    at(approval, event) {
      const found = approvals.get(approval)
      if (!found) return 'not-needed'
      const seen = found.receivers.filter(({ id }) => event === null || id === event || causality.precedes(id, event))
      if (seen.some(({ inTime }) => inTime)) return 'witnessed'
      return seen.length > 0 ? 'late' : 'waiting'
    },
    selfKey(event) {
      const ref = approvals.size > 0 ? byId.get(event) : undefined
      return ref ? `${seatOf(ref)} ${ref.event.hlc.ms}` : ''
    },
    until: (approval) => approvals.get(approval)?.until ?? null,
  }
}

/** `<seat>` of a lane `<seat>.<incarnation>/<collection>`: a machine put back to an earlier day is no second witness. */
export function seatOf({ lane }: KnownEvent): string {
  const end = lane.search(/[./]/)
  return end < 0 ? lane : lane.slice(0, end)
}
