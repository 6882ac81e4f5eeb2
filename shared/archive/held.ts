// AR-56: approvals that no other seat received in time, as the town asked on that day. They are in the trail and do not count.

import { witnessFacts } from '../authority/alone.ts'
import type { AuthorityState } from '../authority/reduce.ts'
import { causalityOf } from '../log/causality.ts'
import { rulesOf } from '../document/rules.ts'
import { isReference, witnessesOf } from '../document/witnesses.ts'
import type { KnownEvent } from '../log/event.ts'
import type { ProvenEvent } from './verify-trail.ts'

/** Why it does not count. */
export const heldCode = 'approval-held'

/** `zero`: the events of collection zero that were let in. */
export function heldAside(proven: readonly ProvenEvent[], authority: AuthorityState, zero: readonly KnownEvent[]): readonly ProvenEvent[] {
  const rules = rulesOf([...authority.decisionTables.values()], witnessFacts(zero, authority), [...authority.absences.values()])
  const counted = proven.filter((one) => one.counted).map(({ known }) => known)
  const causality = causalityOf(counted, ({ event }) => isReference(event.type))
  const witnesses = witnessesOf(causality.ordered, rules, causality)
  return proven.map((one) => (one.counted && witnesses.at(one.known.id, null) === 'late' ? { ...one, counted: false, why: [{ code: heldCode }] } : one))
}
