import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DocumentGrant } from '../authority/model.ts'
import { sampleTown } from '../authority/sample-town.ts'
import type { TownData } from '../authority/model.ts'
import { collectionZero, documentHandle, plainHandle } from '../log/names.ts'
import type { KeyRing } from './ports.ts'
import { admitUntilStill, createWorld, fewPeople, type World } from './testing/world.ts'

const collection = 'c-general-affairs'
const [given, other] = ['doc-a', 'doc-b']

/** A section with two documents, and somebody of another one who reads none of them. */
async function office(seed: string) {
  const few = fewPeople(collection)
  const town: TownData = { ...few, people: [...few.people, ...sampleTown.people.filter(({ id }) => id === 'hoshi')] }
  const world = await createWorld(seed, 8, town)
  for (const doc of [given, other]) await world.newDocument(collection, doc)
  const full = await world.keyRing('kamio')
  const handle = documentHandle(world.founded.workspace, given)
  const own = await world.keyRing('hoshi')
  const partial: KeyRing = { epochKey: own.epochKey, documentKey: async (of, document) => (of === collection && plainHandle(document) === handle ? full.documentKey(of, document) : own.documentKey(of, document)) }
  const seat = (person: string) => world.founded.seats.find((one) => one.person === person)!
  const [admin, clerk, adviser] = [await world.writer(seat('sakita')), await world.writer(seat('kamio')), await world.writer(seat('hoshi'), undefined, full)]
  const at = (zero: number): { readonly authority: Record<string, number> } => ({ authority: { [world.founded.head.lane]: zero } })
  const grant: DocumentGrant = { id: 'g', person: 'hoshi', collection, document: handle, role: 'writer', reason: '意見', key: '0123456789abcdef', from: '2026-10-01', to: '2026-12-31', reviewBy: '2026-12-31' }
  return { world, partial, admin, clerk, adviser, at, grant }
}

const named = (world: World): readonly string[] => [...world.objects.keys()].filter((name) => name.startsWith('j/'))

async function takeIn(world: World, names: readonly string[], keys?: KeyRing) {
  const { door, view } = await world.replica(keys ? 'hoshi' : 'kamio', undefined, undefined, keys)
  const left = await admitUntilStill(world, door, names)
  const counted = async (doc: string) => (await view.documentEvents(collection, doc)).map(({ event, lane, seq }) => `${event.person} ${event.type} ${lane} ${seq}`).sort()
  const quarantined = (await view.quarantined()).map(({ lane, seq, reasons }) => [lane, seq, ...reasons.map(({ code }) => code)].join(' ')).sort()
  return { left, given: await counted(given), other: await counted(other), quarantined, state: await view.stateHash() }
}

/** What whoever reads the collection counts, and whoever was given the one document, in whatever order it comes. */
async function inAnyOrder(world: World, partial: KeyRing, seed: number, numRuns = 6) {
  const names = named(world)
  const [member, adviser] = [await takeIn(world, names), await takeIn(world, names, partial)]
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray([...names], { minLength: names.length }), async (order) => {
      expect(await takeIn(world, order)).toEqual(member)
      expect(await takeIn(world, order, partial)).toEqual(adviser)
    }),
    { seed, numRuns },
  )
  return { member, adviser }
}

