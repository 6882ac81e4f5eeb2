// AU-60: what the reviews of a grant make of it. They only ever carry it on or make it narrower, so that of several, in any order, each
// has its effect; a removal wins over all of them (AU-5).

import type { GrantReview } from './events.ts'
import type { Grant, Role } from './model.ts'

/** A review with who looked and when (milliseconds since 1970 UTC). */
export type HeldReview = GrantReview & { readonly person: string; readonly at: number }

export interface RemovedGrant {
  readonly person: string
  /** Milliseconds since 1970 UTC. */
  readonly at: number
  readonly reason: string
}

/** What each role may become without gaining anything: each list from wide to narrow. */
const narrowerRoles: Readonly<Record<Role, readonly Role[]>> = {
  records: ['writer', 'reader'],
  writer: ['reader'],
  approver: ['reader'],
  owner: ['reader'],
  reader: [],
  // Whoever may do everything is not made less by one voice: it takes two to take it away (AU-2).
  admin: [],
}

/** The roles that a grant can be made less to; none for that of an administrator. */
export function rolesWithin(role: string): readonly Role[] {
  return Object.hasOwn(narrowerRoles, role) ? narrowerRoles[role as Role] : []
}

/** A right on one document (AU-90) stays one: `reader` is a narrower role of each of its own. */
export function reviewed<G extends Grant>(grant: G, reviews: readonly GrantReview[]): G {
  return reviews.reduce<Grant>(narrowed, grant) as G
}

function narrowed(grant: Grant, { reviewBy, role, to }: GrantReview): Grant {
  const isOfTown = grant.role === 'admin'
  return {
    ...grant,
    reviewBy: reviewBy > grant.reviewBy ? reviewBy : grant.reviewBy,
    role: role && rolesWithin(grant.role).includes(role) ? role : grant.role,
    to: to !== undefined && !isOfTown && (grant.to === null || to < grant.to) ? to : grant.to,
  }
}
