// 権限の点検: who answers for a collection, who may look at which grant, and until when. What a review does to a grant is in `reviewed.ts`.

import { addDays, isCivilDate, jstDate } from '../base/civil-date.ts'
import { holdsOn, inForce } from '../base/in-force.ts'
import { graceDays, grantHolds, hasRole, isAdmin, recoveryWaits } from './ask.ts'
import type { GrantReview } from './events.ts'
import type { AnyGrant, Grant, ReviewRules, Role } from './model.ts'
import type { AuthorityState } from './reduce.ts'
import { rolesWithin } from './reviewed.ts'

/** Where the town has put none: half a year, three months for those who keep records or rights. */
export const usualReviewRules: ReviewRules = { id: '', from: '1970-01-01', to: null, days: { usual: 183, close: 92 }, unusedDays: 90, pairs: [] }

export function reviewRulesOn({ reviewRules }: Pick<AuthorityState, 'reviewRules'>, date: string): ReviewRules {
  return inForce(reviewRules.values(), date) ?? usualReviewRules
}

const closeRoles: readonly Role[] = ['records', 'owner', 'admin']

/** AU-62 the last day to which a look on `date` can put off the next one. */
export function latestReview(state: Pick<AuthorityState, 'reviewRules'>, role: Role, date: string): string {
  const { days } = reviewRulesOn(state, date)
  return addDays(date, closeRoles.includes(role) ? days.close : days.usual)
}

/** The last day on which a grant that nobody looks at any more holds. */
export function lapsesOn({ reviewBy, to }: Grant): string {
  const lapse = addDays(reviewBy, graceDays)
  return to !== null && to < lapse ? to : lapse
}

/** AU-61 who was made an owner of a collection of documents; sorted. */
export function madeOwners(state: AuthorityState, collection: string, date: string): readonly string[] {
  return [...state.people.keys()].filter((person) => hasRole(state, person, collection, ['owner'], date)).sort()
}

/** AU-61 who answers for a collection: its owners, otherwise the administrators; sorted. Null = collection zero. */
export function ownersOf(state: AuthorityState, collection: string | null, date: string): readonly string[] {
  const owners = collection === null ? [] : madeOwners(state, collection, date)
  return owners.length > 0 ? owners : [...state.people.keys()].filter((person) => isAdmin(state, person, date)).sort()
}

/** AU-61 an owner, where it is about a collection of documents, and any administrator. */
export function mayReview(state: AuthorityState, person: string, collection: string | null, date: string): boolean {
  return isAdmin(state, person, date) || (collection !== null && hasRole(state, person, collection, ['owner'], date))
}

/** Somebody with a seat could look at it who is not its holder. */
function hasAnotherReviewer(state: AuthorityState, { person, collection }: Grant, ms: number): boolean {
  const date = jstDate(ms)
  const seats = [...state.seats.values()].filter((seat) => !state.removedSeats.has(seat.id) && (recoveryWaits(state, seat.id) ?? 0) <= ms)
  return seats.some((seat) => seat.person !== person && mayReview(state, seat.person, collection, date))
}

export type ReviewRefusal = 'grant-gone' | 'not-reviewer' | 'own-grant' | 'grant-lapsed' | 'review-date' | 'not-narrower'

/** AU-60 to AU-64 what stands against a review by this person at a moment (milliseconds since 1970 UTC); null = nothing. */
export function refusalOf(state: AuthorityState, review: GrantReview, person: string, ms: number): ReviewRefusal | null {
  const date = jstDate(ms)
  const grant = anyGrant(state, review.grant)
  if (!grant) return 'grant-gone'
  if (!mayReview(state, person, grant.collection, date)) return 'not-reviewer'
  if (grant.person === person && hasAnotherReviewer(state, grant, ms)) return 'own-grant'
  if (!isReviewable(grant, date)) return 'grant-lapsed'
  if (!isCivilDate(review.reviewBy) || review.reviewBy < date || review.reviewBy > latestReview(state, review.role ?? grant.role, date)) return 'review-date'
  return isNarrower(grant, review, date) ? null : 'not-narrower'
}

/** A right of either kind that stands. */
export function anyGrant({ grants, documentGrants }: Pick<AuthorityState, 'grants' | 'documentGrants'>, id: string): AnyGrant | null {
  return grants.get(id) ?? documentGrants.get(id) ?? null
}

/** A right of either kind as it was given, also one that was taken away. */
export function anyGranted({ granted, documentGranted }: Pick<AuthorityState, 'granted' | 'documentGranted'>, id: string): AnyGrant | null {
  return granted.get(id) ?? documentGranted.get(id) ?? null
}

/** AU-63 what has lapsed is not brought back by a look; what has yet to begin can be looked at. */
function isReviewable(grant: Grant, date: string): boolean {
  return grant.from > date || grantHolds(grant, date)
}

function isNarrower(grant: Grant, { role, to }: GrantReview, date: string): boolean {
  if (role !== undefined && !rolesWithin(grant.role).includes(role)) return false
  if (to === undefined) return true
  return grant.role !== 'admin' && isCivilDate(to) && to >= date && holdsOn({ from: grant.from, to: grant.to }, to)
}
