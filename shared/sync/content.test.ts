import { describe, expect, it } from 'vitest'
import { err, ok } from '../base/result.ts'
import { createBeacon, parseBeacon } from '../log/beacon.ts'
import { beaconPrefix, parcelName, parcelPrefix } from '../log/names.ts'
import { createParcel, openIndex } from '../log/parcel.ts'
import type { Storage, StorageFailure } from './storage.ts'
import { deviceSigner, packOf, personWrapOf, seededHost, segmentOf, sessionOf, workspace } from './testing/machine.ts'
import { already, bent, codes, contents, createTown, names, stored, type Town } from './testing/town.ts'

const lane = 'seat.inc'
const unreachable = err<StorageFailure>({ type: 'StorageUnreachable', retry: 'later' })
/** In the order in which they lie in their parcel. */
const pages = Array.from({ length: 12 }, (_, i) => packOf(`pages ${i}`, 50_000)).sort((a, b) => (a.name < b.name ? -1 : 1))

/** One machine wrote; another reads by need. */
async function office(objects = pages) {
  const town = createTown()
  const scene = bent()
  const one = town.machine('one')
  one.write(sessionOf('one', 'seat'), segmentOf(lane, 1, 'a'), personWrapOf('p', 's'), ...objects)
  await one.round()
  return { town, scene, one, two: town.byNeed('two', scene.through) }
}

function contentParcel(town: Town): string {
  return stored(town, parcelPrefix).find((name) => openIndex(workspace, town.storage.objects.get(name)!)?.items.every((item) => item.name.startsWith('p/')))!
}

