// One check of one device, excused by two administrators until a day and ended by one, on every machine alike; and how long acts can still be
// done without a connection.
import { describe, expect, it } from 'vitest'
import type { DevicePolicy, TownData } from '@shared/authority/model.ts'
import { standardRules } from '@shared/authority/standard-rules.ts'
import { createOffice, type Objects } from './testing/memory-office.ts'
import { smallTown } from './testing/small-town.ts'
import { createTestMachine } from './testing/test-machine.ts'
import { openTestSeat, type TestSeat } from './testing/test-seat.ts'

const machine = () => createTestMachine(async () => new Uint8Array())
const [admin] = smallTown.grants.filter(({ role }) => role === 'admin')
const twoAdmins: TownData = { ...smallTown, grants: [...smallTown.grants, { ...(admin as NonNullable<typeof admin>), id: 'mayor-admin', person: 'mayor' }] }

async function exchange(...seats: readonly TestSeat[]): Promise<void> {
  const copy = (from: Objects, to: Objects): void => {
    for (const [name, bytes] of from) if (!to.has(name)) to.set(name, bytes)
  }
  for (const from of seats) for (const to of seats) copy(from.objects, to.objects)
  for (const seat of seats) await seat.service.takeIn()
}

async function seatsOf(town: TownData, ...people: readonly string[]): Promise<readonly TestSeat[]> {
  const office = await createOffice(town, ['clerk', 'manager', 'mayor', 'other'])
  return Promise.all(people.map((person) => openTestSeat(office, person, office.folder(), machine())))
}

describe('4.7 excusing a check of a device', () => {
  it('4.7 AU-23 waits for the second voice, holds to its day, and is ended by one', async () => {
    const [clerk, mayor] = (await seatsOf(twoAdmins, 'clerk', 'mayor')) as [TestSeat, TestSeat]
    const excuses = async (seat: TestSeat) => (await seat.ask('trust', null)).excuses.map(({ id: _id, ...row }) => row)
    const [device] = (await clerk.ask('trust', null)).devices
    expect(device?.people.length).toBeGreaterThan(0)
    const wanted = { device: device?.device ?? '', check: 'fw.on', days: 7, reason: '部品を待つあいだ' } as const
    for (const [over, failure] of [[{ device: 'nowhere' }, 'DeviceUnknown'], [{ days: 31 }, 'ExcuseTooLong'], [{ days: 0 }, 'ExcuseTooLong'], [{ days: 1.5 }, 'ExcuseTooLong']] as const) expect([over, await clerk.refused('excuseCheck', { ...wanted, ...over })]).toEqual([over, failure])
    await clerk.done('excuseCheck', wanted)
    await exchange(clerk, mayor)
    const [proposal] = (await mayor.ask('trust', null)).proposals
    expect([proposal?.kind, proposal?.reason, proposal?.changes]).toEqual(['excuse-check', wanted.reason, [{ kind: 'excused', device: wanted.device, check: 'fw.on', from: expect.any(String), to: expect.any(String), isLooser: true }]])
    expect(await excuses(mayor)).toEqual([])
    await mayor.done('voteFor', { proposal: proposal?.id ?? '' })
    await exchange(clerk, mayor)
    for (const seat of [clerk, mayor]) expect(await excuses(seat)).toMatchObject([{ device: wanted.device, check: 'fw.on', reason: wanted.reason }])
    expect(await clerk.refused('excuseCheck', wanted)).toBe('ExcuseThere')
    const id = (await mayor.ask('trust', null)).excuses[0]?.id ?? ''
    await mayor.done('endExcuse', { excuse: id, reason: '直った' })
    await exchange(clerk, mayor)
    for (const seat of [clerk, mayor]) expect(await excuses(seat)).toEqual([])
    expect(await clerk.refused('endExcuse', { excuse: id, reason: 'もう一度' })).toBe('ExcuseGone')
  })

  it('4.7 AU-23 is no matter of anybody but administrators', async () => {
    const [other] = (await seatsOf(twoAdmins, 'other')) as [TestSeat]
    const [device] = (await other.ask('trust', null)).devices
    expect(await other.refused('excuseCheck', { device: device?.device ?? '', check: 'fw.on', days: 7, reason: '自分で' })).toBe('NotAllowed not-admin')
  })
})

it('4.10 PO-40 says of what a person may do how long they can, and nothing of the rest', async () => {
  const policies = smallTown.policies.map((policy): DevicePolicy => ({ ...policy, rules: [standardRules.signedIn] }))
  const [mayor, other] = (await seatsOf({ ...smallTown, policies }, 'mayor', 'other')) as [TestSeat, TestSeat]
  const rows = async (seat: TestSeat) => (await seat.ask('leases', { minute: 0 })).map(({ act, until, runsOut }) => [act, until === null, runsOut])
  expect((await rows(mayor)).find(([act]) => act === 'decide')).toEqual(['decide', false, 'sign-in'])
  expect((await rows(mayor)).find(([act]) => act === 'draft')).toEqual(['draft', true, null])
  expect((await rows(other)).length).toBeLessThanOrEqual((await rows(mayor)).length)
})
