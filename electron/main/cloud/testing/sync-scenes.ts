// The sync engine over a storage that is really there: what the port promises together, counted in requests on the wire.

import { describe, expect, it } from 'vitest'
import { parseBeacon } from '@shared/log/beacon.ts'
import { beaconPrefix, parcelName, parcelPrefix, removalPrefix } from '@shared/log/names.ts'
import type { Storage } from '@shared/sync/storage.ts'
import { openIndex } from '@shared/log/parcel.ts'
import { packOf, personWrapOf, segmentOf, sessionOf, workspace } from '@shared/sync/testing/machine.ts'
import { contents, createTown, type Machine } from '@shared/sync/testing/town.ts'
import type { Fetch } from '../exchange.ts'
import { loopbackWire } from './loopback-wire.ts'

export interface SceneStorage {
  readonly storage: Storage
  /** Requests on the wire since it was asked last; null where there is no wire. */
  requests(): number | null
}

/** A `fetch` that counts. */
export function countingFetch(): { readonly fetch: Fetch; count(): number } {
  let count = 0
  return {
    fetch: (url, init) => {
      count += 1
      return loopbackWire(url, init)
    },
    count: () => {
      const counted = count
      count = 0
      return counted
    },
  }
}

/**
 * `open` gives the same fresh place each time; `edit`: the most requests of a round that sends one small edit; `again`: how many each
 * round takes besides where the storage has no tags, because for two seconds after it was written a beacon is read again.
 */
