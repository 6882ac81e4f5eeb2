import { beforeAll, describe, expect, it } from 'vitest'
import { createAnchor } from '@shared/archive/anchor.ts'
import type { Trail, TrailSegment } from '@shared/archive/trail.ts'
import { verifyTrail, type ProvenEvent, type TrailAnchor } from '@shared/archive/verify-trail.ts'
import { decodeCbor, encodeCbor } from '@shared/base/cbor.ts'
import { createKeyPair, createSigner, type KeyPair } from '@shared/crypto/keys.ts'
import { recoveryKeysOf } from '@shared/crypto/recovery-keys.ts'
import { signFor } from '@shared/crypto/sign.ts'
import type { LogEvent } from '@shared/log/event.ts'
import type { SegmentHeader } from '@shared/log/header.ts'
import { eventId, eventToBytes } from '@shared/log/segment.ts'
import { issueRoot, issueSeat } from '@shared/signing/certificate.ts'
import { nodeHost } from '../main/services/node-host.ts'
import { keysOf, noon, sitDownAs, trailWith, type Insider } from './testing/insider.ts'
import { anchorOf, openTestTownHall } from './testing/package.ts'
import { headerOf } from './testing/rebag.ts'
import { chief, drafter, manager, type TownHall } from './testing/town-hall.ts'

let hall: TownHall
const hour = 3_600_000

beforeAll(async () => {
  hall = await openTestTownHall()
  await hall.decide('doc-1', '除雪車の点検について')
}, 60_000)

async function judge(trail: Trail, anchor: TrailAnchor = anchorOf(hall)) {
  const { verdict, events, kind } = await verifyTrail(nodeHost, trail, anchor)
  const refused = verdict.reasons.filter(({ code }) => code === 'authority-not-counted').map(({ facts }) => facts?.['why'])
  return { outcome: verdict.outcome, codes: verdict.reasons.map(({ code }) => code), refused, kind, events: [...events.values()].flat() }
}

const openDoc = (who: Insider, more: Partial<LogEvent> = {}): LogEvent => who.event('document.open', 'doc-1', { revision: null }, more)
const opened = (events: readonly ProvenEvent[]) => events.filter(({ known }) => known.event.type === 'document.open').map(({ counted, why }) => [counted, ...why.map(({ code }) => code)])
const founding = (): TrailSegment => trailWith(hall, ['doc-1']).segments.find((segment) => headerOf(segment).collection === 'zero') ?? expect.fail('the founding')
/** Issued by the root, or by somebody who calls themselves so. */
const certificateFor = async (person: string, signing: KeyPair, issuer: KeyPair = hall.founded.root): Promise<Uint8Array> => issueSeat({ root: hall.founded.rootCertificate, name: person, personId: person, publicKey: signing.publicKey, serial: Uint8Array.from([1, ...nodeHost.random.bytes(15)]), notBefore: '2026-10-01T02:00:00Z', sign: (await createSigner(nodeHost, issuer)).sign })
const seatOf = (id: string, person: string, signing: KeyPair, certificate: Uint8Array) => ({ id, person, device: hall.founded.device.id, signingKey: signing.publicKey, exchangeKey: signing.publicKey, certificate })
/** The administrator, going on in collection zero where the founding ended. */
const administrator = (): Promise<Insider> => sitDownAs(hall, keysOf(hall, manager.person, hall.founded.head.lane.split('.')[1]), { collection: 'zero', after: founding() })
const upTo = (seq: number) => ({ [hall.founded.head.lane]: seq })

