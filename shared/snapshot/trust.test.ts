import { describe, expect, it } from 'vitest'
import { reduceAuthority, type AuthorityState } from '../authority/reduce.ts'
import { importContentKey } from '../crypto/envelope.ts'
import { sha256Hex } from '../crypto/hash.ts'
import { createKeyPair, createSigner, type KeyPair } from '../crypto/keys.ts'
import { createVerify, signFor } from '../crypto/sign.ts'
import { testHost } from '../judge/testing/world.ts'
import { createSession, sessionToBytes } from '../log/session.ts'
import { openSnapshot, sealSnapshot, snapshotHeaderToBytes, type Snapshot, type SnapshotHeader } from '../log/snapshot.ts'
import { judgeSnapshot } from './trust.ts'

const host = testHost('trust')
const verify = createVerify(host)
const [seatKey, deviceKey, session] = [createKeyPair(host), createKeyPair(host), createKeyPair(host)]
const at = Date.parse('2026-10-01T00:00:00.000Z')
const grant = { id: 'g', person: 'p', collection: 'c1', role: 'reader' as const, reason: '', reviewBy: '2027-01-01', from: '2020-01-01', to: null }
const town: AuthorityState = {
  ...reduceAuthority([]),
  seats: new Map([['s', { id: 's', person: 'p', device: 'd', signingKey: seatKey.publicKey, exchangeKey: seatKey.publicKey, certificate: new Uint8Array() }]]),
  devices: new Map([['d', { id: 'd', signingKey: deviceKey.publicKey, level: 'L0' }]]),
  grants: new Map([['g', grant]]),
}

async function snapshot(by: { readonly seat?: KeyPair; readonly person?: string; readonly id?: string; readonly device?: string } = {}): Promise<Snapshot> {
  const { seat = seatKey, person = 'p', id = 's', device = 'd' } = by
  const certificate = await createSession(
    { suite: 1, schema: 1, kind: 'session', workspace: 'w', seat: id, device, person, incarnation: 'i', n: 1, sessionKey: session.publicKey, notBefore: at, notAfter: at + 1000, policy: '', authority: {}, token: null, posture: null },
    await createSigner(host, seat),
    await createSigner(host, deviceKey),
  )
  const rows = new Uint8Array(1)
  const header: SnapshotHeader = { suite: 1, schema: 1, kind: 'snapshot', workspace: 'w', collection: 'c1', lane: `${id}.i`, session: certificate.hash, at, authority: {}, lanes: {}, rows: 3, sha256: sha256Hex(rows) }
  const body = snapshotHeaderToBytes(header)
  const key = await importContentKey(host, new Uint8Array(32))
  const object = await sealSnapshot(host, { epoch: 0, key, workspace: 'w', collection: 'c1' }, { body, signature: await signFor(await createSigner(host, session), 'snapshot', body), session: sessionToBytes(certificate), rows })
  return (await openSnapshot(host, async () => key, 'w', 'c1', object)) ?? expect.fail('it opens')
}

describe('whose snapshot is shown', () => {
  it('3.8 SN-1 one of a seat of the town that reads the collection', async () => {
    expect(await judgeSnapshot(verify, await snapshot(), town)).toEqual([])
  })

  it('3.8 SN-2 none of a seat that is not there, of another person, at another device, or under another key', async () => {
    expect(await judgeSnapshot(verify, await snapshot({ id: 't' }), town)).toEqual([{ code: 'seat-unknown' }])
    expect(await judgeSnapshot(verify, await snapshot({ person: 'q' }), town)).toEqual([{ code: 'seat-unknown' }])
    expect(await judgeSnapshot(verify, await snapshot({ seat: createKeyPair(host) }), town)).toEqual([{ code: 'signature' }])
    expect(await judgeSnapshot(verify, await snapshot(), { ...town, devices: new Map() })).toEqual([{ code: 'seat-unknown' }])
    const another = { ...town, devices: new Map([...town.devices, ['e', { id: 'e', signingKey: deviceKey.publicKey, level: 'L0' as const }]]) }
    expect(await judgeSnapshot(verify, await snapshot({ device: 'e' }), another)).toEqual([{ code: 'seat-unknown' }])
  })

  it('3.8 SN-3 none of a seat that was taken away, that waits after a recovery, or whose person may not read there', async () => {
    expect(await judgeSnapshot(verify, await snapshot(), { ...town, removedSeats: new Set(['s']) })).toEqual([{ code: 'seat-removed' }])
    expect(await judgeSnapshot(verify, await snapshot(), { ...town, recovered: new Map([['s', at - 1000]]) })).toEqual([{ code: 'seat-waits' }])
    expect(await judgeSnapshot(verify, await snapshot(), { ...town, grants: new Map([['g', { ...grant, collection: 'c2' }]]) })).toEqual([{ code: 'grant-missing' }])
    expect(await judgeSnapshot(verify, await snapshot(), { ...town, grants: new Map([['g', { ...grant, to: '2026-01-01' }]]) })).toEqual([{ code: 'grant-missing' }])
  })
})
