import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TownData } from '../authority/model.ts'
import { collectionZero } from '../log/names.ts'
import { admitUntilStill, createWorld, fewPeople, type World, type Writer } from './testing/world.ts'

const collection = 'c-general-affairs'
const doc = 'doc-a'
const hour = 60 * 60 * 1000

/** Four seats of a town in which rules are new enough for a day; one of them is away from the beginning on. */
async function office(seed: string, policyLagHours = 24) {
  const town = fewPeople(collection)
  const policies = town.policies.map((policy) => ({ ...policy, policyLagHours, witnessHours: 24 }))
  const grants = town.people.map(({ id }) => ({ id: `approver ${id}`, person: id, collection, role: 'approver' as const, reason: '', reviewBy: '2026-12-31', from: '2026-04-01', to: null }))
  const positions = town.people.map(({ id }) => ({ id: `position ${id}`, title: '', titleEn: '', section: '', superior: null, mayDecide: true }))
  const appointments = town.people.map(({ id }) => ({ id: `appointment ${id}`, person: id, position: `position ${id}`, kind: 'primary' as const, from: '2026-04-01', to: null }))
  const world = await createWorld(seed, 4, { ...town, policies, positions, appointments, grants: [...town.grants, ...grants] } satisfies TownData)
  await world.newDocument(collection, doc)
  const people = world.founded.seats
  const writers: Writer[] = []
  for (const seat of people) writers.push(await world.writer(seat))
  const founding = { [world.founded.head.lane]: 1 }
  return { world, founding, writers, writer: async (i: number) => world.writer(people[i] as (typeof people)[number]) }
}

const approve = (writer: Writer) => writer.event('decision.approve', doc, {}, { position: `position ${writer.person}` })
const named = (world: World): readonly string[] => [...world.objects.keys()].filter((name) => name.startsWith('j/'))

/** What a replica counts and what it sets aside when segments arrive in this order. */
async function takeIn(world: World, names: readonly string[]) {
  const { door, view } = await world.replica(world.founded.seats[0]?.person as string)
  const left = await admitUntilStill(world, door, names)
  const quarantined = (await view.quarantined()).map(({ lane, seq, reasons }) => [lane, seq, ...reasons.map(({ code }) => code)].join(' ')).sort()
  return { left, quarantined, counted: (await view.documentEvents(collection, doc)).map(({ lane, seq }) => `${lane} ${seq}`).sort(), state: await view.stateHash() }
}

async function inAnyOrder(world: World, seed: number) {
  const expected = await takeIn(world, named(world))
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray([...named(world)], { minLength: named(world).length }), async (order) => {
      expect(await takeIn(world, order)).toEqual(expected)
    }),
    { seed, numRuns: 16 },
  )
  return expected
}

describe('rules of which nobody else said for too long that they are the newest', () => {
  it('4.10 JU-70 F26 an approval on old rules counts nowhere, one on a word of that day counts, a draft counts always, on every replica in any order', async () => {
    const { world, founding, writers, writer } = await office('old rules')
    // The founding is its author's word.
    const [, b, , a] = writers as [Writer, Writer, Writer, Writer]
    await a.write(collection, [approve(a)], { authority: founding })
    world.clock.advance(30 * hour)
    // Somebody else reached the storage since and said so; their own word renews nothing for themselves.
    const said = await writer(1)
    await said.write(collectionZero, [said.event('authority.current', null, {})], { authority: founding })
    const heard = { ...founding, [said.lane]: (founding[said.lane] ?? 0) + 1 }
    const [away, back] = [await writer(2), await a.copy()]
    await away.write(collection, [approve(away)], { authority: founding })
    await away.write(collection, [away.event('draft.cover', doc, { field: 'title', value: '案' })], { authority: founding })
    await back.write(collection, [approve(back)], { authority: heard })
    const own = await b.copy()
    await own.write(collection, [approve(own)], { authority: heard })
    const { left, quarantined, counted } = await inAnyOrder(world, 70)
    expect(left).toEqual([])
    expect(quarantined).toEqual([`${away.lane} 1 rules-old`, `${own.lane} 1 rules-old`].sort())
    expect(counted).toEqual([`${a.lane}/${collection} 1`, `${away.lane}/${collection} 2`, `${back.lane}/${collection} 2`].sort())
  })

  it('4.10 JU-70 a word that claims tomorrow renews nothing today, and a clock that is set back gains no word', async () => {
    const { world, founding, writer } = await office('words of tomorrow')
    world.clock.advance(30 * hour)
    const ahead = await writer(1)
    const before = await writer(2)
    const tomorrow = ahead.event('authority.current', null, {})
    world.clock.advance(2 * hour)
    await ahead.write(collectionZero, [{ ...tomorrow, hlc: { ...tomorrow.hlc, ms: tomorrow.hlc.ms + 4 * hour } }], { authority: founding })
    const heard = { ...founding, [ahead.lane]: (founding[ahead.lane] ?? 0) + 1 }
    await before.write(collection, [approve(before)], { authority: heard })
    const { quarantined, counted } = await inAnyOrder(world, 71)
    expect([quarantined, counted]).toEqual([[`${before.lane} 1 rules-old`], []])
  })
})
