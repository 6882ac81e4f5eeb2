// What an administrator reads of the provider's list of accounts beside the people here (AU-72).

import { labelOf } from '@shared/authority/proposal.ts'
import { accountsOf, orphansOf } from '@shared/authority/reconcile.ts'
import type { ReconcileView } from '../../services/trust-models.ts'
import type { VaultCore } from '../core.ts'
import { namesOf } from './names.ts'

/** `text`: of the list as it was read. */
export function reconcileView(core: VaultCore, text: string): ReconcileView {
  const authority = core.authority()
  const names = namesOf(authority)
  const listed = accountsOf(text)
  if (typeof listed === 'string') return { unreadable: listed }
  const { accounts, ofNobody, without, gone } = orphansOf(authority, core.today(), listed, (account) => labelOf(authority, account))
  return { unreadable: null, accounts, ofNobody: ofNobody.map(({ label }) => label), without: without.map(names.person), gone: gone.map(({ person, ...row }) => ({ ...row, name: names.person(person) })) }
}
