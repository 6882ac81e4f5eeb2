import { describe, expect, it } from 'vitest'
import { formatDate, formatFiscalYear, formatInstant, formatSize } from './dates.ts'

describe('dates on screen', () => {
  it('shows civil dates in the era that held on the day', () => {
    expect(formatDate('ja', '2026-04-01')).toBe('令和8年4月1日')
    expect(formatDate('ja', '2019-04-30')).toBe('平成31年4月30日')
    expect(formatDate('ja', '2019-05-01')).toBe('令和元年5月1日')
    expect(formatDate('ja', '1989-01-07')).toBe('昭和64年1月7日')
    expect(formatDate('en', '2026-04-01')).toBe('1 April 2026')
  })

  it('shows what is no date as it is', () => {
    expect(formatDate('ja', '')).toBe('')
    expect(formatInstant('ja', 'sometime')).toBe('sometime')
  })

  it('shows instants in Japan, across midnight', () => {
    expect(formatInstant('ja', '2026-03-31T15:05:00.000Z')).toBe('令和8年4月1日 00時05分')
    expect(formatInstant('en', '2026-03-31T15:05:00.000Z')).toBe('1 April 2026, 00:05')
  })

  it('names fiscal years by the era they close in', () => {
    expect(formatFiscalYear('ja', 2026)).toBe('令和8年度')
    expect(formatFiscalYear('ja', 2019)).toBe('令和元年度')
    expect(formatFiscalYear('en', 2026)).toBe('FY2026')
  })

  it('rounds sizes up, never to nothing', () => {
    expect(formatSize(12)).toBe('12 B')
    expect(formatSize(1001)).toBe('2 KB')
    expect(formatSize(3_400_000)).toBe('3.4 MB')
  })
})
