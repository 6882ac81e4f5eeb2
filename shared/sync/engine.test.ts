import { describe, expect, it } from 'vitest'
import { err } from '../base/result.ts'
import { utf8ToBytes } from '../base/bytes.ts'
import { encodeCbor } from '../base/cbor.ts'
import { parseBeacon } from '../log/beacon.ts'
import { beaconPrefix, parcelPrefix } from '../log/names.ts'
import { createParcel, hasSize, openIndex, storedSize } from '../log/parcel.ts'
import { parseEpochWraps } from '../log/wraps.ts'
import type { StorageFailure } from './storage.ts'
import { epochWrapsOf, packOf, personWrapOf, seededHost, segmentOf, sessionOf, workspace } from './testing/machine.ts'
import { already, bent, contents, createTown, names, never, pair, stored } from './testing/town.ts'

const lane = 'seat.inc'
const html = utf8ToBytes('<!doctype html><title>Sign in</title>')
const unreachable = err<StorageFailure>({ type: 'StorageUnreachable', retry: 'later' })

describe('3.4 one round', () => {
  it('3.4 brings what one machine wrote to another, and says as of when that is all', async () => {
    const town = createTown()
    const [one, two] = [town.machine('one'), town.machine('two')]
    one.write(segmentOf(lane, 1, 'a'), sessionOf('one', 'seat'), packOf('pages'), personWrapOf('p', 's'), epochWrapsOf(['p']))
    expect(await one.round()).toMatchObject({ sent: { objects: 5, parcels: 2 }, unsent: 0, completeAt: town.clock.now() })
    expect(await two.round()).toMatchObject({ received: { objects: 5, parcels: 2 }, completeAt: town.clock.now(), suspicions: [] })
    expect(names(two)).toEqual(names(one))
    expect(contents(two)).toEqual(contents(one))
  })

  it('3.5 asks once when nothing is new, however much there is, and sends a small edit with two requests more', async () => {
    const { town, one, two } = await pair()
    for (let seq = 2; seq <= 300; seq++) one.write(segmentOf(lane, seq, 'a'))
    await one.round()
    await two.round()
    expect(await one.round()).toMatchObject({ requests: 1, sent: { objects: 0 } })
    expect(await two.round()).toMatchObject({ requests: 1, completeAt: town.clock.now() })
    one.write(segmentOf(lane, 301, 'edit', 700))
    const sent = await one.round()
    expect(sent.requests).toBe(3)
    expect(sent.sent.bytes).toBeLessThan(8 * 1024)
    expect(await two.round()).toMatchObject({ requests: 3, received: { objects: 1 } })
  })

  it('3.5 moves thousands of objects with as many requests as there are parcels, and a few', async () => {
    const town = createTown()
    const [one, two] = [town.machine('one'), town.machine('two')]
    for (let seq = 1; seq <= 2_000; seq++) one.write(segmentOf(lane, seq, 'document', 200))
    const sent = await one.round()
    expect(sent).toMatchObject({ sent: { objects: 2_000, parcels: 1 }, unsent: 0, requests: 5 })
    const received = await two.round()
    expect(received).toMatchObject({ received: { objects: 2_000 }, requests: 3 })
    expect(names(two)).toEqual(names(one))
  })

  it('3.14 SY-50 sends nothing that is there already, however often it is written here', async () => {
    const { town, one } = await pair()
    one.write(personWrapOf('p', 's'), epochWrapsOf(['p']))
    await one.round()
    one.write(segmentOf(lane, 1, 'a'), packOf('pages'), sessionOf('one', 'seat'), personWrapOf('p', 's'), epochWrapsOf(['p']))
    const before = stored(town, '')
    expect(await one.round()).toMatchObject({ sent: { objects: 0, parcels: 0, bytes: 0 }, unsent: 0 })
    expect(stored(town, '')).toEqual(before)
    one.write(epochWrapsOf(['p', 'q']))
    expect(await one.round()).toMatchObject({ sent: { objects: 1 } })
    // Nor what is this machine's own.
    one.write({ name: 'z/of-this-machine', bytes: html })
    expect(await one.round()).toMatchObject({ sent: { objects: 0 }, unsent: 0 })
  })

  it('3.5 SY-83 looks without moving any document: what is new is seen and left, and nothing goes out', async () => {
    const { town, one, two } = await pair()
    one.write(segmentOf(lane, 2, 'edit', 700))
    await one.round()
    two.write(segmentOf('two.inc', 1, 'mine'))
    const before = stored(town, '')
    const looked = await two.engine().round(never, { looking: true })
    expect(looked).toMatchObject({ failure: null, received: { objects: 0, bytes: 0 }, sent: { bytes: 0 }, unsent: 1, completeAt: null, suspicions: [] })
    expect(two.engine().left()).toEqual({ objects: 1, bytes: expect.any(Number) })
    expect(two.engine().left().bytes).toBeGreaterThan(700)
    expect(stored(town, '')).toEqual(before)
    expect(await two.round()).toMatchObject({ received: { objects: 1 }, unsent: 0, completeAt: town.clock.now() })
    expect(await two.engine().round(never, { looking: true })).toMatchObject({ requests: 1, completeAt: town.clock.now() })
  })

  it('3.5 SY-53 puts the same large parcel first after a kill, whatever was written since', async () => {
    const town = createTown()
    const scene = bent()
    const tried: string[] = []
    scene.bend.put = async (name, bytes, signal) => {
      if (name.startsWith(parcelPrefix)) tried.push(name)
      return tried.length === 1 ? unreachable : town.storage.put(name, bytes, signal)
    }
    const one = town.machine('one', scene.through)
    one.write(packOf('large', 9 * 1024 * 1024), segmentOf(lane, 1, 'a'))
    expect(await one.round()).toMatchObject({ failure: { type: 'StorageUnreachable' }, unsent: 2 })
    one.restart()
    one.write(sessionOf('one', 'seat'), segmentOf(lane, 2, 'a'))
    expect(await one.round()).toMatchObject({ failure: null, unsent: 0, sent: { objects: 4, parcels: 2 } })
    expect(tried[1]).toBe(tried[0])
    const two = town.machine('two')
    await two.round()
    expect(names(two)).toEqual(names(one))
  })

  it.each([[false, 8 * 1024 * 1024], [true, 13 * 1024 * 1024]])('3.6 SY-54 keeps parcels below 8 MiB, so that a kill costs no more, but where a put can be gone on with (%s)', async (resumes, most) => {
    const town = createTown()
    const one = town.machine('one', (storage) => ({ ...storage, resumes }))
    one.write(...Array.from({ length: 12_000 }, (_, at) => segmentOf(lane, at + 1, 'a', 1_500)))
    expect(await one.round()).toMatchObject({ failure: null, unsent: 0 })
    const sizes = stored(town, parcelPrefix).map((name) => town.storage.objects.get(name)?.length ?? 0)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(most)
    expect(Math.max(...sizes)).toBeGreaterThan(most * 0.8)
  })

  it('3.4 puts a beacon only after every parcel that it names (R7), and targets before what refers to them', async () => {
    const town = createTown()
    const scene = bent()
    const put: string[] = []
    scene.bend.put = (name, bytes, signal) => {
      put.push(name)
      if (name.startsWith(beaconPrefix)) for (const { sha256 } of parseBeacon(bytes)!.beacon.parcels) expect(stored(town, parcelPrefix).some((n) => n.endsWith(sha256))).toBe(true)
      return town.storage.put(name, bytes, signal)
    }
    const one = town.machine('one', scene.through)
    one.write(segmentOf(lane, 1, 'a'), packOf('pages'), personWrapOf('p', 's'), sessionOf('one', 'seat'))
    await one.round()
    expect(put.map((name) => name.slice(0, 2))).toEqual(['f', 'o/', 'o/', 'b/'])
    const parcels = put.slice(1, 3).map((name) => openIndex(workspace, town.storage.objects.get(name)!))
    expect(parcels.map((parcel) => parcel?.items.map(({ name }) => name[0]))).toEqual([['p'], ['c', 'u', 'j']])
  })

  it('3.5 puts small parcels together when there is nothing else to do; others fetch no object twice', async () => {
    const { town, one, two } = await pair()
    for (let seq = 2; seq <= 20; seq++) {
      one.write(segmentOf(lane, seq, 'a'))
      await one.round()
      await two.round()
    }
    expect(await one.round()).toMatchObject({ sent: { objects: 0, parcels: 1 } })
    const beacon = parseBeacon(town.storage.objects.get(stored(town, beaconPrefix)[0]!)!)!.beacon
    expect(beacon.parcels.map(({ content }) => content)).toEqual([true, undefined])
    expect(await two.round()).toMatchObject({ received: { objects: 0, parcels: 1 } })
    const three = town.machine('three')
    expect(await three.round()).toMatchObject({ received: { parcels: 2 }, requests: 4 })
    expect(names(three)).toEqual(names(one))
  })

  it('3.4 carries a segment that a later version wrote, without reading it', async () => {
    const { one, two } = await pair()
    const later = { name: segmentOf(lane, 2, 'a').name, bytes: encodeCbor({ s: 1, v: 2, whatever: 'comes' }) }
    one.write(later)
    await one.round()
    expect(await two.round()).toMatchObject({ received: { objects: 1 }, suspicions: [] })
    expect(contents(two)).toEqual(contents(one))
  })

  it('3.4 lets wraps only grow: who was given a key keeps it, and both additions arrive', async () => {
    const { one, two } = await pair()
    one.write(epochWrapsOf(['anna', 'ben']))
    two.write(epochWrapsOf(['anna', 'cleo']))
    for (const machine of [one, two, one, two, one]) await machine.round()
    for (const { disk } of [one, two]) expect(Object.keys(parseEpochWraps(disk.objects.get('k/coll/0')!)!).sort()).toEqual(['anna', 'ben', 'cleo'])
  })
})

