// AU-90 to AU-94: a right on one document, for somebody who may not read its collection: an adviser, a member of the council, a colleague
// of another section. Who may give it and until when it may be; what it lets its holder do is the judge's (JU-90).

import { addDays, isCivilDate, jstDate } from '../base/civil-date.ts'
import { hasRole, isAdmin } from './ask.ts'
import type { DocumentGrant } from './model.ts'
import type { AuthorityState } from './reduce.ts'
import { latestReview } from './review.ts'

/** AU-92 a right on one document ends by itself after a year at the latest. */
export const longestGivenDays = 366

/** AU-91 an administrator and the collection's owner; to read, its records officers as well. */
export function mayGiveDocument(state: AuthorityState, person: string, { collection, role }: Pick<DocumentGrant, 'collection' | 'role'>, date: string): boolean {
  return isAdmin(state, person, date) || hasRole(state, person, collection, role === 'reader' ? ['owner', 'records'] : ['owner'], date)
}

/** The last day that a right which begins on `date` may have, and on which it is to be looked at by then. */
export function latestGiven(state: AuthorityState, role: DocumentGrant['role'], date: string): { readonly to: string; readonly reviewBy: string } {
  return { to: addDays(date, longestGivenDays), reviewBy: latestReview(state, role, date) }
}

export type GivingRefusal = 'grant-gone' | 'not-giver' | 'own-grant' | 'last-day' | 'review-date'

/** What stands against giving it at a moment (milliseconds since 1970 UTC); null = nothing. */
export function givingRefusal(state: AuthorityState, grant: DocumentGrant, person: string, ms: number): GivingRefusal | null {
  const date = jstDate(ms)
  if (!state.people.has(grant.person) || !state.collections.has(grant.collection)) return 'grant-gone'
  if (!mayGiveDocument(state, person, grant, date)) return 'not-giver'
  if (grant.person === person) return 'own-grant'
  const latest = latestGiven(state, grant.role, date)
  if (!isCivilDate(grant.from) || !isCivilDate(grant.to) || grant.to < date || grant.to < grant.from || grant.to > latest.to) return 'last-day'
  return !isCivilDate(grant.reviewBy) || grant.reviewBy < date || grant.reviewBy > latest.reviewBy ? 'review-date' : null
}
