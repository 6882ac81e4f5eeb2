// Extensions of retention (公文書管理法施行令9条): audit, litigation, appeal, disclosure request, and extension for duty.
// The latest end counts; a hold never shortens. It only calculates: whether a hold exists is recorded elsewhere.

import { addDays, endOfPeriod, type CivilDate } from '../base/civil-date.ts'

export type Hold =
  /** Ruling on an appeal, or decision on a disclosure request: one year from the day after. */
  | { readonly kind: 'one-year-after'; readonly decidedOn: CivilDate }
  /** Litigation or audit whose last day is known. */
  | { readonly kind: 'until'; readonly date: CivilDate }
  /** Litigation or audit that goes on. */
  | { readonly kind: 'open' }
  /** Needed for duty: some years more, repeatable, each from the day after the end before it. */
  | { readonly kind: 'extend'; readonly years: number }

export interface HeldEnd {
  /** Null: permanent, or held with no known end. */
  readonly end: CivilDate | null
  /** True: something that goes on keeps the records; disposal is not possible and says why. */
  readonly isOpen: boolean
  /** The holds that make the end later than the base. */
  readonly decisive: readonly Hold[]
}

export function endWithHolds(baseEnd: CivilDate | null, holds: readonly Hold[]): HeldEnd {
  const open = holds.filter((hold) => hold.kind === 'open')
  if (open.length > 0) return { end: null, isOpen: true, decisive: open }
  if (baseEnd === null) return { end: null, isOpen: false, decisive: [] }
  let extended = baseEnd
  const ends = holds.flatMap((hold): readonly { readonly hold: Hold; readonly end: CivilDate }[] => {
    switch (hold.kind) {
      case 'one-year-after':
        return [{ hold, end: endOfPeriod(addDays(hold.decidedOn, 1), 1) }]
      case 'until':
        return [{ hold, end: hold.date }]
      case 'extend':
        extended = endOfPeriod(addDays(extended, 1), hold.years)
        return [{ hold, end: extended }]
      case 'open':
        return []
    }
  })
  const end = ends.reduce((latest, one) => (one.end > latest ? one.end : latest), baseEnd)
  return { end, isOpen: false, decisive: ends.filter((one) => one.end === end && end > baseEnd).map(({ hold }) => hold) }
}

/** On that day, may what is kept to `end` be disposed of (after approval)? Never while held or permanent. */
export function isPastRetention({ end, isOpen }: HeldEnd, date: CivilDate): boolean {
  return !isOpen && end !== null && date > end
}
