import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { importContentKey } from '../crypto/envelope.ts'
import { sha256Hex } from '../crypto/hash.ts'
import { createKeyPair, createSigner } from '../crypto/keys.ts'
import { createVerify, signFor } from '../crypto/sign.ts'
import { testHost } from '../judge/testing/world.ts'
import { isObjectName, snapshotName, snapshotPlace } from './names.ts'
import { createSession, sessionToBytes, type SessionBody } from './session.ts'
import { isSnapshot, largestSnapshotBytes, openSnapshot, parseSnapshotHeader, recordsOf, sealSnapshot, snapshotHeaderToBytes, verifySnapshot, type SnapshotHeader } from './snapshot.ts'

const host = testHost('snapshot')
const verify = createVerify(host)
const [seat, device, session, stranger] = [createKeyPair(host), createKeyPair(host), createKeyPair(host), createKeyPair(host)]
const rows = new TextEncoder().encode('packed rows')
const sessionBody: SessionBody = { suite: 1, schema: 1, kind: 'session', workspace: 'w', seat: 's', device: 'd', person: 'p', incarnation: 'i', n: 1, sessionKey: session.publicKey, notBefore: 1000, notAfter: 9000, policy: 'trial', authority: {}, token: null, posture: null }

const home = { epoch: 3, workspace: 'w', collection: 'c1' }

async function made(over: Partial<SnapshotHeader> = {}, by = session, { place = home, body: own = sessionBody } = {}) {
  const certificate = await createSession(own, await createSigner(host, seat), await createSigner(host, device))
  const header: SnapshotHeader = { suite: 1, schema: 1, kind: 'snapshot', workspace: 'w', collection: 'c1', lane: 's.i', session: certificate.hash, at: 5000, authority: { 'a.b': 2 }, lanes: { 's.i': [4, 'ab'.repeat(32)], 't.i': [7, 'cd'.repeat(32)] }, rows: 3, sha256: sha256Hex(rows), ...over }
  const body = snapshotHeaderToBytes(header)
  const key = await importContentKey(host, new Uint8Array(32).fill(3))
  const object = await sealSnapshot(host, { key, ...place }, { body, signature: await signFor(await createSigner(host, by), 'snapshot', body), session: sessionToBytes(certificate), rows })
  return { header, object }
}

const keyOf = async (epoch: number) => (epoch === 3 ? importContentKey(host, new Uint8Array(32).fill(3)) : null)

