// Two administrators in the vault: what one proposes waits for the other; a removed seat has no effect behind its cut on any machine,
// and nothing that was drafted is lost.
import { describe, expect, it } from 'vitest'
import { alwaysConfirmed, groupsOf } from '@shared/authority/confirmed-acts.ts'
import type { TownData } from '@shared/authority/model.ts'
import { usualThresholds } from '@shared/posture/checks/model.ts'
import { createOffice, type Objects } from './testing/memory-office.ts'
import { smallTown } from './testing/small-town.ts'
import { createTestMachine } from './testing/test-machine.ts'
import { openTestSeat, type TestMachine, type TestSeat } from './testing/test-seat.ts'
import { typedUpdate } from './testing/typing.ts'

const machine = (): TestMachine => createTestMachine(async () => new Uint8Array())
const always = groupsOf(alwaysConfirmed)
const [admin] = smallTown.grants.filter(({ role }) => role === 'admin')
const twoAdmins: TownData = { ...smallTown, grants: [...smallTown.grants, { ...(admin as NonNullable<typeof admin>), id: 'mayor-admin', person: 'mayor' }] }

function copy(from: Objects, to: Objects): void {
  for (const [name, bytes] of from) if (!to.has(name)) to.set(name, bytes)
}

async function exchange(...seats: readonly TestSeat[]): Promise<void> {
  for (const from of seats) for (const to of seats) copy(from.objects, to.objects)
  for (const seat of seats) await seat.service.takeIn()
}

async function machines(town: TownData, ...people: readonly string[]): Promise<readonly TestSeat[]> {
  const office = await createOffice(town, ['clerk', 'manager', 'mayor', 'other'])
  return Promise.all(people.map((person) => openTestSeat(office, person, office.folder(), machine())))
}

