import { beforeAll, describe, expect, it } from 'vitest'
import { collectionZero, sessionName } from '../log/names.ts'
import { createSession, parseSession, sessionToBytes, type SessionCertificate } from '../log/session.ts'
import { createKeyPair, createSigner } from '../crypto/keys.ts'
import { createWorld, type World } from '../judge/testing/world.ts'
import { createAnswer, judgeAnswer, openAnswer, type EnrolAnswer, type FoundAuthority } from './answer.ts'
import { authorityOf, newcomer, type Newcomer } from './testing/newcomer.ts'

const zeros = '0'.repeat(64)

describe('an answer to a new machine', () => {
  let world: World
  let asking: Newcomer
  let digest: string
  let before: FoundAuthority
  let after: FoundAuthority
  let person: string
  let session: { readonly certificate: SessionCertificate; readonly sign: Awaited<ReturnType<typeof createSigner>> }
  const ids = () => ({ workspace: world.founded.workspace, genesis: world.founded.genesis, kind: 'practice' as const })

  beforeAll(async () => {
    world = await createWorld('enrol-answer')
    asking = newcomer(world.host, { workspace: ids().workspace, genesis: ids().genesis }, world.clock.now())
    digest = (await asking.ask('e/one', [createKeyPair(world.host).publicKey])).digest
    const admin = world.founded.seats[0]!
    person = world.founded.seats[1]!.person
    before = await authorityOf(world)
    const writer = await world.writer(admin)
    const { device, seat } = asking.request
    await writer.write(collectionZero, [writer.event('device.add', null, device), writer.event('seat.add', null, { ...seat, person, device: device.id, certificate: new Uint8Array(1) })])
    const { certificate, signer } = await sessionOf(world)
    session = { certificate, sign: signer }
    after = { ...(await authorityOf(world)), session: certificate }
  })

  const answer = (change: Partial<EnrolAnswer> = {}): EnrolAnswer => ({ workspace: ids().workspace, genesis: ids().genesis, request: digest, outcome: 'approved', person, session: session.certificate.hash, floor: after.vector, parcels: [zeros], at: world.clock.now(), ...change })
  const judged = async (given: EnrolAnswer, found: FoundAuthority, by = session.sign, kind: 'practice' | 'real' = 'practice') => {
    const object = await createAnswer(world.host, 'e/one.a', given, by, asking.request.seat.exchangeKey)
    const opened = await openAnswer(world.host, ids().workspace, 'e/one.a', asking.seat.exchange.privateKey, object)
    if (!opened) throw new Error('the answer does not open')
    const verdict = await judgeAnswer(world.host, { ...ids(), kind }, { request: asking.request, digest }, opened, found)
    return verdict.reasons.map(({ code }) => code)
  }

  it('3.2 is believed when the workspace is the invited one, complete, and holds exactly my keys', async () => {
    expect(await judged(answer(), after)).toEqual([])
  })

  it('3.2 opens to this seat at its own name only', async () => {
    const object = await createAnswer(world.host, 'e/one.a', answer(), session.sign, asking.request.seat.exchangeKey)
    const open = (name: string, key: Uint8Array) => openAnswer(world.host, ids().workspace, name, key, object)
    expect(await open('e/one.a', createKeyPair(world.host).privateKey)).toBeNull()
    expect(await open('e/two.a', asking.seat.exchange.privateKey)).toBeNull()
  })

  it('3.2 is refused when it is of another workspace, kind or request, or was signed by nobody who may', async () => {
    expect(await judged(answer({ genesis: zeros }), after)).toContain('enrol-other-workspace')
    expect(await judged(answer(), { ...after, state: { ...after.state, genesis: null } })).toContain('enrol-other-workspace')
    expect(await judged(answer(), after, session.sign, 'real')).toEqual(['enrol-other-kind'])
    expect(await judged(answer({ request: zeros }), after)).toEqual(['enrol-other-request'])
    expect(await judged(answer(), after, await createSigner(world.host, createKeyPair(world.host)))).toEqual(['enrol-not-approved'])
    expect(await judged(answer({ session: zeros }), after)).toEqual(['enrol-not-approved'])
  })

  it('3.2 is refused when the storage was rolled back to before the approval', async () => {
    expect(await judged(answer(), { ...before, session: after.session })).toEqual(['enrol-behind', 'enrol-not-added'])
  })

  it('3.2 is refused when what was added is not mine or was taken away again', async () => {
    const seat = after.state.seats.get(asking.request.seat.id)!
    const withSeat = (change: Partial<typeof seat>): FoundAuthority => ({ ...after, state: { ...after.state, seats: new Map([...after.state.seats, [seat.id, { ...seat, ...change }]]) } })
    expect(await judged(answer(), withSeat({ exchangeKey: createKeyPair(world.host).publicKey }))).toEqual(['enrol-other-keys'])
    expect(await judged(answer(), withSeat({ device: world.founded.device.id }))).toEqual(['enrol-other-keys'])
    expect(await judged(answer({ person: world.founded.seats[0]!.person }), after)).toEqual(['enrol-other-person'])
    expect(await judged(answer(), { ...after, state: { ...after.state, removedSeats: new Set([seat.id]) } })).toEqual(['enrol-removed'])
  })

  it('3.2 is refused when a person without the administrator\'s right approved', async () => {
    const grants = new Map([...after.state.grants].filter(([, grant]) => grant.role !== 'admin'))
    expect(await judged(answer(), { ...after, state: { ...after.state, grants } })).toEqual(['enrol-not-approved'])
  })

  it('3.14 EN-44 is refused for its founding, its person, its time and who stands behind it, each by itself', async () => {
    const { state } = after
    const admin = world.founded.seats[0]!
    const seat = state.seats.get(admin.seat)!
    const found = (over: Partial<FoundAuthority['state']>): FoundAuthority => ({ ...after, state: { ...state, ...over } })
    expect(await judged(answer(), found({ genesis: { ...state.genesis!, hash: zeros } }))).toContain('enrol-other-workspace')
    expect(await judged(answer(), found({ people: new Map([...state.people].filter(([id]) => id !== person)) }))).toEqual(['enrol-other-person'])
    const { notAfter } = session.certificate.body
    expect([await judged(answer({ at: notAfter }), after), await judged(answer({ at: notAfter + 1 }), after)]).toEqual([[], ['enrol-not-approved']])
    const grants = new Map([...state.grants, ['other', { id: 'other', person: 'other', collection: null, role: 'admin' as const, reason: '', reviewBy: '2100-01-01', from: '2020-01-01', to: null }]])
    expect(await judged(answer(), found({ grants, seats: new Map([...state.seats, [seat.id, { ...seat, person: 'other' }]]) }))).toEqual(['enrol-not-approved'])
    expect(await judged(answer(), found({ removedSeats: new Set([admin.seat]) }))).toEqual(['enrol-not-approved'])
    expect(await judged(answer(), { ...after, session: null })).toEqual(['enrol-not-approved'])
    for (const forged of [{ seatSignature: new Uint8Array(64) }, { deviceSignature: new Uint8Array(64) }]) expect(await judged(answer(), { ...after, session: { ...session.certificate, ...forged } })).toEqual(['enrol-not-approved'])
  })
})

/** A session of the administrator's seat whose key is at hand. */
async function sessionOf(world: World) {
  const admin = world.founded.seats[0]!
  const key = createKeyPair(world.host)
  const now = world.clock.now()
  const made = await createSession(
    { suite: 1, schema: 1, kind: 'session', workspace: world.founded.workspace, seat: admin.seat, device: world.founded.device.id, person: admin.person, incarnation: admin.incarnation, n: 9, sessionKey: key.publicKey, notBefore: now - 1000, notAfter: now + 3_600_000, policy: '', authority: {}, token: null, posture: null },
    admin.signing.signer,
    world.founded.device.signing.signer,
  )
  world.objects.set(sessionName(made.hash), sessionToBytes(made))
  const certificate = parseSession(world.objects.get(sessionName(made.hash)) as Uint8Array) as SessionCertificate
  return { certificate, signer: await createSigner(world.host, key) }
}
