// Who may see one document, as its own screen shows it: everybody who reads its collection, and whoever was given it alone. To somebody who
// was given it alone it shows until when, and of others nothing.

import { grantHolds } from '@shared/authority/ask.ts'
import { latestGiven, mayGiveDocument } from '@shared/authority/document-grants.ts'
import type { DocumentRole } from '@shared/authority/model.ts'
import { lapsesOn } from '@shared/authority/review.ts'
import type { DocumentState } from '@shared/document/state.ts'
import { documentHandle } from '@shared/log/names.ts'
import type { SharingView } from '../../services/sharing-models.ts'
import type { VaultCore } from '../core.ts'
import { namesOf } from './names.ts'

/** Nobody reads along in a draft who does not write in it; nobody writes in what is on its way. */
const rolesOf = (state: DocumentState): readonly DocumentRole[] => (state.stage === 'draft' ? ['writer'] : ['reader', 'approver'])

export function sharingView(core: VaultCore, state: DocumentState, collection: string): SharingView {
  const authority = core.authority()
  const today = core.today()
  const names = namesOf(authority)
  const document = documentHandle(core.seat.workspace, state.id)
  const grants = [...authority.documentGrants.values()].filter((grant) => grant.document === document && grant.collection === collection)
  const { person } = core.seat
  const own = grants.find((grant) => grant.person === person && grantHolds(grant, today))
  if (core.keys.partly.includes(collection)) return { own: own ? { role: own.role, to: lapsesOn(own) } : null, readers: [], given: [], roles: [], latest: today }
  const readers = new Set([...authority.grants.values()].filter((grant) => grant.collection === collection && grantHolds(grant, today)).map((grant) => grant.person))
  return {
    own: null,
    readers: [...readers].map(names.person),
    given: grants.map((grant) => ({
      grant: grant.id,
      name: names.person(grant.person),
      role: grant.role,
      reason: grant.reason,
      to: lapsesOn(grant),
      holds: grantHolds(grant, today),
      mayTake: mayGiveDocument(authority, person, grant, today),
    })),
    roles: rolesOf(state).filter((role) => mayGiveDocument(authority, person, { collection, role }, today)),
    latest: latestGiven(authority, 'reader', today).to,
  }
}
