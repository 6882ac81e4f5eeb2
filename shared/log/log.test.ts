import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { seededRandom, testHost } from '../judge/testing/world.ts'
import { importContentKey } from '../crypto/envelope.ts'
import { createKeyPair, createSigner } from '../crypto/keys.ts'
import { createVerify } from '../crypto/sign.ts'
import { createBeacon, largestBeaconBytes, parseBeacon, verifyBeacon } from './beacon.ts'
import { createHybridClock, driftMs } from './clock.ts'
import { parseHeader } from './header.ts'
import { collectionHandle, documentHandle, documentWrapName, isObjectName, packName, segmentName } from './names.ts'
import { packFile, unpackFile } from './pack.ts'
import { parseEvent } from './parse-event.ts'
import { parseSegment } from './segment.ts'
import { parseSession } from './session.ts'
import { emptyStateHash, rowHash, updateStateHash } from './state-hash.ts'
import { openDocumentKey, parseEpochWraps, sealDocumentKey } from './wraps.ts'

const host = testHost('log')
const genesis = 'ab'.repeat(32)

describe('names', () => {
  it('2.6a LG-1 LG-2 are safe on every storage and computable from the number', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.integer({ min: 1, max: 99_999_999 }), (collection, doc, seq) => {
        const handle = collectionHandle(genesis, collection)
        const name = segmentName(handle, 'abc.def', seq)
        expect(isObjectName(name)).toBe(true)
        expect(name).toBe(name.normalize('NFC').toLowerCase())
        expect(isObjectName(documentWrapName(handle, documentHandle('w', doc)))).toBe(true)
      }),
      { seed: 1 },
    )
    expect(isObjectName(packName(genesis))).toBe(true)
    for (const bad of ['', '/a', 'a/../b', 'a..b', 'a//b', 'A', 'a/b/c/d/e/f', 'a/.b', `j/${'x'.repeat(130)}`, 'a\\b', 'j/あ']) expect(isObjectName(bad)).toBe(false)
  })
})

describe('formats', () => {
  it('2.6a refuse anything that is not theirs, never crash', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.anything().map((value) => safeEncode(value))), (bytes) => {
        for (const parse of [parseSegment, parseHeader, parseSession, parseEpochWraps]) expect(parse(bytes)).toBeNull()
        expect(parseEvent(decodeCbor(bytes))).toBeNull()
      }),
      { seed: 2, numRuns: 400 },
    )
  })

  it('LG-38 an event needs a real instant', () => {
    const event = { v: 1, type: 'draft.cover', doc: 'd', deps: [], hlc: { ms: 1, n: 0 }, at: '2026-10-01T00:00:00.000Z', person: 'p', position: null, body: {}, salt: new Uint8Array(16) }
    expect(parseEvent(event)).toEqual(event)
    expect(parseEvent({ ...event, at: '2026-99-01T00:00:00.000Z' })).toBeNull()
    expect(parseEvent({ ...event, extra: 1 })).toBeNull()
  })

  it('2.6a LG-40 LG-41 a file comes back byte for byte from its packs, and from no other document', async () => {
    const key = await importContentKey(host, new Uint8Array(32).fill(9))
    for (const size of [0, 1, 1024 * 1024, 1024 * 1024 + 1, 9 * 1024 * 1024]) {
      const file = seededRandom('file').bytes(Math.min(size, 4096))
      const whole = new Uint8Array(size).map((_, i) => file[i % 4096] ?? 0)
      const { blob, packs } = await packFile(host, key, 'w', 'doc', whole)
      const read = async (pack: string, at: number, length: number) => packs.find((p) => p.sha256 === pack)?.bytes.subarray(at, at + length) ?? null
      const back = await unpackFile(host, key, 'w', 'doc', blob, read)
      expect(back?.length).toBe(size)
      expect(back && Buffer.compare(back, whole)).toBe(0)
      expect(await unpackFile(host, key, 'w', 'other', blob, read)).toBeNull()
      expect(packs.length).toBe(size > 8 * 1024 * 1024 ? 2 : 1)
    }
  })

  it('LG-64 a document wrap opens in its own place only', async () => {
    const epoch = await importContentKey(host, new Uint8Array(32).fill(3))
    const place = { workspace: 'w', collection: 'c', docHandle: 'd' }
    const wrap = await sealDocumentKey(host, epoch, 0, place, new Uint8Array(32).fill(4))
    expect(await openDocumentKey(host, () => epoch, place, wrap)).not.toBeNull()
    expect(await openDocumentKey(host, () => epoch, { ...place, docHandle: 'x' }, wrap)).toBeNull()
    expect(await openDocumentKey(host, () => null, place, wrap)).toBeNull()
  })

  it('3.4 LG-50 LG-53 LG-54 a beacon says what it said, under its device key only', async () => {
    const device = createKeyPair(host)
    const beacon = { workspace: 'w', publisher: 'p1', device: 'd', serial: 3, at: 5, parcels: [{ sha256: genesis, index: 80, size: 900 }, { sha256: 'ef'.repeat(32), index: 90, size: 901, content: true as const }], seen: { p2: 7 }, wants: ['cd'.repeat(32)] }
    const object = await createBeacon(beacon, await createSigner(host, device))
    const signed = parseBeacon(object)
    expect(signed?.beacon).toEqual(beacon)
    expect(signed && (await verifyBeacon(createVerify(host), signed, device.publicKey))).toBe(true)
    expect(signed && (await verifyBeacon(createVerify(host), signed, createKeyPair(host).publicKey))).toBe(false)
    expect(parseBeacon(new Uint8Array(largestBeaconBytes + 1))).toBeNull()
    expect(parseBeacon(object.slice(1))).toBeNull()
  })
})

