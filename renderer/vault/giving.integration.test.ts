// One document for somebody who may not read its collection: that document and nothing else, for as long as it was given.
import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import type { TownData } from '@shared/authority/model.ts'
import { collectionHandle, documentHandle, handedKeysName, wrapBookName, documentWrapName } from '@shared/log/names.ts'
import { apartOffice, submittedApart, type Apart } from './testing/apart.ts'
import { smallTown } from './testing/small-town.ts'
import type { TestSeat } from './testing/test-seat.ts'
import { bodyOf, draft, titleOf } from './testing/typed-drafts.ts'
import { typedUpdate } from './testing/typing.ts'

const secret = '人事異動の内示について'
const until = '2026-12-31'

/** A second document of the same collection, of which nobody outside is to know. */
async function secretBeside({ at }: Apart): Promise<string> {
  const clerk = await at('clerk')
  const { id } = await clerk.done('createDraft', { form: 't1', collection: 'c1', position: 'p-clerk' })
  await clerk.done('setCover', { id, field: 'title', value: secret })
  await clerk.done('updateBody', { id, update: typedUpdate('次のとおり内示する。') })
  await clerk.done('submit', { id, position: 'p-clerk', decisionClass: 'ko', concurrence: [] })
  return id
}

/** Handing on goes by itself: until the object lies there. */
async function handed(apart: Apart, seat: TestSeat, id: string): Promise<string> {
  const { workspace, genesis } = apart.office.founded
  const name = handedKeysName(collectionHandle(genesis, 'c1'), documentHandle(workspace, id))
  await expect.poll(() => seat.objects.has(name)).toBe(true)
  return name
}