describe('3.6 a kill or a cut', () => {
  it('3.6 goes on by itself from the disk after a kill before or after any request, and sends nothing twice that was told', async () => {
    for (let at = 1; at <= 8; at++) {
      for (const after of [false, true]) {
        const town = createTown()
        const scene = bent()
        let left = at
        const killing = <A extends readonly unknown[], R>(act: (...all: A) => Promise<R>) => async (...all: A): Promise<R> => {
          left -= 1
          if (left === 0 && !after) throw new Error('killed')
          const answer = await act(...all)
          if (left === 0) throw new Error('killed')
          return answer
        }
        scene.bend = { list: killing(town.storage.list), get: killing(town.storage.get), put: killing(town.storage.put) }
        const one = town.machine('one', scene.through)
        one.write(segmentOf(lane, 1, 'a'), packOf('pages'))
        await one.round().catch(() => null)
        left = 0
        one.write(segmentOf(lane, 2, 'b'))
        one.restart()
        const two = town.machine('two')
        expect(await one.round()).toMatchObject({ failure: null, unsent: 0, suspicions: [] })
        expect(await two.round()).toMatchObject({ failure: null, suspicions: [] })
        expect(names(two)).toEqual(names(one))
      }
    }
  })

  it('3.6 keeps what is not sent when the storage is cut off, says so, and sends it when it is back', async () => {
    const town = createTown()
    const scene = bent()
    const one = town.machine('one', scene.through)
    one.write(segmentOf(lane, 1, 'a'))
    await one.round()
    scene.bend = { put: async () => unreachable }
    one.write(segmentOf(lane, 2, 'b'))
    expect(await one.round()).toMatchObject({ failure: { type: 'StorageUnreachable' }, unsent: 1, completeAt: null })
    scene.bend = { list: async () => unreachable }
    expect(await one.round()).toMatchObject({ failure: { type: 'StorageUnreachable' }, unsent: 1, requests: 1 })
    scene.bend = {}
    expect(await one.round()).toMatchObject({ failure: null, unsent: 0, suspicions: [] })
  })

  it('3.6 begins nothing more after the signal', async () => {
    const { one } = await pair()
    one.write(segmentOf(lane, 2, 'b'))
    expect(await one.round({ signal: already })).toMatchObject({ failure: { type: 'StorageCancelled' }, requests: 0, unsent: 1 })
    expect(await one.round({ signal: never })).toMatchObject({ failure: null, unsent: 0 })
  })

  it('3.4 stops at a full disk and takes the rest in when there is room', async () => {
    const { one, two } = await pair()
    one.write(segmentOf(lane, 2, 'b'), segmentOf(lane, 3, 'c'))
    await one.round()
    const { put } = two.disk
    two.disk.put = async (name, bytes) => (name.endsWith('3') ? err({ type: 'DiskFull', retry: 'later' }) : put(name, bytes))
    expect(await two.round()).toMatchObject({ failure: { type: 'DiskFull' }, completeAt: null })
    two.disk.put = put
    expect(await two.round()).toMatchObject({ failure: null, received: { objects: 1 } })
    expect(names(two)).toEqual(names(one))
  })
})

