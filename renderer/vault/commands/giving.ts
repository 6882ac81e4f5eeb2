// この文書を見せる: a right on one document, for somebody who may not read its collection, and taking it back. The keys follow what the log
// says (`handing.ts`). Taking it back closes nothing that was read; a new key for the document is another act (`rekeying.ts`).

import { readableCollections } from '@shared/authority/ask.ts'
import { givingRefusal, latestGiven } from '@shared/authority/document-grants.ts'
import type { DocumentGrant } from '@shared/authority/model.ts'
import { documentHandle } from '@shared/log/names.ts'
import { consentWords } from '../../text/consent.ts'
import { failed } from '../failure.ts'
import { namesOf } from '../views/names.ts'
import { provisionalNumber, titleOf } from '../views/summary.ts'
import { act, administer } from './administering.ts'
import { find, newId, type Command } from './context.ts'

const failures = { 'grant-gone': 'GrantGone', 'not-giver': 'GivingNotYours', 'own-grant': 'GivingToSelf', 'last-day': 'GivenTooLong', 'review-date': 'ReviewDateWrong' } as const

export const giveDocument: Command<'giveDocument'> = async (context, { id, person, role, to, reason }) => {
  const { core } = context
  const authority = core.authority()
  const found = find(context, id)
  if (!found.ok) return found
  const { collection, state } = found.value
  const document = documentHandle(core.seat.workspace, id)
  const first = core.keys.collections.includes(collection) ? await core.keys.hand(collection, document, []) : null
  if (!first) return failed('PlaceNotRead')
  const from = core.today()
  const { reviewBy } = latestGiven(authority, role, from)
  const grant: DocumentGrant = { id: newId(context), person, collection, document, role, reason, key: first.id, from, to, reviewBy: reviewBy < to ? reviewBy : to }
  const refusal = givingRefusal(authority, grant, core.seat.person, core.around.clock.now())
  if (refusal) return failed(failures[refusal])
  const isHeld = [...authority.documentGrants.values()].some((one) => one.person === person && one.document === document && one.role === role && one.to >= to)
  if (isHeld || (role === 'reader' && readableCollections(authority, person, from).includes(collection))) return failed('RightHeld')
  const words = consentWords[context.language()]
  return administer(context, [act('grant.document', grant)], namesOf(authority).person(person), { by: 'reviewer', facts: [{ label: words.document, value: titleOf(state) || provisionalNumber(id) }] })
}

export const takeDocumentBack: Command<'takeDocumentBack'> = async (context, { grant: id, reason }) => {
  const authority = context.core.authority()
  const grant = authority.documentGrants.get(id)
  if (!grant) return failed('GrantGone')
  return administer(context, [act('grant.remove', { id, reason })], namesOf(authority).person(grant.person), { by: 'reviewer' })
}
