// Writes a civil date the way a date stamp does: year of the era, month, day, as in 8.11.21.
// It knows only the eras in which a mark can have been made; other forms of 和暦 are not its business.

/** First days of the eras (元号を改める政令: 昭和64年政令第1号, 平成31年政令第143号), newest first. */
const eras = ['2019-05-01', '1989-01-08', '1926-12-25'] as const

/** `date` is `YYYY-MM-DD`. Throws on anything else, and on dates before 1926-12-25. */
export function markDate(date: string): string {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date) ?? []
  const era = eras.find((first) => first <= date)
  if (year === '' || era === undefined) throw new Error('defect: a mark has a civil date')
  return `${Number(year) - Number(era.slice(0, 4)) + 1}.${Number(month)}.${Number(day)}`
}
