import { describe, expect, it } from 'vitest'
import { sampleTown } from '../authority/sample-town.ts'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { collectionZero } from '../log/names.ts'
import { createWorld, idOf, type World } from './testing/world.ts'

const collection = sampleTown.collections[0]?.id as string

async function writers(world: World) {
  const granted = world.founded.seats.filter((s) => sampleTown.grants.some((g) => g.person === s.person && g.collection === collection && g.role === 'writer'))
  return Promise.all(granted.map((seat) => world.writer(seat)))
}

async function admitAll(world: World, person: string, names: readonly string[]) {
  const replica = await world.replica(person)
  let left = [...names]
  for (let moved = true; moved; ) {
    moved = false
    const waiting: string[] = []
    for (const name of left) {
      const answer = await replica.door.admit(name, world.objects.get(name) as Uint8Array)
      if (answer.outcome === 'waiting') waiting.push(name)
      else moved = true
    }
    left = waiting
  }
  return { ...replica, left }
}

function segmentNames(world: World): string[] {
  return [...world.objects.keys()].filter((name) => name.startsWith('j/'))
}

describe('the door', () => {
  it('2.6b takes the founding segment in and knows the town by it', async () => {
    const world = await createWorld('door', 8)
    const { door, view, left } = await admitAll(world, world.founded.seats[0]?.person as string, segmentNames(world))
    const state = await door.authority()
    expect(left).toEqual([])
    expect(await view.quarantined()).toEqual([])
    expect(state.genesis?.hash).toBe(world.founded.genesis)
    expect(state.people.size).toBe(sampleTown.people.length)
    expect(state.seats.size).toBe(8)
    expect(state.genesis?.recoverySigningKey).toHaveLength(65)
  })

  it('2.6e gives the same state hash in any order of arrival', async () => {
    const world = await createWorld('door', 8)
    const lanes = await writers(world)
    expect(lanes.length).toBeGreaterThan(1)
    await world.newDocument(collection, 'doc-a')
    let last: string[] = []
    for (const [i, lane] of [...lanes, ...lanes].entries()) {
      world.clock.advance(60_000)
      const event = lane.event('draft.cover', 'doc-a', { field: 'title', value: `第${i}案` }, { deps: last })
      await lane.write(collection, [event])
      last = [idOf(event)]
    }
    const names = segmentNames(world)
    const reader = world.founded.seats[0]?.person as string
    const hashes = new Set<string>()
    for (const order of [names, [...names].reverse(), [...names].sort(), [...names.slice(2), ...names.slice(0, 2)]]) {
      const { view, left } = await admitAll(world, reader, order)
      expect(left).toEqual([])
      hashes.add(await view.stateHash())
    }
    expect(hashes.size).toBe(1)
  })

  it('2.7 rejects a segment whose events differ from its header (a lying page declares a draft and seals an approval)', async () => {
    const world = await createWorld('door', 8)
    const [writer] = await writers(world)
    await world.newDocument(collection, 'doc-a')
    const approval = writer!.event('decision.approve', 'doc-a', { revision: 'f'.repeat(64), step: 'step-1', comment: '' })
    const name = await writer!.write(collection, [approval], { declare: (sealed) => ({ ...sealed, acts: sealed.acts.map((act) => ({ ...act, type: 'draft.cover' })) }) })
    const { view } = await admitAll(world, writer!.person, segmentNames(world))
    expect((await view.quarantined()).map((q) => [q.name, q.reasons[0]?.code])).toEqual([[name, 'header-lies-event-type']])
    expect(await view.documentEvents(collection, 'doc-a')).toEqual([])
  })

  it('2.6c keeps an event of a type it does not know', async () => {
    const world = await createWorld('door', 8)
    const [writer] = await writers(world)
    await world.newDocument(collection, 'doc-a')
    await writer!.write(collection, [writer!.event('poem.recite', 'doc-a', { lines: 3 })])
    const { view } = await admitAll(world, writer!.person, segmentNames(world))
    expect((await view.documentEvents(collection, 'doc-a')).map((k) => k.event.type)).toEqual(['poem.recite'])
  })

  it('2.6e quarantines an admin act of somebody who is no administrator, and keeps the lane going', async () => {
    const world = await createWorld('door', 8)
    const outsider = world.founded.seats.find((s) => s.seat !== world.founded.head.lane.split('.')[0])
    const writer = await world.writer(outsider!)
    const grant = { ...sampleTown.grants[0]!, id: 'grant-forged', person: writer.person, collection: null, role: 'admin' as const }
    await writer.write(collectionZero, [writer.event('grant.put', null, grant)])
    await writer.write(collectionZero, [writer.event('session.unlock', null, { session: 'x' })])
    const { view, door } = await admitAll(world, writer.person, segmentNames(world))
    expect((await view.quarantined()).flatMap((q) => q.reasons.map((r) => r.code))).toEqual(['not-admin'])
    expect((await door.authority()).grants.has('grant-forged')).toBe(false)
    expect(view.heads.get(`${writer.lane}/${collectionZero}`)?.seq).toBe(2)
  })

  it('2.6a refuses any changed byte of a segment', async () => {
    const world = await createWorld('door', 8)
    const [writer] = await writers(world)
    await world.newDocument(collection, 'doc-a')
    const name = await writer!.write(collection, [writer!.event('draft.cover', 'doc-a', { field: 'title', value: '件名' })])
    const good = world.objects.get(name) as Uint8Array
    const { door, view } = await admitAll(world, writer!.person, segmentNames(world).filter((n) => n !== name))
    const before = await view.stateHash()
    for (let at = 0; at < good.length; at += 7) {
      const bad = good.slice()
      bad[at] = (bad[at] as number) ^ 1
      const answer = await door.admit(name, bad)
      expect(['refused', 'waiting']).toContain(answer.outcome)
    }
    expect(await view.stateHash()).toBe(before)
    expect((await door.admit(name, good)).outcome).toBe('accepted')
    expect((await door.admit(name, good)).outcome).toBe('known')
    expect(decodeCbor(encodeCbor({ b: 1, a: 2 }))).toEqual({ a: 2, b: 1 })
  })

  it('2.8 gives a person nothing of a collection that was not granted', async () => {
    const world = await createWorld('door', 8)
    const [writer] = await writers(world)
    const outsider = sampleTown.people.find((p) => !sampleTown.grants.some((g) => g.person === p.id && g.collection === collection) && world.founded.seats.some((s) => s.person === p.id))
    await world.newDocument(collection, 'doc-a')
    await writer!.write(collection, [writer!.event('draft.cover', 'doc-a', { field: 'title', value: '秘密の件名' })])
    expect(outsider).toBeDefined()
    const ring = await world.keyRing(outsider!.id)
    expect(await ring.epochKey(collection, 0)).toBeNull()
    const { view } = await admitAll(world, outsider!.id, segmentNames(world))
    expect(await view.documentEvents(collection, 'doc-a')).toEqual([])
    expect(view.heads.get(`${writer!.lane}/${collection}`)?.seq).toBe(1)
  })
})
