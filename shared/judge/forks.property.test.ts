import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sampleTown } from '../authority/sample-town.ts'
import { cutsToText, seatOf } from '../authority/cut.ts'
import { encodeCbor } from '../base/cbor.ts'
import { seal } from '../crypto/envelope.ts'
import { sha256Hex } from '../crypto/hash.ts'
import type { ContentKey } from '../crypto/ports.ts'
import type { LogEvent } from '../log/event.ts'
import { collectionHandle, collectionZero, sessionName, twinName } from '../log/names.ts'
import { openHeader, parseSegment, type SealedSegment } from '../log/segment.ts'
import { sessionToBytes } from '../log/session.ts'
import { bookOf } from '../numbers/ask.ts'
import { reduceNumbers } from '../numbers/books.ts'
import { isSetAside, type Fork } from './forks.ts'
import { createWorld, fewPeople, idOf, type World, type Writer } from './testing/world.ts'

const collection = sampleTown.collections[0]?.id as string
const series = 'series-outgoing-general-affairs'
const keepers = ['sakita', 'yoshida', 'kamio']
const numberTown = { ...fewPeople(collection), people: sampleTown.people.filter(({ id }) => keepers.includes(id)), grants: sampleTown.grants.filter(({ person }) => keepers.includes(person)), collections: sampleTown.collections, series: sampleTown.series, sections: sampleTown.sections }
const doc = 'doc-a'

interface Sent {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Two copies of one seat's profile, a colleague, and everything that was sent: a name may come twice. */
async function copiedOffice(seed: string, town = fewPeople(collection)) {
  const world = await createWorld(seed, 8, town)
  const [seat, other] = world.founded.seats.filter((s) => sampleTown.grants.some((g) => g.person === s.person && g.collection === collection && g.role === 'writer'))
  const sent: Sent[] = [...world.objects].filter(([name]) => name.startsWith('j/')).map(([name, bytes]) => ({ name, bytes }))
  const send = async (writer: Writer, events: readonly LogEvent[], where = collection, authority?: Record<string, number>): Promise<Sent> => {
    const name = await writer.write(where, events, authority ? { authority } : {})
    sent.push({ name, bytes: world.objects.get(name) as Uint8Array })
    return sent.at(-1) as Sent
  }
  await world.newDocument(collection, doc)
  const [left, colleague] = [await world.writer(seat!), await world.writer(other!)]
  return { world, sent, send, left, colleague, seat: seat!, zero: world.founded.head.lane }
}

/** What lies on a disk after these came in this order: the first under its name, others beside it (SY-14). */
function diskOf(world: World, order: readonly Sent[], arrived = new Map<string, Uint8Array>()): Map<string, Uint8Array> {
  for (const { name, bytes } of order) {
    const before = arrived.get(name)
    if (!before) arrived.set(name, bytes)
    else if (sha256Hex(before) !== sha256Hex(bytes)) for (const one of [before, bytes]) arrived.set(twinOfName(world, name, one), one)
  }
  return arrived
}

function twinOfName(world: World, name: string, bytes: Uint8Array): string {
  const [, handle = '', lane = '', , seq = ''] = name.split('/')
  expect([collectionHandle(world.founded.genesis, collection), collectionHandle(world.founded.genesis, collectionZero)]).toContain(handle)
  return twinName(handle, lane, Number(seq), sha256Hex(bytes))
}

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

/** Takes in what came, step by step; again and again until nothing moves, from the beginning when a fork shows. */
async function replayed(world: World, order: readonly Sent[], atOnce = order.length) {
  const disk = new Map<string, Uint8Array>()
  const { door, view } = await world.replica(world.founded.seats[0]?.person as string, undefined, disk)
  let left: string[] = []
  const settle = async (): Promise<void> => {
    left = [...disk.keys()].filter((name) => /^[jx]\//.test(name))
    for (let moved = true; moved; ) {
      moved = false
      const later: string[] = []
      const forks: Fork[] = []
      for (const name of left) {
        const answer = await door.admit(name, disk.get(name) as Uint8Array)
        if (answer.outcome === 'forked') forks.push(answer.fork)
        else if (answer.outcome === 'waiting' || answer.outcome === 'refused') later.push(name)
        else moved = true
      }
      left = later
      if (forks.length === 0) continue
      await door.restart(forks)
      return settle()
    }
  }
  for (let at = 0; at < order.length; at += atOnce) {
    diskOf(world, order.slice(at, at + atOnce), disk)
    await settle()
  }
  return { view, disk, door }
}

async function takeIn(world: World, order: readonly Sent[], atOnce: number) {
  const { view, disk, door } = await replayed(world, order, atOnce)
  const quarantined = (await view.quarantined()).map((one) => [sha256Hex(disk.get(one.name) as Uint8Array), ...one.reasons.map(({ code }) => code)].join(' ')).sort()
  const events = (await view.documentEvents(collection, doc)).map(({ id, lane, seq }) => `${id} ${lane} ${seq}`).sort()
  const heads = Object.fromEntries([...view.heads].map(([lane, { seq }]) => [lane, seq]))
  return { quarantined, events, heads, forks: [...(await view.forks())], state: await view.stateHash(), contradicted: [...(await door.contradicted())], cuts: cutsToText((await door.authority()).cuts) }
}

async function sameInAnyOrder(world: World, sent: readonly Sent[]) {
  const expected = await takeIn(world, sent, sent.length)
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray([...sent.keys()], { minLength: sent.length }), fc.integer({ min: 1, max: sent.length }), async (order, atOnce) => {
      expect(await takeIn(world, order.flatMap((at) => sent[at] ?? []), atOnce)).toEqual(expected)
    }),
    { seed: 232, numRuns: 24 },
  )
  return expected
}

const cover = (writer: Writer, value: string, deps: readonly LogEvent[] = []): LogEvent => writer.event('draft.cover', doc, { field: 'title', value }, { deps: deps.map(idOf) })
const kinds = (found: readonly string[]): string[] => found.map((line) => line.slice(65)).sort()

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
