import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { encodeCbor } from '@shared/base/cbor.ts'
import { createKeyPair, createSigner } from '@shared/crypto/keys.ts'
import { sha256Hex } from '@shared/crypto/hash.ts'
import { createVerify } from '@shared/crypto/sign.ts'
import { snapshotName } from '@shared/log/names.ts'
import { createSession, parseSession } from '@shared/log/session.ts'
import { snapshotHeaderToBytes, type SnapshotHeader } from '@shared/log/snapshot.ts'
import { nodeHost } from './node-host.ts'
import { createObjectStore } from './object-store.ts'
import type { OpenSession } from './open-session.ts'
import type { ProfileRecord } from './profile.ts'
import { createVaultSnapshots } from './vault-snapshots.ts'

const folders: string[] = []
const now = Date.parse('2026-10-01T00:00:00.000Z')

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

async function desk() {
  const folder = await mkdtemp(join(tmpdir(), 'fumibako-snapshots-'))
  folders.push(folder)
  const store = createObjectStore(folder)
  const [seat, device, key] = [createKeyPair(nodeHost), createKeyPair(nodeHost), createKeyPair(nodeHost)]
  const certificate = await createSession(
    { suite: 1, schema: 1, kind: 'session', workspace: 'town0', seat: 's', device: 'd', person: 'p', incarnation: 'i', n: 1, sessionKey: key.publicKey, notBefore: now, notAfter: now + 1000, policy: '', authority: {}, token: null, posture: null },
    await createSigner(nodeHost, seat),
    await createSigner(nodeHost, device),
  )
  const session = { lane: 's.i', certificate, signer: await createSigner(nodeHost, key), epochKeys: [{ collection: 'c1', epoch: 0, key: new Uint8Array(32) }] } as unknown as OpenSession
  const record = { workspace: 'town0' } as ProfileRecord
  const snapshots = createVaultSnapshots((work) => (input) => work(session, record, store, input), { now: () => now })
  const header = (over: Partial<SnapshotHeader> = {}): Uint8Array =>
    snapshotHeaderToBytes({ suite: 1, schema: 1, kind: 'snapshot', workspace: 'town0', collection: 'c1', lane: 's.i', session: certificate.hash, at: now, authority: {}, lanes: {}, rows: 3, sha256: 'ab'.repeat(32), ...over })
  return { store, snapshots, header, key, certificate }
}

function snapshotOf(records: number, of = 'handle') {
  const bytes = encodeCbor({ s: 1, v: 1, kind: 'snapshot', e: 0, x: Uint8Array.of(records) })
  return { name: snapshotName(of, records, sha256Hex(bytes)), bytes }
}

describe('3.8 snapshots in main', () => {
  it('3.8 LG-93 signs what this session says of a collection it was given, now, and nothing else', async () => {
    const { snapshots, header, key, certificate } = await desk()
    const signed = await snapshots.sign({ header: header() })
    expect(signed.ok && (await createVerify(nodeHost)(key.publicKey, 'snapshot', header(), signed.value.signature))).toBe(true)
    expect(signed.ok && parseSession(signed.value.session)?.hash).toBe(certificate.hash)
    for (const over of [{ workspace: 'town1' }, { collection: 'c2' }, { lane: 't.i' }, { session: 'ab'.repeat(32) }, { at: now + 6 * 60_000 }]) {
      expect(await snapshots.sign({ header: header(over) })).toMatchObject({ ok: false, error: { type: 'ObjectRefused' } })
    }
    expect(await snapshots.sign({ header: new Uint8Array(5) })).toMatchObject({ ok: false })
  })

  it('3.8 keeps what fits its name; what reaches less far goes, what reaches further and other collections’ stay', async () => {
    const { snapshots, store } = await desk()
    const [near, far, other] = [snapshotOf(10), snapshotOf(40), snapshotOf(5, 'other')]
    for (const one of [near, other, far]) expect(await snapshots.keep(one)).toEqual({ ok: true, value: null })
    expect(await snapshots.list({ of: 'handle' })).toEqual({ ok: true, value: [far.name] })
    expect(await store.get(near.name)).toBeNull()
    await snapshots.keep(snapshotOf(20))
    expect(await snapshots.list({ of: 'handle' })).toEqual({ ok: true, value: [far.name, snapshotOf(20).name] })
    expect(await snapshots.list({ of: 'other' })).toEqual({ ok: true, value: [other.name] })
    expect(await snapshots.keep({ ...far, bytes: near.bytes })).toMatchObject({ ok: false, error: { type: 'ObjectRefused' } })
    expect(await snapshots.keep({ name: `p/ab/${'ab'.repeat(32)}`, bytes: far.bytes })).toMatchObject({ ok: false, error: { type: 'ObjectRefused' } })
  })

  it('3.8 nothing but a snapshot can be forgotten by its name', async () => {
    const { store } = await desk()
    await expect(store.forget('k/coll/0')).rejects.toThrow('defect')
  })
})
