import { describe, expect, it } from 'vitest'
import { holdsOn, inForce } from './in-force.ts'

const rule = (id: string, from: string, to: string | null = null) => ({ id, from, to })

describe('what is in force on a day', () => {
  it('3.14 holds from its first day to its last, both included', () => {
    const days = ['2026-03-31', '2026-04-01', '2027-03-31', '2027-04-01']
    expect(days.map((day) => holdsOn(rule('a', '2026-04-01', '2027-03-31'), day))).toEqual([false, true, true, false])
    expect(days.map((day) => holdsOn(rule('a', '2026-04-01'), day))).toEqual([false, true, true, true])
  })

  it('3.14 of several is the one that began last, and of those that begin on one day the same one in whatever order they came', () => {
    const [old, first, second, coming] = [rule('z', '2025-04-01'), rule('a', '2026-04-01'), rule('b', '2026-04-01'), rule('c', '2026-12-01')]
    const orders = [[old, first, second, coming], [second, coming, first, old], [coming, second, old, first]]
    expect(orders.map((rules) => inForce(rules, '2026-11-30'))).toEqual([second, second, second])
    expect(inForce(orders[0] ?? [], '2026-12-01')).toBe(coming)
    expect(inForce([first, rule('over', '2026-05-01', '2026-05-31')], '2026-06-01')).toBe(first)
    expect(inForce([coming], '2026-11-30')).toBeNull()
  })
})
