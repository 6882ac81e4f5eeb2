// One seat at two copies of its machine, both at work: what every replica makes of it, and how its person goes on.
import { describe, expect, it } from 'vitest'
import { carry } from './testing/carry.ts'
import { createOffice, type Objects, type Office } from './testing/memory-office.ts'
import { smallTown } from './testing/small-town.ts'
import { createTestMachine } from './testing/test-machine.ts'
import { openTestSeat } from './testing/test-seat.ts'
import { bodyOf, draft, inNewLane, stateHash, titleOf } from './testing/typed-drafts.ts'

const machine = () => createTestMachine(async () => new Uint8Array())

describe('a seat used at two copies of its machine at once', () => {
  it('3.2 JU-33 JU-34 counts nowhere from there on, is said, and is whole again when its person enters it anew', async () => {
    const office = await createOffice(smallTown, ['clerk', 'manager', 'mayor'])
    const folder: Objects = office.folder()
    const clerk = (objects: Objects, here = machine(), at: Office = office) => openTestSeat(at, 'clerk', objects, here)
    const [leftDisk, rightDisk] = [machine(), machine()]
    const [left, right] = [await clerk(folder, leftDisk), await clerk(office.folder(), rightDisk)]
    const manager = await openTestSeat(office, 'manager', office.folder(), machine())
    const mine = await draft(left, '左の文書', '左で書いた文')
    const theirs = await draft(right, '右の文書', '右で書いた文')
    await carry(left, manager)
    await manager.done('setCover', { id: mine, field: 'title', value: '課長が直した件名' })
    expect((await manager.ask('trust', null)).twofold).toEqual([])
    await carry(right, manager)

    const told = await manager.ask('trust', null)
    expect(told.twofold).toMatchObject([{ name: '係員 太郎', own: false, adoptable: 0 }])
    expect(told.twofold[0]?.held).toBeGreaterThan(5)
    expect(manager.notices.map(({ code }) => code)).toContain('vault.twofold')
    expect([await titleOf(manager, mine), await titleOf(manager, theirs)]).toEqual([null, null])
    await carry(manager, left)
    await carry(manager, right)
    expect(new Set([await stateHash(manager), await stateHash(left), await stateHash(right)]).size).toBe(1)

    const [again, elsewhere] = [await clerk(left.objects, leftDisk, inNewLane(office, 'clerk', 'second')), await clerk(right.objects, rightDisk, inNewLane(office, 'clerk', 'third'))]
    const [own] = (await again.ask('trust', null)).twofold
    expect(own).toMatchObject({ own: true, adoptable: own?.held })
    expect(await again.done('adopt', null)).toEqual({ acts: own?.held })
    // The other copy, which has not heard of it, does the same with what it has.
    await elsewhere.done('adopt', null)
    for (const [from, to] of [[again, manager], [elsewhere, manager], [manager, again], [manager, elsewhere]] as const) await carry(from, to)
    for (const seat of [manager, again, elsewhere]) {
      expect([await titleOf(seat, mine), await titleOf(seat, theirs)]).toEqual([['課長が直した件名'], ['右の文書']])
      expect((await seat.ask('trust', null)).twofold).toMatchObject([{ held: 0, adoptable: 0 }])
      expect((await seat.ask('trust', null)).quarantined.map(({ code }) => code)).not.toContain('past-not-accepted')
      expect([await bodyOf(seat, mine), await bodyOf(seat, theirs)]).toEqual(['左で書いた文', '右で書いた文'])
    }
    expect(new Set([await stateHash(manager), await stateHash(again), await stateHash(elsewhere)]).size).toBe(1)
    // Built anew from the folder it is the same, and nothing had to be taken out a second time.
    const fresh = await openTestSeat(office, 'manager', manager.objects, machine())
    expect(await stateHash(fresh)).toBe(await stateHash(manager))
    expect([...left.defects, ...right.defects, ...manager.defects, ...again.defects]).toEqual([])
  })
})
