// A town whose rights are looked at in the bench: people and collections in numbers, everybody with a right on each, a third of them
// looked at, and uses. Made from numbers, the same each time.

import type { Uses } from '@shared/authority/campaign.ts'
import type { Grant, Role } from '@shared/authority/model.ts'
import { createCouncil } from '@shared/authority/testing/council.ts'
import type { KnownEvent } from '@shared/log/event.ts'

const roles: readonly Role[] = ['reader', 'writer', 'approver', 'records']
const at = Date.parse('2026-11-02T03:00:00Z')
export const today = '2026-11-29'

export interface RightsOfTown {
  readonly events: readonly KnownEvent[]
  readonly uses: Uses
}

export function rightsOf(people: number, collections: number): RightsOfTown {
  const council = createCouncil(['person-0', 'person-1'])
  const events = [...council.founding]
  const names = Array.from({ length: people }, (_, n) => `person-${n}`)
  const places = Array.from({ length: collections }, (_, n) => `collection-${n}`)
  for (const [n, id] of names.entries()) events.push(council.act('person-0', 'person.put', { id, familyName: `職員${n}`, givenName: '太郎', reading: 'ショクイン', employment: 'regular' }))
  for (const [n, id] of places.entries()) events.push(council.act('person-0', 'collection.put', { id, name: `第${n}係の文書`, nameEn: `Unit ${n}`, section: null }))
  for (const [n, person] of names.entries()) {
    for (const [m, collection] of places.entries()) {
      const id = `${person}/${collection}`
      const grant: Grant = { id, person, collection, role: m % 10 === n % 10 && n < 10 ? 'owner' : (roles[(n + m) % roles.length] as Role), reason: '職務による', reviewBy: (n + m) % 7 === 0 ? '2026-11-20' : '2027-03-31', from: '2026-04-01', to: null }
      events.push(council.act('person-0', 'grant.put', grant))
      const look = (n + m) % 3 === 0 ? council.act('person-1', 'grant.review', { grant: id, reviewBy: '2027-02-28', reason: '引き続き担当' }) : null
      if (look) events.push({ ...look, event: { ...look.event, hlc: { ms: at, n: 0 } } })
    }
  }
  const latest = names.flatMap((person, n) => places.flatMap((collection, m) => ((n + m) % 2 === 0 ? roles.map((role) => ({ person, collection, role, at })) : [])))
  return { events, uses: { seen: new Set([null, ...places]), latest } }
}
