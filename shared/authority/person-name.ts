// A person's name as it stands in collection zero, family name first.

import type { Person } from './model.ts'
import type { AuthorityState } from './reduce.ts'

export function fullName({ familyName, givenName }: Pick<Person, 'familyName' | 'givenName'>): string {
  return `${familyName} ${givenName}`
}

/** Empty for somebody who is not known. */
export function nameIn({ people }: Pick<AuthorityState, 'people'>, id: string): string {
  const person = people.get(id)
  return person ? fullName(person) : ''
}
