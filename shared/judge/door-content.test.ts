// What the door takes for content that was not allowed, and not for something that may still come: it is quarantined, and the lane moves.

import { describe, expect, it } from 'vitest'
import { sampleTown } from '../authority/sample-town.ts'
import { encodeCbor } from '../base/cbor.ts'
import type { ContentKey, Signer } from '../crypto/ports.ts'
import { createKeyPair, createSigner } from '../crypto/keys.ts'
import { recoveryKeysOf } from '../crypto/recovery-keys.ts'
import { signFor } from '../crypto/sign.ts'
import type { LogEvent } from '../log/event.ts'
import { collectionHandle, collectionZero, documentHandle, segmentName, sessionName } from '../log/names.ts'
import { sealEvents } from '../log/seal-events.ts'
import { createSegment } from '../log/segment.ts'
import { createSession, longestSessionMs, sessionToBytes, type SessionCertificate } from '../log/session.ts'
import { createWorld, fewPeople } from './testing/world.ts'

const collection = sampleTown.collections[0]?.id as string

interface Forger {
  readonly lane: string
  readonly event: LogEvent
  readonly certificate: SessionCertificate
  readonly signer: Signer
}

async function office(seed: string) {
  const world = await createWorld(seed, 8, fewPeople(collection))
  const { workspace, genesis, head } = world.founded
  const seat = world.founded.seats.filter((s) => sampleTown.grants.some((g) => g.person === s.person && g.collection === collection && g.role === 'writer')).at(-1)!
  await world.newDocument(collection, 'doc')
  const { door } = await world.replica(seat.person)
  for (const [name, bytes] of world.objects) if (name.startsWith('j/')) await door.admit(name, bytes)
  const keys = await world.keyRing(seat.person)
  /** The first segment of a lane in the collection, as whoever holds all keys could make it. */
  const admitted = async ({ lane, event, certificate, signer }: Forger): Promise<readonly string[]> => {
    world.objects.set(sessionName(certificate.hash), sessionToBytes(certificate))
    const place = { workspace, collection, lane, seq: 1 }
    const documentKey = (await keys.documentKey(collection, documentHandle(workspace, 'doc'))) as ContentKey
    const sealed = await sealEvents(world.host, place, [event], () => documentKey)
    const header = { suite: 1, schema: 1, ...place, prev: null, session: certificate.hash, authority: { [head.lane]: 1 }, hlc: event.hlc, acts: sealed.acts } as const
    const { bytes } = await createSegment(world.host, { epoch: 0, key: (await keys.epochKey(collectionZero, 0))! }, header, sealed.events, signer)
    const answer = await door.admit(segmentName(collectionHandle(genesis, collection), lane, 1), bytes)
    return [answer.outcome, ...('reasons' in answer ? answer.reasons.map(({ code }) => code) : [])]
  }
  return { world, seat, writer: await world.writer(seat), admitted }
}

describe('what was not allowed and cannot come to be', () => {
  it('3.14 JU-14 a session for longer than twelve hours is content: it waits for no other copy of its certificate', async () => {
    const { world, seat, writer, admitted } = await office('window')
    const within = async (length: number, incarnation: string): Promise<readonly string[]> => {
      const { body } = writer.session.certificate
      const certificate = await createSession({ ...body, incarnation, notAfter: body.notBefore + length }, seat.signing.signer, world.founded.device.signing.signer)
      return admitted({ lane: `${seat.seat}.${incarnation}`, event: writer.event('draft.cover', 'doc', { field: 'title', value: '件名' }), certificate, signer: writer.session.signer })
    }
    expect(await within(longestSessionMs, 'short')).toEqual(['accepted'])
    expect(await within(longestSessionMs + 1, 'long')).toEqual(['quarantined', 'session-signature'])
  })

  it('3.14 JU-8 a recovery introduces a seat in collection zero only, whoever signed it', async () => {
    const { world, seat, writer, admitted } = await office('introduced')
    const { workspace, recoverySeed, device } = world.founded
    const [signing, session] = [createKeyPair(world.host), createKeyPair(world.host)]
    const record = { id: 'again', person: seat.person, device: device.id, signingKey: signing.publicKey, exchangeKey: createKeyPair(world.host).publicKey, certificate: new Uint8Array(1) }
    const machine = { id: device.id, signingKey: device.signing.publicKey, level: 'L0' }
    const signature = await signFor(await createSigner(world.host, recoveryKeysOf(recoverySeed).signing), 'recovery', encodeCbor({ workspace, seat: record, device: machine }))
    const body = { ...writer.session.certificate.body, seat: 'again', incarnation: 'inc', sessionKey: session.publicKey }
    const certificate = await createSession(body, await createSigner(world.host, signing), device.signing.signer)
    const answer = await admitted({ lane: 'again.inc', event: writer.event('seat.recover', 'doc', { seat: record, device: machine, signature }), certificate, signer: await createSigner(world.host, session) })
    expect(answer[0]).toBe('quarantined')
    expect(answer).toEqual(expect.arrayContaining(['seat-unknown', 'not-founding']))
  })
})
