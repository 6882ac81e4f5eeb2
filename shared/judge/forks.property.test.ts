import { describe, expect, it } from 'vitest'
import { sampleTown } from '../authority/sample-town.ts'
import { seatOf } from '../authority/cut.ts'
import { encodeCbor } from '../base/cbor.ts'
import { seal } from '../crypto/envelope.ts'
import type { ContentKey } from '../crypto/ports.ts'
import type { LogEvent } from '../log/event.ts'
import { collectionZero, sessionName } from '../log/names.ts'
import { openHeader, parseSegment, type SealedSegment } from '../log/segment.ts'
import { sessionToBytes } from '../log/session.ts'
import { bookOf } from '../numbers/ask.ts'
import { reduceNumbers } from '../numbers/books.ts'
import { isSetAside } from './forks.ts'
import { collection, copiedOffice, cover, kinds, replayed, sameInAnyOrder, takeIn, type Sent } from './testing/any-order.ts'
import { fewPeople, idOf, type World, type Writer } from './testing/world.ts'

const series = 'series-outgoing-general-affairs'
const keepers = ['sakita', 'yoshida', 'kamio']
const numberTown = { ...fewPeople(collection), people: sampleTown.people.filter(({ id }) => keepers.includes(id)), grants: sampleTown.grants.filter(({ person }) => keepers.includes(person)), collections: sampleTown.collections, series: sampleTown.series, sections: sampleTown.sections }
/** What whoever holds collection zero's keys can make of another's segment: the same signed header, sealed once more. */
async function sealedAnew(world: World, { name, bytes }: Sent, under: number): Promise<Sent> {
  const { workspace } = world.founded
  const ring = await world.keyRing(world.founded.seats[0]?.person as string)
  const segment = parseSegment(bytes) as SealedSegment
  const { epoch, events, signature } = segment
  const plain = await openHeader(world.host, (await ring.epochKey(collectionZero, epoch)) as ContentKey, workspace, segment)
  const sealed = await seal(world.host, (await ring.epochKey(collectionZero, under)) as ContentKey, 'header', encodeCbor(['header', workspace, under]), plain as Uint8Array)
  return { name, bytes: encodeCbor({ s: 1, v: 1, e: under, h: sealed, x: events, g: signature }) }
}

