// What the audit trail and the evidence of a review tell of a right on one document: to whoever reads it by its title, to others as one.
import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { reportColumns } from '@shared/archive/review-report.ts'
import { csvRows } from '@shared/base/csv.ts'
import { bytesToUtf8 } from '@shared/base/bytes.ts'
import type { Grant, TownData } from '@shared/authority/model.ts'
import type { AuditQuery, AuditRow } from '../services/audit-models.ts'
import { actWords } from '../services/audit-words.ts'
import { createText } from '../text/translate.ts'
import { apartOffice, submittedApart, type Apart } from './testing/apart.ts'
import { smallTown } from './testing/small-town.ts'
import type { TestSeat } from './testing/test-seat.ts'

const [any] = smallTown.grants as readonly [Grant]
/** The mayor administers and reads no collection. */
const town: TownData = { ...smallTown, grants: [...smallTown.grants.filter(({ person }) => person !== 'mayor'), { ...any, id: 'mayor-admin', person: 'mayor', collection: null, role: 'admin' }] }
const until = '2026-12-31'

async function rows(seat: TestSeat, query: Partial<AuditQuery>): Promise<readonly AuditRow[]> {
  const asked: AuditQuery = { person: null, device: null, group: 'all', from: null, to: null, words: '', ...query }
  await vi.waitFor(async () => expect((await seat.ask('audit', asked)).reading).toBeNull())
  return (await seat.ask('audit', asked)).rows
}

async function told(seat: TestSeat): Promise<readonly (readonly string[])[]> {
  const found = (await rows(seat, { group: 'admin' })).filter(({ type, about }) => type.startsWith('grant.') && about === '他課 太郎' && type !== 'grant.put')
  return (['ja', 'en'] as const).map((language) => found.map((row) => actWords(createText(language), row)))
}

/** Of what this person opened: on what, and whether it counts. */
async function opened(seat: TestSeat, person: string): Promise<readonly (readonly [about: string | null, counts: string])[]> {
  return (await rows(seat, { person, group: 'view' })).filter(({ type }) => type === 'document.open').map(({ about, counts }) => [about, counts])
}

