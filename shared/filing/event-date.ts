// Which day starts the clock of retention. Towns differ (完結日, 決裁日, 会計年度 …): the basis is data, the facts are the document's.
// A day that has not come yet is unknown, never guessed.

import { addDays, fiscalYearStart, type CivilDate } from '../base/civil-date.ts'
import { err, ok, type Failure, type Result } from '../base/result.ts'

/** As `record.file` names it. */
export type EventBasis = 'completion' | 'decision' | 'accountingYear' | 'lastAction' | 'specificDay' | 'release'

export interface EventFacts {
  readonly decidedOn?: CivilDate | undefined
  readonly issuedOn?: CivilDate | undefined
  /** End of circulation for information (供覧終了). */
  readonly circulatedOn?: CivilDate | undefined
  /** Any further dealings: inspection, payment … */
  readonly actedOn?: readonly CivilDate[] | undefined
  readonly accountingYear?: number | undefined
  /** 特定日, e.g. the last day of a permission. */
  readonly specificDay?: CivilDate | undefined
  /** End of continuous use. */
  readonly releasedOn?: CivilDate | undefined
}

export interface EventDateUnknown extends Failure<'EventDateUnknown'> {
  readonly basis: EventBasis
}

/** Completion is the day of issue, else the end of circulation, else the day of decision. */
export function eventDateOf(facts: EventFacts, basis: EventBasis): Result<CivilDate, EventDateUnknown> {
  const date = dateFor(facts, basis)
  return date === null ? err({ type: 'EventDateUnknown', retry: 'later', basis }) : ok(date)
}

function dateFor(facts: EventFacts, basis: EventBasis): CivilDate | null {
  switch (basis) {
    case 'completion':
      return facts.issuedOn ?? facts.circulatedOn ?? facts.decidedOn ?? null
    case 'decision':
      return facts.decidedOn ?? null
    case 'accountingYear':
      return facts.accountingYear === undefined ? null : addDays(fiscalYearStart(facts.accountingYear + 1), -1)
    case 'lastAction':
      return [facts.decidedOn, facts.issuedOn, facts.circulatedOn, ...(facts.actedOn ?? [])].filter((date) => date !== undefined).sort().at(-1) ?? null
    case 'specificDay':
      return facts.specificDay ?? null
    case 'release':
      return facts.releasedOn ?? null
  }
}

/** For a volume: the first day a record was put in (施行令8条6項) or the last (towns that count from closing). */
export function volumeEventDate(recordDates: readonly CivilDate[], policy: 'earliest' | 'closing'): CivilDate | null {
  const sorted = recordDates.toSorted()
  return sorted.at(policy === 'earliest' ? 0 : -1) ?? null
}
