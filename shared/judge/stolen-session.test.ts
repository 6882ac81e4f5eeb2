// What somebody can do who has the session key of an open seat and its certificate, and nothing else: written at a machine of their own and
// sent to the storage. And what a header that lies about whose it is comes to.

import { describe, expect, it } from 'vitest'
import { sampleTown } from '../authority/sample-town.ts'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { collectionHandle, collectionZero, segmentName, sessionName } from '../log/names.ts'
import { createSegment } from '../log/segment.ts'
import { parseSession, sessionToBytes } from '../log/session.ts'
import type { SegmentHeader } from '../log/header.ts'
import type { ContentKey } from '../crypto/ports.ts'
import { openSegmentHeader } from './open-segment.ts'
import { createWorld, fewPeople, type Writer } from './testing/world.ts'

const collection = sampleTown.collections[0]?.id as string
const hour = 60 * 60 * 1000

async function office(seed: string) {
  const world = await createWorld(seed, 4, fewPeople(collection))
  const writers = world.founded.seats.filter((seat) => sampleTown.grants.some((g) => g.person === seat.person && g.collection === collection && g.role === 'writer') && !sampleTown.grants.some((g) => g.person === seat.person && g.role === 'admin'))
  const [own, other] = [writers[0]!, world.founded.seats.find(({ person }) => person !== writers[0]!.person)!]
  const [robbed, colleague] = [await world.writer(own), await world.writer(other)]
  await world.newDocument(collection, 'doc-a')
  const { door } = await world.replica(other.person)
  const admit = async (name: string) => {
    const answer = await door.admit(name, world.objects.get(name) as Uint8Array)
    return [answer.outcome, ...('reasons' in answer ? answer.reasons.map(({ code }) => code) : [])]
  }
  await admit([...world.objects.keys()].find((name) => name.startsWith('j/')) as string)
  const keys = await world.keyRing(own.person)
  const zero = (await keys.epochKey(collectionZero, 0)) as ContentKey
  /** A header of the thief's own, signed by the stolen key. */
  const forge = async (claims: Partial<SegmentHeader>, signedBy: Writer = robbed): Promise<string> => {
    const event = robbed.event('draft.cover', 'doc-a', { field: 'title', value: 'x' })
    const name = await robbed.copy().then((copy) => copy.write(collection, [event]))
    const header = { ...(await headerOf(name)), session: robbed.session.certificate.hash, ...claims }
    const sealed = (decodeCbor(world.objects.get(name) as Uint8Array) as { x: readonly Uint8Array[] }).x
    world.objects.delete(name)
    const segment = await createSegment(world.host, { epoch: 0, key: zero }, header, sealed, signedBy.session.signer)
    const place = segmentName(collectionHandle(world.founded.genesis, header.collection), header.lane, header.seq)
    world.objects.set(place, segment.bytes)
    return place
  }
  const headerOf = async (name: string): Promise<SegmentHeader> => {
    const opened = await openSegmentHeader(world.host, world.founded.workspace, keys, world.objects.get(name) as Uint8Array)
    if (typeof opened === 'string') throw new Error(opened)
    return opened.header
  }
  return { world, robbed, colleague, own, other, admit, forge }
}

const cover = (writer: Writer, value: string) => writer.event('draft.cover', 'doc-a', { field: 'title', value })

describe('4.8 a stolen session key', () => {
  it('4.8 JU-5 writes as its person for the hours of its certificate, and not a minute after the clocks allow', async () => {
    const { world, robbed, admit } = await office('hours')
    expect(await admit(await robbed.write(collection, [cover(robbed, '盗まれた鍵で')]))).toEqual(['accepted'])
    world.clock.advance(8 * hour)
    expect(await admit(await robbed.write(collection, [cover(robbed, 'まだ')]))).toEqual(['accepted'])
    world.clock.advance(6 * 60 * 1000)
    expect(await admit(await robbed.write(collection, [cover(robbed, 'もう')]))).toEqual(['quarantined', 'session-window'])
  })

  it('4.8 JU-5 JU-14 makes no other session: whoever changes the certificate or its key changes what seat and device signed', async () => {
    const { world, robbed, admit } = await office('longer')
    const { certificate } = robbed.session
    const name = await robbed.write(collection, [cover(robbed, '延ばす')])
    const place = sessionName(certificate.hash)
    const longer = { ...certificate, bytes: encodeCbor({ ...(decodeCbor(certificate.bytes) as object), notAfter: certificate.body.notAfter + 100 * hour }) }
    world.objects.set(place, sessionToBytes(longer))
    expect(await admit(name)).toEqual(['waiting', 'session-missing'])
    world.objects.set(place, sessionToBytes({ ...certificate, seatSignature: new Uint8Array(64).fill(7) }))
    expect(parseSession(world.objects.get(place) as Uint8Array)?.hash).toBe(certificate.hash)
    expect(await admit(name)).toEqual(['waiting', 'session-signature'])
  })

  it('4.8 JU-7 JU-8 gets no right that its person has not, and counts nothing as an administrator', async () => {
    const { robbed, admit } = await office('rights')
    expect(await admit(await robbed.write(collectionZero, [robbed.event('grant.put', null, { id: 'g', person: robbed.person, collection: null, role: 'admin', reason: 'x', from: '2026-01-01', to: null, reviewBy: '2027-01-01' })]))).toEqual(['quarantined', 'not-admin'])
  })
})

describe('4.8 a header that lies', () => {
  it('4.8 JU-1 JU-5 about whose session, whose lane or which collection it is of is refused or set aside, with the reason', async () => {
    const { world, robbed, colleague, admit, forge } = await office('lies')
    const others = await colleague.write(collectionZero, [colleague.event('session.settle', null, { doubts: [] })])
    expect(await admit(others)).toEqual(['accepted'])
    // Of another's session, which another key signs.
    expect(await admit(await forge({ session: colleague.session.certificate.hash }))).toEqual(['refused', 'header-signature'])
    // In another's lane, under the own session.
    const [outcome, ...reasons] = await admit(await forge({ lane: colleague.lane }))
    expect([outcome, reasons]).toEqual(['quarantined', expect.arrayContaining(['session-lane'])])
    // Of another workspace.
    expect((await admit(await forge({ workspace: 'another' })))[0]).toBe('refused')
    // Of what nobody knows yet: it waits, and moves nothing.
    expect(await admit(await forge({ authority: { [world.founded.head.lane]: 99 } }))).toEqual(['waiting', 'authority-behind'])
    expect(await admit(await robbed.write(collection, [cover(robbed, '正しい')]))).toEqual(['accepted'])
  })
})
