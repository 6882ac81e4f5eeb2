import { describe, expect, it } from 'vitest'
import type { ReviewRules, RolePair } from './model.ts'
import { parseAuthorityBody } from './events.ts'
import { usualReviewRules } from './review.ts'
import { actOfReviewRules, changesOfReviewRules, reviewChanges, reviewValues } from './review-rules.ts'

const pair: RolePair = { id: 'p', roles: ['writer', 'approver'], within: 'collection', reason: '起案と決裁', reasonEn: 'drafts and decides' }
const rules: ReviewRules = { id: 'r1', from: '2026-04-01', to: null, days: { usual: 183, close: 92 }, unusedDays: 90, pairs: [pair] }
const state = { reviewRules: new Map([[rules.id, rules]]) }
const values = reviewValues(rules)
const why = { id: 'new', reason: '町の決まり' }

describe('the rules of the review, changed', () => {
  it('4.12 AU-67 say value by value what becomes looser: longer is, and a pair that is no longer looked for', () => {
    expect(reviewChanges(values, { ...values, usual: 366, close: 60, pairs: [{ ...pair, id: 'q', within: 'town' }] })).toEqual([
      { kind: 'review', field: 'usual', before: 183, after: 366, isLooser: true },
      { kind: 'review', field: 'close', before: 92, after: 60, isLooser: false },
      { kind: 'review-pair', roles: ['writer', 'approver'], within: 'town', isLooser: false },
      { kind: 'review-pair', roles: ['writer', 'approver'], within: 'collection', isLooser: true },
    ])
    expect(reviewChanges(values, { ...values, pairs: [{ ...pair, id: 'q', roles: ['approver', 'writer'] }] })).toEqual([])
  })

  it('4.12 AU-67 begin on the day they are put, as an act that everybody can read; earlier days keep theirs', () => {
    const put = actOfReviewRules(state, '2026-10-01', { ...values, usual: 120 }, why)
    expect(put).toEqual({ ...rules, id: 'new', from: '2026-10-01', days: { usual: 120, close: 92 }, reason: '町の決まり' })
    expect(parseAuthorityBody('review-rules.put', put)).toEqual(put)
    expect(changesOfReviewRules(state, '2026-10-01', put as ReviewRules)).toEqual([{ kind: 'review', field: 'usual', before: 183, after: 120, isLooser: false }])
    // Of one day there is one: what is put again that day takes its place.
    const again = { reviewRules: new Map([...state.reviewRules, ['new', put as ReviewRules]]) }
    expect(actOfReviewRules(again, '2026-10-01', { ...values, usual: 100 }, { ...why, id: 'newer' })).toMatchObject({ id: 'new', days: { usual: 100 } })
    expect(actOfReviewRules({ reviewRules: new Map() }, '2026-10-01', { ...reviewValues(usualReviewRules), usual: 100 }, why)).toMatchObject({ id: 'new' })
  })

  it.each([
    ['nothing-changes', values],
    ['out-of-range', { ...values, usual: 367 }],
    ['out-of-range', { ...values, close: 29 }],
    ['out-of-range', { ...values, unusedDays: 45.5 }],
    ['pair-of-one', { ...values, pairs: [{ ...pair, roles: ['writer', 'writer'] as const }] }],
    ['pair-twice', { ...values, pairs: [pair, { ...pair, id: 'q', roles: ['approver', 'writer'] as const }] }],
  ])('4.12 AU-67 are not put where they say nothing new or nothing sensible: %s', (reason, wrong) => {
    expect(actOfReviewRules(state, '2026-10-01', wrong, why)).toBe(reason)
  })

  it('4.12 AU-67 say it where only the reason shown with a pair is another', () => {
    expect(actOfReviewRules(state, '2026-10-01', { ...values, pairs: [{ ...pair, reason: '別の理由' }] }, why)).toMatchObject({ id: 'new' })
    expect(reviewChanges(values, { ...values, pairs: [{ ...pair, reason: '別の理由' }] })).toEqual([])
  })
})
