import { describe, expect, it } from 'vitest'
import type { KnownEvent } from '../log/event.ts'
import { campaignOf, quarterOf, type Campaign, type Uses } from './campaign.ts'
import type { GrantReview } from './events.ts'
import type { DocumentGrant, Grant, ReviewRules } from './model.ts'
import { reduceAuthority } from './reduce.ts'
import { createCouncil } from './testing/council.ts'

const today = '2026-11-29'
const at = (date: string): number => Date.parse(`${date}T03:00:00Z`)
const on = (known: KnownEvent, date: string): KnownEvent => ({ ...known, event: { ...known.event, hlc: { ms: at(date), n: 0 } } })
const grant = (person: string, role: Grant['role'], over: Partial<Grant> = {}): Grant => ({ id: `${person}-${role}`, person, collection: 'c1', role, reason: '職務', reviewBy: '2027-03-31', from: '2026-04-01', to: null, ...over })
const rules: ReviewRules = { id: 'rules', from: '2026-04-01', to: null, days: { usual: 183, close: 92 }, unusedDays: 90, pairs: [{ id: 'draft-and-decide', roles: ['writer', 'approver'], within: 'collection', reason: '', reasonEn: '' }, { id: 'rights-and-records', roles: ['admin', 'records'], within: 'town', reason: '', reasonEn: '' }] }
const unread: Uses = { seen: new Set(), latest: [] }

function town(grants: readonly Grant[]) {
  const council = createCouncil(['a', 'b'])
  const put = council.act('a', 'review-rules.put', rules)
  const people = ['a', 'b', 'owner', 'clerk', 'head'].map((id) => council.act('a', 'person.put', { id, familyName: id, givenName: '', reading: '', employment: 'regular' }))
  const events = [...council.founding, ...people, put, council.vote('b', put), ...grants.map((one) => council.act('a', 'grant.put', one))]
  const look = (date: string, over: Partial<GrantReview> & { readonly grant: string }, by = 'b'): KnownEvent => on(council.act(by, 'grant.review', { reviewBy: '2027-02-28', reason: '引き続き担当', ...over }), date)
  const remove = (date: string, id: string): KnownEvent => on(council.act('b', 'grant.remove', { id, reason: '異動' }), date)
  return { events, look, remove }
}

const outcomes = ({ rows }: Campaign): Readonly<Record<string, string>> => Object.fromEntries(rows.map((row) => [row.grant.id, row.outcome]))
const find = ({ rows }: Campaign, id: string) => rows.find((row) => row.grant.id === id)