describe('2.14 what a certified seat signs', () => {
  it('2.14 AR-43 is read where it is of this workspace and of a time, and refused otherwise', async () => {
    const who = await sitDownAs(hall, keysOf(hall, chief.person))
    await who.sign([openDoc(who)])
    const honest = await judge(trailWith(hall, ['doc-1'], who.forged()))
    expect([honest.outcome, honest.codes, opened(honest.events)]).toEqual(['pass', [], [[true]]])
    for (const lies of [{ workspace: 'other' }, { hlc: { ms: Date.parse('9999-12-31T00:00:00Z'), n: 0 } }]) {
      const liar = await sitDownAs(hall, keysOf(hall, chief.person))
      await liar.sign([openDoc(liar)], lies)
      expect(await judge(trailWith(hall, ['doc-1'], liar.forged()))).toMatchObject({ outcome: 'fail', codes: ['header-malformed'] })
    }
    const { session, segments } = who.forged()
    expect(await judge(trailWith(hall, ['doc-1'], { session, segments: segments.map((segment) => ({ ...segment, header: Uint8Array.of(1) })) }))).toMatchObject({ outcome: 'fail', codes: ['header-malformed'] })
  })

  it('2.14 AR-45 an event is of the time, type and document that its header says', async () => {
    const cases: readonly ((who: Insider) => Promise<unknown>)[] = [
      (who) => who.sign([openDoc(who, { hlc: { ms: Date.parse('9999-12-31T00:00:00Z'), n: 0 } })]),
      (who) => signed(who, { event: 'ab'.repeat(32) }),
      (who) => signed(who, { type: 'document.print' }),
      (who) => signed(who, { doc: 'other' }),
    ]
    for (const lie of cases) {
      const liar = await sitDownAs(hall, keysOf(hall, chief.person))
      await lie(liar)
      expect((await judge(trailWith(hall, ['doc-1'], liar.forged()))).codes).toEqual(['event-differs'])
    }
  })

  /** Signs an opening of doc-1 under a header that says something else of it. */
  function signed(who: Insider, otherwise: Partial<SegmentHeader['acts'][number]>): Promise<TrailSegment> {
    return who.sign([openDoc(who)], ({ acts }) => ({ acts: acts.map((act) => ({ ...act, ...otherwise })) }))
  }

  it('2.14 AR-42 an event of a document that is no subject has no place in the trail', async () => {
    const who = await sitDownAs(hall, keysOf(hall, chief.person))
    await who.sign([openDoc(who, { doc: 'doc-9' })])
    expect(await judge(trailWith(hall, ['doc-1'], who.forged()))).toMatchObject({ outcome: 'fail', codes: ['event-of-another-document'] })
    expect((await judge(trailWith(hall, ['doc-1', 'doc-9'], who.forged()))).outcome).toBe('pass')
  })

  it('2.14 AR-46 the first of a lane follows nothing, no other does, and none is left out', async () => {
    for (const lies of [{ prev: 'ab'.repeat(32) }, { seq: 2 }]) {
      const liar = await sitDownAs(hall, keysOf(hall, chief.person))
      await liar.sign([openDoc(liar)], lies)
      expect((await judge(trailWith(hall, ['doc-1'], liar.forged()))).codes).toEqual(['run-broken'])
    }
    const liar = await sitDownAs(hall, keysOf(hall, chief.person))
    await liar.sign([openDoc(liar)])
    await liar.sign([openDoc(liar)], { seq: 3 })
    expect((await judge(trailWith(hall, ['doc-1'], liar.forged()))).codes).toEqual(['run-broken'])
  })

  it('2.14 AR-47 counts under a session that its seat and its device signed, and not otherwise', async () => {
    const { signing } = keysOf(hall, drafter.person)
    const liar = await sitDownAs(hall, { ...keysOf(hall, chief.person), signing })
    await liar.sign([openDoc(liar)])
    expect(opened((await judge(trailWith(hall, ['doc-1'], liar.forged()))).events)).toEqual([[false, 'session-signature']])
  })
})

