import { describe, expect, it } from 'vitest'
import { utf8ToBytes } from '../base/bytes.ts'
import { encodeCbor } from '../base/cbor.ts'
import { err } from '../base/result.ts'
import { mediumName, parcelPrefix } from '../log/names.ts'
import { carry, layMedium, readMedium } from './carry.ts'
import type { StorageFailure } from './storage.ts'
import { packOf, seededHost, segmentOf, sessionOf } from './testing/machine.ts'
import { createMemoryStorage } from './testing/memory-parts.ts'
import { bent, contents, createTown, never, stored, type Machine, type Town } from './testing/town.ts'

const gone = err<StorageFailure>({ type: 'StorageUnreachable', retry: 'later' })
const nothing = async (): Promise<void> => undefined

describe('3.4 a medium that is carried by hand', () => {
  it('3.4 SY-95 SY-96 is known again by its name, and is none while nothing names it', async () => {
    const stick = createMemoryStorage()
    expect(await readMedium(stick, never)).toEqual({ ok: true, value: null })
    const laid = await layMedium(stick, seededHost('stick').random, never)
    expect(laid).toMatchObject({ ok: true, value: expect.stringMatching(/^[0-9a-z]{16}$/) })
    expect(await readMedium(stick, never)).toEqual(laid)
    const id = laid.ok ? laid.value : ''
    const lies = [{ kind: 'beacon' }, { id: '../elsewhere' }, { id: 'A'.repeat(16) }, { id: 'a'.repeat(17) }, { s: 2 }, { v: 2 }, { more: 1 }].map((over) => encodeCbor({ s: 1, v: 1, kind: 'medium', id, ...over }))
    for (const bytes of [utf8ToBytes('../../elsewhere'), ...lies]) {
      stick.objects.set(mediumName, bytes)
      expect(await readMedium(stick, never)).toEqual({ ok: true, value: null })
    }
  })

  it('3.4 SY-97 brings both directions in one act, and what a stranger wrote as soon as its device is known', async () => {
    const town = createTown()
    const strangers = new Set(['two'])
    const [one, two] = [town.machine('one', undefined, strangers), town.machine('two')]
    one.write(sessionOf('one', 'seat'), segmentOf('one.inc', 1, 'a'))
    two.write(sessionOf('two', 'seat'), segmentOf('two.inc', 1, 'b'))
    await carry(two.engine(), never, nothing)
    const third = town.machine('three')
    third.write(segmentOf('three.inc', 1, 'the device is added'))
    await carry(third.engine(), never, nothing)
    let comings = 0
    const carried = await carry(one.engine(), never, async () => {
      comings += 1
      strangers.clear()
    })
    expect(carried).toMatchObject({ sent: { objects: 2 }, last: { failure: null, strangers: [], unsent: 0 } })
    expect(comings).toBeGreaterThan(0)
    await carry(two.engine(), never, nothing)
    expect(contents(two)).toEqual(contents(one))
    expect(contents(two)).toHaveLength(5)
  })

  it('3.4 SY-98 goes on after the medium was pulled out at any writing, and nothing is doubled or lost', async () => {
    for (let survive = 0; survive < 6; survive++) {
      const town = createTown()
      const { machine: one, cut } = pulledOut(town, survive)
      one.write(sessionOf('one', 'seat'), packOf('pages'), segmentOf('one.inc', 1, 'a'))
      const first = await carry(one.engine(), never, nothing)
      if (first.last.failure) expect(one.engine().left().objects).toBe(first.last.unsent)
      cut()
      expect(await one.engine().lacking()).toBe(first.last.unsent)
      expect(await carry(one.engine(), never, nothing)).toMatchObject({ last: { failure: null, unsent: 0 } })
      expect(one.engine().left()).toEqual({ objects: 0, bytes: 0 })
      const two = town.machine('two')
      const back = await carry(two.engine(), never, nothing)
      expect(back).toMatchObject({ received: { objects: 3 }, last: { failure: null, suspicions: [], missing: [] } })
      expect(contents(two)).toEqual(contents(one))
      // Content and records, each once.
      expect(stored(town, parcelPrefix)).toHaveLength(2)
    }
  })

  it('3.4 SY-98 does not write again what is whole on the medium already', async () => {
    const town = createTown()
    const { machine: one, cut } = pulledOut(town, 2)
    one.write(packOf('a', 7 * 1024 * 1024), packOf('b', 7 * 1024 * 1024))
    expect((await carry(one.engine(), never, nothing)).last).toMatchObject({ failure: { type: 'StorageUnreachable' }, unsent: 1, sent: { parcels: 1 } })
    cut()
    const rest = await carry(one.engine(), never, nothing)
    expect(rest.sent.objects).toBe(1)
    expect(rest.sent.bytes).toBeLessThan(8 * 1024 * 1024)
  })

  it('3.4 counts what the medium lacks by the notes alone, and what comes from elsewhere is carried on', async () => {
    const town = createTown()
    const one = town.machine('one')
    one.write(sessionOf('one', 'seat'), segmentOf('one.inc', 1, 'a'))
    await carry(one.engine(), never, nothing)
    one.restart()
    const asked = town.storage.objects.size
    expect(await one.engine().lacking()).toBe(0)
    one.write(segmentOf('one.inc', 1, 'a'), segmentOf('far.inc', 1, 'from the network'))
    expect(await one.engine().lacking()).toBe(1)
    expect(town.storage.objects.size).toBe(asked)
  })
})

/** A machine whose medium takes so many writings and then is gone; `cut` starts it anew with the medium back. */
function pulledOut(town: Town, survive: number): { readonly machine: Machine; readonly cut: () => void } {
  const scene = bent()
  let writings = 0
  scene.bend.put = (name, bytes, signal) => (writings++ < survive ? town.storage.put(name, bytes, signal) : Promise.resolve(gone))
  const machine = town.machine('one', scene.through)
  return {
    machine,
    cut() {
      scene.bend = {}
      machine.restart()
    },
  }
}