describe('a right on one document', () => {
  let apart: Apart
  let id: string
  let whileGiven: Awaited<ReturnType<typeof opened>>
  let seats: Readonly<Record<'clerk' | 'mayor' | 'other', TestSeat>>
  const meet = () => apart.meet(...(['clerk', 'mayor', 'other'] as const).map((person) => ({ person, seat: seats[person] })))

  beforeAll(async () => {
    apart = await apartOffice(town, ['clerk', 'mayor', 'other'], async (path) => new Uint8Array(await readFile(path)))
    id = await submittedApart(apart)
    const [clerk, mayor] = [await apart.at('clerk'), await apart.at('mayor')]
    await clerk.done('giveDocument', { id, person: 'other', role: 'approver', to: until, reason: '意見を求めるため' })
    await vi.waitFor(() => expect([...clerk.objects.keys()].filter((name) => name.includes('/p/'))).toHaveLength(1))
    apart.carry('clerk', 'other')
    seats = { clerk, mayor, other: await apart.at('other') }
    await seats.other.ask('document', { id })
    await vi.waitFor(() => expect(seats.other.host.commits).toHaveLength(1))
    whileGiven = await opened(seats.other, 'other')
    const [given] = (await clerk.ask('document', { id }))?.sharing.given ?? []
    await clerk.done('reviewGrants', { grants: [given?.grant ?? ''], act: { kind: 'reduce', role: 'reader', to: until }, reason: '閲覧で足りるため' })
    await clerk.done('takeDocumentBack', { grant: given?.grant ?? '', reason: '終わったため' })
    await meet()
  })

  it('4.11 4.15 AU-90 giving, looking at and taking away is one sentence each that names the document, in both languages', async () => {
    expect(await told(seats.clerk)).toEqual([
      [
        '他課 太郎さんの「決裁」の権限を取り消した（総務課の文書のうち「備品の購入について」だけ）',
        '他課 太郎さんの「決裁」の権限を点検した（総務課の文書のうち「備品の購入について」だけ）',
        '他課 太郎さんに「総務課の文書」のうち「備品の購入について」だけを渡した（決裁）',
      ],
      [
        'took the right “Deciding” of 他課 太郎 away (総務課の文書, “備品の購入について” alone)',
        'reviewed the right “Deciding” of 他課 太郎 (総務課の文書, “備品の購入について” alone)',
        'gave 他課 太郎 “備品の購入について” of “総務課の文書” alone (Deciding)',
      ],
    ])
    expect((await rows(seats.clerk, { words: '備品の購入' })).map(({ type }) => type)).toEqual(expect.arrayContaining(['grant.document', 'grant.remove', 'grant.review']))
  })

  it('4.11 4.15 AU-90 an administrator who does not read the document is told of one, without its title', async () => {
    const sentences = (await told(seats.mayor)).flat()
    expect(sentences).toEqual([
      '他課 太郎さんの「決裁」の権限を取り消した（総務課の文書のうち 1 件だけ）',
      '他課 太郎さんの「決裁」の権限を点検した（総務課の文書のうち 1 件だけ）',
      '他課 太郎さんに「総務課の文書」のうち 1 件だけを渡した（決裁）',
      'took the right “Deciding” of 他課 太郎 away (総務課の文書, one document alone)',
      'reviewed the right “Deciding” of 他課 太郎 (総務課の文書, one document alone)',
      'gave 他課 太郎 one document of “総務課の文書” alone (Deciding)',
    ])
    expect(JSON.stringify(await rows(seats.mayor, {}))).not.toContain('備品')
  })

  it('4.11 4.15 JU-90 its use is one sentence with the document, to who reads it, and to its holder for as long as they do', async () => {
    const [used, ...more] = (await rows(seats.clerk, { person: 'other', group: 'view' })).filter(({ type }) => type === 'document.open')
    expect(more).toEqual([])
    expect(used).toMatchObject({ personName: '他課 太郎', about: '備品の購入について', place: '総務課の文書', counts: 'yes' })
    expect((['ja', 'en'] as const).map((language) => actWords(createText(language), used as AuditRow))).toEqual(['開いた', 'opened it'])
    expect([whileGiven, await opened(seats.other, 'other')]).toEqual([[['備品の購入について', 'yes']], [[null, 'unread']]])
  })

  it('4.11 4.15 JU-90 what was done in one document is told as counting to whoever was given it, whatever else its author did after it elsewhere', async () => {
    const careful: TownData = { ...town, grants: [...town.grants, { ...any, id: 'other-admin', person: 'other', collection: null, role: 'admin' }] }
    const here = await apartOffice(careful, ['clerk', 'other'], async (path) => new Uint8Array(await readFile(path)))
    const [doc, clerk] = [await submittedApart(here), await here.at('clerk')]
    await clerk.done('giveDocument', { id: doc, person: 'other', role: 'reader', to: until, reason: '意見を求めるため' })
    await vi.waitFor(() => expect([...clerk.objects.keys()].filter((name) => name.includes('/p/'))).toHaveLength(1))
    await clerk.ask('document', { id: doc })
    await vi.waitFor(() => expect(clerk.host.commits.at(-1)?.acts[0]?.type).toBe('document.open'))
    await clerk.done('createDraft', { form: 't1', collection: 'c1', position: 'p-clerk' })
    here.carry('clerk', 'other')
    const other = await here.at('other')
    expect(await opened(other, 'clerk')).toEqual([['備品の購入について', 'yes']])
    expect((await rows(other, { person: 'clerk', group: 'draft' })).filter(({ type }) => type === 'draft.create').map(({ about, counts }) => [about, counts])).toEqual([[null, 'unread'], ['備品の購入について', 'yes']])
  })

  it('4.11 4.12 AR-70 AU-66 AU-94 the evidence of the review names the document and its last use to who reads it, and to others says one', async () => {
    const { id: unused } = await seats.clerk.done('createDraft', { form: 't1', collection: 'c1', position: 'p-clerk' })
    await seats.clerk.done('setCover', { id: unused, field: 'title', value: '見られていない文書' })
    await seats.clerk.done('giveDocument', { id: unused, person: 'other', role: 'writer', to: until, reason: '意見を求めるため' })
    await meet()
    const told = async (seat: TestSeat): Promise<readonly (readonly (string | undefined)[])[]> => {
      await seat.done('reportReview', { back: 0 })
      const table = csvRows(bytesToUtf8(seat.host.exported.get('rights.csv') ?? new Uint8Array())) ?? []
      return table.filter(([place = '', person]) => person === '他課 太郎' && place.startsWith('総務課')).map((line) => [line[0], line[reportColumns.indexOf('lastUsed')]])
    }
    expect(await told(seats.clerk)).toEqual([['総務課の文書のうち「備品の購入について」だけ', '2026-10-01'], ['総務課の文書のうち「見られていない文書」だけ', '使っていない']])
    expect(await told(seats.mayor)).toEqual([['総務課の文書のうち 1 件だけ', 'この端末では不明'], ['総務課の文書のうち 1 件だけ', 'この端末では不明']])
  })
})
