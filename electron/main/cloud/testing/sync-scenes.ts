// The sync engine over a storage that is really there: what the port promises together, counted in requests on the wire.

import { describe, expect, it } from 'vitest'
import { parcelPrefix } from '@shared/log/names.ts'
import type { Storage } from '@shared/sync/storage.ts'
import { packOf, personWrapOf, segmentOf, sessionOf } from '@shared/sync/testing/machine.ts'
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
  const meet = (): { readonly machine: (name: string, through?: (storage: Storage) => Storage) => Machine & SceneStorage } => {
    const town = createTown()
    return {
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
  })
}