describe('clocks and hashes', () => {
  it('LG-70 the clock never goes back, whatever the wall clock does', () => {
    let now = 100
    const clock = createHybridClock({ now: () => now })
    const first = clock.tick()
    now = 50
    clock.see({ ms: 400, n: 2 })
    expect([first, clock.tick(), clock.tick()]).toEqual([
      { ms: 100, n: 0 },
      { ms: 400, n: 3 },
      { ms: 400, n: 4 },
    ])
  })

  it('LG-70 3.14 F10 a clock that is a year ahead stops nobody: what lies far ahead of the own clock is not followed, at a start neither', () => {
    const year = 365 * 24 * 60 * 60 * 1000
    let now = year
    const ahead = createHybridClock({ now: () => 2 * year }).tick()
    const clock = createHybridClock({ now: () => now }, ahead)
    expect(clock.tick()).toEqual({ ms: year, n: 0 })
    clock.see(ahead)
    expect(clock.tick()).toEqual({ ms: year, n: 1 })
    expect(driftMs).toBe(300_000)
    clock.see({ ms: year + driftMs, n: 3 })
    expect(clock.tick()).toEqual({ ms: year + driftMs, n: 4 })
    clock.see({ ms: year + driftMs + 1, n: 0 })
    expect(clock.tick()).toEqual({ ms: year + driftMs, n: 5 })
    now = 3 * year
    clock.see(ahead)
    expect(clock.tick()).toEqual({ ms: 3 * year, n: 0 })
  })

  it('LG-80 2.6e the state hash is incremental and the same in any order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { maxLength: 12 }), fc.infiniteStream(fc.nat()), (keys, picks) => {
        const rows = keys.map((key) => rowHash('document', key, { stage: key.length }))
        const shuffled = [...rows].map((row) => ({ row, at: picks.next().value })).sort((a, b) => a.at - b.at)
        const oneByOne = shuffled.reduce((state, { row }) => updateStateHash(state, [], [row]), emptyStateHash)
        expect(oneByOne).toBe(updateStateHash(emptyStateHash, [], rows))
        expect(updateStateHash(oneByOne, rows, [])).toBe(emptyStateHash)
      }),
      { seed: 3 },
    )
  })

  it('LG-31 the same value has the same bytes whatever the order of its keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.uint8Array({ maxLength: 8 }))), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse())
        expect(encodeCbor(turned)).toEqual(encodeCbor(value))
        expect(encodeCbor(decodeCbor(encodeCbor(value)))).toEqual(encodeCbor(value))
      }),
      { seed: 4 },
    )
  })
})

function safeEncode(value: unknown): Uint8Array {
  try {
    return encodeCbor(value)
  } catch {
    return new Uint8Array()
  }
}
