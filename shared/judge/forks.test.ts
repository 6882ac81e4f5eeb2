// Each thing that a proof of a forked lane asks, alone: a storage that lays true segments under other names proves nothing.

import { describe, expect, it } from 'vitest'
import { sampleTown } from '../authority/sample-town.ts'
import { encodeCbor } from '../base/cbor.ts'
import { sha256Hex } from '../crypto/hash.ts'
import { createVerify } from '../crypto/sign.ts'
import type { SegmentHeader } from '../log/header.ts'
import { collectionHandle, collectionZero, segmentName, sessionName, twinName } from '../log/names.ts'
import { createSegment, parseSegment } from '../log/segment.ts'
import { reachesFork } from './forked-lanes.ts'
import { isAuthentic, isBehindFork, isSetAside, withForks } from './forks.ts'
import { openSegmentHeader } from './open-segment.ts'
import { createSessionProofs } from './session-proofs.ts'
import { createWorld, fewPeople, type Writer } from './testing/world.ts'

const collection = sampleTown.collections[0]?.id as string
const hash = 'ab'.repeat(32)

async function office(seed: string) {
  const world = await createWorld(seed, 8, fewPeople(collection))
  const seats = world.founded.seats.filter((s) => sampleTown.grants.some((g) => g.person === s.person && g.collection === collection && g.role === 'writer')).slice(-2)
  const [one, two] = (await Promise.all(seats.map((seat) => world.writer(seat)))) as [Writer, Writer]
  await world.newDocument(collection, 'doc')
  const disk = new Map(world.objects)
  const { door } = await world.replica(one.person, undefined, disk)
  for (const [name, bytes] of world.objects) if (name.startsWith('j/')) await door.admit(name, bytes)
  return { world, one, two, disk, door }
}