describe('4.12 a quarter’s look at who may do what', () => {
  it('4.12 AU-66 quarters are those of the fiscal year', () => {
    expect(['2026-03-31', '2026-04-01', '2026-11-29', '2026-12-31', '2027-01-01', '2028-02-29'].map(quarterOf)).toEqual([
      { fiscalYear: 2025, n: 4, from: '2026-01-01', to: '2026-03-31' },
      { fiscalYear: 2026, n: 1, from: '2026-04-01', to: '2026-06-30' },
      { fiscalYear: 2026, n: 3, from: '2026-10-01', to: '2026-12-31' },
      { fiscalYear: 2026, n: 3, from: '2026-10-01', to: '2026-12-31' },
      { fiscalYear: 2026, n: 4, from: '2027-01-01', to: '2027-03-31' },
      { fiscalYear: 2027, n: 4, from: '2028-01-01', to: '2028-03-31' },
    ])
  })

  it('4.12 AU-66 says of each right what became of it in the quarter, who looked, and how many of all were looked at', () => {
    const kept = grant('clerk', 'writer')
    const { events, look, remove } = town([kept, grant('clerk', 'records'), grant('head', 'approver'), grant('head', 'writer', { reviewBy: '2026-10-31' }), grant('owner', 'owner'), grant('head', 'reader', { from: '2026-11-01' }), grant('clerk', 'reader', { to: '2026-09-30' }), grant('clerk', 'approver', { from: '2027-01-01' }), grant('head', 'records')])
    const state = reduceAuthority([...events, look('2026-11-01', { grant: kept.id }), look('2026-11-02', { grant: 'clerk-records', role: 'writer' }), remove('2026-11-03', 'head-approver'), look('2026-09-30', { grant: 'owner-owner' }), remove('2026-09-30', 'head-records')])
    const campaign = campaignOf(state, quarterOf(today), today, unread)
    expect(outcomes(campaign)).toEqual({ 'admin-a': 'open', 'admin-b': 'open', 'clerk-writer': 'kept', 'clerk-records': 'reduced', 'head-approver': 'removed', 'head-writer': 'void', 'owner-owner': 'open', 'head-reader': 'new' })
    expect(campaign.coverage).toEqual({ due: 7, reviewed: 3 })
    expect(find(campaign, 'clerk-records')).toMatchObject({ grant: { role: 'writer' }, owners: ['owner'], by: { person: 'b', at: at('2026-11-02'), reason: '引き続き担当' } })
    expect(find(campaign, 'head-approver')?.by).toEqual({ person: 'b', at: at('2026-11-03'), reason: '異動' })
    expect(find(campaign, 'admin-a')?.owners).toEqual(['a', 'b'])
  })

  it('4.11 4.12 AU-66 AU-94 lists what was given on one document with the other rights of its collection, with who answers for it and when it lapses', () => {
    const { events, look } = town([grant('owner', 'owner')])
    const council = createCouncil(['a', 'b'])
    const given: DocumentGrant = { id: 'one', person: 'clerk', collection: 'c1', document: 'd'.repeat(24), role: 'approver', reason: '意見', key: 'k'.repeat(16), from: '2026-09-01', to: '2026-12-31', reviewBy: '2026-11-20' }
    const stood = reduceAuthority([...events, council.act('a', 'grant.document', given)])
    expect(find(campaignOf(stood, quarterOf(today), today, unread), 'one')).toMatchObject({ grant: { document: given.document, role: 'approver' }, owners: ['owner'], outcome: 'open', overdue: true, lapsesOn: '2026-12-04' })
    const lapsed = campaignOf(stood, quarterOf('2026-12-05'), '2026-12-05', unread)
    expect(find(lapsed, 'one')?.outcome).toBe('void')
    const kept = reduceAuthority([...events, council.act('a', 'grant.document', given), look('2026-11-21', { grant: 'one', role: 'reader', reviewBy: '2026-12-31' }, 'owner')])
    const campaign = campaignOf(kept, quarterOf(today), today, { seen: new Set(['c1']), latest: [{ person: 'clerk', collection: 'c1', role: 'reader', at: at('2026-11-25'), document: given.document }, { person: 'clerk', collection: 'c1', role: 'reader', at: at('2026-11-26'), document: 'e'.repeat(24) }, { person: 'clerk', collection: 'c1', role: 'reader', at: at('2026-11-27') }] })
    expect(find(campaign, 'one')).toMatchObject({ outcome: 'reduced', lapsesOn: '2026-12-31', by: { person: 'owner' }, lastUsed: at('2026-11-25') })
    expect(campaign.coverage).toEqual({ due: 4, reviewed: 1 })
  })

  it('4.12 AU-66 a quarter that is over reads as it was on its last day, whatever came later', () => {
    const { events, look, remove } = town([grant('clerk', 'records'), grant('head', 'approver')])
    const then = campaignOf(reduceAuthority(events), quarterOf('2026-12-31'), '2026-12-31', unread)
    const later = reduceAuthority([...events, look('2027-01-05', { grant: 'clerk-records', role: 'reader' }), remove('2027-01-06', 'head-approver')])
    expect(campaignOf(later, quarterOf('2026-12-31'), '2027-01-10', unread)).toEqual(then)
    expect(outcomes(campaignOf(later, quarterOf('2027-01-10'), '2027-01-10', unread))).toMatchObject({ 'clerk-records': 'reduced', 'head-approver': 'removed' })
  })

  it('4.12 AU-66 what is overdue is told with the day on which it lapses', () => {
    const { events } = town([grant('clerk', 'writer', { reviewBy: '2026-11-28' }), grant('head', 'writer', { reviewBy: today }), grant('head', 'approver', { reviewBy: '2026-11-28', to: '2026-12-01' })])
    const campaign = campaignOf(reduceAuthority(events), quarterOf(today), today, unread)
    expect(['clerk-writer', 'head-writer', 'head-approver'].map((id) => [find(campaign, id)?.overdue, find(campaign, id)?.lapsesOn])).toEqual([[true, '2026-12-12'], [false, '2026-12-13'], [true, '2026-12-01']])
  })

  it('4.12 AU-66 a right is unused that nobody used for ninety days, and nothing is said where the acts are not read', () => {
    const { events, look } = town([grant('clerk', 'writer'), grant('head', 'writer'), grant('clerk', 'records', { from: '2026-10-01' }), grant('owner', 'owner'), grant('head', 'records', { id: 'far', collection: 'c2' }), grant('clerk', 'reader', { id: 'names', collection: null })])
    const uses: Uses = { seen: new Set(['c1', null]), latest: [{ person: 'clerk', collection: 'c1', role: 'writer', at: at('2026-08-30') }, { person: 'clerk', collection: 'c1', role: 'writer', at: at('2026-08-31') }, { person: 'head', collection: 'c1', role: 'writer', at: at('2026-08-30') }] }
    const campaign = campaignOf(reduceAuthority([...events, look('2026-11-02', { grant: 'clerk-writer' }, 'owner')]), quarterOf(today), today, uses)
    const said = (id: string) => [find(campaign, id)?.lastUsed, find(campaign, id)?.unused]
    expect(said('clerk-writer')).toEqual([at('2026-08-31'), false])
    expect(said('head-writer')).toEqual([at('2026-08-30'), true])
    expect(said('clerk-records')).toEqual([null, false])
    expect(said('owner-owner')).toEqual([at('2026-11-02'), false])
    expect([said('far'), said('names')]).toEqual([['unseen', false], ['uncounted', false]])
    expect(said('admin-a')).toEqual([null, true])
  })

  it('4.12 AU-66 names the pairs of roles that one person should not hold together, where they say', () => {
    const { events, remove } = town([grant('clerk', 'writer'), grant('clerk', 'approver'), grant('head', 'writer'), grant('head', 'approver', { id: 'elsewhere', collection: 'c2' }), grant('a', 'records'), grant('owner', 'writer'), grant('owner', 'approver')])
    const campaign = campaignOf(reduceAuthority([...events, remove('2026-11-03', 'owner-approver')]), quarterOf(today), today, unread)
    expect(Object.fromEntries(campaign.rows.map(({ grant: { id }, pairs }) => [id, pairs]))).toEqual({ 'admin-a': ['rights-and-records'], 'a-records': ['rights-and-records'], 'admin-b': [], 'clerk-writer': ['draft-and-decide'], 'clerk-approver': ['draft-and-decide'], 'head-writer': [], elsewhere: [], 'owner-writer': [], 'owner-approver': [] })
  })

  it('4.12 AU-66 every replica sees the same campaign, in whatever order the log arrived', () => {
    const { events, look, remove } = town([grant('clerk', 'writer'), grant('head', 'approver')])
    const all = [...events, look('2026-11-01', { grant: 'clerk-writer' }), remove('2026-11-03', 'head-approver')]
    expect(campaignOf(reduceAuthority(all.toReversed()), quarterOf(today), today, unread)).toEqual(campaignOf(reduceAuthority(all), quarterOf(today), today, unread))
  })
})
