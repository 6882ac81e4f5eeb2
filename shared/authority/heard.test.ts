import { describe, expect, it } from 'vitest'
import type { KnownEvent } from '../log/event.ts'
import { contactDaysOf, heardOfOthers, isWordDue, newestUntil, restsOnOldRules } from './heard.ts'
import type { DevicePolicy } from './model.ts'
import { reduceAuthority } from './reduce.ts'
import { createCouncil, policyOf } from './testing/council.ts'

const hour = 3_600_000
const minute = 60_000
const noon = Date.parse('2026-10-01T03:00:00Z')
const asking: DevicePolicy = { ...policyOf([]), policyLagHours: 24, contactDays: 30 }
const { policyLagHours: _none, contactDays: _never, ...silent } = asking

/** Two colleagues with a seat each, and what they said when. */
function town(...words: readonly (readonly [person: string, at: number])[]) {
  const council = createCouncil(['a', 'b', 'c'])
  const said = words.map(([person, ms]): KnownEvent => {
    const known = council.act(person, 'authority.current', {})
    return { ...known, event: { ...known.event, hlc: { ms, n: 0 } } }
  })
  // The founding itself is of long ago.
  const founding = council.founding.map((known) => ({ ...known, event: { ...known.event, hlc: { ms: 1_000, n: 0 } } }))
  return { council, state: reduceAuthority([...founding, ...said]) }
}

const approve = (person: string, at: number) => ({ type: 'decision.approve', person, at })

describe('4.10 how new the rules are that somebody acts on', () => {
  it('4.10 AU-71 counted is the latest word of somebody else, never one’s own, never one of the future', () => {
    const { state } = town(['b', noon - 5 * hour], ['b', noon - 3 * hour], ['a', noon], ['c', noon + 6 * minute])
    expect(heardOfOthers(state, 'a', noon)).toBe(noon - 3 * hour)
    expect(heardOfOthers(state, 'b', noon)).toBe(noon)
    expect(heardOfOthers(state, 'a', noon + minute)).toBe(noon + 6 * minute)
    expect(heardOfOthers(town().state, 'a', 0)).toBeNull()
  })

  it('4.10 AU-71 whoever makes the rules stricter, or puts others, knows them', () => {
    const { council, state } = town()
    const strict = council.act('b', 'policy.tighten', { id: 't', consentFor: [], sessionHours: 8, idleLockMinutes: null, recoveryHours: null })
    const after = reduceAuthority([...council.founding, strict])
    expect(heardOfOthers(after, 'a', noon)).toBe(strict.event.hlc.ms)
    expect(state.heard.map(({ person }) => person)).toEqual(['a'])
    // A word of a seat that was taken away before it was said is none.
    const gone = council.act('a', 'seat.remove', { id: 'seat-b', reason: '', cut: [] })
    expect(reduceAuthority([...council.founding, strict, gone, council.vote('c', gone)]).heard.map(({ person }) => person)).toEqual(['a'])
  })

  it('4.10 JU-70 deciding and exporting rest on a word that is young enough, to the very hour; nothing else does', () => {
    const { state } = town(['b', noon])
    const at = noon + 24 * hour
    expect(newestUntil(asking, state, 'a', at)).toEqual({ from: noon, until: at })
    expect([at, at + 1].map((ms) => restsOnOldRules(asking, state, approve('a', ms)))).toEqual([false, true])
    for (const [type, old] of [['decision.return', true], ['document.export', true], ['document.print', true], ['document.submit', false], ['draft.body', false], ['grant.put', false], ['authority.current', false]] as const) expect([type, restsOnOldRules(asking, state, { type, person: 'a', at: at + 1 })]).toEqual([type, old])
    expect(restsOnOldRules(silent, state, approve('a', at + 1))).toBe(false)
    expect(restsOnOldRules(null, state, approve('a', at + 1))).toBe(false)
  })

  it('4.10 JU-70 without any word it is over, and where nobody else has a seat nothing is asked', () => {
    const { state } = town(['a', noon])
    const alone = { ...state, seats: new Map([...state.seats].filter(([, { person }]) => person === 'a')) }
    const others = { ...state, heard: state.heard.filter(({ person }) => person !== 'a') }
    expect([restsOnOldRules(asking, others, approve('a', noon)), newestUntil(asking, others, 'a', noon)]).toEqual([true, { from: noon, until: noon }])
    expect([restsOnOldRules(asking, alone, approve('a', noon)), newestUntil(asking, alone, 'a', noon)]).toEqual([false, null])
    expect(restsOnOldRules(asking, { ...others, removedSeats: new Set(['seat-b', 'seat-c']) }, approve('a', noon))).toBe(false)
  })

  it('4.10 AU-71 two people say it for everybody, anew from half the time on, and nobody where it is not asked', () => {
    const due = (state: ReturnType<typeof town>['state'], policy: DevicePolicy | null = asking) => ['a', 'b', 'c'].map((person) => isWordDue(policy, state, person, noon))
    expect(due(town().state)).toEqual([true, true, true])
    expect(due(town(['a', noon - hour]).state)).toEqual([false, true, true])
    expect(due(town(['a', noon - hour], ['b', noon - 2 * hour]).state)).toEqual([false, false, false])
    expect(due(town(['a', noon - hour], ['b', noon - 12 * hour]).state)).toEqual([false, true, true])
    expect(due(town(['a', noon + hour], ['b', noon + hour]).state)).toEqual([true, true, true])
    expect([due(town().state, silent), due(town().state, null)]).toEqual([[false, false, false], [false, false, false]])
    const { state } = town()
    expect(isWordDue(asking, { ...state, removedSeats: new Set(['seat-b', 'seat-c']) }, 'a', noon)).toBe(false)
  })

  it('4.14 PO-50 a device is asked for contact where the town says so and another device has a seat', () => {
    const { state } = town()
    const here = { device: 'device', seat: 'seat-a' }
    const elsewhere = { ...state, seats: new Map([...state.seats].map(([id, seat]) => [id, id === 'seat-b' ? { ...seat, device: 'other' } : seat])) }
    expect(contactDaysOf(asking, elsewhere, here)).toBe(30)
    expect(contactDaysOf(asking, { ...elsewhere, recovered: new Map([['seat-a', 0]]) }, here)).toBeNull()
    expect([contactDaysOf(asking, state, here), contactDaysOf(silent, elsewhere, here), contactDaysOf(null, elsewhere, here)]).toEqual([null, null, null])
    expect(contactDaysOf(asking, { ...elsewhere, removedSeats: new Set(['seat-b']) }, here)).toBeNull()
  })
})
