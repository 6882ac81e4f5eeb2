import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDoor } from '@shared/judge/door.ts'
import { createMemoryView } from '@shared/judge/memory-view.ts'
import { rulesOf } from '@shared/document/rules.ts'
import type { LogEvent } from '@shared/log/event.ts'
import { documentHandle, sessionName } from '@shared/log/names.ts'
import { sealEvents } from '@shared/log/seal-events.ts'
import * as Y from 'yjs'
import { bodyToJson, bodyToText } from './body-json.ts'
import { rowsOf } from './document-rows.ts'
import { createKeyRing } from './key-ring.ts'
import { createMemoryHost } from './testing/memory-host.ts'
import { createOffice, unlockSeat, type Objects, type Office, type UnlockedSeat } from './testing/memory-office.ts'
import { smallTown } from './testing/small-town.ts'
import { createTestMachine } from './testing/test-machine.ts'
import { openTestSeat, type TestMachine } from './testing/test-seat.ts'
import { typedUpdate } from './testing/typing.ts'

const machine = (): TestMachine => createTestMachine(async () => new Uint8Array())

/** Two people at two machines write side by side; each folder holds only its own objects and the founding. */
async function twoMachines() {
  const office = await createOffice(smallTown, ['clerk', 'manager', 'mayor', 'other'])
  const [a, b] = [office.folder(), office.folder()]
  const clerk = await openTestSeat(office, 'clerk', a, machine())
  const { id } = await clerk.done('createDraft', { form: 't1', collection: 'c1', position: 'p-clerk' })
  copy(a, b)
  const manager = await openTestSeat(office, 'manager', b, machine())
  await clerk.done('setCover', { id, field: 'title', value: '甲案' })
  await manager.done('setCover', { id, field: 'title', value: '乙案' })
  await clerk.done('updateBody', { id, update: typedUpdate('朝の文') })
  await manager.done('updateBody', { id, update: typedUpdate('夕の文') })
  await manager.done('createDraft', { form: 't1', collection: 'c1', position: 'p-manager' })
  return { office, a, b, doc: id, clerk, manager }
}

function copy(from: Objects, to: Objects): void {
  for (const [name, bytes] of from) if (!to.has(name)) to.set(name, bytes)
}

/** A fresh replica of the clerk's that admits the named segments in this order, again and again until nothing moves. */
async function replay({ crypto }: Office, objects: Objects, { open }: UnlockedSeat, names: readonly string[]) {
  const keys = await createKeyRing({ crypto, open, object: async (name) => objects.get(name) ?? null })
  const view = createMemoryView()
  const rules = rulesOf(smallTown.decisionTables)
  const door = createDoor({
    host: crypto, workspace: open.workspace, genesis: open.genesis, keys, view,
    session: async (hash) => objects.get(sessionName(hash)) ?? null,
    candidates: async () => [],
    rowsOf: (_collection, doc, events) => rowsOf(doc, events, rules),
  })
  let waiting = [...names]
  for (let moved = true; moved; ) {
    moved = false
    const later: string[] = []
    for (const name of waiting) {
      const { outcome } = await door.admit(name, objects.get(name) as Uint8Array)
      if (outcome === 'waiting') later.push(name)
      else moved = true
    }
    waiting = later
  }
  return { hash: await view.stateHash(), left: waiting.length, quarantined: await view.quarantined() }
}