describe('administrators', () => {
  it('3.1 one proposes, the other agrees, and only then is there one more', async () => {
    const [clerk, mayor] = (await machines(twoAdmins, 'clerk', 'mayor')) as readonly [TestSeat, TestSeat]
    expect((await clerk.ask('town', null)).trial).toBe(false)
    await clerk.done('proposeAdmin', { person: 'manager', reason: '情報担当' })
    await exchange(clerk, mayor)
    const [proposal] = (await mayor.ask('trust', null)).proposals
    expect(proposal).toMatchObject({ kind: 'add-admin', subject: '課長 太郎', proposer: '係員 太郎', voices: ['係員 太郎'], mayVote: true, reason: '情報担当' })
    expect((await clerk.ask('trust', null)).proposals).toMatchObject([{ mayVote: false }])
    const names = async (seat: TestSeat) => (await seat.ask('trust', null)).administrators.map(({ person }) => person)
    expect(await names(clerk)).toEqual(['clerk', 'mayor'])
    await mayor.done('voteFor', { proposal: proposal?.id ?? '' })
    await exchange(clerk, mayor)
    for (const seat of [clerk, mayor]) {
      expect(await names(seat)).toEqual(['clerk', 'manager', 'mayor'])
      expect((await seat.ask('trust', null)).proposals).toEqual([])
    }
    expect(await mayor.refused('voteFor', { proposal: proposal?.id ?? '' })).toBe('ProposalGone')
  })

  it('3.1 AU-11 AU-13 stricter rules hold by one voice, looser ones wait for the other, and a proposal can be taken back by its author alone', async () => {
    const [clerk, mayor] = (await machines(twoAdmins, 'clerk', 'mayor')) as readonly [TestSeat, TestSeat]
    const policy = async (seat: TestSeat) => (await seat.ask('trust', null)).policy
    expect(await policy(clerk)).toEqual({ idleLockMinutes: 10, sessionHours: 12, recoveryHours: 72, silentHours: 24, witnessHours: null, policyLagHours: null, contactDays: null, massDocuments: 200, ...usualThresholds, confirmed: always, asked: [], own: [] })
    const strict = { idleLockMinutes: 5, sessionHours: 12, recoveryHours: 96, silentHours: 24, witnessHours: 48, policyLagHours: 72, contactDays: 30, massDocuments: 200, ...usualThresholds, confirmed: [...always, 'file'], asked: [], own: [] } as const
    await clerk.done('changePolicy', { values: strict, reason: '窓口に人が多いため' })
    await exchange(clerk, mayor)
    for (const seat of [clerk, mayor]) expect(await policy(seat)).toEqual(strict)
    expect(await clerk.refused('changePolicy', { values: strict, reason: '同じ' })).toBe('PolicySame')
    expect(await clerk.refused('changePolicy', { values: { ...strict, sessionHours: 13 }, reason: '長すぎ' })).toBe('PolicyOutOfRange')
    expect(await clerk.refused('changePolicy', { values: { ...strict, confirmed: ['file'] }, reason: '手間' })).toBe('PolicyAlways')
    expect(await clerk.refused('changePolicy', { values: { ...strict, sessionHours: 11, witnessHours: 24, idleLockMinutes: 30 }, reason: '両方' })).toBe('PolicyMixed')

    const loose = { ...strict, idleLockMinutes: 15, recoveryHours: 48, witnessHours: null, confirmed: always }
    await clerk.done('changePolicy', { values: loose, reason: '会議のため' })
    await exchange(clerk, mayor)
    const [seen] = (await mayor.ask('trust', null)).proposals
    expect(seen).toMatchObject({ kind: 'change-policy', reason: '会議のため', mayVote: true, mayWithdraw: false, changes: [
      { kind: 'value', field: 'idleLockMinutes', before: 5, after: 15, isLooser: true },
      { kind: 'value', field: 'recoveryHours', before: 96, after: 48, isLooser: true },
      { kind: 'value', field: 'witnessHours', before: 48, after: null, isLooser: true },
      { kind: 'confirmed', acts: 'file', isLooser: true },
    ] })
    expect(await policy(mayor)).toEqual(strict)
    expect(await mayor.refused('withdrawProposal', { proposal: seen?.id ?? '' })).toBe('ProposalGone')
    expect((await clerk.ask('trust', null)).proposals).toMatchObject([{ mayVote: false, mayWithdraw: true }])
    await clerk.done('withdrawProposal', { proposal: seen?.id ?? '' })
    await exchange(clerk, mayor)
    expect((await mayor.ask('trust', null)).proposals).toEqual([])
    expect(await mayor.refused('voteFor', { proposal: seen?.id ?? '' })).toBe('ProposalGone')

    await mayor.done('changePolicy', { values: loose, reason: 'もう一度' })
    await exchange(clerk, mayor)
    const [again] = (await clerk.ask('trust', null)).proposals
    await clerk.done('voteFor', { proposal: again?.id ?? '' })
    await exchange(clerk, mayor)
    for (const seat of [clerk, mayor]) expect(await policy(seat)).toEqual(loose)
  })

  it('3.1 the only administrator decides alone, which is called a trial, until there are two', async () => {
    const [clerk] = (await machines(smallTown, 'clerk')) as readonly [TestSeat]
    expect((await clerk.ask('town', null)).trial).toBe(true)
    await clerk.done('proposeAdmin', { person: 'mayor', reason: '二人目' })
    const trust = await clerk.ask('trust', null)
    expect(trust.administrators.map(({ person }) => person)).toEqual(['clerk', 'mayor'])
    expect((await clerk.ask('town', null)).trial).toBe(false)
    await clerk.done('proposeAdmin', { person: 'manager', reason: '三人目' })
    expect((await clerk.ask('trust', null)).proposals).toMatchObject([{ kind: 'add-admin', subject: '課長 太郎' }])
  })

  it('3.1 JU-17 F13 F14 a removed seat has no effect behind its cut on any machine, and its drafts stay to be gone on with', async () => {
    const [clerk, manager] = (await machines(smallTown, 'clerk', 'manager')) as readonly [TestSeat, TestSeat]
    const { id } = await clerk.done('createDraft', { form: 't1', collection: 'c1', position: 'p-clerk' })
    await exchange(clerk, manager)
    await manager.done('setCover', { id, field: 'title', value: '切る前の件名' })
    const { id: own } = await manager.done('createDraft', { form: 't1', collection: 'c1', position: 'p-manager' })
    await exchange(clerk, manager)
    const lost = (await clerk.ask('trust', null)).seats.find(({ name }) => name === '課長 太郎')?.seat ?? ''
    await clerk.done('removeSeat', { seat: lost, reason: '端末の紛失' })
    await manager.done('setCover', { id: own, field: 'title', value: '切った後の起案' })
    await manager.done('updateBody', { id, update: typedUpdate('切った後に書いた文') })
    await manager.done('abandon', { id: own, reason: '切った後の廃案' })
    expect((await manager.ask('document', { id: own }))?.summary.stage).toBe('abandoned')
    await exchange(clerk, manager)

    const [mine, theirs] = [await clerk.ask('trust', null), await manager.ask('trust', null)]
    expect(mine.stateHash).toBe(theirs.stateHash)
    expect(mine.seats.map(({ seat }) => seat)).not.toContain(lost)
    for (const seat of [clerk, manager]) {
      const view = await seat.ask('document', { id })
      expect(view?.summary.stage).toBe('draft')
      expect(view?.cover.find(({ field }) => field === 'title')?.values).toEqual(['切る前の件名'])
      const held = await seat.ask('document', { id: own })
      expect(held?.summary.stage).toBe('draft')
      expect(held?.history.filter(({ hasEffect }) => !hasEffect).map(({ type }) => type)).toEqual(['draft.abandon'])
    }
    expect(await manager.refused('setCover', { id, field: 'title', value: '知った後' })).toContain('seat-removed')
    await clerk.done('setCover', { id: own, field: 'title', value: '引き継いだ起案' })
    expect((await clerk.ask('document', { id: own }))?.cover.find(({ field }) => field === 'title')?.values).toEqual(['引き継いだ起案'])
  })
})