describe('what proves that a lane is forked', () => {
  it('3.14 JU-32 a header is its lane’s when the lane’s seat, at that seat’s device, stands behind it', async () => {
    const { world, one, two, door } = await office('authentic')
    const keys = await world.keyRing(one.person)
    const key = (await keys.epochKey(collectionZero, 0))!
    const authority = await door.authority()
    const verify = createVerify(world.host)
    const sessions = createSessionProofs(verify, { host: world.host, keys, session: async (name) => world.objects.get(sessionName(name)) ?? null })
    const sealed = new Uint8Array(8)
    const header: SegmentHeader = { suite: 1, schema: 1, workspace: world.founded.workspace, collection, lane: one.lane, seq: 1, prev: null, session: one.session.certificate.hash, authority: {}, hlc: { ms: 1, n: 0 }, acts: [{ type: 'draft.cover', doc: 'd', event: hash, sealed: sha256Hex(sealed) }] }
    const is = async (over: Partial<SegmentHeader>, by = one, state = authority) => {
      const { bytes } = await createSegment(world.host, { epoch: 0, key }, { ...header, ...over }, [sealed], by.session.signer)
      const opened = await openSegmentHeader(world.host, world.founded.workspace, keys, bytes)
      return typeof opened === 'string' ? opened : isAuthentic({ verify, sessions }, opened, state)
    }
    expect(await is({})).toBe(true)
    expect(await is({ lane: two.lane })).toBe(false)
    expect(await is({}, two)).toBe(false)
    expect(await is({ session: hash })).toBe('unknown')
    const { seat, device } = one.session.certificate.body
    const own = authority.seats.get(seat)!
    expect(await is({}, one, { ...authority, seats: new Map() })).toBe('unknown')
    expect(await is({}, one, { ...authority, devices: new Map() })).toBe('unknown')
    const moved = { ...authority, seats: new Map([[seat, { ...own, device: 'another' }]]), devices: new Map([...authority.devices, ['another', { ...authority.devices.get(device)!, id: 'another' }]]) }
    expect(await is({}, one, moved)).toBe('unknown')
    expect(await is({}, one, { ...authority, seats: new Map([[seat, { ...own, signingKey: authority.seats.get(two.session.certificate.body.seat)!.signingKey }]]) })).toBe('unknown')
  })

  it('3.14 JU-32 true segments of another number, another collection or another lane under a lane’s name prove nothing', async () => {
    const { world, one, two, disk, door } = await office('moved')
    const handle = collectionHandle(world.founded.genesis, collection)
    const cover = (writer: Writer) => writer.event('draft.cover', 'doc', { field: 'title', value: '件名' })
    const names = [await one.write(collection, [cover(one)]), await one.write(collection, [cover(one)]), await two.write(collection, [cover(two)]), await one.write(collectionZero, [one.event('session.unlock', null, { session: 'x' })])]
    const [first, second, others, zero] = names.map((name) => world.objects.get(name) as Uint8Array) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array]
    for (const name of names) {
      disk.set(name, world.objects.get(name) as Uint8Array)
      expect((await door.admit(name, world.objects.get(name) as Uint8Array)).outcome).toBe('accepted')
    }
    expect(names[0]).toBe(segmentName(handle, one.lane, 1))
    const beside = (bytes: Uint8Array): string => twinName(handle, one.lane, 1, sha256Hex(bytes))
    for (const moved of [second, others, zero]) {
      disk.set(beside(moved), moved)
      expect((await door.admit(beside(first), first)).outcome).toBe('known')
      disk.delete(beside(moved))
    }
    const copy = await (await world.writer(world.founded.seats.find(({ person }) => person === one.person)!)).copy()
    const twin = world.objects.get(await copy.write(collection, [cover(copy)])) as Uint8Array
    disk.set(beside(twin), twin)
    expect(await door.admit(beside(first), first)).toEqual({ outcome: 'forked', fork: { collection, lane: one.lane, seq: 1 } })
  })

  it('3.14 JU-33 of a forked lane what is signed, whole and not kept aside yet is kept aside, each once', async () => {
    const { world, one, disk, door } = await office('aside')
    const handle = collectionHandle(world.founded.genesis, collection)
    const cover = (writer: Writer, value: string) => writer.event('draft.cover', 'doc', { field: 'title', value })
    const name = await one.write(collection, [cover(one, '左')])
    const left = world.objects.get(name) as Uint8Array
    disk.set(name, left)
    await door.admit(name, left)
    const copy = await (await world.writer(world.founded.seats.find(({ person }) => person === one.person)!)).copy()
    const right = world.objects.get(await copy.write(collection, [cover(copy, '右')])) as Uint8Array
    const beside = (bytes: Uint8Array): string => twinName(handle, one.lane, 1, sha256Hex(bytes))
    for (const bytes of [left, right]) disk.set(beside(bytes), bytes)
    const found = await door.admit(beside(right), right)
    expect(found.outcome).toBe('forked')
    if (found.outcome === 'forked') await door.restart([found.fork])
    for (const [at, bytes] of disk) if (at.startsWith('j/') && at !== name) await door.admit(at, bytes)
    const admit = async (at: string, bytes: Uint8Array): Promise<string> => {
      const answer = await door.admit(at, bytes)
      return ['reasons' in answer ? answer.reasons[0]?.code : answer.outcome].join()
    }
    const parts = parseSegment(right)!
    const changed = (over: object): Uint8Array => encodeCbor({ s: 1, v: 1, e: parts.epoch, h: parts.header, x: parts.events, g: parts.signature, ...over })
    const flip = (bytes: Uint8Array): Uint8Array => bytes.map((byte, i) => (i === 40 ? byte ^ 1 : byte))
    const unsigned = changed({ g: flip(parts.signature) })
    const damaged = changed({ x: parts.events.map(flip) })
    expect([await admit(name, left), await admit(name, left)]).toEqual(['lane-forked', 'known'])
    expect(await admit(beside(left), left)).toBe('known')
    expect([await admit(beside(unsigned), unsigned), await admit(beside(damaged), damaged)]).toEqual(['header-signature', 'damaged'])
    expect([await admit(beside(right), right), await admit(beside(right), right)]).toEqual(['lane-forked', 'known'])
  })

  it('3.14 JU-33 a lane is set aside from its lowest fork on, and the pinned founding never', () => {
    const chain = { collection: 'c', lane: 's.1' }
    const forks = withForks(withForks(new Map(), [{ ...chain, seq: 5 }, { ...chain, seq: 3 }, { ...chain, seq: 4 }]), [{ ...chain, seq: 9 }])
    expect([...forks]).toEqual([['s.1/c', 3]])
    const header = (seq: number, event = hash): SegmentHeader => ({ ...chain, seq, authority: {}, acts: [{ event }] }) as unknown as SegmentHeader
    expect([2, 3, 4].map((seq) => isBehindFork(forks, header(seq), 'genesis'))).toEqual([false, true, true])
    expect(isBehindFork(forks, header(3, 'genesis'), 'genesis')).toBe(false)
    const inZero = withForks(forks, [{ collection: collectionZero, lane: 's.1', seq: 7 }])
    expect([{}, { 's.1': 6 }, { 's.2': 9 }, { 's.1': 7 }].map((vector) => reachesFork(inZero, vector))).toEqual([false, false, false, true])
    expect(reachesFork(forks, { 's.1': 9 })).toBe(false)
    expect([2, 3].map((seq) => isSetAside(forks, { lane: 's.1/c', seq }))).toEqual([false, true])
  })
})
