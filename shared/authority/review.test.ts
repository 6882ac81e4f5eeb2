import { describe, expect, it } from 'vitest'
import { addDays, jstDate } from '../base/civil-date.ts'
import type { KnownEvent } from '../log/event.ts'
import { grantHolds } from './ask.ts'
import type { GrantReview } from './events.ts'
import type { Grant, ReviewRules } from './model.ts'
import { reduceAuthority } from './reduce.ts'
import { latestReview, lapsesOn, mayReview, ownersOf, refusalOf } from './review.ts'
import { createCouncil, seatFor } from './testing/council.ts'

const now = Date.UTC(2026, 10, 29, 3)
const today = jstDate(now)
const grant = (person: string, role: Grant['role'], over: Partial<Grant> = {}): Grant => ({ id: `${person}-${role}`, person, collection: 'c1', role, reason: '職務', reviewBy: '2026-12-15', from: '2026-04-01', to: null, ...over })
const review = (over: Partial<GrantReview> & { readonly grant: string }): GrantReview => ({ reviewBy: addDays(today, 90), reason: '', ...over })

/** Two administrators, an owner with a seat, and whoever else is granted. */
function town(...grants: readonly Grant[]) {
  const council = createCouncil(['a', 'b'])
  const people = ['a', 'b', 'owner', 'clerk'].map((id) => council.act('a', 'person.put', { id, familyName: id, givenName: '', reading: '', employment: 'regular' }))
  const acts: KnownEvent[] = [...people, council.act('a', 'seat.add', seatFor('owner')), ...grants.map((one) => council.act('a', 'grant.put', one))]
  return { council, state: reduceAuthority([...council.founding, ...acts]), events: [...council.founding, ...acts] }
}

