// Civil dates of Japan as ISO text (YYYY-MM-DD, proleptic Gregorian) and their arithmetic.
// No ambient clock and no time zone of the machine: an instant becomes a date by Japan's fixed UTC+9 only.

/** YYYY-MM-DD with a year from 0001 to 9999. */
export type CivilDate = string

export interface DateParts {
  readonly year: number
  readonly month: number
  readonly day: number
}

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

export function isRealDate({ year, month, day }: DateParts): boolean {
  return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

/** Null unless the text is exactly YYYY-MM-DD and such a day exists. */
export function parseCivilDate(text: string): DateParts | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!match) return null
  const parts = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) }
  return isRealDate(parts) ? parts : null
}

export function isCivilDate(text: string): boolean {
  return parseCivilDate(text) !== null
}

/** Throws when there is no such day: callers parse first. */
export function civilDate(parts: DateParts): CivilDate {
  if (!isRealDate(parts)) throw new Error('defect: no such day')
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${String(parts.year).padStart(4, '0')}-${two(parts.month)}-${two(parts.day)}`
}

export function partsOf(date: CivilDate): DateParts {
  const parts = parseCivilDate(date)
  if (!parts) throw new Error('defect: not a civil date')
  return parts
}

/** Time of day in Japan, HH:MM, of an instant (milliseconds since 1970 UTC). */
export function civilTimeJst(ms: number): string {
  return new Date(ms + 9 * 3_600_000).toISOString().slice(11, 16)
}

/** Days since 1970-01-01 (Hinnant's algorithm: years start in March, so that leap days come last). */
export function dayNumber(date: CivilDate): number {
  const { year, month, day } = partsOf(date)
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

export function dateOfDayNumber(days: number): CivilDate {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  return civilDate({ year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day })
}

export function addDays(date: CivilDate, days: number): CivilDate {
  return dateOfDayNumber(dayNumber(date) + days)
}

/**
 * Last day of a period of `years` that begins at 0:00 of `start` (民法140条ただし書, 143条2項): the day before the
 * corresponding day; when the last month has no such day, the end of that month.
 */
export function endOfPeriod(start: CivilDate, years: number): CivilDate {
  const { year, month, day } = partsOf(start)
  const last = daysInMonth(year + years, month)
  if (day > last) return civilDate({ year: year + years, month, day: last })
  return addDays(civilDate({ year: year + years, month, day }), -1)
}

/** The Japanese date at an instant given in milliseconds since 1970 UTC or as ISO 8601 UTC text. */
export function jstDate(instant: number | string): CivilDate {
  const ms = typeof instant === 'number' ? instant : Date.parse(instant)
  if (!Number.isFinite(ms)) throw new Error('defect: not an instant')
  return dateOfDayNumber(Math.floor((ms + 9 * 3_600_000) / 86_400_000))
}

/** 会計年度 (地方自治法208条): 1 April to 31 March, named by the year it begins in. */
export function fiscalYearOf(date: CivilDate): number {
  const { year, month } = partsOf(date)
  return month >= 4 ? year : year - 1
}

export function fiscalYearStart(fiscalYear: number): CivilDate {
  return civilDate({ year: fiscalYear, month: 4, day: 1 })
}
