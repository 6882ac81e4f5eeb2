// Each check of the door alone, with real segments: what is not the lane's next segment, what waits, what a recovery must carry.

import { describe, expect, it } from 'vitest'
import { sampleTown } from '../authority/sample-town.ts'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { createKeyPair, createSigner, createSigningKey, type KeyPair } from '../crypto/keys.ts'
import { recoveryKeysOf } from '../crypto/recovery-keys.ts'
import { signFor } from '../crypto/sign.ts'
import { collectionZero, segmentName, sessionName } from '../log/names.ts'
import { createWorld, fewPeople, idOf, type World, type Writer } from './testing/world.ts'

const collection = sampleTown.collections[0]?.id as string

async function office(seed: string) {
  const world = await createWorld(seed, 4, fewPeople(collection))
  const seat = world.founded.seats.find((s) => sampleTown.grants.some((g) => g.person === s.person && g.collection === collection && g.role === 'writer'))!
  const writer = await world.writer(seat)
  await world.newDocument(collection, 'doc-a')
  const { door, view } = await world.replica(seat.person)
  const founding = [...world.objects.keys()].find((name) => name.startsWith('j/')) as string
  const admit = async (name: string, bytes = world.objects.get(name) as Uint8Array) => {
    const answer = await door.admit(name, bytes)
    return [answer.outcome, ...('reasons' in answer ? answer.reasons.map(({ code }) => code) : [])]
  }
  return { world, seat, writer, door, view, admit, founding }
}

const cover = (writer: Writer, value: string) => writer.event('draft.cover', 'doc-a', { field: 'title', value })

async function written(world: World, writer: Writer, value: string): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  const name = await writer.write(collection, [cover(writer, value)])
  return { name, bytes: world.objects.get(name) as Uint8Array }
}

