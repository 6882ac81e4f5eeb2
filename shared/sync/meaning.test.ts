import { describe, expect, it } from 'vitest'
import { sampleTown } from '../authority/sample-town.ts'
import { createWorld, idOf } from '../judge/testing/world.ts'
import { contents, createTown, names } from './testing/town.ts'

const collection = sampleTown.collections[0]?.id as string

describe('3.14 what arrived means the same everywhere', () => {
  it('3.14 gives the same state hash on every machine through the one door, whoever wrote what and in whatever order it came', async () => {
    const world = await createWorld('sync', 6)
    const writers = await Promise.all(world.founded.seats.filter((s) => sampleTown.grants.some((g) => g.person === s.person && g.collection === collection && g.role === 'writer')).map((seat) => world.writer(seat)))
    expect(writers.length).toBeGreaterThan(1)
    await world.newDocument(collection, 'doc-a')
    let last: readonly string[] = []
    for (const [i, writer] of [...writers, ...writers].entries()) {
      world.clock.advance(60_000)
      const event = writer.event('draft.cover', 'doc-a', { field: 'title', value: `第${i}案` }, { deps: last })
      await writer.write(collection, [event])
      last = [idOf(event)]
    }

    const town = createTown()
    const machines = writers.map((writer, i) => ({ lane: writer.lane, machine: town.machine(`device${i}`) }))
    for (const [name, bytes] of world.objects) {
      const owner = machines.find(({ lane }) => name.includes(`/${lane}/`)) ?? machines[0]
      if (name !== 'f') owner?.machine.write({ name, bytes })
    }
    for (const { machine } of [...machines, ...[...machines].reverse()]) await machine.round()

    const person = writers[0]?.person as string
    const hashes = new Set<string>()
    for (const [i, { machine }] of machines.entries()) {
      expect(contents(machine)).toEqual(contents(machines[0]?.machine ?? machine))
      const { door, view } = await world.replica(person)
      let left = names(machine).filter((name) => name.startsWith('j/'))
      if (i % 2 === 1) left = [...left].reverse()
      for (let before = -1; before !== left.length; ) {
        before = left.length
        const waiting: string[] = []
        for (const name of left) if ((await door.admit(name, machine.disk.objects.get(name) ?? new Uint8Array())).outcome === 'waiting') waiting.push(name)
        left = waiting
      }
      expect(left).toEqual([])
      expect(await view.quarantined()).toEqual([])
      hashes.add(await view.stateHash())
    }
    expect(hashes.size).toBe(1)
  })
})
