// 和暦: showing ISO dates as officials write them and reading dates as people type them. Storage is always ISO.
// It guesses no era that is not yet known, and says when what was typed had to be put right.

import { civilDate, daysInMonth, fiscalYearStart, isRealDate, partsOf, type CivilDate } from './civil-date.ts'
import { foldWidth, parseKanjiNumber } from './fold.ts'
import { err, ok, type Failure, type Result } from './result.ts'

interface Era {
  readonly name: string
  readonly letter: string
  /** First day of the era; 明治 counts from the day it was proclaimed. */
  readonly from: CivilDate
}

/** From the latest to the earliest (元号法 and the older edicts). */
const eras: readonly Era[] = [
  { name: '令和', letter: 'R', from: '2019-05-01' },
  { name: '平成', letter: 'H', from: '1989-01-08' },
  { name: '昭和', letter: 'S', from: '1926-12-25' },
  { name: '大正', letter: 'T', from: '1912-07-30' },
  { name: '明治', letter: 'M', from: '1868-10-23' },
]

/** Japan has counted Gregorian days since this one; an era date before it means another day. */
const gregorianSince = '1873-01-01'

export interface ReadDate {
  readonly date: CivilDate
  /** `era-corrected`: the day lies in another era than the one typed (平成31年5月1日 is 令和元年5月1日). */
  readonly warning: 'era-corrected' | null
}

export interface DateUnreadable extends Failure<'DateUnreadable'> {
  readonly reason: 'empty' | 'not-a-date' | 'day-missing' | 'no-such-day' | 'old-calendar'
}

function eraOf(date: CivilDate): Era | null {
  return eras.find((era) => era.from <= date) ?? null
}

function eraYear(year: number, era: Era): string {
  const n = year - Number(era.from.slice(0, 4)) + 1
  return n === 1 ? '元' : String(n)
}

/** 令和8年4月1日; before 明治 the western year. */
export function formatWareki(date: CivilDate): string {
  const { year, month, day } = partsOf(date)
  const era = eraOf(date)
  return `${era ? era.name + eraYear(year, era) : year}年${month}月${day}日`
}

/** 令和8.4.1, as it stands in a date mark (日付印). */
export function formatWarekiShort(date: CivilDate): string {
  const { year, month, day } = partsOf(date)
  const era = eraOf(date)
  return `${era ? era.name + eraYear(year, era) : year}.${month}.${day}`
}

/** 令和38年3月31日（2056年）: for days so far ahead that the era may change. */
export function formatWarekiWithYear(date: CivilDate): string {
  return `${formatWareki(date)}（${partsOf(date).year}年）`
}

/** 令和8年度; the year that began on 2019-04-01 is 令和元年度. */
export function formatFiscalYear(fiscalYear: number): string {
  const era = fiscalYear === 2019 ? eras[0] : eraOf(fiscalYearStart(fiscalYear))
  return `${era ? era.name + eraYear(fiscalYear, era) : fiscalYear}年度`
}

const eraNames = eras.map(({ name }) => name).join('|')
const eraShort = eras.map(({ name }) => name[0]).join('')
const number = '[0-9]{1,4}|[元〇零一二三四五六七八九十百千廿]+'
const withUnits = new RegExp(`^(${eraNames}|[MTSHR${eraShort}]|西暦)?(${number})年(?:(${number})月(?:(${number})日)?)?$`, 'i')
const withMarks = new RegExp(`^(${eraNames}|[MTSHR${eraShort}])?([0-9]{1,4}|元)([./-])([0-9]{1,2})\\3([0-9]{1,2})$`, 'i')
const yearOnly = new RegExp(`^(${eraNames}|[MTSHR${eraShort}])(${number})$`, 'i')
const compact = /^([0-9]{4})([0-9]{2})([0-9]{2})$/

/**
 * 令和8年4月1日, 令和八年四月一日, R8.4.1, R8/4/1, 2026年4月1日, 2026-04-01, 2026/4/1, 20260401; full or half width, with or
 * without a weekday in brackets. A year without an era is a western year of four digits.
 */
export function parseWareki(text: string): Result<ReadDate, DateUnreadable> {
  const clean = foldWidth(text).replace(/\s/g, '').replace(/[・．]/g, '.').replace(/\([日月火水木金土](?:曜日?)?\)$/, '')
  if (clean === '') return unreadable('empty')
  const units = withUnits.exec(clean)
  if (units) return units[4] ? dateFrom(units[1], units[2], units[3], units[4]) : unreadable('day-missing')
  if (yearOnly.test(clean)) return unreadable('day-missing')
  const marks = withMarks.exec(clean)
  if (marks) return dateFrom(marks[1], marks[2], marks[4], marks[5])
  const digits = compact.exec(clean)
  return digits ? dateFrom(undefined, digits[1], digits[2], digits[3]) : unreadable('not-a-date')
}

/** 令和元, 令和1, R元, R1, 令和8年, 令和8年度, 2026 as a western year; null when it is none. */
export function parseWarekiYear(text: string): number | null {
  const clean = foldWidth(text).replace(/\s/g, '').replace(/年度?$/, '')
  const match = yearOnly.exec(clean)
  if (match) return westernYear(match[1], match[2])
  return /^[0-9]{4}$/.test(clean) ? Number(clean) : null
}

function unreadable(reason: DateUnreadable['reason']): { readonly ok: false; readonly error: DateUnreadable } {
  return err({ type: 'DateUnreadable', retry: 'never', reason })
}

function numberOf(text: string | undefined): number | null {
  if (text === undefined) return null
  return /^[0-9]+$/.test(text) ? Number(text) : parseKanjiNumber(text)
}

function eraNamed(mark: string): Era | null {
  return eras.find(({ name, letter }) => name === mark || name[0] === mark || letter === mark.toUpperCase()) ?? null
}

function westernYear(mark: string | undefined, year: string | undefined): number | null {
  const n = numberOf(year)
  if (n === null) return null
  const era = mark === undefined || mark === '西暦' ? null : eraNamed(mark)
  if (!era) return n >= 1000 && year !== '元' ? n : null
  return n >= 1 && n <= 200 ? Number(era.from.slice(0, 4)) + n - 1 : null
}

function dateFrom(mark: string | undefined, yearText: string | undefined, monthText: string | undefined, dayText: string | undefined): Result<ReadDate, DateUnreadable> {
  const [year, month, day] = [westernYear(mark, yearText), numberOf(monthText), numberOf(dayText)]
  if (year === null || month === null || day === null) return unreadable('not-a-date')
  if (!isRealDate({ year, month, day })) return unreadable(month >= 1 && month <= 12 && day > daysInMonth(year, month) ? 'no-such-day' : 'not-a-date')
  const date = civilDate({ year, month, day })
  const era = mark === undefined || mark === '西暦' ? null : eraNamed(mark)
  if (!era) return ok({ date, warning: null })
  if (date < gregorianSince) return unreadable('old-calendar')
  return ok({ date, warning: eraOf(date) === era ? null : 'era-corrected' })
}
