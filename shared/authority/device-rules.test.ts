import { describe, expect, it } from 'vitest'
import type { KnownEvent } from '../log/event.ts'
import { acknowledgedAt, acknowledgedForMs, deviceRulesOn, textHash, whoHasNotAcknowledged } from './device-rules.ts'
import type { DeviceRules } from './model.ts'
import { reduceAuthority } from './reduce.ts'
import { createCouncil } from './testing/council.ts'

const rules: DeviceRules = { id: 'r1', text: '席を離れるときはロックします。', textEn: 'Lock the screen.', from: '2026-04-01', to: null }
const now = Date.UTC(2026, 10, 29)
const at = (known: KnownEvent, ms: number): KnownEvent => ({ ...known, event: { ...known.event, hlc: { ms, n: 0 } } })

function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  return items.length < 2 ? [items] : items.flatMap((item, i) => permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]))
}

describe('4.6 the town’s own rules for its devices', () => {
  it('4.6 AU-50 the text in force is the one that began last, and none holds before its day', () => {
    const council = createCouncil(['a'])
    const state = reduceAuthority([...council.founding, council.act('a', 'device-rules.put', rules), council.act('a', 'device-rules.put', { ...rules, id: 'r2', from: '2026-10-01' })])
    expect(['2026-03-31', '2026-04-01', '2026-11-29'].map((date) => deviceRulesOn(state, date)?.id ?? null)).toEqual([null, 'r1', 'r2'])
  })

  it('4.6 AU-51 AU-52 the latest acknowledgement of that very text counts, in every order, for a year', () => {
    const council = createCouncil(['a', 'b'])
    const said = (person: string, text: Pick<DeviceRules, 'text' | 'textEn'>, ms: number) => at(council.act(person, 'device-rules.acknowledge', { rules: 'r1', text: textHash(text) }), ms)
    const acts = [council.act('a', 'device-rules.put', rules), said('a', rules, now - acknowledgedForMs), said('a', rules, now - 1000), said('b', { text: '別の文', textEn: '' }, now)]
    for (const order of permutations(acts)) {
      const state = reduceAuthority([...order, ...council.founding])
      expect(acknowledgedAt(state, rules, 'a')).toBe(now - 1000)
      expect(whoHasNotAcknowledged(state, now)).toEqual(['b'])
      expect(whoHasNotAcknowledged(state, now - 1000 + acknowledgedForMs)).toEqual(['a', 'b'])
    }
    expect(whoHasNotAcknowledged(reduceAuthority(council.founding), now)).toEqual([])
  })

  it('4.6 AU-52 whoever has no seat any more is asked nothing', () => {
    const council = createCouncil(['a', 'b'])
    const remove = council.act('a', 'seat.remove', { id: 'seat-b', reason: 'left', cut: council.cut('b', null) })
    const state = reduceAuthority([...council.founding, council.act('a', 'device-rules.put', rules), remove, council.vote('b', remove)])
    expect([...state.removedSeats]).toEqual(['seat-b'])
    expect(whoHasNotAcknowledged(state, now)).toEqual(['a'])
  })
})
