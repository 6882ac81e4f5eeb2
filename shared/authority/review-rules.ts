// AU-62, AU-67: the rules of the review (権限の点検) as people change them, and what a change of them is, value by value.

import { equalBytes } from '../base/bytes.ts'
import { encodeCbor } from '../base/cbor.ts'
import type { ReviewRules, Role, RolePair } from './model.ts'
import type { AuthorityState } from './reduce.ts'
import { reviewRulesOn } from './review.ts'

/** `usual` and `close` in days, as in `ReviewRules.days`. */
export interface ReviewValues {
  readonly usual: number
  readonly close: number
  readonly unusedDays: number
  readonly pairs: readonly RolePair[]
}

export type ReviewField = 'usual' | 'close' | 'unusedDays'

/** In which whole numbers of days a value makes sense: a look puts off the next by a year at most. */
export const reviewRanges: Readonly<Record<ReviewField, { readonly from: number; readonly to: number }>> = {
  usual: { from: 30, to: 366 },
  close: { from: 30, to: 366 },
  unusedDays: { from: 30, to: 730 },
}

export const reviewFields = Object.keys(reviewRanges) as readonly ReviewField[]

export type ReviewRulesChange =
  | { readonly kind: 'review'; readonly field: ReviewField; readonly before: number; readonly after: number; readonly isLooser: boolean }
  /** Two roles that one person should not hold together, or that they may again. */
  | { readonly kind: 'review-pair'; readonly roles: readonly [Role, Role]; readonly within: RolePair['within']; readonly isLooser: boolean }

export function reviewValues({ days, unusedDays, pairs }: Pick<ReviewRules, 'days' | 'unusedDays' | 'pairs'>): ReviewValues {
  return { ...days, unusedDays, pairs }
}

/** Only what differs. Less often is looser, and so is a pair that nobody looks for any more. */
export function reviewChanges(before: ReviewValues, after: ReviewValues): readonly ReviewRulesChange[] {
  const values = reviewFields.flatMap((field): readonly ReviewRulesChange[] => (before[field] === after[field] ? [] : [{ kind: 'review', field, before: before[field], after: after[field], isLooser: after[field] > before[field] }]))
  const only = (some: readonly RolePair[], others: readonly RolePair[], isLooser: boolean): readonly ReviewRulesChange[] =>
    some.filter((pair) => !others.some((other) => isSamePair(pair, other))).map(({ roles, within }) => ({ kind: 'review-pair', roles, within, isLooser }))
  return [...values, ...only(after.pairs, before.pairs, false), ...only(before.pairs, after.pairs, true)]
}

/** The same two roles, in either order, in the same reach. */
export function isSamePair(one: Pick<RolePair, 'roles' | 'within'>, other: Pick<RolePair, 'roles' | 'within'>): boolean {
  return one.within === other.within && [...one.roles].sort().join() === [...other.roles].sort().join()
}

export type NoReviewRules = 'nothing-changes' | 'out-of-range' | 'pair-twice' | 'pair-of-one'

/** AU-67 the act that puts these values in force from a day on; `id`: a fresh one. Rules that began earlier keep theirs for the days that were their own. */
export function actOfReviewRules(state: Pick<AuthorityState, 'reviewRules'>, date: string, { pairs, ...days }: ReviewValues, { id, reason }: { readonly id: string; readonly reason: string }): ReviewRules | NoReviewRules {
  const current = reviewRulesOn(state, date)
  if (reviewFields.some((field) => !isReviewDays(field, days[field]))) return 'out-of-range'
  if (pairs.some(({ roles: [one, other] }) => one === other)) return 'pair-of-one'
  if (pairs.some((pair, at) => pairs.slice(0, at).some((other) => isSamePair(pair, other)))) return 'pair-twice'
  const { usual, close, unusedDays } = days
  const after: ReviewRules = { id: current.id !== '' && current.from === date ? current.id : id, days: { usual, close }, unusedDays, pairs, reason, from: date, to: null }
  const said = ({ days: each, unusedDays: unused, pairs: roles }: ReviewRules): Uint8Array => encodeCbor([each.usual, each.close, unused, roles])
  return equalBytes(said(current), said(after)) ? 'nothing-changes' : after
}

export function isReviewDays(field: ReviewField, days: number): boolean {
  const { from, to } = reviewRanges[field]
  return Number.isInteger(days) && days >= from && days <= to
}

/** What an act would change of the rules in force on that day. */
export function changesOfReviewRules(state: Pick<AuthorityState, 'reviewRules'>, date: string, act: ReviewRules): readonly ReviewRulesChange[] {
  return reviewChanges(reviewValues(reviewRulesOn(state, date)), reviewValues(act))
}
