// What a machine tells others of a storage that loses things, and what it goes on suspecting.

import { describe, expect, it } from 'vitest'
import { parseBeacon } from '../log/beacon.ts'
import { beaconPrefix, parcelPrefix } from '../log/names.ts'
import { segmentOf } from './testing/machine.ts'
import { bent, codes, pair, stored } from './testing/town.ts'

describe('what is told of a storage that loses things', () => {
  it('3.14 SY-34 says of nobody that it was read whose beacon is not there, so that nobody else is told that it is withheld', async () => {
    const { town, two } = await pair()
    const beacon = stored(town, beaconPrefix)[0]!
    const publisher = beacon.slice(beaconPrefix.length)
    const says = async (): Promise<readonly string[]> => {
      two.write(segmentOf('two.inc', serial, 'b'))
      await two.round()
      serial += 1
      const own = stored(town, beaconPrefix).find((name) => name !== beacon) as string
      return Object.keys(parseBeacon(town.storage.objects.get(own) as Uint8Array)?.beacon.seen ?? {})
    }
    let serial = 1
    expect(await says()).toEqual([publisher])
    town.storage.objects.delete(beacon)
    for (let round = 0; round < 3; round++) expect(await says()).toEqual([])
    await two.settle()
    expect(await says()).toEqual([])
    expect(codes(await town.machine('three').round())).toEqual([])
  })

  it('3.14 SY-61 asks for a parcel that did not come twice, and whoever puts it again does so once', async () => {
    const { town, one } = await pair()
    const parcel = stored(town, parcelPrefix)[0]!
    const three = town.machine('three')
    three.write(segmentOf('three.inc', 1, 'c'))
    town.storage.objects.delete(parcel)
    const wants = async (): Promise<number> => {
      const before = new Set(stored(town, beaconPrefix))
      await three.round({ thorough: true })
      const own = stored(town, beaconPrefix).find((name) => !before.has(name)) ?? mine
      mine = own
      return parseBeacon(town.storage.objects.get(own) as Uint8Array)?.beacon.wants.length ?? -1
    }
    let mine = ''
    expect([await wants(), await wants()]).toEqual([0, 1])
    expect((await one.round({ thorough: true })).sent.parcels).toBe(1)
    expect(stored(town, parcelPrefix)).toContain(parcel)
    // The asking stands in the list until its machine is heard again.
    for (let round = 0; round < 2; round++) expect((await one.round({ thorough: true })).sent.parcels).toBe(0)
  })

  it('3.14 SY-35 a round that was cut short clears nobody of what was suspected before', async () => {
    const { town, two } = await pair()
    const scene = bent()
    const three = town.machine('three', scene.through)
    two.write(segmentOf('two.inc', 1, 'b'))
    await two.round()
    await three.round()
    const [first, second] = stored(town, beaconPrefix) as [string, string]
    town.storage.objects.delete(first)
    expect(codes(await three.round({ thorough: true }))).toEqual(['beacon-missing?'])
    expect(codes(await three.round({ thorough: true }))).toEqual(['beacon-missing?'])
    scene.bend = { get: async (name, ...rest) => (name === second ? { ok: false, error: { type: 'StorageUnreachable', retry: 'later' } } : town.storage.get(name, ...rest)) }
    expect((await three.round({ thorough: true })).failure?.type).toBe('StorageUnreachable')
    scene.bend = {}
    expect(codes(await three.round({ thorough: true }))).toEqual(['beacon-missing'])
  })
})
