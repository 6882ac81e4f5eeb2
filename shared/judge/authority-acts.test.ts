import { describe, expect, it } from 'vitest'
import { isTrial } from '../authority/ask.ts'
import { encodeCbor } from '../base/cbor.ts'
import { sha256Hex } from '../crypto/hash.ts'
import { createKeyPair, createSigner, createSigningKey } from '../crypto/keys.ts'
import { recoveryKeysOf } from '../crypto/recovery-keys.ts'
import { signFor } from '../crypto/sign.ts'
import type { SeatSecrets } from '../flow/found.ts'
import type { LogEvent } from '../log/event.ts'
import { collectionZero, twinName } from '../log/names.ts'
import { parseSegment } from '../log/segment.ts'
import { adminGrant, seatFor } from '../authority/testing/council.ts'
import { createWorld, fewPeople, idOf, type World, type Writer } from './testing/world.ts'

const collection = 'c-general-affairs'
const hour = 60 * 60 * 1000

async function reasonsAt(world: World, person: string, reversed: boolean) {
  const { door, view } = await world.replica(person)
  const names = [...world.objects.keys()].filter((name) => name.startsWith('j/'))
  let waiting = reversed ? names.toReversed() : names
  for (let moved = true; moved; ) {
    moved = false
    const later: string[] = []
    for (const name of waiting) {
      const { outcome } = await door.admit(name, world.objects.get(name) as Uint8Array)
      if (outcome === 'waiting') later.push(name)
      else moved = true
    }
    waiting = later
  }
  return { state: await door.authority(), reasons: (await view.quarantined()).flatMap((one) => one.reasons.map(({ code }) => code)).sort(), hash: await view.stateHash() }
}

async function inEveryOrder(world: World, person: string) {
  const [one, other] = [await reasonsAt(world, person, false), await reasonsAt(world, person, true)]
  expect(other.hash).toBe(one.hash)
  expect(other.reasons).toEqual(one.reasons)
  return one
}

const voteFor = (writer: Writer, act: LogEvent, alone: boolean): LogEvent => writer.event('vote.cast', null, { act: idOf(act), alone })

/** A seat that introduces itself with the recovery key. */
async function recovered(world: World, person: string): Promise<{ readonly writer: Writer; readonly seat: string; readonly secrets: SeatSecrets }> {
  const { founded, host } = world
  const secrets: SeatSecrets = { seat: 'fresh', person, incarnation: 'one', signing: await createSigningKey(host), exchange: createKeyPair(host), certificate: new Uint8Array(1) }
  const seat = { ...seatFor(person, secrets.seat), device: founded.device.id, signingKey: secrets.signing.publicKey, exchangeKey: secrets.exchange.publicKey }
  const device = { id: founded.device.id, signingKey: founded.device.signing.publicKey, level: 'L0' }
  const signature = await signFor(await createSigner(host, recoveryKeysOf(founded.recoverySeed).signing), 'recovery', encodeCbor({ workspace: founded.workspace, seat, device }))
  const writer = await world.writer(secrets)
  await writer.write(collectionZero, [writer.event('seat.recover', null, { seat, device, signature })])
  return { writer, seat: secrets.seat, secrets }
}

