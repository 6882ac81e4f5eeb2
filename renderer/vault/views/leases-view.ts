// How long each kind of act can still be done at this machine without a connection, by the rules in force and what the session would rest
// on at this moment; only what the person may do at all. And how long the machine opens a seat without one.

import { contactDaysOf, newestUntil } from '@shared/authority/heard.ts'
import { holdsOn, inForce } from '@shared/base/in-force.ts'
import { tokenVerifier } from '@shared/identity/sign-in.ts'
import { needOf } from '@shared/judge/rules.ts'
import { factsOf } from '@shared/judge/session-proofs.ts'
import { noEvidence } from '@shared/log/evidence.ts'
import { leasedActs, leasesOf } from '@shared/posture/lease.ts'
import type { LeaseRow } from '../../services/view-models.ts'
import type { VaultCore } from '../core.ts'

const dayMs = 24 * 60 * 60 * 1000

export async function leasesView({ around, seat, authority, today }: VaultCore): Promise<readonly LeaseRow[]> {
  const state = authority()
  const policy = inForce(state.policies.values(), today())
  const evidence = await around.host.vault.evidence({})
  if (!policy || !evidence.ok) return []
  const now = around.clock.now()
  const { posture, token, vouched } = evidence.value
  const facts = await factsOf(tokenVerifier(around.crypto), { ...noEvidence, posture, token: vouched ?? token }, { ...seat, notBefore: now }, state)
  const mayDo = (act: LeaseRow['act']): boolean => {
    if (act === 'open') return true
    const need = needOf(leasedActs[act], false)
    return need.kind !== 'role' || [...state.grants.values()].some((grant) => grant.person === seat.person && need.roles.includes(grant.role) && holdsOn(grant, today()))
  }
  const contact = await around.host.vault.contact({})
  return [...leasesOf(policy, facts, now, newestUntil(policy, state, seat.person, now)).filter(({ act }) => mayDo(act)), ...openingLease(contactDaysOf(policy, state, seat), contact.ok ? contact.value.at : null)]
}

/** PO-50 nothing where nothing is asked, or nobody knows when the storage was reached. */
function openingLease(days: number | null, at: number | null): readonly LeaseRow[] {
  return days === null || at === null ? [] : [{ act: 'open', from: at, until: at + days * dayMs, runsOut: 'contact' }]
}
