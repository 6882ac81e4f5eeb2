// 保存期間: from the event date and the rule of the class to the first day, the last day and the first day of lawful disposal.
// No holiday moves an end (民法142条 is not applied to retention), and nothing here destroys anything.

import type { RetentionClass } from '../authority/model.ts'
import { addDays, civilDate, endOfPeriod, fiscalYearOf, fiscalYearStart, partsOf, type CivilDate } from '../base/civil-date.ts'

export interface RetentionSpan {
  /** Fiscal year of the event; null where the start was given itself. */
  readonly fiscalYear: number | null
  /** 起算日; null while in continuous use. */
  readonly start: CivilDate | null
  /** 満了日; null = permanent or in continuous use. */
  readonly end: CivilDate | null
  /** The day after the end: earliest possible disposal, once approved. */
  readonly destroyableFrom: CivilDate | null
}

/**
 * `date` is the event date (完結日 …) for `fiscal`, `calendar` and `permanent`, the start itself for `exact`.
 * Fiscal: starts on 1 April of the following fiscal year (公文書管理法施行令8条4項); calendar: on 1 January of the following year.
 */
export function retentionOf({ rule, years }: Pick<RetentionClass, 'rule' | 'years'>, date: CivilDate): RetentionSpan {
  const fiscalYear = rule === 'exact' ? null : fiscalYearOf(date)
  const start = startOf(rule, date)
  if (start === null || years === null) return { fiscalYear, start, end: null, destroyableFrom: null }
  const end = endOfPeriod(start, years)
  return { fiscalYear, start, end, destroyableFrom: addDays(end, 1) }
}

function startOf(rule: RetentionClass['rule'], date: CivilDate): CivilDate | null {
  switch (rule) {
    case 'exact':
      return date
    case 'calendar':
      return civilDate({ year: partsOf(date).year + 1, month: 1, day: 1 })
    case 'fiscal':
    case 'permanent':
      return fiscalYearStart(fiscalYearOf(date) + 1)
    case 'continuous':
      return null
  }
}
