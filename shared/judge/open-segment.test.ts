import { describe, expect, it } from 'vitest'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { importContentKey, seal } from '../crypto/envelope.ts'
import { sha256Hex } from '../crypto/hash.ts'
import { createKeyPair, createSigner } from '../crypto/keys.ts'
import type { LogEvent } from '../log/event.ts'
import { headerToBytes, type HeaderAct, type SegmentHeader } from '../log/header.ts'
import { collectionZero, documentHandle } from '../log/names.ts'
import { createSegment, eventId, eventToBytes, sealEvent } from '../log/segment.ts'
import { openSegmentEvents, openSegmentHeader, type OpenedHeader } from './open-segment.ts'
import type { KeyRing } from './ports.ts'
import { testHost } from './testing/world.ts'

const host = testHost('open')
const workspace = 'town'
const place = { workspace, collection: 'coll', lane: 'seat.inc', seq: 3 }
const event: LogEvent = { v: 1, type: 'draft.cover', doc: 'doc-a', deps: [], hlc: { ms: 5, n: 0 }, at: '2026-10-01T00:00:00.000Z', person: 'anna', position: null, body: {}, salt: new Uint8Array(16) }
const handleOf = (doc: string): string => documentHandle(workspace, doc)
const contentKey = (n: number) => importContentKey(host, new Uint8Array(32).fill(n))

async function keyRing(over: Partial<KeyRing> = {}): Promise<KeyRing> {
  const [zero, doc] = [await contentKey(1), await contentKey(2)]
  return { epochKey: async (collection) => (collection === collectionZero ? zero : null), documentKey: async () => doc, ...over }
}

interface Written {
  /** What is sealed instead of the event's bytes. */
  readonly plain?: Uint8Array
  readonly act?: Partial<HeaderAct>
  readonly header?: object
  readonly aad?: Uint8Array
  readonly index?: number
}

/** One event sealed under the document's key, in a header that may say anything. */
async function segmentOf({ plain = eventToBytes(event), act = {}, header = {}, aad, index = 0 }: Written = {}): Promise<Uint8Array> {
  const zero = await contentKey(1)
  const sealed = await sealEvent(host, act.doc === null ? zero : await contentKey(2), { ...place, index }, plain)
  const acts: HeaderAct[] = [{ type: event.type, doc: handleOf('doc-a'), event: eventId(plain), sealed: sha256Hex(sealed), ...act }]
  const whole = { suite: 1, schema: 1, ...place, prev: null, session: 'ab'.repeat(32), authority: {}, hlc: event.hlc, acts, ...header } as SegmentHeader
  const { bytes } = await createSegment(host, { epoch: 0, key: zero }, whole, [sealed], await createSigner(host, createKeyPair(host)))
  return aad ? encodeCbor({ ...(decodeCbor(bytes) as object), h: await seal(host, zero, 'header', aad, headerToBytes(whole)) }) : bytes
}

async function openHeader(bytes: Uint8Array, over: Partial<KeyRing> = {}): Promise<string> {
  const opened = await openSegmentHeader(host, workspace, await keyRing(over), bytes)
  return typeof opened === 'string' ? opened : 'opened'
}

async function openEvents(written: Written, over: Partial<KeyRing> = {}): Promise<unknown> {
  const opened = (await openSegmentHeader(host, workspace, await keyRing(), await segmentOf(written))) as OpenedHeader
  const events = await openSegmentEvents(host, await keyRing(over), opened, handleOf)
  return typeof events === 'string' ? events : [events.events.length, ...events.lies]
}

