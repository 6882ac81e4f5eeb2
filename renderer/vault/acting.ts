// Who acts: the person of this seat, the positions held on a day, and the town's rules of that day, in the shapes the domain asks
// for. It allows nothing itself; it brings the judge of access and the judge of the document together for one question.

import { standInsOn } from '@shared/authority/absences.ts'
import { hasDocumentRole, hasRole, positionsOf } from '@shared/authority/ask.ts'
import type { Position, StandIn } from '@shared/authority/model.ts'
import type { AuthorityState } from '@shared/authority/reduce.ts'
import { inForce } from '@shared/base/in-force.ts'
import type { Reason } from '@shared/base/verdict.ts'
import { mayAct, type ActingRules, type Actor, type ProposedAct } from '@shared/document/may.ts'
import { isPassedOver } from '@shared/document/rules.ts'
import type { DocumentState } from '@shared/document/state.ts'
import { isWithinOne, needOf } from '@shared/judge/rules.ts'
import { documentHandle } from '@shared/log/names.ts'
import { isWithheld } from '@shared/posture/evaluate.ts'
import type { VaultCore } from './core.ts'

export interface Acting {
  readonly authority: AuthorityState
  readonly person: string
  readonly date: string
  readonly positions: readonly Position[]
  /** Whose decisions they make today (代決). */
  readonly standsFor: readonly StandIn[]
  /** Positions that are away today and may be passed over (後閲). */
  readonly away: readonly string[]
  /** Null when no decision table is in force. */
  readonly rules: ActingRules | null
  /** Why not; empty = may. `collection` is the one the document lives in. */
  readonly reasons: (state: DocumentState, collection: string, act: ProposedAct, position: string | null) => readonly Reason[]
  /** May write such an act into the collection at all, or with `doc` into this document of it (AU-90)? */
  readonly hasAccess: (collection: string, type: string, doc?: string) => boolean
}

export function actingOf(core: VaultCore): Acting {
  const authority = core.authority()
  const { person } = core.seat
  const date = core.today()
  const table = inForce(authority.decisionTables.values(), date)
  const rules = table && { appointments: [...authority.appointments.values()], positions: [...authority.positions.values()], table, absences: [...authority.absences.values()] }
  const positions = positionsOf(authority, person, date)
  const known = authority.people.get(person)
  const policy = inForce(authority.policies.values(), date)
  const hasAccess: Acting['hasAccess'] = (collection, type, doc) => {
    if (policy && isWithheld(policy, { type, employment: known?.employment ?? null })) return false
    const need = needOf(type, false)
    if (need.kind !== 'role' || hasRole(authority, person, collection, need.roles, date)) return true
    return doc !== undefined && isWithinOne(type) && hasDocumentRole(authority, person, collection, documentHandle(core.seat.workspace, doc), need.roles, date)
  }
  return {
    authority,
    person,
    date,
    positions,
    standsFor: standInsOn(authority, date).filter(({ acting }) => positions.some(({ id }) => id === acting)),
    away: rules ? rules.positions.map(({ id }) => id).filter((id) => isPassedOver(rules.table, rules.absences, id, date)) : [],
    rules,
    hasAccess,
    reasons(state, collection, act, position) {
      if (!hasAccess(collection, act.type, state.id)) return [{ code: 'role-missing', facts: { type: act.type } }]
      if (!rules || !known) return [{ code: 'decision-table-missing' }]
      const actor: Actor = { person: known, position, date }
      return mayAct(state, act, actor, rules).reasons
    },
  }
}
