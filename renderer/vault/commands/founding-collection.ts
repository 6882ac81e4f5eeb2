// AU-97: a new collection of documents (a project with people from outside, the council), with the people who use it from the first day and
// whoever answers for it: one segment, confirmed at once in main's window. Its key is made by main for exactly those people.

import { isAdmin } from '@shared/authority/ask.ts'
import { collectionKinds, type NewCollection } from '@shared/authority/collection.ts'
import type { Grant } from '@shared/authority/model.ts'
import { latestReview } from '@shared/authority/review.ts'
import { isCivilDate } from '@shared/base/civil-date.ts'
import { failed } from '../failure.ts'
import { act, administer } from './administering.ts'
import { newId, type Command } from './context.ts'

/** With its owner; more are given their rights afterwards. */
const mostPeople = 100

export const foundCollection: Command<'foundCollection'> = async (context, { name, nameEn, kind, purpose, owner, people, to, reviewBy, reason }) => {
  const { core } = context
  const authority = core.authority()
  const from = core.today()
  const wanted = name.trim()
  if (!isAdmin(authority, core.seat.person, from)) return failed('RightNotYours')
  if (wanted === '' || purpose.trim() === '' || reason.trim() === '' || !collectionKinds.includes(kind)) return failed('CollectionUnnamed')
  if ([...authority.collections.values()].some((one) => one.name === wanted)) return failed('CollectionThere')
  if (people.length > mostPeople) return failed('TooManyGrants', 'never', { count: mostPeople })
  if ([owner, ...people.map(({ person }) => person)].some((person) => !authority.people.has(person))) return failed('GrantGone')
  if (to !== null && (!isCivilDate(to) || to < from)) return failed('LastDayWrong')
  if (reviewBy !== null && (!isCivilDate(reviewBy) || reviewBy < from)) return failed('ReviewDateWrong')
  const id = newId(context)
  const collection: NewCollection = { id, name: wanted, nameEn: nameEn.trim() === '' ? wanted : nameEn.trim(), section: null, kind, purpose: purpose.trim() }
  const grant = (person: string, role: Grant['role']): Grant => {
    const latest = latestReview(authority, role, from)
    return { id: newId(context), person, collection: id, role, reason: reason.trim(), from, to, reviewBy: reviewBy === null || reviewBy > latest ? latest : reviewBy }
  }
  const given = [{ person: owner, role: 'owner' as const }, ...people]
  const readers = [...new Set(given.map(({ person }) => person))]
  return administer(context, [act('collection.put', collection), ...given.map(({ person, role }) => act('grant.put', grant(person, role)))], wanted, { renew: { collection: id, people: readers } })
}