describe('3.2 a lane that carries two segments under one number', () => {
  it('3.2 JU-32 JU-33 is set aside from there on by every replica, in any order of arrival, and nothing of it is dropped', async () => {
    const { world, sent, send, left, colleague } = await copiedOffice('twofold')
    const before = cover(left, '前')
    await send(left, [before])
    const right = await left.copy()
    const mine = cover(left, '左', [before])
    const theirs = cover(right, '右', [before])
    await send(left, [mine])
    await send(right, [theirs])
    await send(right, [cover(right, '右の続き', [theirs])])
    await send(colleague, [cover(colleague, '左に続けて', [mine])])
    await send(colleague, [cover(colleague, '別に', [before])])
    const held = await sameInAnyOrder(world, sent)
    expect(held.forks).toEqual([[`${left.lane}/${collection}`, 2]])
    expect(kinds(held.quarantined)).toEqual(['lane-forked', 'lane-forked', 'lane-forked', 'past-not-accepted'])
    expect(held.events).toHaveLength(2)
  })
  it('3.2 JU-34 an act that its author brings again in another lane counts, and so does what others built on it, in any order of arrival', async () => {
    const { world, sent, send, left, colleague, seat } = await copiedOffice('adopted')
    const before = cover(left, '前')
    await send(left, [before])
    const right = await left.copy()
    const [mine, theirs] = [cover(left, '左', [before]), cover(right, '右', [before])]
    await send(left, [mine])
    await send(right, [theirs])
    const onMine = cover(colleague, '左に続けて', [mine])
    await send(colleague, [onMine])
    await send(colleague, [cover(colleague, '右に続けて', [theirs])])
    world.clock.advance(60_000)
    const anew = await world.writer({ ...seat, incarnation: 'second' })
    await send(anew, [mine])
    const held = await sameInAnyOrder(world, sent)
    expect(kinds(held.quarantined)).toEqual(['lane-forked', 'lane-forked', 'past-not-accepted'])
    const places = held.events.map((line) => line.split(' '))
    expect(places.filter(([id]) => id === idOf(mine)).map(([, lane]) => lane).sort()).toEqual([`${left.lane}/${collection}`, `${anew.lane}/${collection}`].sort())
    expect(places.map(([id]) => id)).toContain(idOf(onMine))
    expect(places.map(([id]) => id)).not.toContain(idOf(theirs))
  })

  it('3.14 JU-34 an act that both copies sent in segments of their own stands once as the lane’s and once each time its author brought it again', async () => {
    const { world, sent, send, left, seat } = await copiedOffice('both')
    const right = await left.copy()
    const mine = cover(left, '同じ件名')
    await send(left, [mine])
    await send(right, [mine])
    world.clock.advance(60_000)
    const anew = await world.writer({ ...seat, incarnation: 'second' })
    await send(anew, [mine])
    const third = await world.writer({ ...seat, incarnation: 'third' })
    await send(third, [mine])
    const held = await sameInAnyOrder(world, sent)
    expect(kinds(held.quarantined)).toEqual(['lane-forked', 'lane-forked'])
    expect(held.events.map((line) => line.split(' ')[1]).sort()).toEqual([`${left.lane}/${collection}`, `${anew.lane}/${collection}`, `${third.lane}/${collection}`].sort())
  })

  it('3.2 JU-35 when the fork is in collection zero, what the lane writes elsewhere knowing of it is set aside too', async () => {
    const { world, sent, send, left, colleague, zero } = await copiedOffice('unlocked')
    const start = { [zero]: 1 }
    await send(left, [cover(left, '前')], collection, start)
    const right = await left.copy()
    await send(left, [left.event('session.unlock', null, { session: left.session.certificate.hash })], collectionZero)
    await send(right, [right.event('session.unlock', null, { session: right.session.certificate.hash })], collectionZero)
    const [at] = sent.slice(-1).map(({ name }) => Number(name.split('/').at(-1)))
    const after = { ...start, [left.lane]: at as number }
    await send(left, [cover(left, '開けた後')], collection, after)
    await send(colleague, [cover(colleague, '同僚')], collection, after)
    const held = await sameInAnyOrder(world, sent)
    expect(held.forks).toEqual([[`${left.lane}/${collectionZero}`, at]])
    expect(kinds(held.quarantined)).toEqual(['lane-forked', 'lane-forked', 'lane-forked'])
    expect(held.events).toHaveLength(2)
    expect(Object.entries(held.heads).filter(([lane]) => lane === `${left.lane}/${collectionZero}`)).toEqual([[`${left.lane}/${collectionZero}`, at]])
  })

  it('4.16 JU-32 JU-35 a lane that is forked in collection zero and elsewhere is known to be forked in both, whichever proof came first: what claims to know of neither does not count', async () => {
    const { world, sent, send, left, zero } = await copiedOffice('forked twice')
    const start = { [zero]: 1 }
    await send(left, [cover(left, '前')], collection, start)
    const right = await left.copy()
    for (const one of [left, right]) await send(one, [one.event('session.unlock', null, { session: one.session.certificate.hash })], collectionZero, start)
    const after = { ...start, [left.lane]: Number(sent.at(-1)?.name.split('/').at(-1)) }
    for (const one of [left, right]) await send(one, [cover(one, '開けた後')], collection, after)
    await send(left, [cover(left, '知らないふり')], collection, start)
    const held = await sameInAnyOrder(world, sent)
    expect(held.forks.map(([chain]) => chain)).toEqual([`${left.lane}/${collection}`, `${left.lane}/${collectionZero}`].sort())
    expect(kinds(held.quarantined)).toEqual(Array.from({ length: 5 }, () => 'lane-forked'))
    expect(held.events).toHaveLength(1)
  })

  it('3.2 JU-36 acts about numbers behind it keep their place in their chain, so that nobody who went on from them is shaken', async () => {
    const { world, sent, send } = await copiedOffice('numbered', numberTown)
    const [registrar, other] = await Promise.all(['yoshida', 'kamio'].map((person) => world.writer(world.founded.seats.find((one) => one.person === person)!)))
    const start = { [world.founded.head.lane]: 1 }
    const give = (writer: Writer, n: number, deps: readonly LogEvent[]) => writer.event('number.assign', null, { series, period: 2026, n, doc: `doc-${n}`, block: null }, { deps: deps.map(idOf) })
    const lease = registrar!.event('number.registrar', null, { series, seat: seatOf(registrar!.lane), previous: null, reason: '初め' })
    await send(registrar!, [lease], collectionZero, start)
    const copy = await registrar!.copy()
    const one = give(registrar!, 1, [lease])
    await send(registrar!, [one], collectionZero, { ...start, [registrar!.lane]: 1 })
    await send(copy, [give(copy, 1, [lease])], collectionZero, { ...start, [registrar!.lane]: 1 })
    const handed = other!.event('number.void', null, { series, period: 2026, n: 1, reason: '書き損じ', again: false }, { deps: [idOf(one)] })
    await send(other!, [handed], collectionZero, { ...start, [registrar!.lane]: 2 })
    const held = await sameInAnyOrder(world, sent)
    expect(kinds(held.quarantined)).toEqual(['lane-forked', 'lane-forked'])
    const { view } = await replayed(world, sent)
    const acts = (await view.authorityEvents()).filter(({ event }) => event.type.startsWith('number.'))
    expect(acts.map(({ id }) => id)).toContain(idOf(handed))
    const forks = await view.forks()
    const book = bookOf(reduceNumbers(acts, (known) => isSetAside(forks, known)), series)
    expect(book.registrar?.seat).toBe(seatOf(registrar!.lane))
    expect([...reduceNumbers(acts, (known) => isSetAside(forks, known)).numberOf]).toEqual([])
  })

  it('3.2 JU-36 AU-20 a key that was made behind it is opened by everybody and written under by nobody, and what went with it has no effect, in any order of arrival', async () => {
    const { world, sent, send } = await copiedOffice('keys', numberTown)
    const admin = await world.writer(world.founded.seats.find((one) => one.person === 'sakita')!)
    const start = { [world.founded.head.lane]: 1 }
    const copy = await admin.copy()
    const put = (writer: Writer, name: string) => writer.event('town.put', null, { name })
    const fresh = { collection: collectionZero, epoch: 0x10007, commitment: 'ab'.repeat(32) }
    await send(admin, [put(admin, '左の町')], collectionZero, start)
    await send(copy, [put(copy, '右の町'), copy.event('epoch.new', null, fresh)], collectionZero, start)
    const held = await sameInAnyOrder(world, sent)
    expect(kinds(held.quarantined)).toEqual(['lane-forked', 'lane-forked'])
    const { door, view } = await replayed(world, sent)
    const authority = await door.authority()
    expect((await view.authorityEvents()).filter(({ lane, seq }) => lane.startsWith(`${admin.lane}/`) && seq > 1).map(({ event }) => event.type)).toEqual(['epoch.new'])
    expect(authority.everyEpoch).toContainEqual(fresh)
    expect([...authority.epochs.values()]).not.toContainEqual(fresh)
    expect(['左の町', '右の町']).not.toContain(authority.town?.name)
  })

  it('3.2 JU-37 a false segment under somebody’s lane stands in nobody’s way: the true one beside it is let in, in any order of arrival', async () => {
    const { world, sent, send, left, colleague } = await copiedOffice('false')
    const copy = await left.copy()
    const first = await send(left, [cover(left, '前')])
    // One with the true one’s content, one with another: neither is signed.
    const other = await send(copy, [cover(copy, '偽')])
    sent.splice(sent.indexOf(other), 1)
    for (const { name, bytes } of [first, other]) {
      const { epoch, header, events, signature } = parseSegment(bytes)!
      sent.push({ name, bytes: encodeCbor({ s: 1, v: 1, e: epoch, h: header, x: events, g: signature.map((byte, i) => (i === 5 ? byte ^ 1 : byte)) }) })
    }
    await send(left, [cover(left, '続き')])
    await send(colleague, [cover(colleague, '同僚')])
    const held = await sameInAnyOrder(world, sent)
    expect([held.forks, held.quarantined, held.events.length]).toEqual([[], [], 3])
  })

  it('3.2 JU-38 a segment that somebody sealed anew is no second one: no fork, and what follows it is let in, in any order of arrival', async () => {
    const { world, sent, send, left, colleague } = await copiedOffice('sealed anew')
    const first = await send(left, [cover(left, '前')])
    const anew = await sealedAnew(world, first, 0)
    expect([parseSegment(anew.bytes)?.hash === parseSegment(first.bytes)?.hash, anew.name]).toEqual([false, first.name])
    sent.push(anew)
    await send(left, [cover(left, '続き')])
    await send(colleague, [cover(colleague, '同僚')])
    const held = await sameInAnyOrder(world, sent)
    expect([held.forks, held.quarantined, held.events.length]).toEqual([[], [], 3])
  })

  it('3.1 AU-17 JU-33 what a cut names is trusted as before where another branch lies beside it, which the fork sets aside, in any order of arrival', async () => {
    const { world, sent, send, left, zero } = await copiedOffice('cut and forked')
    const before = cover(left, '前')
    const named = [await send(left, [before])]
    const right = await left.copy()
    named.push(await send(left, [cover(left, '左', [before])]))
    await send(right, [cover(right, '右', [before])])
    const founder = await world.writer(world.founded.seats[0]!)
    const cut = named.map(({ bytes }, i) => ({ collection, lane: left.lane, seq: i + 1, hash: parseSegment(bytes)?.hash ?? '' }))
    await send(founder, [founder.event('seat.remove', null, { id: seatOf(left.lane), reason: '端末の紛失', cut })], collectionZero, { [zero]: 1 })
    const held = await sameInAnyOrder(world, sent)
    expect([held.contradicted, held.forks, kinds(held.quarantined)]).toEqual([[], [[`${left.lane}/${collection}`, 2]], ['lane-forked', 'lane-forked']])
    // Of the other branch alone the cut trusts what the two share.
    const alone = await takeIn(world, sent.filter((one) => one !== named[1]), 1)
    expect([alone.contradicted.length, alone.forks, alone.cuts === held.cuts]).toEqual([1, [], false])
    expect(alone.cuts).toContain(`["${left.lane}/${collection}",1]`)
  })

  it('3.3 JU-42 LG-23 under another epoch than it was signed with a segment is none, and the true one beside it is let in, in any order of arrival', async () => {
    const { world, sent, left, colleague, zero, send } = await copiedOffice('another epoch')
    const founder = await world.writer(world.founded.seats[0]!)
    await send(founder, [founder.event('epoch.new', null, await world.newZeroEpoch(70_000))], collectionZero)
    const old = await send(left, [cover(left, '前')], collection, { [zero]: 1 })
    const name = await colleague.write(collection, [cover(colleague, '新しい鍵で')], { authority: { [zero]: 2 }, epoch: 70_000 })
    const fresh = { name, bytes: world.objects.get(name) as Uint8Array }
    sent.push(fresh, await sealedAnew(world, old, 70_000), await sealedAnew(world, fresh, 0))
    const held = await sameInAnyOrder(world, sent)
    expect([held.forks, held.quarantined, held.events.length]).toEqual([[], [], 2])
  })

  it('3.2 JU-32 who did not sign both has proven nothing: another session of another seat is no copy', async () => {
    const { world, sent, send, left, colleague } = await copiedOffice('foreign')
    await send(left, [cover(left, '前')])
    const liar = await left.copy()
    // Somebody else’s certificate, who claims the lane: seat and device of the lane do not stand behind it.
    world.objects.set(sessionName(liar.session.certificate.hash), sessionToBytes({ ...liar.session.certificate, seatSignature: colleague.session.certificate.seatSignature }))
    await send(left, [cover(left, '次')])
    await send(liar, [cover(liar, '偽')])
    const held = await sameInAnyOrder(world, sent)
    expect([held.forks, held.quarantined, held.events.length]).toEqual([[], [], 2])
  })
})