describe('replicas', () => {
  it('2.6f two profiles that copy each other’s objects converge to the same state hash, and show what differs', async () => {
    const { a, b, doc, clerk, manager } = await twoMachines()
    const hashes = async () => Promise.all([clerk, manager].map(async (seat) => (await seat.ask('trust', null)).stateHash))
    expect(new Set(await hashes()).size).toBe(2)
    copy(a, b)
    copy(b, a)
    await Promise.all([clerk.service.takeIn(), manager.service.takeIn()])
    const [mine, theirs] = await hashes()
    expect(mine).toBe(theirs)
    for (const seat of [clerk, manager]) {
      const view = await seat.ask('document', { id: doc })
      expect(view?.cover.find(({ field }) => field === 'title')?.values.toSorted()).toEqual(['乙案', '甲案'])
      expect(await seat.refused('submit', { id: doc, position: seat === clerk ? 'p-clerk' : 'p-manager', decisionClass: 'hei', concurrence: [] })).toMatch(/CoverIncomplete|NotAllowed/)
      const { state } = await seat.done('openBody', { id: doc })
      expect(textOf(state)).toEqual(['夕の文', '朝の文'])
      expect((await seat.ask('trust', null)).quarantined).toEqual([])
    }
  })

  it('3.9 both are told whose value is whose and with whom the draft was put together; one of them chooses, and the text holds both', async () => {
    const { a, b, doc, clerk, manager } = await twoMachines()
    copy(a, b)
    copy(b, a)
    await Promise.all([clerk.service.takeIn(), manager.service.takeIn()])
    for (const [seat, other] of [[clerk, '課長 太郎'], [manager, '係員 太郎']] as const) {
      const view = await seat.ask('document', { id: doc })
      const title = view?.cover.find(({ field }) => field === 'title')
      expect(new Map(title?.values.map((value, at) => [value, title.by[at]?.names]))).toEqual(new Map([['甲案', ['係員 太郎']], ['乙案', ['課長 太郎']]]))
      expect(view?.together.map(({ name, isSelf }) => [name, isSelf])).toEqual([[other, false]])
      expect((await seat.ask('desk', null)).drafting.find(({ id }) => id === doc)).toMatchObject({ mergedHere: true, alsoBy: [other] })
      expect(view?.acts.find(({ act }) => act === 'submit')?.allowed ?? false).toBe(false)
    }
    await manager.done('setCover', { id: doc, field: 'title', value: '甲案' })
    copy(b, a)
    await clerk.service.takeIn()
    const view = await clerk.ask('document', { id: doc })
    expect(view?.cover.find(({ field }) => field === 'title')).toEqual({ field: 'title', values: ['甲案'], by: [] })
    expect(view?.acts.find(({ act }) => act === 'submit')?.allowed).toBe(true)
    expect(textOf((await clerk.done('openBody', { id: doc })).state)).toEqual(['夕の文', '朝の文'])
  })

  it('3.9 a text that a colleague’s machine wrote in the clerk’s name is kept and shown at both machines, and is in no text', async () => {
    const { office, a, b, doc, clerk, manager } = await twoMachines()
    copy(a, b)
    copy(b, a)
    await Promise.all([clerk.service.takeIn(), manager.service.takeIn()])
    const { clientId } = await clerk.done('openBody', { id: doc })
    expect(await manager.refused('updateBody', { id: doc, update: typedUpdate('偽の文', clientId) })).toBe('UpdateNotOwn')
    const seat = await unlockSeat(office, b, 'manager')
    const keys = await createKeyRing({ crypto: office.crypto, open: seat.open, object: async (name) => b.get(name) ?? null })
    const key = await keys.documentKey('c1', documentHandle(seat.open.workspace, doc))
    if (typeof key === 'string') throw new Error('the manager may read the draft')
    const { lane, workspace, person } = seat.open
    const clerkLane = (await unlockSeat(office, a, 'clerk')).open.lane
    const seq = Math.max(...[...b.keys()].filter((name) => name.startsWith('j/') && name.includes(`/${lane}/`) && b.has(name)).map((name) => Number(name.slice(-8)))) + 1
    const hlc = { ms: office.clock.now() + 1000, n: 0 }
    const forged: LogEvent = { v: 1, type: 'draft.body', doc, deps: [], hlc, at: '2026-10-01T00:00:00.000Z', person, position: null, body: { update: typedUpdate('偽の文', clientId) }, salt: new Uint8Array(16) }
    const sealed = await sealEvents(office.crypto, { workspace, collection: 'c1', lane, seq }, [forged], () => key)
    const signed = await createMemoryHost(office, b, seat).journal.commit({ collection: 'c1', seq, hlc, authority: { [clerkLane]: 1 }, epoch: 0, acts: sealed.acts.map((act) => ({ ...act })), events: [...sealed.events] })
    expect(signed.ok).toBe(true)
    copy(b, a)
    await Promise.all([clerk.service.takeIn(), manager.service.takeIn()])
    for (const { ask, done } of [clerk, manager]) {
      expect((await ask('trust', null)).quarantined).toEqual([])
      expect((await ask('document', { id: doc }))?.conflicts).toEqual([{ code: 'conflict.text-not-own', facts: expect.objectContaining({ person: '課長 太郎' }) }])
      expect(textOf((await done('openBody', { id: doc })).state)).toEqual(['夕の文', '朝の文'])
    }
  })

  it('2.6e segments of several lanes give the same state hash in any order of arrival', async () => {
    const { office, a, b } = await twoMachines()
    copy(b, a)
    const seat = await unlockSeat(office, a, 'clerk')
    const names = [...a.keys()].filter((name) => name.startsWith('j/')).toSorted()
    const expected = await replay(office, a, seat, names)
    expect([expected.left, expected.quarantined]).toEqual([0, []])
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(names, { minLength: names.length }), async (order) => {
        expect(await replay(office, a, seat, order)).toEqual(expected)
      }),
      { seed: 26, numRuns: 12 },
    )
  })

  it('2.7 a page that declares a draft and seals an approval is found out at the door, here and everywhere', async () => {
    const office = await createOffice(smallTown, ['clerk', 'manager', 'mayor', 'other'])
    const folder = office.folder()
    const seat = await unlockSeat(office, folder, 'clerk')
    const host = createMemoryHost(office, folder, seat)
    const honest = await openTestSeat(office, 'clerk', folder, machine())
    const { id } = await honest.done('createDraft', { form: 't1', collection: 'c1', position: 'p-clerk' })
    const keys = await createKeyRing({ crypto: office.crypto, open: seat.open, object: async (name) => folder.get(name) ?? null })
    const key = await keys.documentKey('c1', documentHandle(seat.open.workspace, id))
    if (typeof key === 'string') throw new Error('the clerk may read the draft')
    const { lane, workspace, person } = seat.open
    const place = { workspace, collection: 'c1', lane, seq: 2 }
    const hlc = { ms: office.clock.now(), n: 0 }
    const lie: LogEvent = { v: 1, type: 'decision.approve', doc: id, deps: [], hlc, at: '2026-10-01T00:00:00.000Z', person, position: 'p-clerk', body: { revision: 'a'.repeat(64), step: '1', comment: '' }, salt: new Uint8Array(16) }
    const sealed = await sealEvents(office.crypto, place, [lie], () => key)
    const acts = sealed.acts.map((act) => ({ ...act, type: 'draft.cover' }))
    const signed = await host.journal.commit({ collection: 'c1', seq: 2, hlc, authority: { [lane]: 1 }, epoch: 0, acts, events: [...sealed.events] })
    expect(signed.ok).toBe(true)

    const manager = await openTestSeat(office, 'manager', folder, machine())
    const trust = await manager.ask('trust', null)
    expect(trust.quarantined).toEqual([{ code: 'acts-differ', facts: { lane, seq: 2 } }])
    expect((await manager.ask('document', { id }))?.summary.stage).toBe('draft')
    expect((await manager.ask('document', { id }))?.history.map(({ type }) => type)).not.toContain('decision.approve')
    const audited = async () => (await honest.ask('audit', { person: null, device: null, group: 'all', from: null, to: null, words: '' })).rows.filter(({ counts }) => counts === 'no')
    await honest.service.takeIn()
    await expect.poll(audited).toMatchObject([{ type: 'draft.cover', personName: '係員 太郎', positionTitle: 'unread', why: [{ area: 'reason', code: 'acts-differ' }] }])
  })
})

function textOf(state: Uint8Array): readonly string[] {
  const text = new Y.Doc()
  Y.applyUpdateV2(text, state)
  return bodyToText(bodyToJson(text)).split('\n').toSorted()
}
