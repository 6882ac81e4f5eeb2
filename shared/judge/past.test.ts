import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sampleTown } from '../authority/sample-town.ts'
import type { LogEvent } from '../log/event.ts'
import { collectionZero } from '../log/names.ts'
import { admitUntilStill, createWorld, fewPeople, idOf, type World, type Writer } from './testing/world.ts'

const collection = sampleTown.collections[0]?.id as string

async function office(seed: string) {
  const world = await createWorld(seed, 8, fewPeople(collection))
  const granted = world.founded.seats.filter((s) => sampleTown.grants.some((g) => g.person === s.person && g.collection === collection && g.role === 'writer'))
  const [a, b] = await Promise.all(granted.slice(0, 2).map((seat) => world.writer(seat)))
  await world.newDocument(collection, 'doc-a')
  return { world, a: a as Writer, b: b as Writer }
}

/** Admits the segments in this order, again and again until nothing moves: what is held in the end. */
async function admitAll(world: World, order: readonly string[]) {
  const { door, view } = await world.replica(world.founded.seats[0]?.person as string)
  const left = await admitUntilStill(world, door, order)
  const quarantined = (await view.quarantined()).map(({ name, reasons }) => [name, ...reasons.map(({ code }) => code)]).sort()
  const events = (await view.documentEvents(collection, 'doc-a')).map(({ id }) => id).sort()
  return { left, quarantined, events, hash: await view.stateHash() }
}

const segmentsOf = (world: World): string[] => [...world.objects.keys()].filter((name) => name.startsWith('j/')).sort()
const cover = (writer: Writer, value: string, deps: readonly LogEvent[], position: string | null = null): LogEvent => writer.event('draft.cover', 'doc-a', { field: 'title', value }, { deps: deps.map(idOf), position })

async function sameInAnyOrder(world: World) {
  const names = segmentsOf(world)
  const expected = await admitAll(world, names)
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(names, { minLength: names.length }), async (order) => {
      expect(await admitAll(world, order)).toEqual(expected)
    }),
    { seed: 212, numRuns: 20 },
  )
  return expected
}

describe('what builds on something that was not let in', () => {
  it('2.6e is quarantined with a reason, in any order of arrival, and holds up no lane', async () => {
    const { world, a, b } = await office('past')
    const good = cover(a, '正', [])
    const bad = cover(a, '誤', [good], 'position-of-nobody')
    const onBad = cover(b, '続', [good, bad])
    const onThat = cover(a, '続々', [onBad])
    const onGood = cover(b, '別', [good])
    await a.write(collection, [good])
    const badName = await a.write(collection, [bad])
    const onBadName = await b.write(collection, [onBad])
    const onThatName = await a.write(collection, [onThat])
    await b.write(collection, [onGood])
    const { left, quarantined, events } = await sameInAnyOrder(world)
    expect(left).toEqual([])
    expect(quarantined).toEqual([[badName, 'position-not-held'], [onBadName, 'past-not-accepted'], [onThatName, 'past-not-accepted']].sort())
    expect(events).toEqual([good, onGood].map(idOf).sort())
  })

  it('2.6e is let in when the same event arrives once more and is accepted, in any order of arrival', async () => {
    const { world, a, b } = await office('again')
    const first = cover(a, '件名', [])
    const second = cover(b, '続', [first])
    const third = cover(b, '続々', [second])
    // Declared at a position at which nobody had a seat yet; then as it should be.
    const early = await a.write(collection, [first], { authority: {} })
    await a.write(collection, [first])
    await b.write(collection, [second])
    await b.write(collection, [third])
    const { left, quarantined, events } = await sameInAnyOrder(world)
    expect(left).toEqual([])
    expect(quarantined.map(([name]) => name)).toEqual([early])
    expect(events).toEqual([first, second, third].map(idOf).sort())
  })

  it('2.6e goes on waiting for what never arrived', async () => {
    const { world, a, b } = await office('missing')
    const unwritten = cover(a, '書かれなかった', [])
    const waiting = await b.write(collection, [cover(b, '続', [unwritten])])
    const { left, quarantined } = await sameInAnyOrder(world)
    expect([left, quarantined]).toEqual([[waiting], []])
  })

  it('2.6e in collection zero is quarantined when its past is not accepted at its own position, in any order of arrival', async () => {
    const { world, b } = await office('zero')
    const admin = await world.writer(world.founded.seats[0]!)
    const put = (id: string, deps: readonly string[]) => admin.event('section.put', null, { id, name: id, nameEn: id }, { deps })
    const one = put('one', [])
    const unlock = b.event('session.unlock', null, { session: 'x' })
    const two = put('two', [idOf(one)])
    const three = put('three', [idOf(unlock)])
    await b.write(collectionZero, [unlock])
    await admin.write(collectionZero, [one])
    await admin.write(collectionZero, [two])
    const threeName = await admin.write(collectionZero, [three], { authority: { [world.founded.head.lane]: 1, [b.lane]: 1 } })
    // The unlocking is nobody's past, although its segment is here and was known.
    expect(b.lane).not.toBe(admin.lane)
    // What stands in one segment is each other's past.
    const four = put('four', [idOf(two)])
    await admin.write(collectionZero, [four, put('five', [idOf(four)])])
    const { left, quarantined } = await sameInAnyOrder(world)
    expect([left, quarantined]).toEqual([[], [[threeName, 'past-not-accepted']]])
  })
})