describe('acts of administrators', () => {
  it('3.1 JU-15 only who really is the one administrator with a seat acts alone, in any order of arrival', async () => {
    const one = await createWorld('alone', 1, fewPeople(collection))
    const sole = await one.writer(one.founded.seats[0] as SeatSecrets)
    const grant = sole.event('grant.put', null, adminGrant('kamio'))
    await sole.write(collectionZero, [grant, voteFor(sole, grant, true)])
    const trial = await inEveryOrder(one, sole.person)
    expect(trial.reasons).toEqual([])
    expect(trial.state.grants.has('admin-kamio')).toBe(true)

    const town = fewPeople(collection)
    const two = await createWorld('two', 2, { ...town, grants: [...town.grants, adminGrant('yoshida')] })
    const [first, second] = await Promise.all(two.founded.seats.map((seat) => two.writer(seat)))
    expect([first?.person, second?.person]).toEqual(['sakita', 'yoshida'])
    const proposed = (first as Writer).event('grant.put', null, adminGrant('kamio'))
    await (first as Writer).write(collectionZero, [proposed])
    await (first as Writer).write(collectionZero, [voteFor(first as Writer, proposed, true)])
    const refused = await inEveryOrder(two, 'sakita')
    expect(refused.reasons).toEqual(['not-alone'])
    expect(refused.state.grants.has('admin-kamio')).toBe(false)
    await (second as Writer).write(collectionZero, [voteFor(second as Writer, proposed, false)], { authority: { [two.founded.head.lane]: 2 } })
    const voted = await inEveryOrder(two, 'sakita')
    expect(voted.state.grants.has('admin-kamio')).toBe(true)
    expect(voted.state.proposals).toEqual([])
  })

  it('3.1 JU-40 a voice for a proposal that its author took back is not let in where that was known, in any order of arrival', async () => {
    const town = fewPeople(collection)
    const world = await createWorld('withdrawn', 2, { ...town, grants: [...town.grants, adminGrant('yoshida')] })
    const [first, second] = (await Promise.all(world.founded.seats.map((seat) => world.writer(seat)))) as unknown as readonly [Writer, Writer]
    const grant = first.event('grant.put', null, adminGrant('kamio'))
    await first.write(collectionZero, [grant])
    await first.write(collectionZero, [first.event('vote.withdraw', null, { act: idOf(grant) })])
    await second.write(collectionZero, [voteFor(second, grant, false)], { authority: { [world.founded.head.lane]: 3 } })
    const told = await inEveryOrder(world, 'sakita')
    expect(told.reasons).toEqual(['proposal-withdrawn'])
    expect(told.state.grants.has('admin-kamio')).toBe(false)
    expect(told.state.proposals).toEqual([])

    const apart = await createWorld('agreed apart', 2, { ...town, grants: [...town.grants, adminGrant('yoshida')] })
    const [one, other] = (await Promise.all(apart.founded.seats.map((seat) => apart.writer(seat)))) as unknown as readonly [Writer, Writer]
    const same = one.event('grant.put', null, adminGrant('kamio'))
    await one.write(collectionZero, [same])
    await one.write(collectionZero, [one.event('vote.withdraw', null, { act: idOf(same) })])
    await other.write(collectionZero, [voteFor(other, same, false)], { authority: { [apart.founded.head.lane]: 2 } })
    const unaware = await inEveryOrder(apart, 'sakita')
    expect(unaware.reasons).toEqual([])
    expect(unaware.state.grants.has('admin-kamio')).toBe(true)
  })

  it('3.1 JU-41 AU-12 each further founder’s seat signs the founding, and a signature under another one is not let in', async () => {
    const town = fewPeople(collection)
    const world = await createWorld('founders', 2, { ...town, grants: [...town.grants, adminGrant('yoshida')] })
    const founded = await inEveryOrder(world, 'sakita')
    expect(founded.reasons).toEqual([])
    expect([...founded.state.unconfirmed]).toEqual([])
    expect(isTrial(founded.state, world.clock.now())).toBe(false)
    const second = await world.writer(world.founded.seats[1] as SeatSecrets)
    await second.write(collectionZero, [second.event('genesis.confirm', null, { genesis: 'ab'.repeat(32) })], { authority: { [world.founded.head.lane]: 1 } })
    expect((await inEveryOrder(world, 'sakita')).reasons).toEqual(['not-founding'])
  })

  it('3.3 JU-42 F18 what is written under an older key than its own position shows is not let in, and what could not know of the newer one is, in any order of arrival', async () => {
    const world = await createWorld('epochs', 2, fewPeople(collection))
    const [first, second] = (await Promise.all(world.founded.seats.map((seat) => world.writer(seat)))) as unknown as readonly [Writer, Writer]
    world.clock.advance(1000)
    const opened = (writer: Writer) => [writer.event('session.unlock', null, { session: 'x' })]
    await first.write(collectionZero, [first.event('epoch.new', null, await world.newZeroEpoch(70_000))])
    const knows = { [world.founded.head.lane]: 2 }
    await second.write(collectionZero, opened(second))
    await second.write(collectionZero, opened(second), { authority: knows })
    await second.write(collectionZero, opened(second), { authority: knows, epoch: 70_000 })
    await first.write(collectionZero, [first.event('town.put', null, { name: '新しい鍵で' })], { authority: knows, epoch: 70_000 })
    const one = await inEveryOrder(world, 'sakita')
    expect(one.reasons).toEqual(['epoch-older'])
    expect(one.state.town?.name).toBe('新しい鍵で')

    await first.write(collectionZero, [first.event('epoch.new', null, await world.newZeroEpoch(140_000))], { authority: knows, epoch: 70_000 })
    await second.write(collectionZero, opened(second), { authority: { [world.founded.head.lane]: 4 }, epoch: 70_000 })
    expect((await inEveryOrder(world, 'sakita')).reasons).toEqual(['epoch-older', 'epoch-older'])
  })

  it('3.1 AU-17 F14 a branch of a lane that a cut does not name is not trusted, whether the cut or the branch comes first', async () => {
    const town = fewPeople(collection)
    const world = await createWorld('branches', 3, { ...town, grants: [...town.grants, adminGrant('yoshida'), adminGrant('kamio')] })
    const seats = world.founded.seats
    const lostSeat = seats[2] as SeatSecrets
    world.clock.advance(1000)
    const [first, second, lost] = (await Promise.all(seats.map((seat) => world.writer(seat)))) as unknown as readonly [Writer, Writer, Writer]
    const chain = async (writer: Writer, ...ids: readonly string[]) => {
      const written: [string, Uint8Array][] = []
      for (const id of ids) {
        const name = await writer.write(collectionZero, [writer.event('section.put', null, { id, name: id, nameEn: id })])
        written.push([name, world.objects.get(name) as Uint8Array])
      }
      return written
    }
    const trusted = await chain(lost, 'one', 'two')
    // The same seat at a copied machine writes the same numbers once more.
    const other = await chain(await world.writer(lostSeat), 'rogue', 'rogue too')
    expect(other.map(([name]) => name)).toEqual(trusted.map(([name]) => name))
    const cut = trusted.map(([, bytes], i) => ({ collection: collectionZero, lane: lost.lane, seq: i + 1, hash: parseSegment(bytes)?.hash ?? '' }))
    const gone = first.event('seat.remove', null, { id: lostSeat.seat, reason: '端末の紛失', cut })
    await first.write(collectionZero, [gone])
    await second.write(collectionZero, [voteFor(second, gone, false)], { authority: { [world.founded.head.lane]: 2 } })
    // Copies of what the cut names, which the lane did not sign: beside the other branch they vouch for nothing.
    const unsigned = trusted.map(([name, bytes], i): [string, Uint8Array] => {
      const { epoch, header, events: sealed, signature, hash } = parseSegment(bytes)!
      const copy = encodeCbor({ s: 1, v: 1, e: epoch, h: header, x: sealed, g: signature.map((byte, at) => (at === 5 ? byte ^ 1 : byte)) })
      expect(parseSegment(copy)?.hash).toBe(hash)
      return [twinName(name.split('/')[1] as string, lost.lane, i + 1, sha256Hex(copy)), copy]
    })
    for (const [branch, sections] of [[trusted, ['one', 'two']], [other, []], [unsigned, []]] as const) {
      for (const [name, bytes] of branch) world.objects.set(name, bytes)
      const told = await inEveryOrder(world, 'sakita')
      expect(told.reasons).toEqual([])
      expect(told.state.removedSeats.has(lostSeat.seat)).toBe(true)
      expect([...told.state.sections.keys()].filter((id) => ['one', 'two', 'rogue', 'rogue too'].includes(id))).toEqual(sections)
    }
  })

  it('3.1 JU-16 a recovered seat does nothing but open for 72 hours, and then everything', async () => {
    const world = await createWorld('wait', 1, fewPeople(collection))
    const [old] = world.founded.seats as readonly SeatSecrets[]
    const { writer, secrets } = await recovered(world, (old as SeatSecrets).person)
    const founding = { [world.founded.head.lane]: 1 }
    const own = { ...founding, [writer.lane]: 1 }
    await writer.write(collectionZero, [writer.event('session.unlock', null, { session: 'x' })], { authority: own })
    world.clock.advance(hour)
    await writer.write(collectionZero, [writer.event('town.put', null, { name: '早すぎる' })], { authority: own })
    const early = await inEveryOrder(world, writer.person)
    expect(early.reasons).toEqual(['recovery-waits'])
    expect(early.state.town?.name).not.toBe('早すぎる')

    world.clock.advance(71 * hour + 1)
    const later = await world.writer({ ...secrets, incarnation: 'two' })
    await later.write(collectionZero, [later.event('town.put', null, { name: '三日のち' })], { authority: own })
    const then = await inEveryOrder(world, writer.person)
    expect(then.reasons).toEqual(['recovery-waits'])
    expect(then.state.town?.name).toBe('三日のち')
  })

  it('3.1 JU-16 AU-9 one administrator’s removal ends a recovery, before and after its time, in any order of arrival', async () => {
    const world = await createWorld('veto', 1, fewPeople(collection))
    const [old] = world.founded.seats as readonly SeatSecrets[]
    const admin = await world.writer(old as SeatSecrets)
    const { writer, seat } = await recovered(world, admin.person)
    await admin.write(collectionZero, [admin.event('seat.remove', null, { id: seat, reason: '本人が知らない', cut: [] })])
    await writer.write(collectionZero, [writer.event('session.unlock', null, { session: 'x' })])
    const { state } = await inEveryOrder(world, admin.person)
    expect(state.seats.has(seat)).toBe(false)
    expect(state.removedSeats.has(seat)).toBe(true)
  })
})