describe('3.14 opening a segment', () => {
  it('3.14 JU-1 JU-2 takes a header for what it is: later, of another key, of another workspace, or none', async () => {
    const good = await segmentOf()
    expect(await openHeader(good)).toBe('opened')
    expect(await openHeader(good, { epochKey: async () => null })).toBe('missing-key')
    expect(await openHeader(encodeCbor({ ...(decodeCbor(good) as object), v: 2 }))).toBe('later-format')
    expect(await openHeader(encodeCbor({ ...(decodeCbor(good) as object), s: 2 }))).toBe('later-format')
    expect(await openHeader(await segmentOf({ header: { schema: 2 } }))).toBe('later-format')
    expect(await openHeader(await segmentOf({ header: { suite: 3 } }))).toBe('later-format')
    // A member who seals under this workspace's name what says another in its header.
    expect(await openHeader(await segmentOf({ header: { workspace: 'other' }, aad: encodeCbor(['header', workspace, 0]) }))).toBe('not-this-workspace')
    expect(await openHeader(await segmentOf({ header: { workspace: 'other' } }))).toBe('malformed')
    expect(await openHeader(await segmentOf({ aad: encodeCbor(['header', workspace, 1]) }))).toBe('malformed')
    expect(await openHeader(good, { epochKey: () => contentKey(9) })).toBe('malformed')
    for (const bytes of [new Uint8Array(), encodeCbor({ s: 1 }), encodeCbor({ ...(decodeCbor(good) as object), g: new Uint8Array(63) })]) expect(await openHeader(bytes)).toBe('malformed')
  })

  it('3.14 JU-1 refuses a header of this schema that is none', async () => {
    const acts = Array.from({ length: 513 }, () => ({ type: event.type, doc: null, event: 'ab'.repeat(32), sealed: 'ab'.repeat(32) }))
    for (const header of [{ lane: 'Seat' }, { lane: 'seat' }, { seq: 0 }, { prev: 'x' }, { session: 'x' }, { acts: [] }, { acts }, { extra: 1 }, { suite: 0 }, { schema: 0 }]) expect([header, await openHeader(await segmentOf({ header }))]).toEqual([header, 'malformed'])
  })

  it('3.14 JU-4 takes an event for the act that the header declares and for nothing else', async () => {
    expect(await openEvents({})).toEqual([1])
    // LG-68 JU-80 of the document under another key it is the same document; of another document under any key it is not.
    const asked: string[] = []
    const asking = { documentKey: async (_collection: string, handle: string) => (asked.push(handle), contentKey(2)) }
    expect(await openEvents({ act: { doc: `${handleOf('doc-a')}.k2` } }, asking)).toEqual([1])
    expect(asked).toEqual([`${handleOf('doc-a')}.k2`])
    expect(await openEvents({ act: { doc: `${handleOf('doc-b')}.k2` } })).toEqual([0, 'event-document'])
    expect(await openEvents({}, { documentKey: async () => 'not-granted' })).toBe('not-granted')
    expect(await openEvents({}, { documentKey: async () => 'not-here' })).toBe('not-here')
    expect(await openEvents({}, { documentKey: () => contentKey(9) })).toEqual([0, 'unopenable'])
    expect(await openEvents({ index: 1 })).toEqual([0, 'unopenable'])
    expect(await openEvents({ plain: encodeCbor({ v: 1 }) })).toEqual([0, 'unopenable'])
    expect(await openEvents({ act: { event: 'cd'.repeat(32) } })).toEqual([0, 'event-hash'])
    expect(await openEvents({ act: { type: 'draft.body' } })).toEqual([0, 'event-type'])
    expect(await openEvents({ act: { doc: handleOf('doc-b') } })).toEqual([0, 'event-document'])
    expect(await openEvents({ act: { doc: null } })).toEqual([0, 'event-document'])
    expect(await openEvents({ plain: eventToBytes({ ...event, doc: null }) })).toEqual([0, 'event-document'])
    expect(await openEvents({ act: { sealed: 'cd'.repeat(32) } })).toBe('damaged')
    expect(await openEvents({ header: { acts: [1, 2].map(() => ({ type: event.type, doc: handleOf('doc-a'), event: 'ab'.repeat(32), sealed: 'ab'.repeat(32) })) } })).toBe('damaged')
  })
})