describe('2.14 what an administrator adds', () => {
  it('2.14 AR-49 a seat that the root did not certify does nothing, whoever added it', async () => {
    const [admin, own] = [await administrator(), createKeyPair(nodeHost)]
    const certificates = [await certificateFor(chief.person, own), keysCertificate(drafter.person), await certificateFor(drafter.person, own, own), await certificateFor(drafter.person, own)]
    for (const [i, certificate] of certificates.entries()) await admin.sign([admin.event('seat.add', null, seatOf(`own${i}`, drafter.person, own, certificate))])
    const seats = await Promise.all(certificates.map((_, i) => sitDownAs(hall, { seat: `own${i}`, person: drafter.person, signing: own, incarnation: 'a' }, { authority: upTo(5) })))
    for (const who of seats) await who.sign([openDoc(who)])
    const { outcome, events } = await judge(trailWith(hall, ['doc-1'], admin.forged(), ...seats.map((who) => who.forged())))
    expect([outcome, opened(events)]).toEqual(['pass', [...certificates.slice(1).map(() => [false, 'seat-not-certified']), [true]]])
  })

  const keysCertificate = (person: string): Uint8Array => hall.founded.seats.find((seat) => seat.person === person)?.certificate ?? expect.fail('a seat')

  it('2.14 AR-47 each segment is judged on what its author knew: a seat’s new key counts from where it was known, and no seat before it was added', async () => {
    const [admin, own] = [await administrator(), createKeyPair(nodeHost)]
    await admin.sign([admin.event('seat.add', null, seatOf('own', drafter.person, own, await certificateFor(drafter.person, own)))])
    const next = createKeyPair(nodeHost)
    await admin.sign([admin.event('seat.add', null, seatOf('own', drafter.person, next, await certificateFor(drafter.person, next)))])
    const renewed = await sitDownAs(hall, { seat: 'own', person: drafter.person, signing: next, incarnation: 'a' }, { authority: upTo(3) })
    await renewed.sign([openDoc(renewed)])
    for (const seq of [2, 1]) await renewed.sign([openDoc(renewed)], { authority: upTo(seq) })
    const { events } = await judge(trailWith(hall, ['doc-1'], admin.forged(), renewed.forged()))
    expect(opened(events)).toEqual([[true], [false, 'session-signature'], [false, 'seat-unknown']])
  })

  it('2.14 AR-47 so is collection zero itself', async () => {
    const [admin, own] = [await administrator(), createKeyPair(nodeHost)]
    await admin.sign([admin.event('seat.add', null, seatOf('own', drafter.person, own, await certificateFor(drafter.person, own)))])
    const who = await sitDownAs(hall, { seat: 'own', person: drafter.person, signing: own, incarnation: 'a' }, { collection: 'zero', authority: upTo(2) })
    const settle = (): LogEvent => who.event('session.settle', null, { doubts: [] })
    await who.sign([settle()])
    expect(await judge(trailWith(hall, ['doc-1'], admin.forged(), who.forged()))).toMatchObject({ outcome: 'pass', refused: [] })
    await who.sign([settle()], { authority: upTo(1) })
    expect(await judge(trailWith(hall, ['doc-1'], admin.forged(), who.forged()))).toMatchObject({ outcome: 'pass', refused: ['seat-unknown'] })
  })

  it('2.14 AR-46 AR-47 collection zero is whole up to what is said to have been known', async () => {
    const admin = await administrator()
    for (let n = 0; n < 3; n++) await admin.sign([admin.event('town.put', null, { name: `町 ${n}` })])
    const { session, segments } = admin.forged()
    const of = (kept: readonly TrailSegment[], without: readonly TrailSegment[] = []) => {
      const trail = trailWith(hall, ['doc-1'], { session, segments: kept })
      return judge({ ...trail, segments: trail.segments.filter(({ header }) => !without.some((one) => `${one.header}` === `${header}`)) })
    }
    expect((await of(segments)).codes).toEqual([])
    expect((await of(segments.filter((_, i) => i !== 1))).codes).toEqual(['run-broken', 'authority-behind'])
    expect((await of(segments, [founding()])).codes).toContain('run-broken')
    await admin.sign([admin.event('town.put', null, { name: '町' })], { authority: { ...upTo(4), 'ghost.a': 7 } })
    expect((await of(admin.forged().segments)).codes).toEqual(['authority-behind'])
  })

  it('2.14 AR-47 a seat that was recovered introduces itself with the recovery key, and with no other', async () => {
    const { founded } = hall
    const recovered = async (key: KeyPair): Promise<readonly unknown[]> => {
      const signing = createKeyPair(nodeHost)
      const body = { seat: seatOf('fresh', manager.person, signing, await certificateFor(manager.person, signing)), device: { id: founded.device.id, signingKey: founded.device.signing.publicKey, level: 'L0' } }
      const signature = await signFor(await createSigner(nodeHost, key), 'recovery', encodeCbor({ workspace: founded.workspace, ...body }))
      const who = await sitDownAs(hall, { seat: 'fresh', person: manager.person, signing, incarnation: 'a' }, { collection: 'zero' })
      await who.sign([who.event('seat.recover', null, { ...body, signature })])
      return (await judge(trailWith(hall, ['doc-1'], who.forged()))).refused
    }
    expect(await recovered(recoveryKeysOf(founded.recoverySeed).signing)).toEqual([])
    expect(await recovered(createKeyPair(nodeHost))).toEqual(['not-founding'])
  })
})