export function syncScenes(what: string, open: () => SceneStorage, edit: number, again = 0): void {
  const signal = new AbortController().signal
  const meet = (): { readonly machine: (name: string, through?: (storage: Storage) => Storage) => Machine & SceneStorage; readonly pass: (days: number) => void } => {
    const town = createTown()
    return {
      pass: (days) => town.clock.advance(days * 24 * 60 * 60 * 1000),
      machine(name, through = (storage) => storage) {
        const place = open()
        return { ...town.machine(name, () => through(place.storage)), ...place }
      },
    }
  }

  describe(`3.4 sync over ${what}`, () => {
    it('3.4 brings everything to every machine, and polls with few requests', async () => {
      const { machine } = meet()
      const [one, two] = [machine('one'), machine('two')]
      one.write(sessionOf('one', 'seat'), personWrapOf('p', 's'), packOf('large', 500_000), ...Array.from({ length: 300 }, (_, at) => segmentOf('one.inc', at + 1, 'a', 300)))
      two.write(sessionOf('two', 'seat'), segmentOf('two.inc', 1, 'b'))
      for (const each of [one, two, one, two]) expect(await each.round({ signal })).toMatchObject({ failure: null, suspicions: [], unsent: 0 })
      expect(contents(one)).toEqual(contents(two))
      expect(contents(one)).toHaveLength(305)
      for (const each of [one, two]) {
        each.requests()
        await each.round({ signal })
        expect(each.requests() ?? 0).toBeLessThanOrEqual(1 + again)
      }
      one.write(segmentOf('one.inc', 301, 'edit', 700))
      await one.round({ signal })
      expect(one.requests() ?? 0).toBeLessThanOrEqual(edit + again)
      two.requests()
      expect(await two.round({ signal })).toMatchObject({ received: { objects: 1 }, failure: null })
      expect(two.requests() ?? 0).toBeLessThanOrEqual(3 + again)
    })

    it('3.6 goes on by itself after it was cut in the middle of sending', async () => {
      const { machine } = meet()
      const controller = new AbortController()
      const cutting = (storage: Storage): Storage => ({
        ...storage,
        put(name, bytes, own) {
          const putting = storage.put(name, bytes, own)
          if (name.startsWith(parcelPrefix)) controller.abort()
          return putting
        },
      })
      const [three, four] = [machine('three', cutting), machine('four')]
      three.write(sessionOf('three', 'seat'), packOf('first', 400_000), packOf('second', 400_000), segmentOf('three.inc', 1, 'a'))
      expect(await three.round({ signal: controller.signal })).toMatchObject({ failure: { type: 'StorageCancelled' } })
      expect(await four.round({ signal })).toMatchObject({ failure: null, suspicions: [] })
      three.restart()
      expect(await three.round({ signal })).toMatchObject({ failure: null, suspicions: [], unsent: 0 })
      expect(await four.round({ signal })).toMatchObject({ failure: null, suspicions: [] })
      expect(contents(four)).toEqual(expect.arrayContaining([...contents(three)]))
    })

    it('3.8 clears away what was put together, but only after a machine that was away six weeks came back, which loses nothing and brings nothing back', async () => {
      const { machine, pass } = meet()
      const [five, six] = [machine('five'), machine('six')]
      const thorough = async (...machines: readonly Machine[]): Promise<void> => {
        for (const each of machines) expect(await each.round({ signal, thorough: true })).toMatchObject({ failure: null, suspicions: [], unsent: 0 })
      }
      const edits = async (from: number): Promise<void> => {
        for (let at = from; at < from + 16; at++) {
          five.write(segmentOf('five.inc', at, 'edit'))
          await five.round({ signal })
        }
      }
      const parcels = async (): Promise<readonly string[]> => namesOf(await five.storage.list(parcelPrefix, signal))
      const listed = async (): Promise<ReadonlySet<string>> => {
        const beacons = await Promise.all(namesOf(await five.storage.list(beaconPrefix, signal)).map((name) => five.storage.get(name, signal)))
        return new Set(beacons.flatMap((got) => (got.ok && got.value ? (parseBeacon(got.value)?.beacon.parcels ?? []) : [])).map(({ sha256 }) => parcelName(sha256)))
      }
      const litter = async (): Promise<readonly string[]> => {
        const held = await listed()
        return (await parcels()).filter((name) => !held.has(name))
      }
      six.write(segmentOf('six.inc', 1, 'before'))
      await thorough(six)
      await edits(1)
      // Those of the other scenes are waited for as well, until they have been silent for 60 days.
      pass(20)
      six.write(segmentOf('six.inc', 2, 'before it goes'))
      await six.round({ signal })
      await thorough(five)
      await edits(17)
      await thorough(five, five)
      expect(namesOf(await five.storage.list(removalPrefix, signal))).toHaveLength(1)
      const old = await litter()
      expect(old.length).toBeGreaterThanOrEqual(32)
      six.write(segmentOf('six.inc', 3, 'on the way'))
      pass(42)
      await thorough(five)
      expect(await litter()).toEqual(expect.arrayContaining([...old]))
      six.restart()
      await thorough(six, five, six, five)
      expect((await litter()).filter((name) => old.includes(name))).toEqual([])
      const there = new Set(await parcels())
      expect([...(await listed())].filter((name) => !there.has(name))).toEqual([])
      const fresh = machine('seven')
      await thorough(five, six, fresh)
      expect(contents(six)).toEqual(contents(five))
      expect(contents(fresh)).toEqual(contents(five))
    })

    it('4.13 SY-131 SY-132 SY-134 content that a new key took the place of goes, what lay beside it stays, and a machine that was away six weeks comes back first', async () => {
      const { machine, pass } = meet()
      const [eight, nine] = [machine('eight'), machine('nine')]
      const [old, beside, anew] = [packOf('pages, old key', 30_000), packOf('another document', 30_000), packOf('pages, new key', 30_000)]
      const thorough = async (...machines: readonly Machine[]): Promise<void> => {
        for (const each of machines) expect(await each.round({ signal, thorough: true })).toMatchObject({ failure: null, suspicions: [], unsent: 0 })
      }
      const lying = async (): Promise<readonly string[]> => {
        const parcels = await Promise.all(namesOf(await eight.storage.list(parcelPrefix, signal)).map((name) => eight.storage.get(name, signal)))
        return parcels.flatMap((got) => (got.ok && got.value ? (openIndex(workspace, got.value)?.items ?? []) : [])).map(({ name }) => name)
      }
      // Those of the other scenes are not waited for any more.
      pass(200)
      eight.write(old, beside, segmentOf('eight.inc', 1, 'drafted'))
      await thorough(eight, nine)
      nine.write(anew, segmentOf('nine.inc', 1, 'a new key'))
      await thorough(nine, eight)
      for (const each of [eight, nine]) each.replaced.set(old.name, [anew.name])
      await thorough(eight, eight)
      nine.write(segmentOf('nine.inc', 2, 'on the way'))
      pass(42)
      await thorough(eight)
      expect(await lying()).toContain(old.name)
      await thorough(nine, eight, nine)
      const there = await lying()
      expect([there.includes(old.name), there.includes(beside.name), there.includes(anew.name)]).toEqual([false, true, true])
      await thorough(eight)
      for (const each of [eight, nine]) expect(await each.engine().cleared([old.name])).toEqual([old.name])
      const fresh = machine('ten')
      await thorough(fresh)
      expect(contents(fresh)).toEqual(contents(eight).filter((content) => !content.startsWith(old.name)))
    })
  })
}

function namesOf(list: Awaited<ReturnType<Storage['list']>>): readonly string[] {
  return list.ok ? list.value.map(({ name }) => name) : []
}