describe('3.14 the door, check by check', () => {
  it('3.14 JU-1 refuses another segment in a place that is taken, and one that follows on another', async () => {
    const { world, seat, writer, admit, founding } = await office('fork')
    const twin = await world.writer(seat)
    const [one, two] = [await written(world, writer, '一'), await written(world, writer, '二')]
    const [otherOne, otherTwo] = [await written(world, twin, '壱'), await written(world, twin, '弐')]
    await admit(founding)
    expect(await admit(one.name, one.bytes)).toEqual(['accepted'])
    expect(await admit(one.name, one.bytes)).toEqual(['known'])
    expect(await admit(otherOne.name, otherOne.bytes)).toEqual(['refused', 'lane-fork'])
    expect(await admit(otherTwo.name, otherTwo.bytes)).toEqual(['refused', 'lane-fork'])
    expect(await admit(two.name, two.bytes)).toEqual(['accepted'])
    expect(await admit(one.name, one.bytes)).toEqual(['known'])
  })

  it('3.14 JU-1 JU-2 waits for a session certificate, takes another’s bytes for none, and refuses a header that its key did not sign', async () => {
    const { world, writer, admit, founding } = await office('session')
    await admit(founding)
    const { name, bytes } = await written(world, writer, '件名')
    const place = sessionName(writer.session.certificate.hash)
    const certificate = world.objects.get(place) as Uint8Array
    const other = [...world.objects].find(([at]) => at.startsWith('c/') && at !== place)?.[1] as Uint8Array
    world.objects.delete(place)
    expect(await admit(name, bytes)).toEqual(['waiting', 'session-missing'])
    world.objects.set(place, other)
    expect(await admit(name, bytes)).toEqual(['waiting', 'session-missing'])
    world.objects.set(place, certificate)
    const parts = decodeCbor(bytes) as Record<string, unknown>
    expect(await admit(name, encodeCbor({ ...parts, g: new Uint8Array(64).fill(1) }))).toEqual(['refused', 'header-signature'])
    expect(await admit(name, bytes)).toEqual(['accepted'])
  })

  it('3.14 JU-1 refuses sealed events that the header does not name, one too few and one too many', async () => {
    const { world, writer, admit, founding } = await office('damaged')
    await admit(founding)
    const name = await writer.write(collection, [cover(writer, '甲'), cover(writer, '乙')])
    const parts = decodeCbor(world.objects.get(name) as Uint8Array) as { x: readonly Uint8Array[] }
    const [first, second] = parts.x as [Uint8Array, Uint8Array]
    for (const x of [[second, first], [first], [first, second, second], [first, first]]) expect(await admit(name, encodeCbor({ ...parts, x }))).toEqual(['refused', 'damaged'])
    expect(await admit(name)).toEqual(['accepted'])
  })

  it('3.14 JU-2 JU-10 waits for the authority position that the header names, and judges at it and not at what came later', async () => {
    const { world, writer, seat, admit, founding } = await office('position')
    const admin = await world.writer(world.founded.seats[0]!)
    const before = await written(world, writer, '前')
    const remove = await admin.write(collectionZero, [admin.event('seat.remove', null, { id: seat.seat, reason: '' })])
    const after = await writer.write(collection, [cover(writer, '後')], { authority: { [world.founded.head.lane]: 2 } })
    expect(await admit(before.name)).toEqual(['waiting', 'authority-behind'])
    await admit(founding)
    expect(await admit(remove)).toEqual(['accepted'])
    expect(await admit(before.name)).toEqual(['accepted'])
    expect(await admit(after)).toEqual(['quarantined', 'seat-removed'])
  })

  it('3.14 JU-4 quarantines a header that lies of an event’s hash, type or document, and an event that does not open', async () => {
    const { world, writer, view, admit, founding } = await office('lies')
    await admit(founding)
    await world.newDocument(collection, 'doc-b')
    const act = (change: object) => ({ declare: (sealed: Parameters<NonNullable<NonNullable<Parameters<Writer['write']>[2]>['declare']>>[0]) => ({ ...sealed, acts: sealed.acts.map((one) => ({ ...one, ...change })) }) })
    const other = await writer.write(collection, [writer.event('draft.cover', 'doc-b', { field: 'title', value: '別' })])
    const handle = await (async () => {
      let found = ''
      await writer.write(collection, [writer.event('draft.cover', 'doc-b', { field: 'title', value: '別' })], { declare: (sealed) => ((found = sealed.acts[0]?.doc as string), sealed) })
      return found
    })()
    await admit(other)
    await admit(segmentName(other.split('/')[1] as string, writer.lane, 2))
    expect(await admit(await writer.write(collection, [cover(writer, 'い')], act({ event: 'ab'.repeat(32) })))).toEqual(['quarantined', 'header-lies-event-hash'])
    expect(await admit(await writer.write(collection, [cover(writer, 'ろ')], act({ type: 'draft.body' })))).toEqual(['quarantined', 'header-lies-event-type'])
    // Sealed under the key of one document and declared of another, it opens under neither.
    expect(await admit(await writer.write(collection, [cover(writer, 'は')], act({ doc: handle })))).toEqual(['quarantined', 'header-lies-unopenable'])
    expect(await admit(await writer.write(collection, [{ ...cover(writer, 'に'), type: 'no type' }]))).toEqual(['quarantined', 'header-lies-unopenable'])
    expect(await view.documentEvents(collection, 'doc-a')).toEqual([])
  })

  it('3.14 JU-8 takes a recovery with the recovery key’s signature only', async () => {
    const { world, admit, founding } = await office('recover')
    await admit(founding)
    const { workspace, recoverySeed, device } = world.founded
    const admin = world.founded.seats[0]!
    const recoverWith = async (name: string, key: KeyPair): Promise<string> => {
      const secrets = { ...admin, seat: name, incarnation: 'inc', signing: await createSigningKey(world.host), exchange: createKeyPair(world.host) }
      const seat = { id: name, person: admin.person, device: device.id, signingKey: secrets.signing.publicKey, exchangeKey: secrets.exchange.publicKey, certificate: new Uint8Array(1) }
      const record = { id: device.id, signingKey: device.signing.publicKey, level: 'L0' }
      const signature = await signFor(await createSigner(world.host, key), 'recovery', encodeCbor({ workspace, seat, device: record }))
      const writer = await world.writer(secrets)
      return writer.write(collectionZero, [writer.event('seat.recover', null, { seat, device: record, signature })])
    }
    expect(await admit(await recoverWith('forged', createKeyPair(world.host)))).toEqual(['quarantined', 'not-founding'])
    expect(await admit(await recoverWith('true', recoveryKeysOf(recoverySeed).signing))).toEqual(['accepted'])
  })

  it('3.14 JU-12 waits for a past that is not here and keeps the events of what was quarantined for its past', async () => {
    const { writer, view, admit, founding } = await office('past')
    await admit(founding)
    const bad = { ...cover(writer, '誤'), position: 'position-of-nobody' }
    const onBad = writer.event('draft.cover', 'doc-a', { field: 'title', value: '続' }, { deps: [idOf(bad)] })
    const missing = writer.event('draft.cover', 'doc-a', { field: 'title', value: '待' }, { deps: ['cd'.repeat(32)] })
    expect(await admit(await writer.write(collection, [bad]))).toEqual(['quarantined', 'position-not-held'])
    expect(await admit(await writer.write(collection, [onBad]))).toEqual(['quarantined', 'past-not-accepted'])
    expect(await admit(await writer.write(collection, [missing]))).toEqual(['waiting', 'deps-missing'])
    expect((await view.quarantined()).map(({ events }) => events.length)).toEqual([0, 1])
  })

  it('3.14 JU-12 a past is of the same document, and lets nothing in before all of it is accepted', async () => {
    const { world, writer, view, admit, founding } = await office('whole past')
    await world.newDocument(collection, 'doc-b')
    const inA = cover(writer, '甲')
    const inB = writer.event('draft.cover', 'doc-b', { field: 'title', value: '乙' }, { deps: [idOf(inA)] })
    await admit(founding)
    const [one, two] = [cover(writer, '一'), cover(writer, '二')]
    const onBoth = writer.event('draft.cover', 'doc-a', { field: 'title', value: '続' }, { deps: [idOf(one), idOf(two)] })
    // At a position at which nobody had a seat yet.
    expect(await admit(await writer.write(collection, [one], { authority: {} }))).toContain('seat-unknown')
    expect(await admit(await writer.write(collection, [two], { authority: {} }))).toContain('seat-unknown')
    expect(await admit(await writer.write(collection, [onBoth]))).toEqual(['quarantined', 'past-not-accepted'])
    expect(await admit(await writer.write(collection, [one]))).toEqual(['accepted'])
    expect((await view.documentEvents(collection, 'doc-a')).map(({ id }) => id)).toEqual([idOf(one)])
    expect(await admit(await writer.write(collection, [two]))).toEqual(['accepted'])
    expect((await view.documentEvents(collection, 'doc-a')).map(({ id }) => id).toSorted()).toEqual([one, two, onBoth].map(idOf).toSorted())
    expect(await admit(await writer.write(collection, [inA, inB]))).toEqual(['waiting', 'deps-missing'])
  })
})