describe('2.14 what everything hangs on', () => {
  /** The founding as its founder could sign it anew. */
  async function refounded(change: (events: readonly LogEvent[]) => readonly LogEvent[], workspace = hall.founded.workspace): Promise<Trail> {
    const events = founding().shown.map((plain) => decodeCbor(plain ?? expect.fail('shown')) as LogEvent)
    const who = await sitDownAs(hall, keysOf(hall, manager.person, 'again'), { collection: 'zero', at: headerOf(founding()).hlc.ms, authority: {}, workspace })
    await who.sign(change(events), { hlc: headerOf(founding()).hlc })
    const { session, segments } = who.forged()
    return { ...trailWith(hall, ['doc-1']), workspace, sessions: [session], segments }
  }

  it('2.14 AR-48 the founding is of this workspace, and holds the root that it is judged under', async () => {
    expect(await judge(await refounded((events) => events))).toMatchObject({ outcome: 'pass', codes: [], kind: 'practice' })
    expect(await judge(await refounded((events) => events, 'other'))).toMatchObject({ outcome: 'fail', codes: ['genesis-missing'] })
    expect(await judge(await refounded((events) => events.filter(({ type }) => type !== 'workspace.root')))).toMatchObject({ outcome: 'fail', codes: ['root-differs'] })
    expect(await judge(trailWith(hall, ['doc-1']), { ...anchorOf(hall), holdsKey: () => false })).toMatchObject({ outcome: 'fail', codes: ['genesis-differs'] })
    const { root, genesis } = hall.founded
    const alike = createAnchor(await issueRoot({ town: '雪守町', genesis: `0${genesis}`, publicKey: root.publicKey, serial: Uint8Array.of(1, 2, 3), notBefore: '2026-10-01T00:00:00Z', sign: (await createSigner(nodeHost, root)).sign }), crypto.subtle)
    expect((await judge(trailWith(hall, ['doc-1']), alike ?? expect.fail('an anchor'))).codes).toEqual(['genesis-differs', 'root-differs'])
    expect(await judge(trailWith(hall, ['doc-1']), { ...anchorOf(hall), genesis: null })).toMatchObject({ outcome: 'fail', codes: ['genesis-differs'] })
  })

  it('3.9 AR-56 an approval that others received too late is in the trail and does not count', async () => {
    const [approver, reader] = [await sitDownAs(hall, keysOf(hall, chief.person)), await sitDownAs(hall, keysOf(hall, drafter.person), { at: noon + 30 * hour })]
    const approval = approver.event('decision.approve', 'doc-2', { revision: 'ab'.repeat(32), step: 's1', comment: '' }, { position: chief.position })
    await approver.sign([approval])
    await reader.sign([reader.event('document.open', 'doc-2', { revision: null }, { deps: [eventId(eventToBytes(approval))] })])
    const countedOf = async (...who: readonly Insider[]) => (await judge(trailWith(hall, ['doc-2'], ...who.map((one) => one.forged())))).events.filter(({ known }) => known.event.type === 'decision.approve').map(({ counted, why }) => [counted, ...why.map(({ code }) => code)])
    expect(await countedOf(approver)).toEqual([[true]])
    expect(await countedOf(approver, reader)).toEqual([[false, 'approval-held']])
  })
})