describe('4.12 who looks at a grant, and until when', () => {
  it('4.12 AU-60 JU-7 a grant that nobody looked at is void fifteen days after its review date on every replica, and one that was carried on is not', () => {
    const { council, events, state } = town(grant('clerk', 'writer'))
    const before = state.grants.get('clerk-writer') as Grant
    expect(['2026-12-29', '2026-12-30'].map((date) => grantHolds(before, date))).toEqual([true, false])
    expect(lapsesOn(before)).toBe('2026-12-29')
    const after = reduceAuthority([...events, council.act('b', 'grant.review', review({ grant: 'clerk-writer', reviewBy: '2027-02-27' }))]).grants.get('clerk-writer') as Grant
    expect(['2026-12-30', '2027-03-13', '2027-03-14'].map((date) => grantHolds(after, date))).toEqual([true, true, false])
    expect(lapsesOn({ ...after, to: '2027-01-31' })).toBe('2027-01-31')
  })

  it('4.12 AU-61 a collection is answered for by its owners, by administrators where it has none or where theirs has lapsed', () => {
    const { state } = town(grant('owner', 'owner'), grant('clerk', 'writer', { id: 'other', collection: 'c2' }))
    expect([ownersOf(state, 'c1', today), ownersOf(state, 'c2', today), ownersOf(state, null, today)]).toEqual([['owner'], ['a', 'b'], ['a', 'b']])
    expect(ownersOf(state, 'c1', '2026-12-30')).toEqual(['a', 'b'])
    expect(['a', 'owner', 'clerk'].map((person) => ['c1', 'c2', null].map((where) => mayReview(state, person, where, today)))).toEqual([[true, true, true], [true, false, false], [false, false, false]])
  })

  it('4.12 AU-62 the next look is put off by no more than the town’s rules of that day say, less for who keeps records or rights', () => {
    const rules: ReviewRules = { id: 'r', from: '2026-06-01', to: null, days: { usual: 60, close: 30 }, unusedDays: 90, pairs: [] }
    const { council, events, state } = town(grant('clerk', 'writer'))
    expect([latestReview(state, 'writer', today), latestReview(state, 'records', today)]).toEqual([addDays(today, 183), addDays(today, 92)])
    const put = council.act('a', 'review-rules.put', rules)
    expect(reduceAuthority([...events, put]).reviewRules.size).toBe(0)
    const strict = reduceAuthority([...events, put, council.vote('b', put)])
    expect(['reader', 'writer', 'approver', 'records', 'owner', 'admin'].map((role) => latestReview(strict, role as Grant['role'], today))).toEqual([60, 60, 60, 30, 30, 30].map((days) => addDays(today, days)))
    expect(latestReview(strict, 'writer', '2026-05-31')).toBe(addDays('2026-05-31', 183))
    expect([60, 61].map((days) => refusalOf(strict, review({ grant: 'clerk-writer', reviewBy: addDays(today, days) }), 'a', now))).toEqual([null, 'review-date'])
  })

  it('4.12 AU-60 AU-63 a look is refused that widens, comes too late, sets no real day, or is of something that is not there', () => {
    const { state } = town(grant('clerk', 'records', { to: '2027-03-31' }), grant('clerk', 'approver', { reviewBy: '2026-11-14' }), grant('clerk', 'writer', { reviewBy: '2026-11-15' }), grant('owner', 'owner'), grant('clerk', 'reader', { from: '2027-01-01' }))
    const of = (id: string, over: Partial<GrantReview> = {}, by = 'a') => refusalOf(state, review({ grant: id, ...over }), by, now)
    expect(of('nobody')).toBe('grant-gone')
    expect(of('clerk-records', {}, 'clerk')).toBe('not-reviewer')
    expect([of('clerk-records'), of('clerk-records', {}, 'owner')]).toEqual([null, null])
    expect([of('clerk-approver'), of('clerk-writer'), of('clerk-reader')]).toEqual(['grant-lapsed', null, null])
    expect(['2026-11-28', '2027-02-30', today].map((reviewBy) => of('clerk-records', { reviewBy }))).toEqual(['review-date', 'review-date', null])
    expect((['writer', 'reader', 'approver', 'owner', 'records', 'admin'] as const).map((role) => of('clerk-records', { role }))).toEqual([null, null, ...Array.from({ length: 4 }, () => 'not-narrower')])
    expect(['2026-11-28', '2027-02-30', today, '2027-03-31', '2027-04-01'].map((to) => of('clerk-records', { to }))).toEqual(['not-narrower', 'not-narrower', null, null, 'not-narrower'])
  })

  it('4.12 AU-64 nobody carries on what they hold themselves while somebody else with a seat could, and alone they can', () => {
    const { council, events, state } = town(grant('owner', 'owner'), grant('a', 'writer'))
    expect([refusalOf(state, review({ grant: 'a-writer' }), 'a', now), refusalOf(state, review({ grant: 'a-writer' }), 'b', now)]).toEqual(['own-grant', null])
    expect([refusalOf(state, review({ grant: 'admin-a' }), 'a', now), refusalOf(state, review({ grant: 'admin-a' }), 'b', now)]).toEqual(['own-grant', null])
    const gone = (person: string): readonly KnownEvent[] => {
      const act = council.act('a', 'seat.remove', { id: `seat-${person}`, reason: 'left', cut: council.cut(person, null) })
      return [act, council.vote('b', act)]
    }
    const without = reduceAuthority([...events, ...gone('b')])
    expect(refusalOf(without, review({ grant: 'a-writer' }), 'a', now)).toBe('own-grant')
    expect(refusalOf(without, review({ grant: 'admin-a' }), 'a', now)).toBe(null)
    expect(refusalOf(reduceAuthority([...events, ...gone('b'), ...gone('owner')]), review({ grant: 'a-writer' }), 'a', now)).toBe(null)
  })

  it('4.12 AU-2 AU-60 an administrator’s right is carried on by one other, and made less by no look', () => {
    const { council, events, state } = town()
    expect([refusalOf(state, review({ grant: 'admin-a', to: today }), 'b', now), refusalOf(state, review({ grant: 'admin-a', role: 'reader' }), 'b', now)]).toEqual(['not-narrower', 'not-narrower'])
    const forced = reduceAuthority([...events, council.act('b', 'grant.review', { grant: 'admin-a', reviewBy: '2101-01-01', role: 'reader', to: today, reason: '' })])
    expect(forced.grants.get('admin-a')).toMatchObject({ role: 'admin', to: null, reviewBy: '2101-01-01' })
  })
})
