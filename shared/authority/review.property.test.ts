import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { KnownEvent } from '../log/event.ts'
import type { GrantReview } from './events.ts'
import type { DocumentGrant, Grant, Role } from './model.ts'
import { reduceAuthority } from './reduce.ts'
import { rolesWithin } from './reviewed.ts'
import { createCouncil, shuffled, type Council } from './testing/council.ts'

const grant: Grant = { id: 'g', person: 'clerk', collection: 'c1', role: 'records', reason: '', reviewBy: '2026-12-15', from: '2026-04-01', to: '2027-12-31' }

function permutations(items: readonly number[]): readonly (readonly number[])[] {
  return items.length < 2 ? [items] : items.flatMap((item, i) => permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]))
}

/** What every replica ends with, in every order of arrival and under every dealing of the clocks. */
function always(council: Council, acts: readonly KnownEvent[]): Grant | null {
  const seen = (events: readonly KnownEvent[]): Grant | null => reduceAuthority(events).grants.get('g') ?? null
  const expected = seen([...council.founding, ...acts])
  for (const order of permutations(acts.map((_, i) => i))) expect(seen([...shuffled(acts, order), ...council.founding])).toEqual(expected)
  return expected
}

function setting() {
  const council = createCouncil(['a', 'b', 'c'])
  const look = (by: string, over: Partial<GrantReview>): KnownEvent => council.act(by, 'grant.review', { grant: 'g', reviewBy: '2027-02-28', reason: '', ...over })
  return { council, look, put: council.act('a', 'grant.put', grant), remove: council.act('c', 'grant.remove', { id: 'g', reason: '異動' }) }
}

describe('4.11 a right on one document, looked at and taken away apart', () => {
  it('4.11 4.12 AU-90 AU-60 AU-5 stays a right on that document, is only ever made less, and ends with its removal, in every order', () => {
    const { council } = setting()
    const given: DocumentGrant = { id: 'g', person: 'adviser', collection: 'c1', document: 'd'.repeat(24), role: 'approver', reason: '意見', key: 'k'.repeat(16), from: '2026-10-01', to: '2027-03-31', reviewBy: '2026-12-15' }
    const seen = (events: readonly KnownEvent[]) => {
      const { documentGrants, documentGranted, grants } = reduceAuthority(events)
      expect(grants.has('g')).toBe(false)
      return { stands: documentGrants.get('g') ?? null, given: documentGranted.get('g') ?? null }
    }
    const inAll = (acts: readonly KnownEvent[]) => {
      const expected = seen([...council.founding, ...acts])
      for (const order of permutations(acts.map((_, i) => i))) expect(seen([...shuffled(acts, order), ...council.founding])).toEqual(expected)
      return expected
    }
    const put = council.act('a', 'grant.document', given)
    const looks = [council.act('a', 'grant.review', { grant: 'g', reviewBy: '2027-01-31', reason: '' }), council.act('b', 'grant.review', { grant: 'g', reviewBy: '2026-12-31', role: 'reader', to: '2027-02-28', reason: '' })]
    expect(inAll([put, ...looks])).toEqual({ stands: { ...given, role: 'reader', to: '2027-02-28', reviewBy: '2027-01-31' }, given })
    expect(inAll([put, ...looks, council.act('c', 'grant.remove', { id: 'g', reason: '' })])).toEqual({ stands: null, given })
    // What stands behind the cut of a revocation gives nothing.
    const out = council.act('a', 'grant.remove', { id: 'admin-c', reason: 'left', cut: council.cut('c', null) })
    expect(inAll([council.act('c', 'grant.document', given), out, council.vote('b', out)]).stands).toBe(null)
  })
})

describe('4.12 looks at one grant, made apart', () => {
  it('4.12 AU-5 AU-60 kept by one and taken away by another at the same time ends with the removal, in every order', () => {
    const { council, look, put, remove } = setting()
    expect(always(council, [put, look('a', {}), remove])).toBe(null)
    expect(always(council, [put, look('a', {}), look('b', { role: 'reader' }), remove])).toBe(null)
  })

  it('4.12 AU-60 kept by one and made less by others ends with the least of all and the latest day of the next look, in every order', () => {
    const { council, look, put } = setting()
    expect(always(council, [put, look('a', { reviewBy: '2027-02-28' }), look('b', { role: 'writer', reviewBy: '2027-01-31' }), look('c', { role: 'reader', to: '2027-06-30', reviewBy: '2027-01-31' })])).toEqual({ ...grant, role: 'reader', to: '2027-06-30', reviewBy: '2027-02-28' })
    expect(always(council, [put, look('a', { to: '2027-06-30' }), look('b', { to: '2027-03-31' })])).toEqual({ ...grant, to: '2027-03-31', reviewBy: '2027-02-28' })
  })

  it('4.12 AU-6 AU-60 what stands behind the cut of a revocation carries nothing on', () => {
    const { council, look, put } = setting()
    const out = council.act('a', 'grant.remove', { id: 'admin-c', reason: 'left', cut: council.cut('c', null) })
    expect(always(council, [put, look('c', {}), out, council.vote('b', out)])).toEqual(grant)
  })

  it('4.12 AU-60 whatever three people decide of one grant, every replica ends with the same, and no look ever gives more', () => {
    const role = fc.constantFrom<Role>('reader', 'writer', 'approver', 'records', 'owner', 'admin')
    const day = fc.constantFrom('2026-11-30', '2027-01-31', '2027-06-30', '2028-03-31')
    const decision = fc.record({ by: fc.constantFrom('a', 'b', 'c'), kind: fc.constantFrom('look', 'look', 'look', 'remove'), role: fc.option(role, { nil: null }), to: fc.option(day, { nil: null }), reviewBy: day })
    fc.assert(
      fc.property(role, fc.array(decision, { minLength: 1, maxLength: 5 }), fc.infiniteStream(fc.nat(1000)), (given, decisions, deal) => {
        const council = createCouncil(['a', 'b', 'c'])
        const acts = [
          council.act('a', 'grant.put', { ...grant, role: given }),
          ...decisions.map(({ by, kind, role: less, to, reviewBy }) =>
            kind === 'remove' ? council.act(by, 'grant.remove', { id: 'g', reason: '' }) : council.act(by, 'grant.review', { grant: 'g', reviewBy, reason: '', ...(less === null ? {} : { role: less }), ...(to === null ? {} : { to }) }),
          ),
        ]
        const seen = (events: readonly KnownEvent[]): Grant | null => reduceAuthority(events).grants.get('g') ?? null
        const expected = seen([...council.founding, ...acts])
        const order = acts.map(() => deal.next().value as number)
        expect(seen([...shuffled(acts, order), ...council.founding])).toEqual(expected)
        if (decisions.some(({ kind }) => kind === 'remove')) expect(expected).toBe(null)
        else {
          expect([given, ...rolesWithin(given)]).toContain(expected?.role)
          expect((expected?.to ?? '9') <= (grant.to ?? '9')).toBe(true)
        }
      }),
      { numRuns: 300, seed: 412 },
    )
  })
})