describe('3.5 the parcel', () => {
  it('3.13 LG-59 shows its size in steps only, and is read with and without its zeros', async () => {
    const host = seededHost('steps')
    const sizes = new Set<number>()
    for (let length = 4000; length < 4200; length++) {
      const { index, bytes } = await createParcel(host, workspace, [packOf('a', length)])
      expect(bytes.length).toBe(storedSize(index))
      expect([hasSize(index, bytes.length), hasSize(index, index.size), hasSize(index, bytes.length + 1)]).toEqual([true, true, false])
      expect(bytes.subarray(index.size).every((byte) => byte === 0)).toBe(true)
      sizes.add(bytes.length)
    }
    expect(sizes.size).toBeLessThan(4)
  })

  it('LG-55 LG-56 proves itself by its index and is read by nobody else', async () => {
    const host = seededHost('parcel')
    const { index, bytes } = await createParcel(host, workspace, [packOf('a'), segmentOf(lane, 1, 'b')])
    expect(openIndex(workspace, bytes)).toEqual(index)
    expect(openIndex(workspace, bytes.slice(0, index.bytes.length))).toEqual(index)
    expect(index.size).toBeLessThanOrEqual(bytes.length)
    expect(openIndex('elsewhere', bytes)).toBeNull()
    for (const cut of [0, 3, index.bytes.length - 1]) expect(openIndex(workspace, bytes.slice(0, cut))).toBeNull()
    expect(openIndex(workspace, html)).toBeNull()
  })
})
