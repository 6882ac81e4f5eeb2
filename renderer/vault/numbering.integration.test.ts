import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import type { FormDefinition, TownData } from '@shared/authority/model.ts'
import { createOffice, type Objects } from './testing/memory-office.ts'
import { smallTown } from './testing/small-town.ts'
import { createTestMachine } from './testing/test-machine.ts'
import { openTestSeat, type TestMachine, type TestSeat } from './testing/test-seat.ts'

const machine = (): TestMachine => createTestMachine(async (path) => new Uint8Array(await readFile(path)))
const series = 'out'
const effective = { from: '2020-01-01', to: null } as const
const form = smallTown.forms[0] as FormDefinition

/** The small town, whose form goes out when it says so, and whose manager keeps records too. */
const town: TownData = {
  ...smallTown,
  // The manager is the head of the section and decides alone.
  positions: smallTown.positions.map((position) => (position.id === 'p-mayor' ? { ...position, section: 'works' } : position)),
  series: [{ id: series, kind: 'outgoing', symbol: '小総', periodKind: 'fiscalYear', section: 'general', pattern: '{year}{symbol}第{n}号', blockSize: 5, ...effective }],
  grants: [...smallTown.grants, { id: 'manager-records', person: 'manager', collection: 'c1', role: 'records', reason: 'test', reviewBy: '2100-01-01', ...effective }],
  forms: [{ ...form, fields: [...form.fields, { id: 'issueMethod', group: 'outgoing', kind: 'text', label: '施行方法', labelEn: 'Way of issue', required: false, printed: true }], numbered: { kind: 'outgoing', field: 'issueMethod', values: ['post'] } }],
  policies: smallTown.policies.map((policy) => ({ ...policy, consentFor: [...policy.consentFor, 'number.registrar', 'number.takeover', 'number.block', 'number.void', 'number.return'] })),
}

function copy(from: Objects, to: Objects): void {
  for (const [name, bytes] of from) if (!to.has(name)) to.set(name, bytes)
}

/** A clerk at one machine, the manager at another; nothing passes between them until they meet. */
async function office() {
  const made = await createOffice(town, ['clerk', 'manager', 'mayor', 'other'])
  const [a, b] = [made.folder(), made.folder()]
  const clerk = await openTestSeat(made, 'clerk', a, machine())
  copy(a, b)
  const manager = await openTestSeat(made, 'manager', b, machine())
  const meet = async (): Promise<void> => {
    for (let round = 0; round < 3; round++) {
      copy(a, b)
      copy(b, a)
      await Promise.all([clerk.service.takeIn(), manager.service.takeIn()])
    }
  }
  const seatOf = (person: string): string => made.founded.seats.find((seat) => seat.person === person)?.seat ?? ''
  return { clerk, manager, meet, seatOf }
}

async function draft(seat: TestSeat, title: string, issueMethod = 'post'): Promise<string> {
  const { id } = await seat.done('createDraft', { form: 't1', collection: 'c1', position: 'p-clerk' })
  await seat.done('setCover', { id, field: 'title', value: title })
  await seat.done('setCover', { id, field: 'issueMethod', value: issueMethod })
  await seat.done('submit', { id, position: 'p-clerk', decisionClass: 'hei', concurrence: [] })
  return id
}

const numberOf = async (seat: TestSeat, id: string): Promise<string | null> => (await seat.ask('document', { id }))?.summary.number ?? null
const approve = (seat: TestSeat, id: string) => seat.done('act', { id, act: 'approve', step: null, position: 'p-manager', comment: '' })
const rows = async (seat: TestSeat): Promise<readonly string[]> => (await seat.ask('numbers', null)).flatMap((one) => one.rows.map((row) => `${row.n} ${row.kind} ${row.title}${row.reason}`)).toReversed()

