// Who works in the office of the bench, in the words of the sample town, and the one PIN they share.

import { sampleTown } from '@shared/authority/sample-town.ts'

export const pin = 'bench-2468'

/** Drafts, files and exports. */
export const drafter = { person: 'kamio', position: 'general-affairs-clerk' } as const
export const deciders = [
  { person: 'yoshida', position: 'general-affairs-chief' },
  { person: 'sakita', position: 'general-affairs-manager' },
] as const
export const people: readonly string[] = [drafter, ...deciders].map(({ person }) => person)
export const collection = 'c-general-affairs'

/** The name as it stands on the seat. */
export function nameOf(person: string): string {
  const found = sampleTown.people.find(({ id }) => id === person)
  if (!found) throw new Error(`nobody is called ${person}`)
  return `${found.familyName} ${found.givenName}`
}

/** What every title begins with. */
export const subject = '庁舎の修繕について'
