// A seat whose machine was put back, and a record of it that lies nowhere any more: what every replica makes of what came after it, once
// its person left the lane there.

import { describe, expect, it } from 'vitest'
import { seatOf } from '../authority/cut.ts'
import type { LogEvent } from '../log/event.ts'
import { collectionZero } from '../log/names.ts'
import { collection, copiedOffice, cover, kinds, sameInAnyOrder, takeIn } from './testing/any-order.ts'
import { idOf, type Writer } from './testing/world.ts'

const leave = (writer: Writer, lane: string, seq: number, of = collection): LogEvent => writer.event('session.leave', null, { collection: of, lane, seq })

/** Four records of one lane, the second of which is nowhere, and the seat in its new lane. */
async function putBack(seed: string) {
  const office = await copiedOffice(seed)
  const { world, sent, send, left, colleague, seat } = office
  const first = cover(left, '前')
  await send(left, [first])
  const lost = await send(left, [cover(left, '失われた', [first])])
  const after = cover(left, '後', [first])
  await send(left, [after])
  await send(left, [cover(left, 'その後', [after])])
  await send(colleague, [cover(colleague, '同僚', [first])])
  world.clock.advance(60_000)
  return { ...office, lost, first, after, anew: await world.writer({ ...seat, incarnation: 'second' }), without: () => sent.filter((one) => one !== lost) }
}

describe('3.14 a lane that waits for a record that is nowhere', () => {
  it('3.14 JU-2 JU-39 stands still until its person leaves it, and is set aside from there on then, in any order of arrival', async () => {
    const { world, send, left, anew, without, zero } = await putBack('left')
    expect((await takeIn(world, without(), 1)).heads[`${left.lane}/${collection}`]).toBe(1)
    await send(anew, [leave(anew, left.lane, 2)], collectionZero, { [zero]: 1 })
    const held = await sameInAnyOrder(world, without())
    expect(held.forks).toEqual([[`${left.lane}/${collection}`, 2]])
    expect(kinds(held.quarantined)).toEqual(['lane-forked', 'lane-forked'])
    expect([held.events.length, held.heads[`${left.lane}/${collection}`]]).toEqual([2, 4])
  })

  it('3.14 JU-34 JU-39 what its person brings again counts as its own, and the record that comes after all is kept with the others', async () => {
    const { world, sent, send, left, anew, after, zero } = await putBack('brought again')
    await send(anew, [leave(anew, left.lane, 2)], collectionZero, { [zero]: 1 })
    await send(anew, [after])
    const held = await sameInAnyOrder(world, sent)
    expect(kinds(held.quarantined)).toEqual(['lane-forked', 'lane-forked', 'lane-forked'])
    expect(held.events.filter((line) => line.startsWith(idOf(after))).map((line) => line.split(' ')[1]).sort()).toEqual([`${anew.lane}/${collection}`, `${left.lane}/${collection}`].sort())
  })

  it('3.14 JU-35 JU-39 in collection zero: what the lane wrote elsewhere at a position there waits no more either', async () => {
    const { world, sent, send, left, seat, zero } = await copiedOffice('left in zero')
    const start = { [zero]: 1 }
    const unlock = (): LogEvent => left.event('session.unlock', null, { session: left.session.certificate.hash })
    await send(left, [unlock()], collectionZero, start)
    const lost = await send(left, [unlock()], collectionZero, start)
    const at = Number(lost.name.split('/').at(-1))
    await send(left, [unlock()], collectionZero, start)
    await send(left, [cover(left, '後')], collection, { ...start, [left.lane]: at + 1 })
    const there = (): typeof sent => sent.filter((one) => one !== lost)
    expect((await takeIn(world, there(), 1)).heads[`${left.lane}/${collection}`]).toBeUndefined()
    world.clock.advance(60_000)
    const anew = await world.writer({ ...seat, incarnation: 'second' })
    await send(anew, [leave(anew, left.lane, at, collectionZero)], collectionZero, start)
    const held = await sameInAnyOrder(world, there())
    expect([held.forks, kinds(held.quarantined)]).toEqual([[[`${left.lane}/${collectionZero}`, at]], ['lane-forked', 'lane-forked']])
    expect(kinds((await sameInAnyOrder(world, sent)).quarantined)).toEqual(['lane-forked', 'lane-forked', 'lane-forked'])
  })

  it('3.14 JU-39 a seat leaves its own former lanes and no other, not the one it writes on, and not with another’s signature', async () => {
    const { world, send, left, colleague, anew, without, zero } = await putBack('not theirs')
    const start = { [zero]: 1 }
    await send(colleague, [leave(colleague, left.lane, 1)], collectionZero, start)
    await send(anew, [leave(anew, anew.lane, 1), leave(anew, colleague.lane, 1)], collectionZero, start)
    const elsewhere = await send(anew, [anew.event('session.leave', 'doc-a', { collection, lane: left.lane, seq: 1 })])
    const held = await sameInAnyOrder(world, without())
    expect([held.forks, held.heads[`${left.lane}/${collection}`], elsewhere.name.includes(anew.lane)]).toEqual([[], 1, true])
  })

  it('3.14 JU-39 that it was said is proof, whatever became of the lane on which it was said', async () => {
    const { world, send, left, anew, without, seat, zero } = await putBack('said on a forked lane')
    const start = { [zero]: 1 }
    const copy = await anew.copy()
    await send(anew, [leave(anew, left.lane, 2)], collectionZero, start)
    await send(copy, [copy.event('session.unlock', null, { session: copy.session.certificate.hash })], collectionZero, start)
    const third = await world.writer({ ...seat, incarnation: 'third' })
    await send(third, [leave(third, left.lane, 3)], collectionZero, start)
    const held = await sameInAnyOrder(world, without())
    expect(new Map(held.forks)).toEqual(new Map([[`${anew.lane}/${collectionZero}`, 1], [`${left.lane}/${collection}`, 2]]))
  })

  it('3.14 JU-39 it is the seat’s own word: a lane that somebody else claims leaves nothing, and one that claims to know nobody is heard all the same', async () => {
    const { world, sent, send, left, colleague, anew, without, zero } = await putBack('own word')
    const name = await colleague.write(collectionZero, [leave(colleague, left.lane, 1)], { authority: { [zero]: 1 }, lane: `${seatOf(left.lane)}.claimed` })
    sent.push({ name, bytes: world.objects.get(name) as Uint8Array })
    expect((await sameInAnyOrder(world, without())).forks).toEqual([])
    await send(anew, [leave(anew, left.lane, 2)], collectionZero, {})
    const held = await sameInAnyOrder(world, without())
    expect(held.forks).toEqual([[`${left.lane}/${collection}`, 2]])
    expect(kinds(held.quarantined)).toContain('lane-forked')
  })
})
