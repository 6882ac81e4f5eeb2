// Whose accounts of the town are known, which wait for an administrator, and who issues them.

import { labelOf } from '@shared/authority/proposal.ts'
import type { AccountsView } from '../../services/trust-models.ts'
import type { VaultCore } from '../core.ts'
import { namesOf } from './names.ts'
import { inForce } from '@shared/base/in-force.ts'

export async function accountsView(core: VaultCore): Promise<AccountsView> {
  const authority = core.authority()
  const names = namesOf(authority)
  const seen = await core.around.host.signIn.seen({})
  const here = seen.ok ? seen.value.provider : null
  const provider = inForce(authority.providers.values(), core.today())
  const bound = [...authority.bindings.values()]
  const isBound = (issuer: string, subject: string): boolean => bound.some((one) => one.issuer === issuer && one.subject === subject)
  return {
    issuer: provider?.issuer ?? null,
    issuerHere: here && (here.issuer !== provider?.issuer || here.clientId !== provider.clientId) ? here.issuer : null,
    bound: bound.map((one) => ({ id: one.id, name: names.person(one.person), label: labelOf(authority, one) })),
    claims: [...authority.claims].filter(([, { issuer, subject }]) => !isBound(issuer, subject)).map(([id, claim]) => ({ id, name: names.person(claim.person), label: claim.label === '' ? claim.subject : claim.label })),
  }
}
