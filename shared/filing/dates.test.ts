import { describe, expect, it } from 'vitest'
import { fiscalYearOf, jstDate } from '../base/civil-date.ts'
import { formatWareki, parseWareki } from '../base/wareki.ts'
import vectors from './vectors/domain-vectors.json' with { type: 'json' }

describe('the vectors of dates', () => {
  it.each(vectors.wareki)('2.9 $date is $wareki of fiscal year $fiscalYear', ({ date, wareki, fiscalYear }) => {
    expect(formatWareki(date)).toBe(wareki)
    expect(parseWareki(wareki)).toEqual({ ok: true, value: { date, warning: null } })
    expect(fiscalYearOf(date)).toBe(fiscalYear)
  })

  it.each(vectors.instants)('2.12 the instant $utc is $jstDate in Japan', ({ utc, jstDate: wanted, fiscalYear, calendarYear }) => {
    expect(jstDate(utc)).toBe(wanted)
    expect(fiscalYearOf(wanted)).toBe(fiscalYear)
    expect(wanted.slice(0, 4)).toBe(String(calendarYear ?? wanted.slice(0, 4)))
  })
})