describe('a right on one document', () => {
  it('4.11 JU-90 lets its holder act in that document as the role says, from the position at which it stands until it is taken away, and nowhere else', async () => {
    const { world, partial, admin, clerk, adviser, at, grant } = await office('given')
    await clerk.write(collection, [clerk.event('draft.cover', given, { field: 'title', value: '案' })], at(1))
    await clerk.write(collection, [clerk.event('draft.cover', other, { field: 'title', value: '別' })], at(1))
    const cover = (doc: string) => adviser.event('draft.cover', doc, { field: 'title', value: '意見' })
    await adviser.write(collection, [cover(given)], at(1))
    await admin.write(collectionZero, [admin.event('grant.document', null, grant)], at(1))
    await adviser.write(collection, [cover(given)], at(2))
    await adviser.write(collection, [cover(other)], at(2))
    await adviser.write(collection, [adviser.event('document.rekey', given, {})], at(2))
    await adviser.write(collection, [adviser.event('decision.approve', given, {})], at(2))
    await adviser.write(collection, [adviser.event('document.open', given, { revision: null })], at(2))
    await adviser.write(collection, [adviser.event('document.print', given, { revision: null })], at(2))
    await admin.write(collectionZero, [admin.event('grant.remove', null, { id: 'g', reason: '終わり' })], at(2))
    await adviser.write(collection, [cover(given)], at(3))
    const { member, adviser: seen } = await inAnyOrder(world, partial, 90)
    expect([member.left, seen.left]).toEqual([[], []])
    expect(member.quarantined).toEqual([1, 3, 4, 5, 7, 8].map((seq) => `${adviser.lane} ${seq} ${seq === 5 ? 'role-missing position-missing' : 'role-missing'}`).sort())
    expect(member.given).toEqual([`hoshi document.open ${adviser.lane}/${collection} 6`, `hoshi draft.cover ${adviser.lane}/${collection} 2`, `kamio draft.cover ${clerk.lane}/${collection} 1`])
    // The one document is the same to both; of the other nothing is there.
    expect(seen.given).toEqual(member.given)
    expect(seen.other).toEqual([])
    expect(member.other).toEqual([`kamio draft.cover ${clerk.lane}/${collection} 2`])
  })

  it('4.11 JU-90 ends on every replica with its last day, and fourteen days after it should have been looked at', async () => {
    const opens = async (over: Partial<DocumentGrant>, days: number) => {
      const { world, partial, admin, at, grant } = await office(`lapsing ${days}`)
      await admin.write(collectionZero, [admin.event('grant.document', null, { ...grant, ...over })], at(1))
      world.clock.advance(days * 24 * 60 * 60 * 1000)
      const late = await world.writer(world.founded.seats.find(({ person }) => person === 'hoshi')!, undefined, partial)
      await late.write(collection, [late.event('document.open', given, { revision: null })], at(2))
      const { member, adviser } = await inAnyOrder(world, partial, 91, 2)
      expect(adviser.quarantined).toEqual(member.quarantined)
      return member.quarantined.map((line) => line.split(' ').at(-1))
    }
    const unlooked = { to: '2027-06-30', reviewBy: '2026-10-02' }
    expect([await opens(unlooked, 15), await opens(unlooked, 16)]).toEqual([[], ['role-missing']])
    const short = { to: '2026-10-05', reviewBy: '2026-10-05' }
    expect([await opens(short, 4), await opens(short, 5)]).toEqual([[], ['role-missing']])
  })

  it('4.11 JU-91 of a segment that is also about what cannot be read, looking and receiving count, and everything else is kept aside there', async () => {
    const { world, partial, admin, clerk, at, grant } = await office('mixed')
    await admin.write(collectionZero, [admin.event('grant.document', null, grant)], at(1))
    await clerk.write(collection, [clerk.event('document.open', given, { revision: null }), clerk.event('document.open', other, { revision: null })], at(1))
    await clerk.write(collection, [clerk.event('draft.cover', given, { field: 'title', value: '一' }), clerk.event('draft.cover', other, { field: 'title', value: '二' })], at(1))
    await clerk.write(collection, [clerk.event('document.witness', given, { approvals: [] }), clerk.event('document.export', other, {})], at(1))
    const { member, adviser: seen } = await inAnyOrder(world, partial, 93)
    expect(member.quarantined).toEqual([`${clerk.lane} 3 position-missing`])
    expect(seen.given).toEqual([`kamio document.open ${clerk.lane}/${collection} 1`])
    expect(seen.quarantined).toEqual([`${clerk.lane} 2 not-all-read`, `${clerk.lane} 3 not-all-read`])
  })

  it('4.11 JU-91 whoever may not look is found by what the header says, though it cannot be read', async () => {
    const { world, partial, admin, adviser, at, grant } = await office('looking')
    await admin.write(collectionZero, [admin.event('grant.document', null, grant)], at(1))
    await adviser.write(collection, [adviser.event('document.open', given, { revision: null }), adviser.event('document.open', other, { revision: null })], at(2))
    const { member, adviser: seen } = await inAnyOrder(world, partial, 94)
    expect([member.quarantined, seen.quarantined]).toEqual([[`${adviser.lane} 1 role-missing`], [`${adviser.lane} 1 role-missing`]])
  })
})

