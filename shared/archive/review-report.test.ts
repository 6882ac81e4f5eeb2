import { describe, expect, it } from 'vitest'
import { campaignOf, quarterOf } from '../authority/campaign.ts'
import type { DocumentGrant, Grant } from '../authority/model.ts'
import { reduceAuthority } from '../authority/reduce.ts'
import { createCouncil } from '../authority/testing/council.ts'
import { reportColumns, reportField, reviewCsv, reviewReport, type ReportInput, type ReportLabels } from './review-report.ts'

const same = <K extends string>(keys: readonly K[]): Readonly<Record<K, string>> => Object.fromEntries(keys.map((key) => [key, key])) as unknown as Readonly<Record<K, string>>
const labels: ReportLabels = {
  title: '報告書', quarter: (n) => `第${n}四半期`, facts: { period: 'period', date: 'date', coverage: 'coverage', left: 'left', table: 'table' }, coverage: (due, reviewed) => `${reviewed}/${due}`, left: (...counts) => counts.join('/'),
  signer: 'signer', owners: { title: 'owners', who: 'who', due: 'due', done: 'done', nobody: 'nobody' }, pairs: { title: 'pairs', none: 'none' }, list: 'list', columns: same(reportColumns), roles: same(['reader', 'writer', 'approver', 'records', 'owner', 'admin']),
  outcomes: same(['open', 'new', 'kept', 'reduced', 'removed', 'void']), town: '役場の全体', one: (collection, title) => `${collection}の${title ?? '1件'}`, only: (title) => `のうち${title ?? '1件'}`, yes: 'yes', never: 'never', unseen: 'unseen',
}
const grant: Grant = { id: 'g1', person: 'clerk', collection: 'c1', role: 'writer', reason: '職務, "臨時"\r\nの担当', reviewBy: '2026-11-20', from: '2026-04-01', to: null }

const [read, unread] = ['d'.repeat(24), 'e'.repeat(24)] as const
const titles: Readonly<Record<string, string>> = { [read]: '除雪<計画>' }
const given: DocumentGrant = { id: 'read-one', person: 'clerk', collection: 'c1', document: read, role: 'reader', reason: '議案の説明', key: 'k'.repeat(16), from: '2026-09-01', to: '2026-12-31', reviewBy: '2026-11-20' }

function report(over: Partial<Grant> = {}, documents: readonly DocumentGrant[] = []): ReportInput {
  const council = createCouncil(['a', 'b'])
  const people = ['a', 'b', 'clerk'].map((id) => council.act('a', 'person.put', { id, familyName: id === 'clerk' ? '<神 尾>' : id, givenName: '', reading: '', employment: 'regular' }))
  const state = reduceAuthority([...council.founding, ...people, council.act('a', 'collection.put', { id: 'c1', name: '総務課の文書', nameEn: '', section: null }), council.act('a', 'grant.put', { ...grant, ...over }), ...documents.map((one) => council.act('a', 'grant.document', one))])
  const names = { person: (id: string) => state.people.get(id)?.familyName ?? id, collection: (id: string | null) => state.collections.get(id ?? '')?.name ?? '', document: (handle: string) => titles[handle] ?? null }
  return { campaign: campaignOf(state, quarterOf('2026-11-29'), '2026-11-29', { seen: new Set(['c1']), latest: [] }), names, labels, townName: '小町', date: '2026-11-29' }
}

const look: Parameters<typeof reviewReport>[2] = { fonts: { text: ['BIZ UDMincho'], heading: ['BIZ UDPGothic'], faces: [] }, settingOf: () => 'plain' }

/** RFC 4180, section 2. */
function readCsv(text: string): readonly (readonly string[])[] {
  return [...text.matchAll(/((?:"(?:[^"]|"")*",?)+)\r\n/g)].map(([, line = '']) => [...line.matchAll(/"((?:[^"]|"")*)"/g)].map(([, field = '']) => field.replaceAll('""', '"')))
}

describe('the evidence of a review', () => {
  it('4.12 AR-70 has a table with a line for each right that a spreadsheet reads back as it was', () => {
    const csv = reviewCsv(report())
    expect(csv.startsWith('\uFEFF')).toBe(true)
    const [head, ...lines] = readCsv(csv)
    expect(head).toEqual([...reportColumns])
    expect(lines).toHaveLength(3)
    const own = Object.fromEntries((lines.find((line) => line.at(-1) === 'g1') ?? []).map((field, i) => [reportColumns[i], field]))
    expect(own).toEqual({ place: '総務課の文書', person: '<神 尾>', role: 'writer', reason: grant.reason, from: '2026-04-01', to: '', reviewBy: '2026-11-20', lapsesOn: '2026-12-04', lastUsed: 'never', outcome: 'open', overdue: 'yes', unused: 'yes', pairs: '', owners: 'a、b', by: '', at: '', why: '', id: 'g1' })
    expect(lines.map((line) => line[0])).toContain('役場の全体')
  })

  it('4.12 AR-70 has pages that name every right and the table’s hash, with one place for the signature and nothing unescaped', () => {
    const html = reviewReport(report(), 'ab'.repeat(32), look)
    expect(html.match(/data-field="[^"]*"/g)).toEqual([`data-field="${reportField}"`])
    expect(html).toContain('&lt;神 尾&gt;')
    expect(html).not.toContain('<神 尾>')
    expect(html).toContain('ab'.repeat(32))
    expect(html).toContain('報告書（令和8年度 第3四半期）')
    expect(html).toContain('open・overdue・unused')
    expect(html.match(/<caption>/g)).toHaveLength(2)
    expect(html).toContain('0/3')
  })

  it('4.11 4.12 AR-70 says of a right on one document which one it is, by its title where that is read, in the table and on the pages', () => {
    const documents = [given, { ...given, id: 'unread-one', document: unread }]
    const places = Object.fromEntries(readCsv(reviewCsv(report({}, documents))).map((line) => [line.at(-1), line[0]]))
    expect([places['g1'], places['read-one'], places['unread-one']]).toEqual(['総務課の文書', '総務課の文書の除雪<計画>', '総務課の文書の1件'])
    const html = reviewReport(report({}, documents), 'ab'.repeat(32), look)
    for (const words of ['<td>readerのうち除雪&lt;計画&gt;：議案の説明</td>', '<td>readerのうち1件：議案の説明</td>']) expect(html).toContain(words)
    expect(html.match(/<caption>総務課の文書<\/caption>/g)).toHaveLength(1)
  })
})
