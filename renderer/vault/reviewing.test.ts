// The review in the vault: who is shown what, what a look does on every machine, when rights were last used, and giving one.
import { describe, expect, it } from 'vitest'
import type { Grant, TownData } from '@shared/authority/model.ts'
import { createOffice, type Objects } from './testing/memory-office.ts'
import { smallTown } from './testing/small-town.ts'
import { createTestMachine } from './testing/test-machine.ts'
import { openTestSeat, type TestMachine, type TestSeat } from './testing/test-seat.ts'

const machine = (): TestMachine => createTestMachine(async () => new Uint8Array())
const [any] = smallTown.grants as readonly [Grant]
const owner: Grant = { ...any, id: 'owner-c1', person: 'manager', role: 'owner', reviewBy: '2026-12-31' }
const due: Grant = { ...any, id: 'due', person: 'mayor', role: 'records', reviewBy: '2026-09-30' }
const town: TownData = { ...smallTown, grants: [...smallTown.grants, { ...any, id: 'mayor-admin', person: 'mayor', collection: null, role: 'admin' }, owner, due] }

function copy(from: Objects, to: Objects): void {
  for (const [name, bytes] of from) if (!to.has(name)) to.set(name, bytes)
}

async function exchange(...seats: readonly TestSeat[]): Promise<void> {
  for (const from of seats) for (const to of seats) copy(from.objects, to.objects)
  for (const seat of seats) await seat.service.takeIn()
}

async function machines(...people: readonly string[]): Promise<readonly TestSeat[]> {
  const office = await createOffice(town, ['clerk', 'manager', 'mayor', 'other'])
  return Promise.all(people.map((person) => openTestSeat(office, person, office.folder(), machine())))
}

const rowOf = async (seat: TestSeat, grant: string) => (await seat.ask('review', { back: 0 })).rows.find((row) => row.grant === grant)

