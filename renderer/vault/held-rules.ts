// What the reduction of documents depends on beside their own events: tables, who is away, when approvals need a witness, and cuts.

import { witnessFacts } from '@shared/authority/alone.ts'
import { cutsToText } from '@shared/authority/cut.ts'
import type { AuthorityState } from '@shared/authority/reduce.ts'
import { rulesOf, type DocumentRules } from '@shared/document/rules.ts'
import type { KnownEvent } from '@shared/log/event.ts'

/** What may change how documents are reduced: tables, who is away, whether approvals need a witness, and cuts that come or go. */
export const ruleTypes: ReadonlySet<string> = new Set(['decision-table.put', 'policy.put', 'policy.tighten', 'seat.add', 'seat.recover', 'seat.remove', 'grant.put', 'grant.remove', 'absence.put', 'absence.end', 'vote.cast'])

/** The rules that reductions depend on, and what tells them from others. */
export interface HeldRules {
  readonly authority: AuthorityState
  readonly rules: DocumentRules
  readonly key: string
}

export function heldRules(authority: AuthorityState, events: readonly KnownEvent[]): HeldRules {
  const tables = [...authority.decisionTables.values()]
  const witness = witnessFacts(events, authority)
  const absences = [...authority.absences.values()]
  const asked = witness.policies.map(({ id, from, to, witnessHours }) => [id, from, to, witnessHours ?? null])
  return { authority, rules: rulesOf(tables, witness, absences), key: JSON.stringify([tables, absences, asked, witness.tightenings, witness.alone, cutsToText(authority.cuts)]) }
}
