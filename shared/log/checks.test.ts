// Each check of the forms alone: bytes that are one, then the same with one thing that must not be.

import { describe, expect, it } from 'vitest'
import { concatBytes } from '../base/bytes.ts'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { importContentKey, seal } from '../crypto/envelope.ts'
import { sha256Hex } from '../crypto/hash.ts'
import { createKeyPair, createSigner } from '../crypto/keys.ts'
import { testHost } from '../judge/testing/world.ts'
import { createBeacon, parseBeacon } from './beacon.ts'
import { parseHeader } from './header.ts'
import { keyedHandle, packName, plainHandle } from './names.ts'
import { packFile, unpackFile } from './pack.ts'
import { createParcel, largestParcelBytes, openIndex } from './parcel.ts'
import { parseEvent } from './parse-event.ts'
import { isOfLaterFormat, largestSegmentBytes, parseSegment } from './segment.ts'
import { createSession, parseSession, sessionToBytes, type SessionBody } from './session.ts'
import { documentKeyId, documentWrapEpoch, epochCommitment, openDocumentKey, parseEpochWraps, parseSingleWrap, personRecipient, sealDocumentKey } from './wraps.ts'

const host = testHost('checks')
const hash = new Uint8Array(32).fill(3)

describe('3.14 the forms, check by check', () => {
  it('3.14 LG-30 LG-36 LG-39 a segment has its parts, a signature of 64 bytes and at most 4 MiB', () => {
    const parts = { s: 1, v: 1, e: 0, h: hash, x: [hash], g: new Uint8Array(64) }
    expect(parseSegment(encodeCbor(parts))?.events).toHaveLength(1)
    for (const change of [{ s: 2 }, { v: 2 }, { s: 0 }, { v: 0 }, { e: -1 }, { e: 1.5 }, { h: 'x' }, { x: ['x'] }, { g: new Uint8Array(63) }, { more: 1 }]) expect([change, parseSegment(encodeCbor({ ...parts, ...change }))]).toEqual([change, null])
    const room = largestSegmentBytes - encodeCbor({ ...parts, x: [new Uint8Array(largestSegmentBytes - 1000)] }).length
    expect(parseSegment(encodeCbor({ ...parts, x: [new Uint8Array(largestSegmentBytes - 1000 + room)] }))).not.toBeNull()
    expect(parseSegment(encodeCbor({ ...parts, x: [new Uint8Array(largestSegmentBytes - 999 + room)] }))).toBeNull()
    expect([isOfLaterFormat({ s: 2, v: 1 }, 's', 'v'), isOfLaterFormat({ s: 1, v: 2 }, 's', 'v'), isOfLaterFormat({ s: 1, v: 1 }, 's', 'v'), isOfLaterFormat({ s: 0, v: 2 }, 's', 'v'), isOfLaterFormat({ v: 2 }, 's', 'v')]).toEqual([true, true, false, false, false])
  })

  it('3.14 LG-20 a header has its fields, each in its form', () => {
    const hash32 = 'ab'.repeat(32)
    const act = { type: 'draft.cover', doc: 'd', event: hash32, sealed: hash32 }
    const header = { suite: 1, schema: 1, workspace: 'w', collection: 'c', lane: 's.i', seq: 1, prev: null, session: hash32, authority: { 's.i': 1 }, hlc: { ms: 1, n: 0 }, acts: [act] }
    expect(parseHeader(encodeCbor(header))).toEqual(header)
    const acts = [{ event: 'x' }, { sealed: 'x' }, { event: hash32.toUpperCase() }, { type: 1 }, { doc: 1 }, { more: 1 }].map((over) => ({ acts: [{ ...act, ...over }] }))
    const bad = [...acts, { acts: [] }, { suite: 2 }, { schema: 2 }, { workspace: 1 }, { collection: 1 }, { lane: 'S.i' }, { seq: 0 }, { seq: 1.5 }, { prev: 'x' }, { session: 'x' }, { authority: { 's.i': -1 } }, { hlc: { ms: -1, n: 0 } }, { hlc: { ms: 1, n: -1 } }, { hlc: { ms: 1, n: 0, more: 1 } }, { more: 1 }]
    for (const change of bad) expect([change, parseHeader(encodeCbor({ ...header, ...change }))]).toEqual([change, null])
  })

  it('3.14 LG-34 a segment’s hash follows its header and each of its events', () => {
    const of = (h: Uint8Array, x: readonly Uint8Array[], e = 0): string | undefined => parseSegment(encodeCbor({ s: 1, v: 1, e, h, x, g: new Uint8Array(64) }))?.hash
    const other = new Uint8Array(32)
    expect(new Set([of(hash, [hash]), of(other, [hash]), of(hash, [other]), of(hash, [hash, hash]), of(hash, []), of(hash, [hash], 1)]).size).toBe(6)
  })

  it('3.14 LG-38 an event has its fields, each in its form', () => {
    const event = { v: 1, type: 'draft.cover', doc: 'd', deps: ['ab'.repeat(32)], hlc: { ms: 1, n: 0 }, at: '2026-10-01T00:00:00.000Z', person: 'p', position: null, body: {}, salt: new Uint8Array(16) }
    expect(parseEvent(event)).toEqual(event)
    expect(parseEvent({ ...event, v: 2, weight: 3 })).toEqual({ ...event, v: 2, weight: 3 })
    const deps = Array.from({ length: 257 }, () => 'ab'.repeat(32))
    const bad = [{ type: 'cover' }, { type: 'Draft.cover' }, { deps: ['x'] }, { deps: ['AB'.repeat(32)] }, { deps }, { at: '2026-10-01' }, { at: '2026-10-01T09:00:00.000+09:00' }, { at: 'x' }, { salt: new Uint8Array(15) }, { hlc: { ms: -1, n: 0 } }, { hlc: { ms: 1, n: 0, more: 1 } }, { doc: 3 }, { person: 3 }, { person: null }, { position: 3 }, { weight: 3 }, { v: 0 }, { v: 0, weight: 3 }, { v: 1.5 }]
    for (const change of bad) expect([change, parseEvent({ ...event, ...change })]).toEqual([change, null])
  })

  it('3.14 LG-10 a session certificate is one, of this suite and schema, with a key of its length', async () => {
    const body = { suite: 1, schema: 1, kind: 'session', workspace: 'w', seat: 's', device: 'd', person: 'p', incarnation: 'i', n: 1, sessionKey: new Uint8Array(65), notBefore: 1, notAfter: 2, policy: '', authority: {}, token: null, posture: null } as const
    const signer = await createSigner(host, createKeyPair(host))
    const of = async (change: object) => parseSession(sessionToBytes(await createSession({ ...body, ...change } as SessionBody, signer, signer)))
    expect((await of({}))?.body.seat).toBe('s')
    for (const change of [{ kind: 'beacon' }, { suite: 2 }, { schema: 2 }, { sessionKey: new Uint8Array(64) }, { notAfter: -1 }, { authority: { a: -1 } }, { token: 'x' }, { token: 5 }, { posture: 'AB'.repeat(32) }, { posture: {} }, { more: 1 }]) expect([change, await of(change)]).toEqual([change, null])
    const object = decodeCbor(sessionToBytes(await createSession(body, signer, signer))) as object
    expect([parseSession(encodeCbor(object))?.body.seat, parseSession(encodeCbor({ ...object, more: 1 }))]).toEqual(['s', null])
  })

  it('3.14 LG-50 a beacon is one, with numbers and names in their form', async () => {
    const beacon = { workspace: 'w', publisher: 'p1', device: 'd', serial: 3, at: 5, parcels: [{ sha256: 'ab'.repeat(32), index: 80, size: 900 }], seen: { p2: 7 }, wants: ['cd'.repeat(32)] }
    const object = decodeCbor(await createBeacon(beacon, await createSigner(host, createKeyPair(host)))) as { body: Uint8Array; g: Uint8Array }
    const of = (change: object) => parseBeacon(encodeCbor({ ...object, body: encodeCbor({ ...(decodeCbor(object.body) as object), ...change }) }))
    expect(of({})?.beacon).toEqual(beacon)
    expect(parseBeacon(encodeCbor({ ...object, more: 1 }))).toBeNull()
    for (const change of [{ kind: 'session' }, { s: 2 }, { v: 2 }, { serial: 0 }, { serial: 1.5 }, { publisher: 'P' }, { publisher: '' }, { device: '../x' }, { parcels: [[new Uint8Array(31), 1, 2]] }, { parcels: [[hash, -1, 2]] }, { wants: [new Uint8Array(33)] }, { seen: { 'a/b': 1 } }, { more: 1 }]) expect([change, of(change)]).toEqual([change, null])
    const large = { ...beacon, wants: Array.from({ length: 40_000 }, () => 'cd'.repeat(32)) }
    expect(parseBeacon(await createBeacon(large, await createSigner(host, createKeyPair(host))))).toBeNull()
  })

  it('3.14 LG-55 LG-57 LG-58 a parcel’s index is whole, of this workspace, of names that can be and come once, and of at most 32 MiB', async () => {
    const { index } = await createParcel(host, 'w', [{ name: 'p/aa/bb', bytes: hash }])
    const of = (change: object, workspace = 'w') => {
      const body = encodeCbor({ ...(decodeCbor(index.bytes.subarray(4)) as object), ...change })
      const length = new Uint8Array(4)
      new DataView(length.buffer).setUint32(0, body.length)
      return openIndex(workspace, concatBytes(length, body))
    }
    expect(of({})?.items).toHaveLength(1)
    expect(of({ items: [['p/aa/bb', largestParcelBytes - 200, hash]] })).not.toBeNull()
    for (const items of [[['../up', 1, hash]], [['P/x', 1, hash]], [['p/aa/bb', -1, hash]], [['p/aa/bb', 1, new Uint8Array(31)]], [['p/aa/bb', largestParcelBytes, hash]], [['p/aa/bb', 1, hash], ['p/aa/bb', 2, hash]]]) expect([items, of({ items })]).toEqual([items, null])
    for (const change of [{ kind: 'pack' }, { s: 2 }, { v: 2 }, { workspace: 'other' }, { more: 1 }]) expect([change, of(change)]).toEqual([change, null])
    for (let end = 0; end < index.bytes.length; end++) expect(openIndex('w', index.bytes.slice(0, end))).toBeNull()
  })

  it('3.14 LG-60 LG-62 LG-64 a wrap is of its kind, of its place and of a whole key', async () => {
    const wrapped = { enc: hash, ct: hash }
    expect(parseEpochWraps(encodeCbor({ s: 1, v: 1, kind: 'epoch', to: { a: wrapped } }))).toEqual({ a: wrapped })
    expect(parseSingleWrap(encodeCbor({ s: 1, v: 1, kind: 'single', wrapped }))).toEqual(wrapped)
    expect(parseEpochWraps(encodeCbor({ s: 1, v: 1, kind: 'single', to: { a: wrapped } }))).toBeNull()
    expect(parseSingleWrap(encodeCbor({ s: 1, v: 1, kind: 'epoch', wrapped }))).toBeNull()
    expect(documentWrapEpoch(encodeCbor({ s: 1, v: 1, kind: 'document', epoch: 3, sealed: hash }))).toBe(3)
    for (const change of [{ kind: 'single' }, { s: 2 }, { v: 2 }, { epoch: 'x' }, { more: 1 }]) expect([change, documentWrapEpoch(encodeCbor({ s: 1, v: 1, kind: 'document', epoch: 3, sealed: hash, ...change }))]).toEqual([change, null])
    expect(new Set([personRecipient('p', hash), personRecipient('q', hash), personRecipient('p', new Uint8Array(32))]).size).toBe(3)
    const key = await importContentKey(host, new Uint8Array(32).fill(3))
    const place = { workspace: 'w', collection: 'c', docHandle: 'd' }
    const open = async (at: typeof place, bytes: Uint8Array) => (await openDocumentKey(host, () => key, at, bytes)) !== null
    const whole = await sealDocumentKey(host, key, 2, place, new Uint8Array(32))
    expect(await open(place, whole)).toBe(true)
    for (const change of [{ workspace: 'x' }, { collection: 'x' }, { docHandle: 'x' }]) expect([change, await open({ ...place, ...change }, whole)]).toEqual([change, false])
    expect(await open(place, encodeCbor({ ...(decodeCbor(whole) as object), epoch: 1 }))).toBe(false)
    expect(await open(place, await sealDocumentKey(host, key, 2, place, new Uint8Array(31)))).toBe(false)
    // LG-68 under the name of another key there is that key or none.
    const raw = new Uint8Array(32).fill(7)
    const named = (handle: string) => ({ ...place, docHandle: handle })
    const right = named(`d.${documentKeyId('d', raw)}`)
    expect([await open(right, await sealDocumentKey(host, key, 2, right, raw)), await open(right, await sealDocumentKey(host, key, 2, right, new Uint8Array(32)))]).toEqual([true, false])
    const wrong = named(`d.${documentKeyId('e', raw)}`)
    expect(await open(wrong, await sealDocumentKey(host, key, 2, wrong, raw))).toBe(false)
    expect([keyedHandle('d', null), keyedHandle('d', 'k'), plainHandle('d'), plainHandle('d.k')]).toEqual(['d', 'd.k', 'd', 'd'])
    const commitments = [epochCommitment('c', 0, hash), epochCommitment('d', 0, hash), epochCommitment('c', 1, hash), epochCommitment('c', 0, new Uint8Array(32))]
    expect(new Set(commitments).size).toBe(4)
  })

  it('3.14 LG-41 a file is read from its own chunks only, each in its place and of its size', async () => {
    const key = await importContentKey(host, new Uint8Array(32).fill(9))
    const { blob, packs } = await packFile(host, key, 'w', 'doc', new Uint8Array(1024 * 1024 + 5).fill(1))
    const read = async (pack: string, at: number, length: number) => packs.find((p) => p.sha256 === pack)?.bytes.subarray(at, at + length) ?? null
    const [first, second] = blob.chunks as [(typeof blob.chunks)[number], (typeof blob.chunks)[number]]
    expect((await unpackFile(host, key, 'w', 'doc', blob, read))?.length).toBe(blob.size)
    for (const change of [{ size: blob.size - 1 }, { chunks: [second, first] }, { chunks: [first] }, { chunks: [first, { ...second, size: 4 }] }, { chunks: [first, { ...second, pack: packName(blob.sha256) }] }, { sha256: 'ab'.repeat(32) }]) expect([change, await unpackFile(host, key, 'w', 'doc', { ...blob, ...change }, read)]).toEqual([change, null])
    for (const [workspace, doc] of [['x', 'doc'], ['w', 'x']] as const) expect([workspace, doc, await unpackFile(host, key, workspace, doc, blob, read)]).toEqual([workspace, doc, null])
    // A writer who names one file and seals another.
    const named = sha256Hex(hash)
    const sealed = await seal(host, key, 'chunk', encodeCbor(['chunk', 'w', 'doc', named, 0]), new Uint8Array(32))
    const lie = { sha256: named, size: 32, chunks: [{ pack: 'x', at: 0, sealed: sealed.length, size: 32 }] }
    expect(await unpackFile(host, key, 'w', 'doc', lie, async () => sealed)).toBeNull()
  })
})