describe('the review in the vault', () => {
  it('4.12 AU-61 administrators see every right, an owner those on the collection, everybody else their own', async () => {
    const [clerk, manager, other] = (await machines('clerk', 'manager', 'other')) as readonly [TestSeat, TestSeat, TestSeat]
    const seen = async (seat: TestSeat) => (await seat.ask('review', { back: 0 })).rows.map(({ grant }) => grant).sort()
    expect(await seen(clerk)).toEqual(town.grants.map(({ id }) => id).sort())
    expect(await seen(manager)).toEqual(town.grants.filter(({ collection }) => collection === 'c1').map(({ id }) => id).sort())
    expect(await seen(other)).toEqual(['other-writer-c2'])
    expect(await rowOf(manager, 'clerk-writer-c1')).toMatchObject({ isMine: true, owners: ['課長 太郎'], mayKeep: true, mayRemove: true, refusal: null, lesser: ['reader'], outcome: 'open' })
    expect(await rowOf(clerk, 'clerk-writer-c1')).toMatchObject({ isMine: false, mayKeep: false, refusal: 'own-grant' })
    expect(await rowOf(clerk, 'clerk-admin-zero')).toMatchObject({ mayKeep: false, mayRemove: false })
    expect(await rowOf(clerk, 'due')).toMatchObject({ outcome: 'open', overdue: true, lapsesOn: '2026-10-14' })
    expect(await rowOf(other, 'other-writer-c2')).toMatchObject({ isMine: false, mayKeep: false, mayRemove: false, refusal: 'not-reviewer' })
  })

  it('4.12 AU-60 an owner carries rights on and makes them less, an administrator takes one away, and every machine ends with the same', async () => {
    const [clerk, manager] = (await machines('clerk', 'manager')) as readonly [TestSeat, TestSeat]
    await manager.done('reviewGrants', { grants: ['clerk-writer-c1', 'due'], act: { kind: 'keep' }, reason: '' })
    await manager.done('reviewGrants', { grants: ['clerk-records-c1'], act: { kind: 'reduce', role: 'writer', to: '2027-03-31' }, reason: '係長が行うため' })
    // At the same time, apart: kept here and taken away there.
    await clerk.done('reviewGrants', { grants: ['due'], act: { kind: 'remove' }, reason: '兼務の終了' })
    await exchange(clerk, manager)
    for (const seat of [clerk, manager]) {
      expect(await rowOf(seat, 'clerk-writer-c1')).toMatchObject({ outcome: 'kept', by: { name: '課長 太郎' } })
      expect(await rowOf(seat, 'clerk-records-c1')).toMatchObject({ outcome: 'reduced', role: 'writer', to: '2027-03-31', by: { reason: '係長が行うため' } })
      expect(await rowOf(seat, 'due')).toMatchObject({ outcome: 'removed', by: { name: '係員 太郎', reason: '兼務の終了' } })
      expect((await seat.ask('review', { back: 0 })).coverage).toEqual({ due: 10, reviewed: 3 })
    }
    expect(await manager.refused('reviewGrants', { grants: ['due'], act: { kind: 'keep' }, reason: '' })).toBe('GrantGone')
    expect(await manager.refused('reviewGrants', { grants: ['owner-c1'], act: { kind: 'keep' }, reason: '' })).toBe('NotAllowed own-grant')
    expect(await manager.refused('reviewGrants', { grants: ['other-writer-c2'], act: { kind: 'remove' }, reason: '' })).toBe('NotAllowed not-admin')
    expect(await manager.refused('reviewGrants', { grants: [], act: { kind: 'keep' }, reason: '' })).toBe('GrantGone')
  })

  it('4.12 AU-66 a right that was used says when, reading says it of readers alone, and what is not read here says nothing', async () => {
    const [clerk] = (await machines('clerk')) as readonly [TestSeat]
    await clerk.done('createDraft', { form: 't1', collection: 'c1', position: 'p-clerk' })
    await expect.poll(async () => (await clerk.ask('review', { back: 0 })).usesKnown).toBe(true)
    expect(await rowOf(clerk, 'clerk-writer-c1')).toMatchObject({ lastUsed: '2026-10-01', unused: false })
    expect(await rowOf(clerk, 'manager-writer-c1')).toMatchObject({ lastUsed: 'never', unused: true })
    expect(await rowOf(clerk, 'other-writer-c2')).toMatchObject({ lastUsed: 'unseen', unused: false })
  })

  it('4.11 an administrator gives a right with its reason, last day and next look, and is told why not otherwise', async () => {
    const [clerk, mayor] = (await machines('clerk', 'mayor')) as readonly [TestSeat, TestSeat]
    const right = { person: 'other', collection: 'c1', role: 'reader', to: '2027-03-31', reviewBy: '2026-12-01', reason: '合同の工事のため' } as const
    await clerk.done('giveRight', right)
    await exchange(clerk, mayor)
    const given = (await mayor.ask('review', { back: 0 })).rows.find(({ person, role }) => person === 'other' && role === 'reader')
    expect(given).toMatchObject({ place: { name: '総務課の文書' }, reason: '合同の工事のため', from: '2026-10-01', to: '2027-03-31', reviewBy: '2026-12-01', lapsesOn: '2026-12-15', outcome: 'new' })
    expect(await clerk.refused('giveRight', right)).toBe('RightHeld')
    expect(await clerk.refused('giveRight', { ...right, role: 'writer', reviewBy: '2027-04-03' })).toBe('ReviewDateWrong')
    expect(await clerk.refused('giveRight', { ...right, role: 'records', reviewBy: '2027-01-02' })).toBe('ReviewDateWrong')
    expect(await clerk.refused('giveRight', { ...right, role: 'writer', reviewBy: null, to: '2026-09-30' })).toBe('LastDayWrong')
    expect(await clerk.refused('giveRight', { ...right, person: 'manager', collection: 'c2' })).toBe('PlaceNotRead')
    const [manager] = (await machines('manager')) as readonly [TestSeat]
    expect(await manager.refused('giveRight', right)).toBe('RightNotYours')
  })

  it('4.12 AU-67 two administrators change the rules of the review, and every machine holds further looks to them', async () => {
    const [clerk, mayor, manager] = (await machines('clerk', 'mayor', 'manager')) as readonly [TestSeat, TestSeat, TestSeat]
    const { rules: before } = await clerk.ask('review', { back: 0 })
    const pair = { id: '', roles: ['records', 'owner'] as const, within: 'town' as const, reason: '管理と点検', reasonEn: 'keeps and reviews' }
    const values = { ...before, usual: 60, pairs: [...before.pairs, pair] }
    expect(await manager.refused('changeReviewRules', { values, reason: '決まり' })).toBe('NotAllowed not-admin')
    expect(await clerk.refused('changeReviewRules', { values: { ...values, usual: 10 }, reason: '決まり' })).toBe('PolicyOutOfRange')
    expect(await clerk.refused('changeReviewRules', { values: before, reason: '決まり' })).toBe('PolicySame')
    await clerk.done('changeReviewRules', { values, reason: '要綱第3条' })
    expect((await clerk.ask('review', { back: 0 })).rules).toEqual(before)
    await exchange(clerk, mayor, manager)
    const [proposal] = (await mayor.ask('trust', null)).proposals
    expect(proposal).toMatchObject({ kind: 'change-review', reason: '要綱第3条', changes: [{ kind: 'review', field: 'usual', before: before.usual, after: 60, isLooser: false }, { kind: 'review-pair', roles: ['records', 'owner'], within: 'town', isLooser: false }] })
    await mayor.done('voteFor', { proposal: proposal?.id ?? '' })
    await exchange(clerk, mayor, manager)
    for (const seat of [clerk, mayor, manager]) {
      const { rules, mayChange, alone } = await seat.ask('review', { back: 0 })
      expect([rules.usual, rules.close, rules.pairs.at(-1)?.roles, mayChange, alone]).toEqual([60, before.close, ['records', 'owner'], seat !== manager, false])
    }
    expect((await manager.ask('review', { back: 0 })).latest).toMatchObject({ reader: '2026-11-30', records: '2027-01-01' })
    const right = { person: 'other', collection: 'c1', role: 'reader' as const, to: null, reason: '応援' }
    expect(await clerk.refused('giveRight', { ...right, reviewBy: '2026-12-01' })).toBe('ReviewDateWrong')
    await clerk.done('giveRight', { ...right, reviewBy: '2026-11-30' })
  })
})
