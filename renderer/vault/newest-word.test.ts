// Where the town asks how new the rules are that somebody acts on: who says so, when, and what happens to who hears of nobody.
import { describe, expect, it } from 'vitest'
import type { TownData } from '@shared/authority/model.ts'
import { createOffice, type Objects } from './testing/memory-office.ts'
import { smallTown } from './testing/small-town.ts'
import { createTestMachine } from './testing/test-machine.ts'
import { openTestSeat, type TestSeat } from './testing/test-seat.ts'

const hour = 3_600_000
const asking: TownData = { ...smallTown, policies: smallTown.policies.map((policy) => ({ ...policy, policyLagHours: 24, contactDays: 30 })) }
const machine = () => createTestMachine(async () => new Uint8Array())

async function exchange(...seats: readonly TestSeat[]): Promise<void> {
  const copy = (from: Objects, to: Objects): void => {
    for (const [name, bytes] of from) if (!to.has(name)) to.set(name, bytes)
  }
  for (const from of seats) for (const to of seats) copy(from.objects, to.objects)
  for (const seat of seats) await seat.service.takeIn()
}

const said = ({ host }: TestSeat): number => host.commits.flatMap(({ acts }) => acts).filter(({ type }) => type === 'authority.current').length
const rules = async (seat: TestSeat, act: string) => (await seat.ask('leases', { minute: 0 })).find((row) => row.act === act)

describe('4.10 the word that the rules are the newest', () => {
  it('4.10 AU-71 is said by whoever reached the storage, once, and by nobody who did not or need not', async () => {
    const office = await createOffice(asking, ['clerk', 'manager', 'mayor'])
    const open = (person: string) => openTestSeat(office, person, office.folder(), machine())
    const [clerk, manager, mayor] = [await open('clerk'), await open('manager'), await open('mayor')]
    for (const seat of [clerk, manager, mayor]) await seat.service.reached()
    expect([clerk, manager, mayor].map(said)).toEqual([0, 0, 0])
    // The founding is the clerk's own word.
    clerk.host.reached(office.clock.now())
    await clerk.service.reached()
    manager.host.reached(office.clock.now() - 2 * hour)
    await manager.service.reached()
    expect([clerk, manager].map(said)).toEqual([0, 0])
    manager.host.reached(office.clock.now())
    await manager.service.reached()
    await manager.service.reached()
    expect(said(manager)).toBe(1)
    await exchange(clerk, manager, mayor)
    mayor.host.reached(office.clock.now())
    await mayor.service.reached()
    expect([clerk, manager, mayor].map(said)).toEqual([0, 1, 0])
    const heard = await rules(clerk, 'export')
    expect([heard?.runsOut, (heard?.until ?? 0) - (heard?.from ?? 0)]).toEqual(['rules', 24 * hour])
    expect((await rules(clerk, 'draft'))?.until).toBeNull()
  })

  it('4.14 PO-50 nothing counts down where every seat is at this machine', async () => {
    const office = await createOffice(asking, ['clerk', 'manager'])
    const clerk = await openTestSeat(office, 'clerk', office.folder(), machine())
    clerk.host.reached(office.clock.now() - 16 * 24 * hour)
    await clerk.service.reached()
    expect(await rules(clerk, 'open')).toBeUndefined()
  })
})
