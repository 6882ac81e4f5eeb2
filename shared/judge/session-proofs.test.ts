import { describe, expect, it } from 'vitest'
import { reduceAuthority, type AuthorityState } from '../authority/reduce.ts'
import { sampleTown } from '../authority/sample-town.ts'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import type { CryptoHost } from '../crypto/ports.ts'
import { createVerify } from '../crypto/sign.ts'
import { tokenVerifier } from '../identity/sign-in.ts'
import { newEvidence, noEvidence, type EvidenceSet } from '../log/evidence.ts'
import { collectionZero, sessionName } from '../log/names.ts'
import { protectionLevels, type ProtectionLevel } from '../posture/model.ts'
import { statementToBytes, type PostureStatement } from '../posture/statement.ts'
import { createDoor } from './door.ts'
import { createMemoryView } from './memory-view.ts'
import { createSessionProofs, factsOf } from './session-proofs.ts'
import { createWorld, testHost } from './testing/world.ts'

const collection = sampleTown.collections[0]?.id as string
const writerOf = sampleTown.grants.find((g) => g.role === 'writer' && g.collection === collection)?.person as string

const statement: PostureStatement = { schema: 1, kind: 'posture', device: 'dev1', system: 'linux', version: '1.0.0', level: 'L1', at: 5, checks: [] }

async function office(seed: string, rests?: EvidenceSet) {
  const world = await createWorld(seed, 8)
  const writer = await world.writer(world.founded.seats.find((s) => s.person === writerOf)!, rests)
  const counted = { verified: 0, imported: 0 }
  const { subtle, random } = world.host
  const host: CryptoHost = {
    random,
    subtle: Object.assign(Object.create(subtle) as typeof subtle, {
      deriveBits: subtle.deriveBits.bind(subtle), decrypt: subtle.decrypt.bind(subtle),
      verify: (...all: Parameters<typeof subtle.verify>) => ((counted.verified += 1), subtle.verify(...all)),
      importKey: (...all: Parameters<typeof subtle.importKey>) => ((counted.imported += all[4].includes('verify') ? 1 : 0), subtle.importKey(...all)),
    }),
  }
  const view = createMemoryView()
  const door = createDoor({
    host, workspace: world.founded.workspace, genesis: world.founded.genesis, keys: await world.keyRing(writerOf), view,
    session: async (hash) => world.objects.get(sessionName(hash)) ?? null,
    candidates: async () => [],
    rowsOf: (_collection, doc, events) => [{ table: 'document', key: doc, value: events.length }],
  })
  const admit = (name: string) => door.admit(name, world.objects.get(name) as Uint8Array)
  for (const name of [...world.objects.keys()].filter((n) => n.startsWith('j/'))) await admit(name)
  return { world, writer, counted, view, admit }
}

