import { describe, expect, it } from 'vitest'
import type { GrantReview } from '../authority/events.ts'
import type { Grant } from '../authority/model.ts'
import { collectionZero } from '../log/names.ts'
import { fromEitherEnd } from './testing/either-end.ts'
import { createWorld, fewPeople, type World, type Writer } from './testing/world.ts'

const collection = 'c-general-affairs'
const base: Grant = { id: 'owner', person: 'yoshida', collection, role: 'owner', reason: '', reviewBy: '2026-12-31', from: '2026-04-01', to: null }
const look = (over: Partial<GrantReview> = {}): GrantReview => ({ grant: `kamio-writer-${collection}`, reviewBy: '2027-03-31', reason: '', ...over })

/** The section's collection with its owner, and another one that is nobody's. */
async function office(seed: string) {
  const town = fewPeople(collection)
  const other = { id: 'c-other', name: '別', nameEn: 'Other', section: null }
  const grants = [...town.grants, base, { ...base, id: 'elsewhere', person: 'kamio', role: 'writer' as const, collection: other.id }]
  const world = await createWorld(seed, 4, { ...town, collections: [...town.collections, other], grants })
  const writers = new Map<string, Writer>()
  for (const seat of world.founded.seats) writers.set(seat.person, await world.writer(seat))
  const write = async (person: string, type: string, body: unknown): Promise<void> => {
    const writer = writers.get(person) as Writer
    await writer.write(collectionZero, [writer.event(type, null, body)], { authority: { [world.founded.head.lane]: 1 } })
  }
  return { world, write }
}

async function inEveryOrder(world: World) {
  const { authority: { grants, epochs }, reasons } = await fromEitherEnd(world)
  return { grants: [...grants.values()], epochs: [...epochs.keys()].sort(), reasons }
}

describe('4.12 what is let in of a review', () => {
  it('4.12 JU-60 an owner and an administrator look at a grant, nobody else, in any order of arrival', async () => {
    const { world, write } = await office('reviewers')
    await write('yoshida', 'grant.review', look())
    await write('sakita', 'grant.review', look({ grant: 'elsewhere', role: 'reader' }))
    await write('katsuragi', 'grant.review', look({ grant: 'elsewhere', reviewBy: '2027-02-01' }))
    const told = await inEveryOrder(world)
    expect(told.reasons).toEqual(['not-reviewer'])
    expect(told.grants.find(({ id }) => id === look().grant)).toMatchObject({ reviewBy: '2027-03-31', role: 'writer' })
    expect(told.grants.find(({ id }) => id === 'elsewhere')).toMatchObject({ reviewBy: '2027-03-31', role: 'reader' })
  })

  it('4.12 JU-60 what a look may not do is kept aside with its reason: one’s own, too late, of nothing, wider', async () => {
    const { world, write } = await office('refusals')
    await write('yoshida', 'grant.review', look({ grant: 'owner', reviewBy: '2026-12-31' }))
    await write('yoshida', 'grant.review', look({ reviewBy: '2027-04-03' }))
    await write('yoshida', 'grant.review', look({ grant: 'nothing' }))
    await write('yoshida', 'grant.review', look({ role: 'approver' }))
    await write('yoshida', 'grant.review', look({ grant: 'elsewhere' }))
    await write('katsuragi', 'grant.review', { grant: 7 })
    const told = await inEveryOrder(world)
    expect(told.reasons).toEqual(['grant-gone', 'not-narrower', 'not-reviewer', 'not-reviewer', 'own-grant', 'review-date'])
  })

  it('4.12 JU-61 an owner takes rights on the own collection away and gives it a new key, and nothing more', async () => {
    const { world, write } = await office('owner')
    await write('yoshida', 'grant.remove', { id: look().grant, reason: '異動' })
    await write('yoshida', 'epoch.new', { collection, epoch: 65_537, commitment: 'k' })
    await write('yoshida', 'grant.remove', { id: 'elsewhere', reason: '' })
    await write('yoshida', 'grant.remove', { id: 'sakita-admin', reason: '' })
    await write('yoshida', 'grant.remove', { id: 'nothing', reason: '' })
    await write('yoshida', 'epoch.new', { collection: 'c-other', epoch: 65_538, commitment: 'k' })
    await write('yoshida', 'epoch.new', { collection: collectionZero, epoch: 65_539, commitment: 'k' })
    await write('yoshida', 'grant.put', { ...base, id: 'more', role: 'writer' })
    await write('katsuragi', 'grant.remove', { id: 'owner', reason: '' })
    const told = await inEveryOrder(world)
    expect(told.reasons).toEqual(Array.from({ length: 7 }, () => 'not-admin'))
    expect(told.grants.some(({ id }) => id === look().grant)).toBe(false)
    expect(told.grants.some(({ id }) => id === 'elsewhere')).toBe(true)
    expect(told.epochs).toEqual([`c-general-affairs/0`, `${collection}/65537`, 'c-other/0', 'zero/0'])
  })

  it('4.12 JU-61 an owner reads the collection and writes no documents into it', async () => {
    const own = await createWorld('owner only', 4, { ...fewPeople(collection), grants: [...fewPeople(collection).grants.filter(({ person }) => person !== 'yoshida'), base] })
    const owner = await own.writer(own.founded.seats.find(({ person }) => person === 'yoshida')!)
    await own.newDocument(collection, 'd1')
    const at = { authority: { [own.founded.head.lane]: 1 } }
    await owner.write(collection, [owner.event('document.open', 'd1', { revision: null })], at)
    await owner.write(collection, [owner.event('draft.create', 'd1', {})], at)
    expect((await inEveryOrder(own)).reasons).toEqual(['role-missing'])
  })
})
