// A machine that was put back to an earlier day, and a record of it that lies nowhere any more: what everybody sees, and how its person goes on.
import { describe, expect, it } from 'vitest'
import type { TrustView } from '../services/trust-models.ts'
import { createOffice, type Objects } from './testing/memory-office.ts'
import { smallTown } from './testing/small-town.ts'
import { createTestMachine } from './testing/test-machine.ts'
import { openTestSeat, type TestSeat } from './testing/test-seat.ts'
import { bodyOf, draft, inNewLane, stateHash, titleOf } from './testing/typed-drafts.ts'

const machine = () => createTestMachine(async () => new Uint8Array())

async function carry(from: TestSeat, to: TestSeat, isLost: (name: string) => boolean = () => false): Promise<void> {
  for (const [name, bytes] of from.objects) if (!to.objects.has(name) && !isLost(name)) to.objects.set(name, bytes)
  await to.service.takeIn()
}

describe('a machine that was put back, of which a record is nowhere', () => {
  it('3.14 JU-39 what waits for it is said, and is whole again on every machine when its person enters it anew with the PIN', async () => {
    const office = await createOffice(smallTown, ['clerk', 'manager', 'mayor'])
    const disk: Objects = office.folder()
    const clerk = await openTestSeat(office, 'clerk', disk, machine())
    const manager = await openTestSeat(office, 'manager', office.folder(), machine())
    const first = await draft(clerk, '前の文書', '前に書いた文')
    await carry(clerk, manager)
    const earlier = new Map(disk)
    await clerk.done('setCover', { id: first, field: 'title', value: '失われる件名' })
    const lane = [...disk.keys()].filter((name) => name.startsWith('j/') && !earlier.has(name))
    expect(lane).toHaveLength(1)
    const lost = lane[0] as string
    const second = await draft(clerk, '後の文書', '後で書いた文')
    await carry(clerk, manager, (name) => name === lost)
    expect(await titleOf(manager, second)).toBeNull()

    // Put back; what others have comes again.
    const put = office.folder()
    for (const [name, bytes] of earlier) put.set(name, bytes)
    const again = await openTestSeat(inNewLane(office, 'clerk', 'second'), 'clerk', put, machine())
    // Whoever looks while records are on their way is shown what waits once they are there.
    const watched: TrustView[] = []
    again.service.watch('trust', null, (value) => watched.push(value))
    await carry(manager, again)
    await again.ask('trust', null)
    const waiting = await again.ask('trust', null)
    expect([waiting.lost, waiting.twofold]).toEqual([{ waiting: [...disk.keys()].filter((name) => name.startsWith(lost.slice(0, lost.lastIndexOf('/'))) && name > lost).length, unproven: 0 }, []])
    expect((await manager.ask('trust', null)).lost).toEqual({ waiting: 0, unproven: 0 })
    expect(watched.at(-1)?.lost).toEqual(waiting.lost)
    again.host.refuseNext()
    expect(await again.refused('leaveLost', null)).toBe('ConsentCancelled')
    expect((await again.ask('trust', null)).lost).toEqual(waiting.lost)

    expect((await again.done('leaveLost', null)).acts).toBe(3)
    expect(again.notices.map(({ code }) => code)).toContain('vault.left')
    await carry(again, manager)
    for (const seat of [again, manager]) {
      expect([await titleOf(seat, first), await titleOf(seat, second), await bodyOf(seat, second)]).toEqual([['前の文書'], ['後の文書'], '後で書いた文'])
      const trust = await seat.ask('trust', null)
      expect([trust.lost, trust.twofold.map(({ why, held, adoptable }) => [why, held, adoptable])]).toEqual([{ waiting: 0, unproven: 0 }, [['left', 0, 0]]])
    }
    expect(await stateHash(manager)).toBe(await stateHash(again))
    // What was lost turns up after all, on a stick: it is kept, and nothing else changes.
    again.objects.set(lost, disk.get(lost) as Uint8Array)
    await again.service.takeIn()
    await carry(again, manager)
    for (const seat of [again, manager]) expect([await titleOf(seat, first), (await seat.ask('trust', null)).twofold.map(({ held, adoptable }) => [held, adoptable])]).toEqual([['前の文書'], [[1, seat === again ? 1 : 0]]])
    const fresh = await openTestSeat(office, 'manager', manager.objects, machine())
    expect(await stateHash(fresh)).toBe(await stateHash(manager))
    expect([...clerk.defects, ...again.defects, ...manager.defects, ...fresh.defects]).toEqual([])
  })

  it('3.14 JU-39 what nobody can prove any more, because what its session rests on was lost too, is said to be lost and is never brought again', async () => {
    const office = await createOffice(smallTown, ['clerk', 'manager', 'mayor'])
    const disk: Objects = office.folder()
    const first = await draft(await openTestSeat(office, 'clerk', disk, machine()), '前の文書', '前に書いた文')
    const earlier = new Map(disk)
    const clerk = await openTestSeat(office, 'clerk', disk, machine())
    await clerk.done('setCover', { id: first, field: 'title', value: '失われる件名' })
    const lost = [...disk.keys()].filter((name) => !earlier.has(name))
    expect(lost.map((name) => name.slice(0, 2)).sort()).toEqual(['c/', 'j/'])
    await draft(clerk, '後の文書', '後で書いた文')
    const put = office.folder()
    for (const [name, bytes] of earlier) put.set(name, bytes)
    const again = await openTestSeat(inNewLane(office, 'clerk', 'second'), 'clerk', put, machine())
    await carry(clerk, again, (name) => lost.includes(name))
    const { lost: told } = await again.ask('trust', null)
    expect(told.waiting).toBeGreaterThan(0)
    expect(await again.done('leaveLost', null)).toEqual({ acts: 0 })
    expect((await again.ask('trust', null)).lost).toEqual({ waiting: 0, unproven: told.waiting })
    expect([...clerk.defects, ...again.defects]).toEqual([])
  })
})
