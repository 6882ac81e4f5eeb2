// AU-80: what somebody could read until a moment, by the rights they were given: what is taken away from them later does not change it,
// and what they hold of it cannot be taken back. It says what was within reach, not what was looked at.

import { jstDate } from '../base/civil-date.ts'
import type { AnyGrant } from './model.ts'
import type { AuthorityState } from './reduce.ts'

/** A collection (`placeOf`), or one document of it (AU-90) → until when (milliseconds since 1970 UTC) what was made there was within reach. */
export type Reach = ReadonlyMap<string, number>

/** Where a right lies: its collection, or one document there, by its handle. */
export function placeOf(collection: string, document?: string): string {
  return document === undefined ? collection : `${collection}/${document}`
}

/** The handle is null for a whole collection. */
export function partsOfPlace(place: string): { readonly collection: string; readonly document: string | null } {
  const [collection = '', document = null] = place.split('/')
  return { collection, document }
}

/** A right that lapsed left its key behind until somebody took it away: it counts until then. */
export function reachOf({ granted, documentGranted, removedGrants }: Pick<AuthorityState, 'granted' | 'documentGranted' | 'removedGrants'>, person: string, at: number): Reach {
  const reach = new Map<string, number>()
  for (const grant of [...granted.values(), ...documentGranted.values()] as readonly AnyGrant[]) {
    if (grant.person !== person || grant.collection === null || grant.from > jstDate(at)) continue
    const place = placeOf(grant.collection, grant.document)
    const until = Math.min(at, removedGrants.get(grant.id)?.at ?? Infinity)
    reach.set(place, Math.max(until, reach.get(place) ?? 0))
  }
  return reach
}

/** Of several people together, or of one at several moments. */
export function uniteReach(reaches: readonly Reach[]): Reach {
  const united = new Map<string, number>()
  for (const reach of reaches) for (const [place, until] of reach) united.set(place, Math.max(until, united.get(place) ?? 0))
  return united
}