describe('a session certificate', () => {
  it('3.14 JU-5 that is proven under two keys is not under others', async () => {
    const world = await createWorld('once', 8)
    const { certificate } = (await world.writer(world.founded.seats[0]!)).session
    const proofs = createSessionProofs(createVerify(world.host), { host: world.host, keys: await world.keyRing(world.founded.seats[0]!.person), session: async () => null })
    const [seat, other] = [world.founded.seats[0]!.signing.publicKey, world.founded.seats[1]!.signing.publicKey]
    const device = world.founded.device.signing.publicKey
    expect([await proofs.proven(certificate, seat, device), await proofs.proven(certificate, other, device), await proofs.proven(certificate, seat, other)]).toEqual([true, false, false])
  })

  it('2.6e is proven once for all segments of its session', async () => {
    const { world, writer, counted, admit } = await office('once')
    await world.newDocument(collection, 'doc-a')
    const before = { ...counted }
    for (let i = 0; i < 20; i++) expect((await admit(await writer.write(collection, [writer.event('draft.cover', 'doc-a', { field: 'title', value: `第${i}案` })]))).outcome).toBe('accepted')
    // Twenty headers and the two signatures of one certificate; the one new key is the session's.
    expect([counted.verified - before.verified, counted.imported - before.imported]).toEqual([22, 1])
  })

  it('2.6e whose copy here is damaged makes its segments wait, and a good copy lets them in', async () => {
    const { world, writer, view, admit } = await office('damaged')
    await world.newDocument(collection, 'doc-a')
    const [certificate] = [...world.objects.keys()].filter((n) => n.startsWith('c/')).slice(-1) as [string]
    const good = world.objects.get(certificate) as Uint8Array
    const parts = decodeCbor(good) as { body: Uint8Array; seat: Uint8Array; device: Uint8Array }
    const name = await writer.write(collectionZero, [writer.event('session.unlock', null, { session: 'x' })])
    for (const bad of [{ ...parts, seat: parts.device }, { ...parts, device: new Uint8Array(64) }]) {
      world.objects.set(certificate, encodeCbor(bad))
      expect(await admit(name)).toEqual({ outcome: 'waiting', reasons: [{ code: 'session-signature' }] })
    }
    world.objects.set(certificate, good)
    expect((await admit(name)).outcome).toBe('accepted')
    world.objects.set(certificate, encodeCbor({ ...parts, seat: parts.device }))
    const next = await writer.write(collectionZero, [writer.event('session.lock', null, { reason: 'hand' })])
    expect((await admit(next)).outcome).toBe('accepted')
    expect(await view.quarantined()).toEqual([])
  })

  it('4.9 JU-50 that names evidence makes its segments wait until a copy carries it', async () => {
    const { world, writer, view, admit } = await office('evidence', { posture: newEvidence(testHost('salt'), statementToBytes(statement)), token: null })
    const name = sessionName(writer.session.certificate.hash)
    const good = world.objects.get(name) as Uint8Array
    const { evidence, ...parts } = decodeCbor(good) as { evidence: { epoch: number; sealed: Uint8Array } }
    const segment = await writer.write(collectionZero, [writer.event('session.unlock', null, { session: 'x' })])
    for (const [bad, code] of [[parts, 'session-evidence'], [{ ...parts, evidence: { ...evidence, sealed: evidence.sealed.slice(1) } }, 'session-evidence'], [{ ...parts, evidence: { ...evidence, epoch: 7 } }, 'missing-key']] as const) {
      world.objects.set(name, encodeCbor(bad))
      expect(await admit(segment)).toEqual({ outcome: 'waiting', reasons: [{ code }] })
    }
    world.objects.set(name, good)
    expect([(await admit(segment)).outcome, await view.quarantined()]).toEqual(['accepted', []])
  })

  it('4.9 JU-51 a statement that was copied from another device says nothing, nor do bytes that are no statement', async () => {
    const session = { workspace: 'town', seat: 'seat', person: 'anna', device: statement.device, notBefore: 0 }
    const ask = (set: EvidenceSet) => factsOf(tokenVerifier(testHost('facts')), set, session, enrolledAt('L1'))
    const facts = async (bytes: Uint8Array) => (await ask({ posture: newEvidence(testHost('facts'), bytes), token: null })).posture
    expect(await facts(statementToBytes(statement))).toEqual(statement)
    expect([await facts(statementToBytes({ ...statement, device: 'other' })), await facts(encodeCbor('healthy')), (await ask(noEvidence)).posture]).toEqual([null, null, null])
  })

  it('4.4 JU-57 takes no device for better kept than it was enrolled, nor for better than it says', async () => {
    const session = { workspace: 'town', seat: 'seat', person: 'anna', device: statement.device, notBefore: 0 }
    const counted = async (says: ProtectionLevel, authority: AuthorityState) => (await factsOf(tokenVerifier(testHost('facts')), { posture: newEvidence(testHost('facts'), statementToBytes({ ...statement, level: says })), token: null }, session, authority)).posture?.level
    for (const says of protectionLevels) {
      for (const enrolled of protectionLevels) expect(await counted(says, enrolledAt(enrolled))).toBe(says < enrolled ? says : enrolled)
      expect(await counted(says, reduceAuthority([]))).toBe('L0')
    }
  })
})

function enrolledAt(level: ProtectionLevel): AuthorityState {
  return { ...reduceAuthority([]), devices: new Map([[statement.device, { id: statement.device, signingKey: new Uint8Array(65), level }]]) }
}