describe('one document that is given alone', () => {
  it('4.11 AU-90 AU-93 LG-71 an adviser who reads no collection gets one document, sees it and nothing else, and what they open is written down', async () => {
    const apart = await apartOffice(smallTown, ['clerk', 'other'], readFile)
    const id = await submittedApart(apart)
    const hidden = await secretBeside(apart)
    const clerk = await apart.at('clerk')
    const give = { id, person: 'other', role: 'reader', to: until, reason: '専門的な意見を求めるため' } as const
    expect(await clerk.refused('giveDocument', { ...give, to: '2027-10-03' })).toBe('GivenTooLong')
    expect(await clerk.refused('giveDocument', { ...give, to: '2026-09-30' })).toBe('GivenTooLong')
    expect(await clerk.refused('giveDocument', { ...give, person: 'clerk' })).toBe('GivingToSelf')
    expect(await clerk.refused('giveDocument', { ...give, person: 'nobody' })).toBe('GrantGone')
    await clerk.done('giveDocument', give)
    expect(await clerk.refused('giveDocument', give)).toBe('RightHeld')
    expect(clerk.host.asked.at(-1)?.facts).toEqual([{ label: '見せる文書', value: '備品の購入について' }])
    await handed(apart, clerk, id)
    expect((await clerk.ask('document', { id }))?.sharing).toMatchObject({ own: null, given: [{ name: '他課 太郎', role: 'reader', to: until, holds: true, mayTake: true, reason: give.reason }] })
    const pages = await clerk.done('readPages', { id })

    apart.carry('clerk', 'other')
    const other = await apart.at('other')
    const desk = await other.ask('desk', null)
    expect(desk.given.map(({ title }) => title)).toEqual(['備品の購入について'])
    expect(desk.recent).toEqual([])
    expect(await other.done('search', { query: '備品' })).toHaveLength(1)
    expect(await other.done('search', { query: '内示' })).toEqual([])
    expect(await other.ask('document', { id: hidden })).toBe(null)
    const seen = await other.ask('document', { id })
    expect(seen?.sharing).toEqual({ own: { role: 'reader', to: until }, readers: [], given: [], roles: [], latest: expect.any(String) })
    expect(await other.done('readPages', { id })).toEqual(pages)
    expect(seen?.acts.filter(({ allowed }) => allowed)).toEqual([])
    expect(await other.refused('giveDocument', { ...give, person: 'manager' })).toBe('PlaceNotRead')
    expect((await other.ask('trust', null)).quarantined).toEqual([])
    // Nothing of the other document is in what the view keeps.
    expect(JSON.stringify(await other.ask('audit', { person: null, device: null, group: 'all', from: null, to: null, words: '' }))).not.toContain(secret)

    await expect.poll(() => other.host.commits.flatMap(({ acts }) => acts.map(({ type }) => type))).toEqual(['document.open'])
    await apart.meet({ person: 'other', seat: other }, { person: 'clerk', seat: clerk })
    expect((await clerk.ask('document', { id }))?.history.filter(({ type, personName }) => type === 'document.open' && personName === '他課 太郎')).toHaveLength(1)
    expect((await clerk.ask('trust', null)).quarantined).toEqual([])
    expect([...clerk.defects, ...other.defects]).toEqual([])
  })

  it('4.11 JU-90 LG-71 what is written before and after it was given is read, and once it is taken away and the key renewed nothing that is added is', async () => {
    const apart = await apartOffice(smallTown, ['clerk', 'manager', 'other'], readFile)
    const id = await submittedApart(apart)
    const clerk = await apart.at('clerk')
    await clerk.done('giveDocument', { id, person: 'other', role: 'reader', to: until, reason: '意見' })
    await handed(apart, clerk, id)
    apart.carry('clerk', 'other')
    let other = await apart.at('other')
    expect((await other.ask('desk', null)).given).toHaveLength(1)
    apart.carry('clerk', 'manager')
    const manager = await apart.at('manager')
    await manager.done('act', { id, act: 'approve', step: null, position: 'p-manager', comment: '一度目' })
    await apart.meet({ person: 'manager', seat: manager }, { person: 'clerk', seat: clerk }, { person: 'other', seat: other })
    expect((await other.ask('document', { id }))?.steps[0]).toMatchObject({ status: 'approved', comment: '一度目' })

    // A new key while it is given is handed on too.
    await clerk.done('rekeyDocument', { id, reason: '念のため' })
    const { workspace, genesis } = apart.office.founded
    const key = (seat: TestSeat): readonly string[] => [...seat.objects.keys()].filter((name) => name.startsWith(`${handedKeysName(collectionHandle(genesis, 'c1'), documentHandle(workspace, id))}.`))
    await expect.poll(() => key(clerk).length).toBe(1)
    await apart.meet({ person: 'clerk', seat: clerk }, { person: 'other', seat: other })
    expect((await other.ask('document', { id }))?.history.some(({ type }) => type === 'document.rekey')).toBe(true)

    const [given] = (await clerk.ask('document', { id }))?.sharing.given ?? []
    await clerk.done('takeDocumentBack', { grant: given?.grant ?? '', reason: '終わったため' })
    expect(await clerk.refused('takeDocumentBack', { grant: given?.grant ?? '', reason: '終わったため' })).toBe('GrantGone')
    await clerk.done('rekeyDocument', { id, reason: '取り消したため' })
    await clerk.done('act', { id, act: 'withdraw', step: null, position: 'p-clerk', comment: '取り下げ' })
    await apart.meet({ person: 'clerk', seat: clerk }, { person: 'other', seat: other })
    expect(key(clerk)).toHaveLength(1)
    // Nobody has to leave for that; and at a seat that is opened anew it is the same.
    expect(await other.ask('document', { id })).toBe(null)
    other = await apart.at('other')
    expect((await other.ask('desk', null)).given).toEqual([])
    expect(await other.ask('document', { id })).toBe(null)
    expect(other.defects).toEqual([])
  })

  it('4.11 JU-90 somebody who reads no collection decides in the one document that was given, and every replica and the package count it', async () => {
    const town: TownData = { ...smallTown, grants: smallTown.grants.filter(({ person }) => person !== 'mayor') }
    const apart = await apartOffice(town, ['clerk', 'manager', 'mayor'], readFile)
    const id = await submittedApart(apart)
    const hidden = await secretBeside(apart)
    const clerk = await apart.at('clerk')
    await clerk.done('giveDocument', { id, person: 'mayor', role: 'approver', to: until, reason: 'この件だけ決裁を求める' })
    await handed(apart, clerk, id)
    apart.carry('clerk', 'manager')
    const manager = await apart.at('manager')
    for (const one of [id, hidden]) await manager.done('act', { id: one, act: 'approve', step: null, position: 'p-manager', comment: '' })
    apart.carry('manager', 'mayor')
    const mayor = await apart.at('mayor')
    const desk = await mayor.ask('desk', null)
    expect([desk.myTurn.map(({ id: one }) => one), desk.given.map(({ id: one }) => one)]).toEqual([[id], [id]])
    await mayor.done('act', { id, act: 'approve', step: null, position: 'p-mayor', comment: '決裁します' })
    await apart.meet({ person: 'mayor', seat: mayor }, { person: 'clerk', seat: clerk }, { person: 'manager', seat: manager })
    for (const seat of [clerk, manager, mayor]) {
      expect((await seat.ask('document', { id }))?.summary.stage).toBe('decided')
      expect((await seat.ask('trust', null)).quarantined).toEqual([])
    }
    expect(new Set(await Promise.all([clerk, manager].map(async (seat) => (await seat.ask('trust', null)).stateHash))).size).toBe(1)
    // The trail proves it before it is written.
    expect((await clerk.done('exportPackage', { scope: { kind: 'document', id }, position: 'p-clerk', reason: '写しの交付' })).documents).toBe(1)
    for (const seat of [clerk, manager, mayor]) expect(seat.defects).toEqual([])
  })

  it('4.11 JU-90 somebody who reads no collection writes in the one draft that was given, the drafter has their words, and they do nothing else there and nothing once it was taken back', async () => {
    const apart = await apartOffice(smallTown, ['clerk', 'other'], readFile)
    const clerk = await apart.at('clerk')
    const id = await draft(clerk, '備品の購入について', '購入してよろしいか伺います。')
    const hidden = await draft(clerk, secret, '次のとおり内示する。')
    expect((await clerk.ask('document', { id }))?.sharing.roles).toEqual(['writer'])
    await clerk.done('giveDocument', { id, person: 'other', role: 'writer', to: until, reason: '仕様の記入' })
    await handed(apart, clerk, id)
    apart.carry('clerk', 'other')
    const other = await apart.at('other')
    expect((await other.ask('desk', null)).given.map((one) => one.id)).toEqual([id])
    expect(await other.ask('document', { id })).toMatchObject({ mayWrite: true, acts: [], sharing: { own: { role: 'writer', to: until } } })
    await other.done('setCover', { id, field: 'title', value: '備品の購入について（仕様あり）' })
    const { clientId } = await other.done('openBody', { id })
    await other.done('updateBody', { id, update: typedUpdate('仕様は次のとおり。', clientId) })
    expect(await other.refused('submit', { id, position: 'p-other', decisionClass: 'ko', concurrence: [] })).toMatch(/^NotAllowed/)
    expect(await other.refused('abandon', { id, reason: '不要' })).toMatch(/^NotAllowed/)
    expect(await other.refused('adoptDraft', { id, position: 'p-other', reason: '引継ぎ' })).toBe('NotAllowed role-missing')
    expect(await other.refused('setCover', { id: hidden, field: 'title', value: '書き換え' })).toBe('DocumentMissing')
    await apart.meet({ person: 'other', seat: other }, { person: 'clerk', seat: clerk })
    expect(await titleOf(clerk, id)).toEqual(['備品の購入について（仕様あり）'])
    for (const words of ['仕様は次のとおり。', '購入してよろしいか伺います。']) expect(await bodyOf(clerk, id)).toContain(words)
    expect((await clerk.ask('document', { id }))?.history.filter(({ type, personName }) => type.startsWith('draft.') && personName === '他課 太郎').map(({ type }) => type)).toEqual(['draft.cover', 'draft.body'])

    const [given] = (await clerk.ask('document', { id }))?.sharing.given ?? []
    await clerk.done('takeDocumentBack', { grant: given?.grant ?? '', reason: '記入が終わったため' })
    await apart.meet({ person: 'clerk', seat: clerk }, { person: 'other', seat: other })
    expect(await other.refused('setCover', { id, field: 'title', value: '終わったあとの件名' })).toBe('DocumentMissing')
    expect(await other.refused('updateBody', { id, update: typedUpdate('終わったあとの文。', clientId) })).toBe('DocumentMissing')
    await apart.meet({ person: 'other', seat: other }, { person: 'clerk', seat: clerk })
    expect(await titleOf(clerk, id)).toEqual(['備品の購入について（仕様あり）'])
    expect(await bodyOf(clerk, id)).not.toContain('終わったあとの文')
    expect([...(await clerk.ask('trust', null)).quarantined, ...(await other.ask('trust', null)).quarantined]).toEqual([])
    await clerk.done('submit', { id, position: 'p-clerk', decisionClass: 'ko', concurrence: [] })
    expect((await clerk.ask('document', { id }))?.summary.stage).toBe('in-route')
    expect([...clerk.defects, ...other.defects]).toEqual([])
  })

  it('4.11 AU-93 it begins and ends while the seat is open, by the act and by its last day, and nothing else that is open changes', async () => {
    const apart = await apartOffice(smallTown, ['clerk', 'other'], readFile)
    const id = await submittedApart(apart)
    const hidden = await secretBeside(apart)
    const clerk = await apart.at('clerk')
    apart.carry('clerk', 'other')
    const other = await apart.at('other')
    const { id: own } = await other.done('createDraft', { form: 't1', collection: 'c2', position: 'p-other' })
    const { clientId } = await other.done('openBody', { id: own })
    await other.done('updateBody', { id: own, update: typedUpdate('道路の工事を行う。', clientId) })
    const desks: string[] = []
    const end = other.service.watch('desk', null, ({ given, drafting }) => desks.push(`${given.map(({ title }) => title).join()}/${drafting.length}`))
    const meet = () => apart.meet({ person: 'clerk', seat: clerk }, { person: 'other', seat: other })

    await clerk.done('giveDocument', { id, person: 'other', role: 'reader', to: '2026-10-02', reason: '意見' })
    await handed(apart, clerk, id)
    await meet()
    expect((await other.ask('document', { id }))?.sharing.own).toEqual({ role: 'reader', to: '2026-10-02' })
    expect(await other.done('readPages', { id })).toEqual(await clerk.done('readPages', { id }))
    expect(await other.done('search', { query: '備品' })).toHaveLength(1)
    await expect.poll(() => other.host.commits.at(-1)?.acts.map(({ type }) => type)).toEqual(['document.open'])
    // A second one of the same collection, and that is taken back alone.
    await clerk.done('giveDocument', { id: hidden, person: 'other', role: 'reader', to: until, reason: '意見' })
    await handed(apart, clerk, hidden)
    await meet()
    expect((await other.ask('desk', null)).given.map((one) => one.title).sort()).toEqual([secret, '備品の購入について'].sort())
    const [given] = (await clerk.ask('document', { id: hidden }))?.sharing.given ?? []
    await clerk.done('takeDocumentBack', { grant: given?.grant ?? '', reason: '誤り' })
    await meet()
    expect((await other.ask('desk', null)).given.map((one) => one.id)).toEqual([id])
    expect(await other.ask('document', { id: hidden })).toBe(null)
    expect((await other.ask('document', { id }))?.history.map(({ type }) => type)).toContain('document.open')
    expect((await other.ask('trust', null)).stateHash).toBe((await (await apart.at('other')).ask('trust', null)).stateHash)
    // Its last day is over: the next word from the storage is enough.
    apart.office.clock.advance(2 * 24 * 60 * 60 * 1000)
    await other.service.reached()
    expect((await other.ask('desk', null)).given).toEqual([])
    expect([await other.ask('document', { id }), await other.done('search', { query: '備品' })]).toEqual([null, []])
    expect(await bodyOf(other, own)).toContain('道路の工事を行う。')
    end()
    expect(new Set(desks.map((desk) => desk.split('/')[1]))).toEqual(new Set(['1']))
    expect((await other.ask('trust', null)).quarantined).toEqual([])
    expect([...clerk.defects, ...other.defects]).toEqual([])
  })

  it('4.11 LG-71 without what was handed on nothing of it opens: neither the collection’s wraps nor its books help', async () => {
    const apart = await apartOffice(smallTown, ['clerk', 'other'], readFile)
    const id = await submittedApart(apart)
    const clerk = await apart.at('clerk')
    await clerk.done('giveDocument', { id, person: 'other', role: 'reader', to: until, reason: '意見' })
    const name = await handed(apart, clerk, id)
    const key = clerk.objects.get(name) as Uint8Array
    clerk.objects.delete(name)
    apart.carry('clerk', 'other')
    const other = await apart.at('other')
    expect((await other.ask('desk', null)).given).toEqual([])
    expect(other.notices.map(({ code }) => code)).toContain('vault.waiting')
    const { workspace, genesis } = apart.office.founded
    const [handle, of] = [documentHandle(workspace, id), collectionHandle(genesis, 'c1')]
    for (const one of [documentWrapName(of, handle), wrapBookName(of, handle)]) other.objects.delete(one)
    other.objects.set(name, key)
    await other.service.takeIn()
    expect((await other.ask('desk', null)).given).toHaveLength(1)
  })
})