describe('giving one document', () => {
  it('4.11 JU-92 AU-91 AU-92 is let in of an administrator, to read of records officers as well, for a year at most, to somebody else, in any order', async () => {
    const { world, partial, admin, clerk, at, grant } = await office('giving')
    const write = async (writer: typeof admin, over: Partial<DocumentGrant>, zero = 1): Promise<void> => void (await writer.write(collectionZero, [writer.event('grant.document', null, { ...grant, ...over })], at(zero)))
    await write(clerk, {})
    await write(clerk, { role: 'reader' })
    await write(admin, { id: 'self', person: 'sakita' })
    await write(admin, { id: 'long', to: '2027-10-03', reviewBy: '2026-12-31' })
    await write(admin, { id: 'unseen', to: '2027-09-30', reviewBy: '2027-09-30' })
    await write(admin, { id: 'nobody', person: 'nobody' })
    await write(admin, { id: 'nowhere', collection: 'c-nowhere' })
    await clerk.write(collectionZero, [clerk.event('grant.document', null, { id: 7 })], at(1))
    await admin.write(collectionZero, [admin.event('grant.put', null, { id: 'records', person: 'kamio', collection, role: 'records', reason: '', from: '2026-04-01', to: null, reviewBy: '2026-12-31' })], at(6))
    const zero = 7
    await write(clerk, { id: 'read', role: 'reader' }, zero)
    await write(clerk, { id: 'write', role: 'writer' }, zero)
    await write(admin, { id: 'ok', role: 'approver' }, zero)
    await clerk.write(collectionZero, [clerk.event('grant.remove', null, { id: 'ok', reason: '' })], { authority: { [world.founded.head.lane]: zero + 1 } })
    await clerk.write(collectionZero, [clerk.event('grant.remove', null, { id: 'read', reason: '' })], { authority: { [world.founded.head.lane]: zero, [clerk.lane]: 4 } })
    const { member } = await inAnyOrder(world, partial, 95)
    expect(member.left).toEqual([])
    expect(member.quarantined.map((line) => line.split(' ').slice(1).join(' ')).sort()).toEqual(
      ['1 not-giver', '2 not-giver', '3 not-giver', '5 not-giver', '6 not-admin', '2 own-grant', '3 last-day', '4 review-date', '5 grant-gone', '6 grant-gone'].sort(),
    )
  })
  it('4.11 JU-92 AU-92 has days that are days, none of them past, in their order', async () => {
    const { world, partial, admin, at, grant } = await office('days')
    const odd: readonly (readonly [string, Partial<DocumentGrant>])[] = [
      ...[{ to: '2026-09-30', from: '2026-09-01' }, { from: '2026-11-01', to: '2026-10-31' }, { to: '2026-11-31' }, { from: '2026-09-31' }].map((over) => ['last-day', over] as const),
      ...[{ reviewBy: '2026-09-30' }, { reviewBy: '2026-11-31' }].map((over) => ['review-date', over] as const),
    ]
    for (const [n, [, over]] of odd.entries()) await admin.write(collectionZero, [admin.event('grant.document', null, { ...grant, id: `odd ${n}`, ...over })], at(1))
    await admin.write(collectionZero, [admin.event('grant.document', null, { ...grant, to: '2027-10-02' })], at(1))
    const { member } = await inAnyOrder(world, partial, 96)
    expect(member.quarantined.map((line) => line.split(' ').slice(1).join(' ')).sort()).toEqual(odd.map(([code], n) => `${n + 2} ${code}`).sort())
  })
})
