import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import type { AuditQuery, AuditRow, AuditView } from '../services/audit-models.ts'
import { sampleTown } from '@shared/authority/sample-town.ts'
import { actWords } from '../services/audit-words.ts'
import { createText } from '../text/translate.ts'
import type { SessionBody } from '@shared/log/session.ts'
import { unlocksOf, type AuditedSession } from './audit-log.ts'
import { apartOffice, submittedApart } from './testing/apart.ts'
import { smallTown } from './testing/small-town.ts'
import type { TestSeat } from './testing/test-seat.ts'

const all: AuditQuery = { person: null, device: null, group: 'all', from: null, to: null, words: '' }

const office = (seats = ['clerk', 'manager', 'other']) => apartOffice(smallTown, seats, async (path) => new Uint8Array(await readFile(path)))

async function audit(seat: TestSeat, query: Partial<AuditQuery> = {}): Promise<AuditView> {
  const asked = { ...all, ...query }
  await expect.poll(async () => (await seat.ask('audit', asked)).reading).toBeNull()
  return seat.ask('audit', asked)
}

const shortly = ({ type, personName, positionTitle, about, counts }: AuditRow) => [type, personName, positionTitle, about, counts]

describe('4.15 P-07 the audit trail', () => {
  it('4.15 P-07 tells who did what as which position on what, on which device, in which state and under which rules, newest first, unlocks among them', async () => {
    const apart = await office()
    const id = await submittedApart(apart)
    const clerk = await apart.at('clerk')
    const view = await audit(clerk, { group: 'usual', words: '備品' })
    expect(view.scope).toBe('all')
    expect(view.rows.map(shortly)).toEqual([
      ['document.submit', '係員 太郎', '総務課主事', '備品の購入について', 'yes'],
      ['draft.create', '係員 太郎', '総務課主事', '備品の購入について', 'yes'],
    ])
    expect(view.rows[0]).toMatchObject({ at: expect.stringMatching(/^2026-10-01T/), place: '総務課の文書', here: true, state: { kind: 'untold' }, rule: { title: '試行', from: '2020-01-01', tightened: null }, facts: { revision: 1 } })
    const unlocks = await audit(clerk, { group: 'unlock' })
    expect(unlocks.rows.every(({ type, personName, counts }) => type === 'session.open' && personName === '係員 太郎' && counts === 'yes')).toBe(true)
    expect(unlocks.rows.length).toBeGreaterThan(0)
    const admin = await audit(clerk, { group: 'admin', words: '課長' })
    expect(admin.rows.map(({ type, about }) => [type, about])).toContainEqual(['grant.put', '課長 太郎'])
    const times = (await audit(clerk)).rows.map(({ at }) => at)
    expect(times).toEqual(times.toSorted().reverse())
    expect((await audit(clerk)).total).toBe(times.length)
    expect(id).not.toBe('')
  })

  it('4.15 P-07 says in every sentence what it is about, in both languages', async () => {
    const apart = await apartOffice({ ...smallTown, series: sampleTown.series, reviewRules: sampleTown.reviewRules ?? [], deviceRules: sampleTown.deviceRules ?? [] }, ['clerk', 'manager'], async (path) => new Uint8Array(await readFile(path)))
    await submittedApart(apart)
    const { rows } = await audit(await apart.at('clerk'))
    expect(rows.map(({ type }) => type)).toContain('series.put')
    const said = rows.flatMap((row) => (['ja', 'en'] as const).map((language) => actWords(createText(language), row)))
    expect(said.filter((sentence) => /「」|“”|‘’|\s{2}|\s$/.test(sentence))).toEqual([])
  })

  it('4.15 P-07 keeps up with what comes from elsewhere, opening and exporting among it, and shows the same at another machine', async () => {
    const apart = await office(['clerk', 'manager', 'mayor'])
    const id = await submittedApart(apart)
    const [clerk, manager] = [await apart.at('clerk'), await apart.at('manager')]
    const before = (await audit(clerk)).total
    await apart.meet({ person: 'clerk', seat: clerk }, { person: 'manager', seat: manager })
    await manager.ask('document', { id })
    await manager.done('act', { id, act: 'approve', step: '1', position: 'p-manager', comment: '至急' })
    await apart.meet({ person: 'clerk', seat: clerk }, { person: 'manager', seat: manager })
    await expect.poll(async () => (await audit(clerk, { person: 'manager', group: 'view' })).matching).toBe(1)
    const approval = (await audit(clerk, { person: 'manager', group: 'decide' })).rows.find(({ type }) => type === 'decision.approve')
    expect(approval).toMatchObject({ personName: '課長 太郎', positionTitle: '総務課長', about: '備品の購入について', facts: { reason: '至急' } })
    expect((await audit(clerk)).total).toBeGreaterThan(before)
    await clerk.done('exportPackage', { scope: { kind: 'document', id }, position: 'p-clerk', reason: '監査' })
    expect((await audit(clerk, { group: 'export' })).rows.map(shortly)).toEqual([['document.export', '係員 太郎', '総務課主事', '備品の購入について', 'yes']])
    await clerk.done('exportPackage', { scope: { kind: 'document', id }, position: 'p-clerk', reason: '意見を求めるため', share: { to: '北浜法律事務所' } })
    const shared = (await audit(clerk, { group: 'export' })).rows.find(({ type }) => type === 'document.share')
    expect(shared).toMatchObject({ personName: '係員 太郎', about: '備品の購入について', counts: 'yes', facts: { to: '北浜法律事務所', reason: '意見を求めるため' } })
    expect((await clerk.ask('document', { id }))?.history.at(-1)).toMatchObject({ type: 'document.share', facts: { to: '北浜法律事務所', reason: '意見を求めるため' } })
    const mayor = await apart.at('mayor')
    await apart.meet({ person: 'clerk', seat: clerk }, { person: 'mayor', seat: mayor })
    expect((await audit(mayor)).scope).toBe('own')
  })

  it('4.15 P-07 shows everybody their own acts alone, and administrators what they cannot open as such', async () => {
    const apart = await office()
    await submittedApart(apart)
    const [clerk, manager, other] = [await apart.at('clerk'), await apart.at('manager'), await apart.at('other')]
    await other.done('createDraft', { form: 't1', collection: 'c2', position: 'p-other' })
    await apart.meet({ person: 'clerk', seat: clerk }, { person: 'manager', seat: manager }, { person: 'other', seat: other })
    const own = await audit(manager)
    expect(own).toMatchObject({ scope: 'own', mayExport: false })
    expect(own.rows.every(({ personName }) => personName === '課長 太郎')).toBe(true)
    const sealed = (await audit(clerk, { person: 'other', group: 'draft' })).rows
    expect(sealed.map(shortly)).toEqual([['draft.create', '他課 太郎', 'unread', null, 'unread']])
    expect(sealed[0]).toMatchObject({ place: '建設課の文書', rule: { title: '試行' } })
  })

  it('4.15 AR-72 P-07 tells an unlock from the session that the seat certified, and how often it was opened before that without leaving a record, in any order of arrival', () => {
    const session = (hash: string, incarnation: string, n: number, notBefore: number): AuditedSession =>
      ({ hash, body: { seat: 's', incarnation, n, notBefore, person: 'clerk', device: 'd', authority: {} } as unknown as SessionBody, state: { kind: 'untold', bad: [], unsure: [] }, statement: null }) as unknown as AuditedSession
    const all = [session('a', 'i', 2, 10), session('b', 'i', 3, 20), session('c', 'i', 7, 30), session('d', 'j', 8, 40)]
    const told = (some: readonly AuditedSession[]) => unlocksOf(some).map(({ id, at, silent }) => [id, at, silent]).sort()
    expect(told(all)).toEqual([['a', 10, 0], ['b', 20, 0], ['c', 30, 3], ['d', 40, 0]])
    expect(told(all.toReversed())).toEqual(told(all))
    // One more that is heard of later explains one of them.
    expect(told([...all, session('e', 'i', 5, 25)])).toEqual([['a', 10, 0], ['b', 20, 0], ['c', 30, 1], ['d', 40, 0], ['e', 25, 1]])
  })

  it('4.15 P-07 finds by period and by words however they are written, and says how many there are', async () => {
    const apart = await office()
    await submittedApart(apart)
    const clerk = await apart.at('clerk')
    expect((await audit(clerk, { to: '2026-09-30' })).matching).toBe(0)
    expect((await audit(clerk, { from: '2026-10-01', to: '2026-10-01' })).matching).toBe((await audit(clerk)).total)
    expect((await audit(clerk, { words: '総務課 備品ノ購入' })).matching).toBeGreaterThan(1)
    expect((await audit(clerk, { words: '道路' })).rows).toEqual([])
  })
})
