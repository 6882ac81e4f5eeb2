import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { KnownEvent } from '../log/event.ts'
import { actOfPolicy, changesOfAct, policyChanges, policyFields, policyRanges, policyValues, type PolicyValues } from './policy-change.ts'
import { reduceAuthority } from './reduce.ts'
import { createCouncil, policyOf, shuffled, type Council } from './testing/council.ts'

const date = '2026-10-01'
const fresh = { id: 'fresh', reason: '庁内の決定' }
const values = (idleLockMinutes: number, sessionHours: number, recoveryHours: number, silentHours = 24): PolicyValues => ({ idleLockMinutes, sessionHours, recoveryHours, silentHours })
const anyValues = fc.record(Object.fromEntries(policyFields.map((field) => [field, fc.integer({ min: policyRanges[field].from, max: policyRanges[field].to })]))) as unknown as fc.Arbitrary<PolicyValues>

const now = (events: readonly KnownEvent[]): PolicyValues => policyValues([...reduceAuthority(events).policies.values()].find((policy) => policy.id === 'policy' || policy.id === 'fresh') ?? policyOf([]))

function change(council: Council, by: string, before: readonly KnownEvent[], to: PolicyValues): KnownEvent {
  const act = actOfPolicy(reduceAuthority(before), '2020-01-01', to, fresh)
  if (typeof act === 'string') throw new Error(act)
  return act.type === 'policy.put' ? council.act(by, act.type, act.body) : council.act(by, act.type, act.body)
}

describe('a change of the policy', () => {
  it('3.1 AU-13 is one voice’s when nothing becomes looser, and two voices’ when any value does', () => {
    const state = reduceAuthority(createCouncil(['a', 'b']).founding)
    expect(policyValues(policyOf([]))).toEqual(values(10, 12, 72))
    expect(actOfPolicy(state, date, values(5, 12, 96), fresh)).toEqual({ type: 'policy.tighten', body: { ...fresh, consentFor: [], sessionHours: null, idleLockMinutes: 5, recoveryHours: 96, silentHours: null } })
    for (const looser of [values(11, 12, 72), values(10, 12, 48), values(1, 12, 71), values(5, 8, 96, 25)]) expect(actOfPolicy(state, date, looser, fresh)).toMatchObject({ type: 'policy.put', body: { id: 'fresh', from: date, ...looser, consentFor: ['grant.*'] } })
    expect(actOfPolicy(state, date, values(10, 12, 72), fresh)).toBe('nothing-changes')
    for (const odd of [values(0, 12, 72), values(10, 13, 72), values(10, 12, 23), values(10.5, 12, 72), values(Number.NaN, 12, 72)]) expect(actOfPolicy(state, date, odd, fresh)).toBe('out-of-range')
    expect(actOfPolicy(state, '2019-12-31', values(5, 12, 72), fresh)).toBe('no-policy')
  })

  it('3.1 AU-13 says value by value what it would change, the same for the page and for the window', () => {
    fc.assert(
      fc.property(anyValues, anyValues, (before, after) => {
        const council = createCouncil(['a', 'b'])
        const founding = council.founding.map((known) => (known.event.type === 'policy.put' ? { ...known, event: { ...known.event, body: { ...policyOf([]), ...before } } } : known))
        const state = reduceAuthority(founding)
        const act = actOfPolicy(state, date, after, fresh)
        const changes = policyChanges(before, after)
        if (typeof act === 'string') return void expect([act, changes]).toEqual(['nothing-changes', []])
        expect(changesOfAct(state, date, act)).toEqual(changes)
        expect(act.type).toBe(changes.some(({ isLooser }) => isLooser) ? 'policy.put' : 'policy.tighten')
      }),
      { seed: 31, numRuns: 200 },
    )
  })

  it('3.1 AU-13 AU-3 loosening takes the place of the tightenings it knew; one made at the same time goes on to hold, in any order', () => {
    const council = createCouncil(['a', 'b'])
    const strict = change(council, 'a', council.founding, values(5, 12, 72))
    const known = [...council.founding, strict]
    expect(now(known)).toEqual(values(5, 12, 72))
    const loose = change(council, 'a', known, values(30, 12, 72))
    const beside = change(council, 'b', known, values(4, 12, 72))
    const voice = council.vote('b', loose)
    const orders = fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 })
    fc.assert(
      fc.property(orders, orders, (order, without) => {
        expect(now([...shuffled([strict, loose, voice, beside], order), ...council.founding]).idleLockMinutes).toBe(4)
        expect(now([...shuffled([strict, loose, voice, beside].filter((act) => act !== beside), without), ...council.founding]).idleLockMinutes).toBe(30)
        expect(now([...shuffled([strict, loose, voice, beside].filter((act) => act !== voice && act !== beside), without), ...council.founding]).idleLockMinutes).toBe(5)
      }),
      { seed: 13, numRuns: 100 },
    )
  })
})
