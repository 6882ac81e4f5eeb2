// What an act on a right comes to, as main's window shows it and read from the event itself: to whom, on what, and what becomes of it.

import type { AuthorityBodies } from './events.ts'
import type { AnyGrant, Collection, Grant, Role } from './model.ts'
import type { AuthorityState } from './reduce.ts'
import { anyGrant } from './review.ts'

export interface GrantChange {
  readonly kind: 'give' | 'keep' | 'reduce' | 'remove'
  /** Id of whoever holds it. */
  readonly person: string
  /** Null = collection zero. */
  readonly collection: Pick<Collection, 'name' | 'nameEn'> | null
  /** It is on one document of it (AU-90). */
  readonly ofDocument: boolean
  readonly role: Role
  /** What the role becomes; null where it stays. */
  readonly lesser: Role | null
  /** The last day, where there is one. */
  readonly to: string | null
  /** Of the next look; null for what is taken away. */
  readonly reviewBy: string | null
}

/** An administrator's right is given and taken away by two voices (AU-2) and shown as that. */
export function isAdminGrant({ role, collection }: Pick<Grant, 'role' | 'collection'>): boolean {
  return role === 'admin' && collection === null
}

/** Null for other acts, and for those on a grant that is not there. */
export function grantChangeOf(state: AuthorityState, type: string, body: unknown): GrantChange | null {
  if (type === 'grant.put' || type === 'grant.document') return shown(state, 'give', body as AuthorityBodies['grant.put' | 'grant.document'])
  if (type === 'grant.remove') {
    const grant = anyGrant(state, (body as AuthorityBodies['grant.remove']).id)
    return grant ? { ...shown(state, 'remove', grant), reviewBy: null } : null
  }
  if (type !== 'grant.review') return null
  const { grant: id, reviewBy, role, to } = body as AuthorityBodies['grant.review']
  const grant = anyGrant(state, id)
  if (!grant) return null
  const later = reviewBy > grant.reviewBy ? reviewBy : grant.reviewBy
  return { ...shown(state, role || to ? 'reduce' : 'keep', grant), lesser: role ?? null, to: to ?? grant.to, reviewBy: later }
}

function shown(state: AuthorityState, kind: GrantChange['kind'], { person, collection, document, role, to, reviewBy }: AnyGrant): GrantChange {
  const place = collection === null ? null : state.collections.get(collection)
  return { kind, person, collection: collection === null ? null : { name: place?.name ?? collection, nameEn: place?.nameEn ?? collection }, ofDocument: document !== undefined, role, lesser: null, to, reviewBy }
}