describe('3.7 content by need', () => {
  it('3.7 SY-43 SY-90 brings what everybody needs in rounds and leaves content where it is, complete all the same', async () => {
    const { town, one, two } = await office()
    expect(await two.round()).toMatchObject({ received: { objects: 3, parcels: 1 }, completeAt: town.clock.now(), missing: [], unsent: 0 })
    expect(names(two)).toEqual(names(one).filter((name) => !name.startsWith('p/')))
    expect(await two.round()).toMatchObject({ requests: 1 })
  })

  it('3.7 SY-43 a machine that takes everything takes content last, whatever the order of the list', async () => {
    const { town } = await office()
    const asked: string[] = []
    const three = town.machine('three', (storage) => ({ ...storage, get: (name, ...rest) => storage.get((asked.push(name), name), ...rest) }))
    await three.round()
    expect(asked.filter((name) => name.startsWith(parcelPrefix)).at(-1)).toBe(contentParcel(town))
  })

  it('3.7 SY-91 SY-92 fetches one pack with an index and a range, the next with a range, and packs side by side at once', async () => {
    const { two } = await office()
    await two.round()
    const [first, second, ...rest] = pages as [(typeof pages)[0], (typeof pages)[0], ...typeof pages]
    const got = await two.fetch([first.name])
    expect(got).toMatchObject({ failure: null, missing: [], requests: 2 })
    expect(got.bytes).toBeLessThan(first.bytes.length + 4_096)
    expect(two.disk.objects.get(first.name)).toEqual(first.bytes)
    expect(await two.fetch([second.name])).toMatchObject({ requests: 1, bytes: second.bytes.length })
    const all = await two.fetch(pages.map(({ name }) => name))
    expect(all.missing).toEqual([])
    expect(all.requests).toBeLessThanOrEqual(3)
    expect(all.bytes).toBe(rest.reduce((sum, { bytes }) => sum + bytes.length, 0))
  })

  it('3.7 SY-93 keeps what came by need over a restart and never sends it again', async () => {
    const { two } = await office()
    await two.round()
    await two.fetch(pages.slice(0, 5).map(({ name }) => name))
    two.restart()
    expect(await two.round()).toMatchObject({ sent: { objects: 0, parcels: 0 }, unsent: 0 })
    expect(await two.fetch(pages.map(({ name }) => name))).toMatchObject({ missing: [], requests: 1 })
    two.restart()
    expect(await two.round()).toMatchObject({ sent: { objects: 0 }, unsent: 0, suspicions: [] })
  })

  it('3.7 says that nobody holds a pack out yet, and that the storage does not answer, and keeps what had come', async () => {
    const { two, scene, town } = await office()
    await two.round()
    const unheld = packOf('not sent yet')
    expect(await two.fetch([unheld.name])).toMatchObject({ failure: null, missing: [unheld.name] })
    let left = 2
    scene.bend = { get: async (...all) => (left-- > 0 ? town.storage.get(...all) : unreachable) }
    const wide = [pages[0]!, pages[4]!, pages[9]!].map(({ name }) => name)
    const cut = await two.fetch(wide)
    expect(cut.failure).toMatchObject({ type: 'StorageUnreachable' })
    expect(cut.missing).toHaveLength(2)
    scene.bend = {}
    expect(await two.fetch(wide)).toMatchObject({ failure: null, missing: [], requests: 2 })
    expect(await two.fetch(pages.map(({ name }) => name), already)).toMatchObject({ failure: { type: 'StorageCancelled' }, requests: 0 })
  })

  it('3.7 SY-94 gives no altered pack a name, and takes it from another parcel that has it', async () => {
    const { town, two, scene } = await office()
    await two.round()
    const parcel = contentParcel(town)
    const flip: Storage['get'] = async (name, signal, range) => {
      const got = await town.storage.get(name, signal, range)
      if (!got.ok || !got.value || name !== parcel || range?.at === 0) return got
      return ok(got.value.map((byte, i) => (i === 9 ? byte ^ 1 : byte)))
    }
    scene.bend = { get: flip }
    const wanted = pages[3]!
    expect(await two.fetch([wanted.name])).toMatchObject({ failure: null, missing: [wanted.name] })
    expect(two.disk.objects.has(wanted.name)).toBe(false)
    expect(codes(await two.round())).toEqual(['parcel-damaged?'])
    const three = town.byNeed('three')
    three.write(wanted, segmentOf('three.inc', 1, 'x'))
    await three.round()
    await two.round()
    expect(await two.fetch([wanted.name])).toMatchObject({ missing: [] })
    expect(two.disk.objects.get(wanted.name)).toEqual(wanted.bytes)
  })

  it('3.7 SY-10 SY-90 gives no bytes a pack’s name that they do not have, and opens no parcel of packs that holds anything else', async () => {
    const { town, two } = await office()
    const [false_, hidden] = [{ name: packOf('true').name, bytes: packOf('false').bytes }, packOf('hidden')]
    const three = town.machine('three')
    three.write(false_)
    await three.round()
    const mixed = await createParcel(seededHost('mixed'), workspace, [hidden, segmentOf('three.inc', 1, 'x')])
    town.storage.objects.set(parcelName(mixed.index.sha256), mixed.bytes)
    const parcels = [{ sha256: mixed.index.sha256, index: mixed.index.bytes.length, size: mixed.index.size, content: true as const }]
    town.storage.objects.set(`${beaconPrefix}four`, await createBeacon({ workspace, publisher: 'four', device: 'four', serial: 1, at: 1, parcels, seen: {}, wants: [] }, deviceSigner('four')))
    await two.round()
    expect(await two.fetch([false_.name, hidden.name])).toMatchObject({ failure: null, missing: [false_.name, hidden.name] })
    expect([false_.name, hidden.name].some((name) => two.disk.objects.has(name))).toBe(false)
  })

  it('3.7 SY-94 asks for a parcel of content that the storage lost, and has it when its publisher has put it again', async () => {
    const { town, one, two } = await office()
    await two.round()
    const parcel = contentParcel(town)
    const good = town.storage.objects.get(parcel)!
    town.storage.objects.delete(parcel)
    expect(await two.fetch([pages[0]!.name])).toMatchObject({ missing: [pages[0]!.name] })
    town.storage.objects.set(parcel, good.map((byte, i) => (i === 9 ? byte ^ 1 : byte)))
    expect(codes(await two.round())).toEqual(['parcel-damaged?'])
    town.storage.objects.delete(parcel)
    for (const machine of [two, two, one]) await machine.round()
    expect(town.storage.objects.get(parcel)).toEqual(good)
    expect(await two.fetch([pages[0]!.name])).toMatchObject({ missing: [] })
    expect(await two.round()).toMatchObject({ suspicions: [], missing: [] })
  })

  it('3.14 SY-62 a machine that was put back takes its own parcel out of its list when the storage has surely lost it, and not before', async () => {
    const town = createTown()
    const [mine, other] = [town.byNeed('mine'), town.byNeed('other')]
    const pack = packOf('pages')
    mine.write(pack)
    other.write(packOf('other pages'))
    await mine.round()
    await other.round()
    await mine.round()
    const lists = (): readonly number[] => stored(town, beaconPrefix).map((name) => parseBeacon(town.storage.objects.get(name) as Uint8Array)?.beacon.parcels.length ?? -1).sort()
    mine.disk.objects.delete(pack.name)
    mine.restart()
    for (const name of stored(town, parcelPrefix)) town.storage.objects.delete(name)
    expect((await mine.fetch([pack.name, packOf('other pages').name])).missing).toHaveLength(2)
    for (let round = 1; round <= 2; round++) {
      expect((await mine.round({ thorough: true })).missing).toHaveLength(2)
      expect(lists()).toEqual([1, 1])
    }
    // Taken back in the third, told in the next.
    for (let round = 3; round <= 4; round++) await mine.round({ thorough: true })
    expect(lists()).toEqual([0, 1])
  })

  it('3.7 small parcels of content are put together without a pack falling out, and those who read by need find them there', async () => {
    const { town, one, two } = await office([])
    for (const [i, pack] of pages.entries()) {
      one.write(pack, segmentOf(lane, i + 2, 'b'))
      await one.round()
    }
    for (let i = 0; i < 8; i++) {
      one.write(packOf(`more ${i}`))
      await one.round()
    }
    for (let i = 0; i < 3; i++) await one.round()
    const held = parseBeacon(town.storage.objects.get(stored(town, beaconPrefix)[0]!)!)!.beacon.parcels.filter(({ content }) => content)
    expect(held.length).toBeLessThan(8)
    await two.round()
    expect(await two.fetch(pages.map(({ name }) => name))).toMatchObject({ missing: [] })
    const three = town.machine('three')
    await three.round()
    expect(contents(three)).toEqual(contents(one))
  })
})