describe('official numbers', () => {
  it('3.10 a document is decided without a number and gets it by itself as soon as the registrar’s seat sees it', async () => {
    const { clerk, manager, meet, seatOf } = await office()
    const id = await draft(clerk, '送付について')
    const inside = await draft(clerk, '内部のもの', 'none')
    await meet()
    await approve(manager, id)
    await approve(manager, inside)
    expect(await manager.ask('document', { id })).toMatchObject({ summary: { stage: 'decided', number: null, awaitsNumber: true } })
    await meet()
    expect((await clerk.ask('numbers', null))[0]).toMatchObject({ waiting: 1, registrar: null, may: { begin: true } })
    await clerk.done('keepNumbers', { series, act: { kind: 'registrar', seat: seatOf('clerk'), reason: '令和8年度の番号を始める' } })
    await expect.poll(() => numberOf(clerk, id)).toBe('8小総第1号')
    expect(await numberOf(clerk, inside)).toBeNull()
    await meet()
    expect(await numberOf(manager, id)).toBe('8小総第1号')
    expect((await manager.ask('document', { id }))?.history.find(({ type }) => type === 'number.assign')).toMatchObject({ facts: { number: '8小総第1号' }, unknown: false })
    expect(clerk.host.asked.map(({ title }) => title)).toEqual(['小総'])
  })

  it('3.10 a cut-off seat decides and files and gives a number of its own block; when it is back every number is explained', async () => {
    const { clerk, manager, meet, seatOf } = await office()
    await clerk.done('keepNumbers', { series, act: { kind: 'registrar', seat: seatOf('clerk'), reason: '始める' } })
    await clerk.done('keepNumbers', { series, act: { kind: 'block', seat: seatOf('manager'), size: 3 } })
    const [offline, later] = [await draft(clerk, '避難所の開設について'), await draft(clerk, '後のもの')]
    await meet()
    await approve(manager, offline)
    expect((await manager.ask('document', { id: offline }))?.acts.map(({ act }) => act)).toContain('number')
    await manager.done('giveNumber', { id: offline })
    expect(await numberOf(manager, offline)).toBe('8小総第1号')
    expect(await manager.refused('giveNumber', { id: offline })).toBe('NumberNotNeeded')
    await approve(manager, later)
    const { id: volume } = await manager.done('createVolume', { node: '1-1-1', title: '会議', publicTitle: '', retentionClass: '5', fiscalYear: 2026, location: '', collection: 'c1', position: 'p-manager' })
    await manager.done('fileDocument', { id: later, volume, position: 'p-manager' })
    expect(await manager.ask('document', { id: later })).toMatchObject({ summary: { stage: 'filed', number: null, awaitsNumber: true } })
    await meet()
    await expect.poll(() => numberOf(clerk, later)).toBe('8小総第4号')
    const [view] = await manager.ask('numbers', null)
    await manager.done('keepNumbers', { series, act: { kind: 'return', period: 2026, block: view?.blocks[0]?.id ?? '', reason: '復旧した' } })
    await meet()
    expect(await rows(clerk)).toEqual(['1 given 避難所の開設について', '2 void 復旧した', '3 void 復旧した', '4 given 後のもの'])
    expect(await rows(manager)).toEqual(await rows(clerk))
  })

  it('3.10 both numbered the same document while apart: one number stands, the other is explained', async () => {
    const { clerk, manager, meet, seatOf } = await office()
    await clerk.done('keepNumbers', { series, act: { kind: 'registrar', seat: seatOf('clerk'), reason: '始める' } })
    await clerk.done('keepNumbers', { series, act: { kind: 'block', seat: seatOf('manager'), size: 2 } })
    const id = await draft(clerk, '両方で付けたもの')
    await meet()
    await approve(manager, id)
    const [a, b] = [clerk.objects, manager.objects]
    copy(b, a)
    await clerk.service.takeIn()
    await expect.poll(() => numberOf(clerk, id)).toBe('8小総第3号')
    await manager.done('giveNumber', { id })
    await meet()
    for (const seat of [clerk, manager]) {
      expect(await numberOf(seat, id)).toBe('8小総第1号')
      expect(await rows(seat)).toEqual(['1 given 両方で付けたもの', '2 block ', '3 spare 両方で付けたもの'])
    }
  })

  it('3.10 a lost registrar is replaced by an administrator; a number is voided with a reason and never given again', async () => {
    const { clerk, manager, meet, seatOf } = await office()
    await clerk.done('keepNumbers', { series, act: { kind: 'registrar', seat: seatOf('manager'), reason: '課長の端末で付ける' } })
    expect(await clerk.refused('keepNumbers', { series, act: { kind: 'block', seat: seatOf('clerk'), size: 3 } })).toBe('NotAllowed not-registrar')
    expect(await manager.refused('keepNumbers', { series, act: { kind: 'takeover', seat: seatOf('manager'), skip: 2, reason: '故障' } })).toBe('NotAllowed role-missing')
    await clerk.done('keepNumbers', { series, act: { kind: 'takeover', seat: seatOf('clerk'), skip: 2, reason: '課長の端末が壊れた' } })
    const id = await draft(clerk, '取りやめたもの')
    await meet()
    await approve(manager, id)
    await meet()
    await expect.poll(() => numberOf(clerk, id)).toBe('8小総第3号')
    expect(await clerk.refused('keepNumbers', { series, act: { kind: 'void', period: 2026, n: 3, reason: ' ', again: false } })).toBe('NumbersIncomplete')
    await clerk.done('keepNumbers', { series, act: { kind: 'void', period: 2026, n: 3, reason: '施行を取りやめた', again: false } })
    expect(await clerk.ask('document', { id })).toMatchObject({ summary: { number: null, awaitsNumber: false } })
    expect(await rows(clerk)).toEqual(['1 gap 課長の端末が壊れた', '2 gap 課長の端末が壊れた', '3 void 取りやめたもの施行を取りやめた'])
  })

  it('3.10 AR-41 an export proves the document’s own number and shows no other document’s', async () => {
    const { clerk, manager, meet, seatOf } = await office()
    await clerk.done('keepNumbers', { series, act: { kind: 'registrar', seat: seatOf('clerk'), reason: '始める' } })
    const [secret, id] = [await draft(clerk, '秘密のもの'), await draft(clerk, '送付について')]
    await meet()
    await approve(manager, secret)
    await approve(manager, id)
    await meet()
    await expect.poll(() => numberOf(clerk, id)).toBe('8小総第2号')
    await clerk.done('keepNumbers', { series, act: { kind: 'void', period: 2026, n: 1, reason: '秘密の理由', again: false } })
    expect(await clerk.refused('exportPackage', { scope: { kind: 'outgoing', id: secret }, position: 'p-clerk', reason: '' })).toBe('NumberMissing')
    await clerk.done('exportPackage', { scope: { kind: 'outgoing', id }, position: 'p-clerk', reason: '' })
    expect([...clerk.host.exported.keys()]).toEqual(['outgoing.pdf'])
    await clerk.done('exportPackage', { scope: { kind: 'document', id }, position: 'p-clerk', reason: '' })
    const text = (path: string): string => new TextDecoder().decode(clerk.host.exported.get(path))
    expect(JSON.parse(text('data/documents/1/document.json'))).toMatchObject({ title: '送付について', number: '8小総第2号' })
    expect(text('data/index.html')).toContain('8小総第2号')
    const trail = text('data/trail.json')
    expect(trail).toContain('number.void')
    for (const hidden of [secret, '秘密の理由']) expect(trail).not.toContain(hidden)
  })
})
