import { describe, expect, it } from 'vitest'
import type { ReviewRow } from '../../services/review-models.ts'
import { isTickable, percentOf, possibleWith, progressOf, shownKinds, shownRows } from './review-model.ts'

const row = (grant: string, over: Partial<ReviewRow> = {}): ReviewRow => ({
  grant, person: 'p', name: '係 員', place: { name: '総務課の文書', nameEn: 'General' }, document: null, role: 'writer', reason: '', from: '2026-04-01', to: null, reviewBy: '2027-03-31', lapsesOn: '2027-04-14',
  outcome: 'open', by: null, overdue: false, lastUsed: 'never', unused: false, pairs: [], owners: ['\uFA11田 健'], isMine: true, mayKeep: true, mayRemove: true, refusal: null, lesser: ['reader'], ...over,
})

describe('4.12 the list of the review', () => {
  it('4.12 shows first what still has to be looked at by whoever sits here', () => {
    const rows = [row('open'), row('kept', { outcome: 'kept' }), row('void', { outcome: 'void' }), row('others', { isMine: false }), row('new', { outcome: 'new' }), row('late', { overdue: true, unused: true }), row('pair', { pairs: ['x'], isMine: false })]
    const ids = Object.fromEntries(shownKinds.map((kind) => [kind, shownRows(rows, kind).map(({ grant }) => grant)]))
    expect(shownRows([row('a', { name: '\uFA11田 健' }), row('b', { place: { name: '建設課の文書', nameEn: 'Construction' } })], 'all', ' ｃｏｎ ').map(({ grant }) => grant)).toEqual(['b'])
    expect(ids).toEqual({ open: ['open', 'void', 'new', 'late'], mine: ['open', 'kept', 'void', 'new', 'late'], overdue: ['void', 'late'], unused: ['late'], pairs: ['pair'], all: rows.map(({ grant }) => grant) })
  })

  it('4.12 offers for several rights what can be done with every one of them', () => {
    expect(possibleWith([])).toEqual({ keep: false, reduce: false, remove: false, lesser: [] })
    expect(possibleWith([row('a', { role: 'records', lesser: ['writer', 'reader'] }), row('b')])).toEqual({ keep: true, reduce: true, remove: true, lesser: ['reader'] })
    expect(possibleWith([row('a'), row('lapsed', { mayKeep: false })])).toMatchObject({ keep: false, reduce: false, remove: true })
    expect(possibleWith([row('a'), row('admin', { role: 'admin', mayRemove: false, lesser: [] })])).toEqual({ keep: true, reduce: false, remove: false, lesser: [] })
    expect([row('a', { mayKeep: false }), row('b', { mayRemove: false }), row('c', { mayKeep: false, mayRemove: false })].map(isTickable)).toEqual([true, true, false])
  })

  it('4.12 counts by who answers, the furthest behind first, and never says that all is done before it is', () => {
    const rows = [row('a'), row('b', { outcome: 'kept' }), row('c', { owners: ['佐藤 一郎'], overdue: true }), row('d', { owners: ['佐藤 一郎'] }), row('new', { from: '2026-10-01' })]
    expect(progressOf({ rows, from: '2026-10-01' })).toEqual([{ owners: ['佐藤 一郎'], due: 2, done: 0, overdue: 1 }, { owners: ['\uFA11田 健'], due: 2, done: 1, overdue: 0 }])
    expect([{ due: 0, reviewed: 0 }, { due: 3, reviewed: 2 }, { due: 1000, reviewed: 999 }, { due: 7, reviewed: 7 }].map(percentOf)).toEqual([100, 66, 99, 100])
  })
})
