import { describe, expect, it } from 'vitest'
import { createBeacon, parseBeacon } from '../log/beacon.ts'
import { beaconPrefix, parcelPrefix } from '../log/names.ts'
import { deviceSigner, packOf, segmentOf } from './testing/machine.ts'
import { names, pair, stored } from './testing/town.ts'

const lane = 'seat.inc'

describe('3.12 what no list names any more', () => {
  it('3.12 SY-63 holds out what a lost machine had written when the storage lost it too, once and from whoever has it', async () => {
    const { town, one, two } = await pair()
    const three = town.machine('three')
    await three.round()
    for (const name of [...stored(town, beaconPrefix), ...stored(town, parcelPrefix)]) town.storage.objects.delete(name)
    two.write(segmentOf('two.inc', 1, 'b'))
    for (let round = 0; round < 4; round++) for (const machine of [two, three]) await machine.round({ thorough: true })
    const four = town.machine('four')
    await four.round()
    expect(names(four)).toEqual([...names(one), segmentOf('two.inc', 1, 'b').name].sort())
    expect(stored(town, parcelPrefix)).toHaveLength(3)
  })

  it('3.12 SY-63 holds out what only a later list of a lost machine named when the storage surely went back to an earlier one, once, and nothing else', async () => {
    const { town, one, two } = await pair()
    const [beacon] = stored(town, beaconPrefix)
    const old = town.storage.objects.get(beacon!)!
    one.write(segmentOf(lane, 2, 'b'))
    await one.round()
    await two.round()
    town.storage.objects.set(beacon!, old)
    for (const objects of [0, 0, 1]) expect(await two.round({ thorough: true })).toMatchObject({ sent: { objects } })
    const three = town.machine('three')
    for (const objects of [names(one).length, 0]) expect(await three.round({ thorough: true })).toMatchObject({ received: { objects }, sent: { objects: 0 } })
    expect(names(three)).toEqual(names(one))
    two.restart()
    for (let round = 0; round < 4; round++) expect(await two.round({ thorough: true })).toMatchObject({ sent: { objects: 0 } })
  })

  it('3.12 SY-46 SY-61 asks for what a list names that the storage surely went back to, where that is lost too, and who has it puts it there', async () => {
    const { town, one, two } = await pair()
    const [beacon] = stored(town, beaconPrefix)
    const old = town.storage.objects.get(beacon!)!
    const before = stored(town, parcelPrefix)
    one.write(segmentOf(lane, 2, 'b'))
    await one.round()
    await two.round()
    for (const parcel of before) town.storage.objects.delete(parcel)
    const three = town.machine('three')
    await three.round()
    expect(names(three)).toEqual([segmentOf(lane, 2, 'b').name])
    town.storage.objects.set(beacon!, old)
    for (let round = 0; round < 6; round++) for (const machine of [three, two]) await machine.round({ thorough: true })
    expect(names(three)).toEqual(names(one))
    expect(stored(town, parcelPrefix)).toEqual(expect.arrayContaining([...before]))
  })

  it('3.14 SY-63 holds out again what another copy of a profile wrote out of the list, and once', async () => {
    const { town, one, two } = await pair()
    one.write(segmentOf(lane, 2, 'b'), packOf('more pages'))
    await one.round()
    await two.round()
    const [name] = stored(town, beaconPrefix)
    const { beacon } = parseBeacon(town.storage.objects.get(name!)!)!
    town.storage.objects.set(name!, await createBeacon({ ...beacon, serial: beacon.serial + 3, parcels: beacon.parcels.slice(0, -1) }, deviceSigner('one')))
    const three = town.machine('three')
    await three.round()
    expect(three.disk.objects.has(segmentOf(lane, 2, 'b').name)).toBe(false)
    expect(await two.round({ thorough: true })).toMatchObject({ sent: { objects: 1 } })
    await three.round()
    expect(three.disk.objects.has(segmentOf(lane, 2, 'b').name)).toBe(true)
    for (const machine of [two, three]) expect(await machine.round({ thorough: true })).toMatchObject({ sent: { objects: 0 }, received: { objects: 0 } })
  })

  it('3.14 SY-63 holds out again content that a copy wrote out of the list, once, and not from who fetches by need and may not know what else holds it', async () => {
    const { town, one, two } = await pair()
    const near = town.byNeed('near')
    const pages = packOf('more pages')
    one.write(pages)
    await one.round()
    for (const machine of [two, near]) await machine.round()
    await near.fetch([pages.name])
    const [name] = stored(town, beaconPrefix)
    const { beacon } = parseBeacon(town.storage.objects.get(name!)!)!
    const kept = beacon.parcels.filter(({ content }, i) => !content || i === beacon.parcels.findIndex((entry) => entry.content))
    expect(kept.length).toBe(beacon.parcels.length - 1)
    town.storage.objects.set(name!, await createBeacon({ ...beacon, serial: beacon.serial + 3, parcels: kept }, deviceSigner('one')))
    expect(await near.round({ thorough: true })).toMatchObject({ sent: { objects: 0 } })
    const three = town.byNeed('three')
    await three.round()
    expect(await three.fetch([pages.name])).toMatchObject({ missing: [pages.name] })
    expect(await two.round({ thorough: true })).toMatchObject({ sent: { objects: 1 } })
    await three.round()
    expect(await three.fetch([pages.name])).toMatchObject({ missing: [] })
    for (const machine of [two, near, three]) {
      machine.restart()
      expect(await machine.round({ thorough: true })).toMatchObject({ sent: { objects: 0 }, received: { objects: 0 } })
    }
  })

  it('3.14 SY-63 holds out nothing that was put together with other parcels and is in no list by itself any more', async () => {
    const { town, one, two } = await pair()
    for (let n = 2; n < 20; n++) {
      one.write(segmentOf(lane, n, 'x'))
      await one.round()
      await two.round()
    }
    for (const machine of [one, one, two]) await machine.round()
    const [name] = stored(town, beaconPrefix)
    expect(parseBeacon(town.storage.objects.get(name!)!)!.beacon.parcels.length).toBeLessThan(10)
    for (let round = 0; round < 2; round++) expect(await two.round({ thorough: true })).toMatchObject({ sent: { objects: 0 }, unsent: 0, suspicions: [] })
  })
})
