// 権限の点検: looks at rights, one act for each, all of a batch confirmed at once in main's window; and giving somebody a right on the
// documents of a collection. What somebody should read no more gets a new key with the act that takes the right away.

import { isAdmin, readableCollections } from '@shared/authority/ask.ts'
import { anyGrant, latestReview, madeOwners } from '@shared/authority/review.ts'
import { actOfReviewRules } from '@shared/authority/review-rules.ts'
import { rolesWithin } from '@shared/authority/reviewed.ts'
import { isCivilDate } from '@shared/base/civil-date.ts'
import type { NewEvent } from '@shared/flow/ports.ts'
import { largestSegmentActs } from '@shared/log/header.ts'
import { consentWords } from '../../text/consent.ts'
import type { VaultCommands } from '../../services/vault-api.ts'
import { failed } from '../failure.ts'
import { namesOf } from '../views/names.ts'
import { act, administer } from './administering.ts'
import { newId, type Command, type CommandContext } from './context.ts'

/** With each removal may go a new key, and all of it is one segment. */
const largestBatch = Math.floor(largestSegmentActs / 2)

export const reviewGrants: Command<'reviewGrants'> = async (context, { grants, act: looked, reason }) => {
  if (grants.length === 0) return failed('GrantGone')
  if (grants.length > largestBatch) return failed('TooManyGrants', 'never', { count: largestBatch })
  const known = grants.flatMap((id) => anyGrant(context.core.authority(), id) ?? [])
  if (known.length < grants.length) return failed('GrantGone')
  const names = namesOf(context.core.authority())
  const title = [...new Set(known.map(({ person }) => names.person(person)))].join('、')
  if (looked.kind === 'remove') return administer(context, grants.map((id) => act('grant.remove', { id, reason })), title, { renew: { grants: [...grants] }, by: 'reviewer' })
  return administer(context, grants.map((id) => lookAt(context, id, looked, reason)), title, { by: 'reviewer' })
}

function lookAt({ core }: CommandContext, id: string, looked: Exclude<VaultCommands['reviewGrants']['arg']['act'], { readonly kind: 'remove' }>, reason: string): NewEvent {
  const authority = core.authority()
  const grant = anyGrant(authority, id)
  const narrower = looked.kind === 'reduce' && looked.role !== null && rolesWithin(grant?.role ?? '').includes(looked.role) ? looked.role : null
  const role = narrower ?? grant?.role ?? 'reader'
  const to = looked.kind === 'reduce' ? looked.to : null
  return act('grant.review', { grant: id, reviewBy: latestReview(authority, role, core.today()), ...(narrower === null ? {} : { role: narrower }), ...(to === null ? {} : { to }), reason })
}

export const giveRight: Command<'giveRight'> = async (context, { person, collection, role, to, reviewBy, reason }) => {
  const { core } = context
  const authority = core.authority()
  const from = core.today()
  const latest = latestReview(authority, role, from)
  const next = reviewBy ?? latest
  if (!isAdmin(authority, core.seat.person, from)) return failed('RightNotYours')
  if (!authority.people.has(person) || !authority.collections.has(collection)) return failed('GrantGone')
  if (!isCivilDate(next) || next < from || next > latest) return failed('ReviewDateWrong')
  if (to !== null && (!isCivilDate(to) || to < from)) return failed('LastDayWrong')
  if ([...authority.grants.values()].some((one) => one.person === person && one.collection === collection && one.role === role && (one.to === null || one.to >= from))) return failed('RightHeld')
  // AU-16 the keys are handed on from this machine, or from an owner's: one of them has to hold them.
  const isAtHand = core.keys.collections.includes(collection) || readableCollections(authority, person, from).includes(collection)
  if (!isAtHand && madeOwners(authority, collection, from).length === 0) return failed('PlaceNotRead')
  return administer(context, [act('grant.put', { id: newId(context), person, collection, role, reason, from, to, reviewBy: next })], namesOf(authority).person(person))
}

const rulesFailures = { 'nothing-changes': 'PolicySame', 'out-of-range': 'PolicyOutOfRange', 'pair-twice': 'PairTwice', 'pair-of-one': 'PairOfOne' } as const

export const changeReviewRules: Command<'changeReviewRules'> = async (context, { values, reason }) => {
  const pairs = values.pairs.map((pair) => (pair.id === '' ? { ...pair, id: newId(context) } : pair))
  const rules = actOfReviewRules(context.core.authority(), context.core.today(), { ...values, pairs }, { id: newId(context), reason })
  if (typeof rules === 'string') return failed(rulesFailures[rules])
  return administer(context, [act('review-rules.put', rules)], consentWords[context.language()].reviewRules)
}
