import { describe, expect, it } from 'vitest'
import { markDate } from './mark-date.ts'

describe('markDate', () => {
  it.each([
    ['2026-11-21', '8.11.21'],
    ['2019-05-01', '元.5.1'],
    ['2019-04-30', '31.4.30'],
    ['2027-01-05', '9.1.5'],
  ])('writes %s as %s', (date, written) => {
    expect(markDate(date)).toBe(written)
  })

  it('takes nothing but a civil date', () => {
    expect(() => markDate('2026-11-21T00:00:00Z')).toThrow()
  })
})