describe('a snapshot', () => {
  it('3.8 LG-90 LG-92 comes back whole for who holds the epoch’s key, with the certificate of who signed it', async () => {
    const { header, object } = await made()
    const read = await openSnapshot(host, keyOf, 'w', 'c1', object)
    expect(read?.header).toEqual(header)
    expect(read?.rows).toEqual(rows)
    expect(read?.session.body.person).toBe('p')
    expect(recordsOf(header)).toBe(11)
    expect(parseSnapshotHeader(snapshotHeaderToBytes(header))).toEqual(header)
  })

  it('3.8 LG-91 is nothing in another workspace, for another collection or under another epoch, nor with one byte changed', async () => {
    const { object } = await made()
    for (const [workspace, collection] of [['other', 'c1'], ['w', 'c2']] as const) expect(await openSnapshot(host, keyOf, workspace, collection, object)).toBeNull()
    expect(await openSnapshot(host, async () => null, 'w', 'c1', object)).toBeNull()
    expect(await openSnapshot(host, async () => importContentKey(host, new Uint8Array(32).fill(4)), 'w', 'c1', object)).toBeNull()
    for (const at of [5, 40, Math.floor(object.length / 2), object.length - 1]) {
      const changed = object.map((byte, i) => (i === at ? byte ^ 1 : byte))
      expect(await openSnapshot(host, keyOf, 'w', 'c1', changed)).toBeNull()
    }
    for (const over of [{ sha256: 'ab'.repeat(32) }, { session: 'ab'.repeat(32) }, { lane: 't.i' }, { workspace: 'w2' }, { collection: 'c2' }]) {
      expect(await openSnapshot(host, keyOf, 'w', 'c1', (await made(over)).object)).toBeNull()
    }
  })

  it('3.8 LG-91 opens in the place that it was sealed for only, also where another has the same key', async () => {
    const anyKey = async () => importContentKey(host, new Uint8Array(32).fill(3))
    const open = async (object: Uint8Array) => openSnapshot(host, anyKey, 'w', 'c1', object)
    expect(await open((await made()).object)).not.toBeNull()
    for (const place of [{ ...home, workspace: 'other' }, { ...home, collection: 'c2' }]) expect(await open((await made({}, session, { place })).object)).toBeNull()
    expect(await open(encodeCbor({ ...(decodeCbor((await made()).object) as object), e: 4 }))).toBeNull()
  })

  it('3.8 LG-92 its header has its fields, each in its form, and no other', async () => {
    const { header } = await made()
    const parses = (over: object): boolean => parseSnapshotHeader(encodeCbor({ ...header, ...over })) !== null
    expect(parses({})).toBe(true)
    const hash = 'ab'.repeat(32)
    const bad = [{ suite: 2 }, { schema: 2 }, { kind: 'session' }, { lane: 'S.i' }, { lane: 'si' }, { session: 'x' }, { at: -1 }, { authority: { 'a.b': -1 } }, { lanes: { 's.i': [0, hash] } }, { lanes: { 's.i': [1, 'x'] } }, { lanes: { 's.i': [1, hash, 1] } }, { lanes: { s: [1, hash] } }, { rows: 1.5 }, { sha256: hash.toUpperCase() }, { more: 1 }]
    for (const over of bad) expect([over, parses(over)]).toEqual([over, false])
  })

  it('3.8 LG-93 holds under the seat, the device and the session that made it, within the session’s hours only', async () => {
    const open = async (over: Partial<SnapshotHeader> = {}, by = session, body = sessionBody) => {
      const read = await openSnapshot(host, keyOf, 'w', 'c1', (await made(over, by, { body })).object)
      return read ?? expect.fail('it opens')
    }
    expect(await verifySnapshot(verify, await open(), seat.publicKey, device.publicKey)).toBe(true)
    expect(await verifySnapshot(verify, await open(), stranger.publicKey, device.publicKey)).toBe(false)
    expect(await verifySnapshot(verify, await open(), seat.publicKey, stranger.publicKey)).toBe(false)
    expect(await verifySnapshot(verify, await open({}, stranger), seat.publicKey, device.publicKey)).toBe(false)
    expect(await verifySnapshot(verify, await open({}, session, { ...sessionBody, workspace: 'other' }), seat.publicKey, device.publicKey)).toBe(false)
    for (const at of [999, 9001]) expect(await verifySnapshot(verify, await open({ at }), seat.publicKey, device.publicKey)).toBe(false)
  })

  it('3.8 LG-94 LG-95 may have its name up to 24 MiB, also as a later version; anything else may not', async () => {
    const { object } = await made()
    expect(isSnapshot(object)).toBe(true)
    expect(isSnapshot(encodeCbor({ s: 1, v: 2, later: 'form' }))).toBe(true)
    expect(await openSnapshot(host, keyOf, 'w', 'c1', encodeCbor({ s: 1, v: 2, later: 'form' }))).toBeNull()
    expect(isSnapshot(encodeCbor({ ...(decodeCbor(object) as object), kind: 'parcel' }))).toBe(false)
    expect(isSnapshot(encodeCbor({ s: 1, v: 1, kind: 'snapshot', e: 0, x: new Uint8Array(largestSnapshotBytes) }))).toBe(false)
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => !isSnapshot(bytes)), { seed: 1 })
  })

  it('3.8 LG-1 its name says how far it reaches and what its bytes are', () => {
    const name = snapshotName('handle00handle00', 12_345, 'ab'.repeat(32))
    expect(isObjectName(name)).toBe(true)
    expect(snapshotPlace(name)).toEqual({ of: 'handle00handle00', records: 12_345, sha256: 'ab'.repeat(32) })
    for (const other of ['s/x/1-ab', `s/x/00000001-${'AB'.repeat(32)}`, `p/ab/${'ab'.repeat(32)}`, `s/x/y/00000001-${'ab'.repeat(32)}`]) expect(snapshotPlace(other)).toBeNull()
  })
})
