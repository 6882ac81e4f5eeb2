import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, dateOfDayNumber, dayNumber, endOfPeriod, isCivilDate, jstDate } from './civil-date.ts'
import { parseKanjiNumber } from './fold.ts'
import { formatFiscalYear, formatWareki, formatWarekiShort, formatWarekiWithYear, parseWareki, parseWarekiYear } from './wareki.ts'

function read(text: string): string {
  const result = parseWareki(text)
  if (!result.ok) return result.error.reason
  return result.value.warning ? `${result.value.date} ${result.value.warning}` : result.value.date
}

describe('era dates', () => {
  it.each([
    '令和8年4月1日', '令和８年４月１日', '令和 8 年 4 月 1 日', '令和八年四月一日', '令8年4月1日', 'R8.4.1', 'r8.04.01', 'Ｒ８．４．１', 'R8/4/1', 'R8-4-1',
    '㋿8年4月1日', '2026-04-01', '2026/4/1', '２０２６／４／１', '2026.4.1', '2026年4月1日', '西暦2026年4月1日', '二〇二六年四月一日', '20260401',
    '令和8年4月1日（水）', '令和8年4月1日(水曜日)', 'R8・4・1', '2026－04－01',
  ])('2.9 reads %s as 2026-04-01', (text) => {
    expect(read(text)).toBe('2026-04-01')
  })

  it.each([
    ['令和元年5月1日', '2019-05-01'], ['令和1年5月1日', '2019-05-01'], ['R元.5.1', '2019-05-01'], ['昭和六十四年一月七日', '1989-01-07'],
    ['平成31年5月1日', '2019-05-01 era-corrected'], ['令和元年4月30日', '2019-04-30 era-corrected'], ['昭和64年1月8日', '1989-01-08 era-corrected'],
    ['平成40年1月1日', '2028-01-01 era-corrected'],
    ['', 'empty'], ['　', 'empty'], ['令和元', 'day-missing'], ['令和8年4月', 'day-missing'], ['あした', 'not-a-date'], ['8.4.1', 'not-a-date'],
    ['令和0年4月1日', 'not-a-date'], ['令和8年13月1日', 'not-a-date'], ['令和8年2月29日', 'no-such-day'], ['2026-02-30', 'no-such-day'],
    ['明治5年11月1日', 'old-calendar'], ['令和8年4月1日より', 'not-a-date'],
  ])('2.9 reads %s as %s', (text, wanted) => {
    expect(read(text)).toBe(wanted)
  })

  it('2.9 reads years alone and numbers in kanji', () => {
    expect(['令和元', '令和1', 'R1', 'R元', '令和元年度', '２０１９'].map(parseWarekiYear)).toEqual([2019, 2019, 2019, 2019, 2019, 2019])
    expect(['', '元', '令和', '令和0'].map(parseWarekiYear)).toEqual([null, null, null, null])
    expect(['元', '十', '二十一', '百三', '二〇二六', '廿五', '千九百八十九', '一十百', 'x'].map(parseKanjiNumber)).toEqual([1, 10, 21, 103, 2026, 25, 1989, null, null])
  })

  it('2.9 writes fiscal years, marks and far days', () => {
    expect([2018, 2019, 2020, 2026, 1988].map(formatFiscalYear)).toEqual(['平成30年度', '令和元年度', '令和2年度', '令和8年度', '昭和63年度'])
    expect(formatWarekiShort('2026-10-01')).toBe('令和8.10.1')
    expect(formatWarekiWithYear('2056-03-31')).toBe('令和38年3月31日（2056年）')
    expect(formatWareki('1867-11-09')).toBe('1867年11月9日')
  })

  it('2.9 every day since 1873 is written and read back', () => {
    const days = fc.integer({ min: dayNumber('1873-01-01'), max: dayNumber('2100-12-31') })
    fc.assert(fc.property(days, (day) => {
      const date = dateOfDayNumber(day)
      expect(isCivilDate(date) && dayNumber(date) === day && new Date(`${date}T00:00:00Z`).getTime() === day * 86_400_000).toBe(true)
      expect(read(formatWareki(date))).toBe(date)
      expect(dayNumber(addDays(date, 1))).toBe(day + 1)
    }), { seed: 8, numRuns: 500 })
  })

  it('2.12 a period of years is never shorter than the day before the corresponding day', () => {
    expect(endOfPeriod('2024-02-29', 1)).toBe('2025-02-28')
    expect(endOfPeriod('2024-02-29', 4)).toBe('2028-02-28')
    expect(() => jstDate('yesterday')).toThrow('defect')
    expect(() => dayNumber('2026-02-30')).toThrow('defect')
  })
})
