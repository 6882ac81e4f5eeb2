import { describe, expect, it } from 'vitest'
import { equalBytes } from '../base/bytes.ts'
import { parseBeacon } from '../log/beacon.ts'
import { beaconPrefix } from '../log/names.ts'
import { segmentOf, startEngine } from './testing/machine.ts'
import { createMemoryDisk, createSyncNotes } from './testing/memory-parts.ts'
import { createTown, never, stored, type Town } from './testing/town.ts'

const word = new Uint8Array([7, 7, 7])

/** A machine that knows of lost devices: `own` is the word about itself, everything else it keeps. */
function machine(town: Town, device: string, own: Uint8Array | null, notices: Uint8Array[] = []) {
  const disk = createMemoryDisk()
  const engine = startEngine({
    device,
    seed: device,
    clock: town.clock,
    storage: town.storage,
    local: disk,
    memory: createSyncNotes(new Map()),
    lost: {
      notices: async () => notices,
      async heard(notice) {
        if (own && equalBytes(own, notice)) return true
        if (!notices.some((one) => equalBytes(one, notice))) notices.push(notice)
        return false
      },
    },
  })
  const write = (lane: string, seq: number): void => {
    const { name, bytes } = segmentOf(lane, seq, lane)
    disk.objects.set(name, bytes)
    engine.wrote(name)
  }
  return { engine, disk, notices, write, round: () => engine.round(never) }
}

function said(town: Town): readonly (readonly Uint8Array[])[] {
  return stored(town, beaconPrefix).map((name) => parseBeacon(town.storage.objects.get(name) as Uint8Array)?.beacon.lost ?? [])
}

describe('4.14 a device that is called lost', () => {
  it('4.14 SY-120 P-01 hears of it with the first beacon that says so, and sends and takes in nothing more', async () => {
    const town = createTown()
    const [office, laptop] = [machine(town, 'office', null), machine(town, 'laptop', word)]
    office.write('o.inc', 1)
    laptop.write('l.inc', 1)
    await office.round()
    expect((await laptop.round()).isLost).toBe(false)
    office.notices.push(word)
    await office.engine.tell()
    office.write('o.inc', 2)
    expect(await office.round()).toMatchObject({ failure: null, isLost: false })
    laptop.write('l.inc', 2)
    const [before, objects] = [stored(town, ''), laptop.disk.objects.size]
    const contents = new Map(town.storage.objects)
    expect(await laptop.round()).toMatchObject({ isLost: true, sent: { parcels: 0 }, received: { objects: 0 }, completeAt: expect.anything() })
    expect(stored(town, '')).toEqual(before)
    expect(new Map(town.storage.objects)).toEqual(contents)
    expect(laptop.disk.objects.size).toBe(objects)
  })

  it('4.14 SY-121 the word goes out at once where it is given, and everybody who hears it says it on with their next beacon', async () => {
    const town = createTown()
    const [office, desk, laptop] = [machine(town, 'office', null), machine(town, 'desk', null), machine(town, 'laptop', word)]
    for (const one of [office, desk]) {
      one.write(`${one === office ? 'o' : 'd'}.inc`, 1)
      await one.round()
    }
    expect(said(town)).toEqual([[], []])
    office.notices.push(word)
    await office.engine.tell()
    await office.round()
    expect(said(town).flat()).toEqual([word])
    await desk.round()
    desk.write('d.inc', 2)
    await desk.round()
    expect(said(town)).toEqual([[word], [word]])
    // The storage withholds the beacon of whoever said it first.
    const [first = ''] = stored(town, beaconPrefix).filter((name) => parseBeacon(town.storage.objects.get(name) as Uint8Array)?.beacon.device === 'office')
    town.storage.objects.delete(first)
    expect((await laptop.round()).isLost).toBe(true)
  })
})
