// What the list of 権限の点検 shows and what can be done with the rows that are ticked. Pure.

import { matches } from '@shared/search/fold.ts'
import type { CampaignOutcome, ReviewRow, ReviewView, Role } from '../../services/review-models.ts'

export const shownKinds = ['open', 'mine', 'overdue', 'unused', 'pairs', 'all'] as const
export type ShownKind = (typeof shownKinds)[number]

const kindOf: Readonly<Record<ShownKind, (row: ReviewRow) => boolean>> = {
  open: (row) => row.isMine && !isDone(row.outcome),
  mine: (row) => row.isMine,
  overdue: (row) => row.overdue || row.outcome === 'void',
  unused: ({ unused }) => unused,
  pairs: ({ pairs }) => pairs.length > 0,
  all: () => true,
}

/** `words`: part of a name or of documents, however it is written; empty = all. */
export function shownRows(rows: readonly ReviewRow[], kind: ShownKind, words = ''): readonly ReviewRow[] {
  return rows.filter((row) => kindOf[kind](row) && (words.trim() === '' || matches(words, [row.name, row.place?.name ?? '', row.place?.nameEn ?? '', row.document ?? ''].join(' '))))
}

/** Somebody looked at it in this quarter. What lapsed still has to be taken away. */
export function isDone(outcome: CampaignOutcome): boolean {
  return outcome === 'kept' || outcome === 'reduced' || outcome === 'removed'
}

/** Whether anything can be done with a row here. */
export function isTickable({ mayKeep, mayRemove }: ReviewRow): boolean {
  return mayKeep || mayRemove
}

export interface Possible {
  readonly keep: boolean
  readonly reduce: boolean
  readonly remove: boolean
  /** Roles that every one of them can be made less to. */
  readonly lesser: readonly Role[]
}

/** What can be done with all of these rows alike. */
export function possibleWith(rows: readonly ReviewRow[]): Possible {
  const any = rows.length > 0
  const keep = any && rows.every(({ mayKeep }) => mayKeep)
  const [first] = rows
  return {
    keep,
    reduce: keep && rows.every(({ role }) => role !== 'admin'),
    remove: any && rows.every(({ mayRemove }) => mayRemove),
    lesser: first ? first.lesser.filter((role) => rows.every((row) => row.lesser.includes(role))) : [],
  }
}

export interface OwnerProgress {
  readonly owners: readonly string[]
  readonly due: number
  readonly done: number
  readonly overdue: number
}

/** How far those are who answer for rights, by who they are together; what is new in the quarter is not asked of them. */
export function progressOf({ rows, from }: Pick<ReviewView, 'rows' | 'from'>): readonly OwnerProgress[] {
  const found = new Map<string, OwnerProgress>()
  for (const row of rows) {
    if (row.from >= from) continue
    const key = row.owners.join('\n')
    const held = found.get(key) ?? { owners: row.owners, due: 0, done: 0, overdue: 0 }
    found.set(key, { ...held, due: held.due + 1, done: held.done + Number(isDone(row.outcome)), overdue: held.overdue + Number(row.overdue) })
  }
  return [...found.values()].sort((a, b) => b.due - b.done - (a.due - a.done) || (a.owners.join() < b.owners.join() ? -1 : 1))
}

/** Whole percent, rounded down: 100 only where all were looked at. Nothing due is all. */
export function percentOf({ due, reviewed }: ReviewView['coverage']): number {
  return due === 0 ? 100 : Math.floor((reviewed * 100) / due)
}
