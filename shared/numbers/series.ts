// Which series numbers a document, in which period, and how a number is written. All of it is the town's data with effective dates;
// no town's habit is in here.

import type { FormDefinition, NumberSeries } from '../authority/model.ts'
import { fiscalYearOf, type CivilDate } from '../base/civil-date.ts'
import { formatWareki } from '../base/wareki.ts'

/** The year in which the period of a date begins: restarts on 1 April or on 1 January. */
export function periodOf(series: Pick<NumberSeries, 'periodKind'>, date: CivilDate): number {
  return series.periodKind === 'fiscalYear' ? fiscalYearOf(date) : Number(date.slice(0, 4))
}

/** `8雪総第12号`, `令和8年雪守町告示第3号`: `{era}` and `{year}` are those of the day the period begins. */
export function writeNumber({ pattern, symbol, periodKind }: Pick<NumberSeries, 'pattern' | 'symbol' | 'periodKind'>, period: number, n: number): string {
  const written = /^(\D*)(\d+|元)年/.exec(formatWareki(`${period}-${periodKind === 'fiscalYear' ? '04' : '01'}-01`))
  const facts: Readonly<Record<string, string>> = { era: written?.[1] ?? '', year: written?.[2] ?? String(period), symbol, n: String(n) }
  return pattern.replace(/\{(\w+)\}/g, (whole, name: string) => facts[name] ?? whole)
}

/** What of a document says whether it goes out, and under which series. */
export interface OutgoingFacts {
  readonly form: FormDefinition | null
  readonly cover: Readonly<Record<string, unknown>>
  /** The section of the position that drafted it. */
  readonly section: string | null
}

/** Null when the document, once decided, needs no number: its form gives none, or the cover says that it does not go out. */
export function seriesFor({ form, cover, section }: OutgoingFacts, series: Iterable<NumberSeries>, date: CivilDate): NumberSeries | null {
  const numbered = form?.numbered
  if (!numbered) return null
  const value = cover[numbered.field]
  if (typeof value !== 'string' || !numbered.values.includes(value)) return null
  const able = [...series].filter((one) => one.kind === numbered.kind && (one.section === null || one.section === section) && one.from <= date && (one.to === null || date <= one.to))
  // The section's own before the town's, then the version that began last.
  able.sort((a, b) => Number(a.section === null) - Number(b.section === null) || (a.from > b.from ? -1 : a.from < b.from ? 1 : a.id < b.id ? -1 : 1))
  return able[0] ?? null
}
