import { describe, expect, it } from 'vitest'
import { parseBeacon } from '../log/beacon.ts'
import { beaconPrefix, parcelName } from '../log/names.ts'
import { openIndex, parcelTarget } from '../log/parcel.ts'
import { epochWrapsOf, packOf, segmentOf, snapshotOf, workspace } from './testing/machine.ts'
import { bent, contents, createTown, stored, type Machine, type Town } from './testing/town.ts'

const day = 24 * 60 * 60 * 1000

/** What the names of each listed parcel of the machines are, in the order of the list. */
function held(town: Town): readonly (readonly string[])[] {
  const beacons = stored(town, beaconPrefix).flatMap((name) => parseBeacon(town.storage.objects.get(name) as Uint8Array)?.beacon.parcels ?? [])
  return beacons.map(({ sha256 }) => openIndex(workspace, town.storage.objects.get(parcelName(sha256)) as Uint8Array)?.items.map(({ name }) => name) ?? [])
}

/** Two lanes written by turns, each edit sent by itself: fewer than are put together for being small. */
async function edits(machine: Machine, from: number, count: number): Promise<void> {
  for (let n = from; n < from + count; n++) {
    machine.write(segmentOf('a.inc', n, `edit ${n}`), ...(n % 2 === 0 ? [segmentOf('b.inc', n / 2, `edit ${n}`)] : []))
    await machine.round()
  }
  // One that has nothing to send.
  await machine.round()
}

function laneOf(lane: string, from: number, to: number): readonly string[] {
  return Array.from({ length: to - from + 1 }, (_, n) => segmentOf(lane, from + n, '').name)
}

describe('3.8 what a month wrote', () => {
  it('3.8 SY-71 becomes one object after 30 days: the same segments byte for byte, a lane’s together and in order, what they refer to before them', async () => {
    const town = createTown()
    const one = town.machine('one')
    one.write(epochWrapsOf(['p']))
    await edits(one, 1, 9)
    expect(held(town)).toHaveLength(9)
    const before = contents(one)
    town.clock.advance(31 * day)
    await one.round()
    expect(held(town)).toEqual([[epochWrapsOf(['p']).name, ...laneOf('a.inc', 1, 9), ...laneOf('b.inc', 1, 4)]])
    const fresh = town.machine('fresh')
    await fresh.round({ thorough: true })
    expect(contents(fresh)).toEqual(before)
    expect(contents(one)).toEqual(before)
  })

  it('3.8 SY-71 leaves what is younger, content, snapshots and the months before as they are', async () => {
    const town = createTown()
    const one = town.machine('one')
    await edits(one, 1, 4)
    town.clock.advance(31 * day)
    await one.round()
    const first = held(town)
    expect(first).toHaveLength(1)
    one.write(packOf('photograph'), packOf('plan'))
    await one.round()
    one.write(packOf('another'))
    await one.round()
    one.write(snapshotOf(4))
    await edits(one, 5, 4)
    town.clock.advance(29 * day)
    await one.round()
    const young = held(town)
    expect(young).toHaveLength(1 + 2 + 1 + 4)
    town.clock.advance(2 * day)
    // What came within the month is noted now and rolled up with the next.
    await one.round()
    expect(held(town)).toEqual(young)
    one.restart()
    await edits(one, 9, 1)
    town.clock.advance(30 * day)
    await one.round()
    const later = held(town)
    expect(later).toContainEqual(first[0])
    expect(later).toContainEqual([...laneOf('a.inc', 5, 8), ...laneOf('b.inc', 3, 4)])
    expect(later).toContainEqual(laneOf('a.inc', 9, 9))
    expect(later).toHaveLength(3 + 2 + 1)
  })

  it('3.8 SY-71 SY-110 the many objects are cleared away 30 days later, and machines that come then have everything', async () => {
    const town = createTown()
    const [one, two] = [town.machine('one'), town.machine('two')]
    two.write(segmentOf('t.inc', 1, 'unlocked'))
    await two.round()
    await edits(one, 1, 9)
    const small = stored(town, 'o/').length
    town.clock.advance(31 * day)
    await one.round()
    for (const machine of [two, one]) expect((await machine.round({ thorough: true })).suspicions).toEqual([])
    expect(stored(town, 'o/')).toHaveLength(small + 1)
    town.clock.advance(31 * day)
    for (const machine of [two, one, two]) expect((await machine.round({ thorough: true })).suspicions).toEqual([])
    expect(stored(town, 'o/')).toHaveLength(2)
    const fresh = town.machine('fresh')
    expect((await fresh.round({ thorough: true })).completeAt).not.toBeNull()
    expect(contents(fresh)).toEqual(contents(one))
  })

  it('3.8 SY-71 a roll-up that the storage did not take leaves the list as it was and is made in the next round', async () => {
    const scene = bent()
    const town = createTown()
    const one = town.machine('one', scene.through)
    await edits(one, 1, 3)
    town.clock.advance(31 * day)
    scene.bend = { put: async (name, ...rest) => (name.startsWith('o/') ? { ok: false, error: { type: 'StorageUnreachable', retry: 'later' } } : town.storage.put(name, ...rest)) }
    expect((await one.round()).failure).not.toBeNull()
    expect(held(town)).toHaveLength(3)
    scene.bend = {}
    await one.round()
    expect(held(town)).toHaveLength(1)
  })

  it('3.8 SY-71 a clock that is put back begins the month anew', async () => {
    const town = createTown()
    const one = town.machine('one')
    await edits(one, 1, 3)
    town.clock.advance(-20 * day)
    await one.round()
    expect(held(town)).toHaveLength(3)
    town.clock.advance(29 * day)
    await one.round()
    expect(held(town)).toHaveLength(3)
    town.clock.advance(2 * day)
    await one.round()
    expect(held(town)).toHaveLength(1)
  })

  it('3.8 SY-71 no object becomes larger than a parcel is meant to be: the rest is rolled up with the next month', async () => {
    const town = createTown()
    const one = town.machine('one')
    for (let n = 1; n <= 5; n++) {
      one.write(segmentOf('a.inc', n, `large ${n}`, parcelTarget / 5 * 2))
      await one.round()
    }
    await one.round()
    for (const left of [4, 3]) {
      town.clock.advance(31 * day)
      await one.round()
      expect(held(town)).toHaveLength(left)
    }
  })

  it('3.8 SY-70 SY-100 snapshots are never put together, however small and many', async () => {
    const town = createTown()
    const one = town.machine('one')
    for (let n = 0; n < 17; n++) one.write(snapshotOf(1, '', 500, `coll${n}`))
    await one.round()
    await one.round()
    expect(held(town)).toHaveLength(17)
  })
})
