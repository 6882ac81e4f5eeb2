// Names of people, positions and collections as they stand in collection zero, exactly as typed. An id without a name stays an id.

import { holdersOf } from '@shared/authority/ask.ts'
import { fullName } from '@shared/authority/person-name.ts'
import type { AuthorityState } from '@shared/authority/reduce.ts'

export interface Names {
  readonly person: (id: string) => string
  readonly position: (id: string | null) => string
  readonly collection: (id: string | null) => string
  /** Who holds a position on a date, joined for display. */
  readonly holders: (position: string, date: string) => string
}

export function namesOf(authority: AuthorityState): Names {
  const person = (id: string): string => {
    const found = authority.people.get(id)
    return found ? fullName(found) : id
  }
  return {
    person,
    position: (id) => (id === null ? '' : (authority.positions.get(id)?.title ?? id)),
    collection: (id) => (id === null ? '' : (authority.collections.get(id)?.name ?? id)),
    holders: (position, date) => holdersOf(authority, position, date).map(person).join('、'),
  }
}
