import { describe, expect, it } from 'vitest'
import { accountHolder } from '../authority/accounts.ts'
import type { DevicePolicy, TownData } from '../authority/model.ts'
import { sampleTown } from '../authority/sample-town.ts'
import type { SeatSecrets } from '../flow/found.ts'
import { nonceOf, signInToBytes } from '../identity/evidence.ts'
import { createKey, signToken } from '../identity/testing/provider.ts'
import { newEvidence } from '../log/evidence.ts'
import { collectionZero } from '../log/names.ts'
import type { Vector } from '../log/session.ts'
import { createWorld, fewPeople, idOf } from './testing/world.ts'
import { tokenVerifier } from '../identity/sign-in.ts'
import { factsOf } from './session-proofs.ts'

const issuer = 'https://idp.example'
const account = { issuer, subject: 'u-1', label: 'yamada@town.example' }

/** A town that named its provider; a clerk whose session rests on a token of it. */
async function office(seed: string, over: object = {}, data: TownData = fewPeople('c-general-affairs')) {
  const world = await createWorld(seed, 2, data)
  const { founded, host, clock } = world
  const [first, second] = founded.seats as [SeatSecrets, SeatSecrets]
  const key = await createKey(host.subtle, 'k')
  const opening = host.random.bytes(32)
  const iat = clock.now() / 1000 - 60
  const nonce = nonceOf({ workspace: founded.workspace, device: founded.device.signing.publicKey, seat: second.signing.publicKey }, opening)
  const token = await signToken(key, { iss: issuer, sub: 'u-1', aud: 'app', exp: iat + 600, iat, auth_time: iat, nonce, preferred_username: account.label, ...over })
  const rests = { posture: null, token: newEvidence(host, signInToBytes({ token, opening, refreshed: null })) }
  const [admin, clerk, bare] = [await world.writer(first), await world.writer(second, rests), await world.writer(second)]
  const named = admin.event('idp.put', null, { id: 'idp', issuer, clientId: 'app', from: '2026-01-01', to: null })
  const alone = admin.event('vote.cast', null, { act: idOf(named), alone: true })
  const seen = admin.event('idp.key', null, { issuer, kid: 'k', key: key.public })
  await admin.write(collectionZero, [named, alone, seen])
  const after: Vector = { [founded.head.lane]: 2 }
  return { world, admin, clerk, bare, rests, after }
}

async function admitAll({ world }: Awaited<ReturnType<typeof office>>, reversed = false) {
  const { door, view } = await world.replica(world.founded.seats[0]?.person as string)
  const names = [...world.objects.keys()].filter((name) => name.startsWith('j/'))
  let left = reversed ? names.toReversed() : names
  for (let before = -1; before !== left.length; ) {
    before = left.length
    const later: string[] = []
    for (const name of left) if ((await door.admit(name, world.objects.get(name) as Uint8Array)).outcome === 'waiting') later.push(name)
    left = later
  }
  return { state: await door.authority(), hash: await view.stateHash(), refused: (await view.quarantined()).flatMap(({ reasons }) => reasons.map(({ code }) => code)) }
}

describe('a session that rests on a sign-in', () => {
  it('4.1 JU-53 whoever’s session rests on a token of an account says that it is theirs, and an administrator binds it', async () => {
    const town = await office('claimed')
    const { clerk, admin, after } = town
    await clerk.write(collectionZero, [clerk.event('identity.claim', null, account)], { authority: after })
    await admin.write(collectionZero, [admin.event('identity.bind', null, { id: 'b', person: clerk.person, issuer, subject: 'u-1' })])
    const { state, refused } = await admitAll(town)
    expect([refused, [...state.claims.values()], accountHolder(state, issuer, 'u-1')]).toEqual([[], [{ ...account, person: clerk.person }], { person: clerk.person }])
  })

  it('4.1 JU-53 of an account that the session rests on no token of, under another name, before the provider’s key was seen, and without any token, nobody says that it is theirs', async () => {
    for (const [body, isAfter, isBare] of [[{ ...account, subject: 'u-2' }, true, false], [{ ...account, label: '町長' }, true, false], [account, false, false], [account, true, true]] as const) {
      const town = await office('unclaimed')
      const writer = isBare ? town.bare : town.clerk
      await writer.write(collectionZero, [writer.event('identity.claim', null, body)], isAfter ? { authority: town.after } : {})
      const [one, other] = [await admitAll(town), await admitAll(town, true)]
      expect([one.refused, other.refused, one.state.claims.size]).toEqual([['account-unproven'], ['account-unproven'], 0])
      expect(other.hash).toBe(one.hash)
    }
  })

  it('4.1 JU-53 only an administrator binds accounts and names a provider; anybody with a seat says which key the provider showed', async () => {
    const town = await office('members')
    const { clerk, after } = town
    const other = { issuer, kid: 'k2', key: (await createKey(town.world.host.subtle, 'k2')).public }
    await clerk.write(collectionZero, [clerk.event('identity.bind', null, { id: 'b', person: clerk.person, issuer, subject: 'u-1' })], { authority: after })
    await clerk.write(collectionZero, [clerk.event('idp.put', null, { id: 'mine', issuer: 'https://mine.example', clientId: 'app', from: '2026-01-01', to: null })], { authority: after })
    await clerk.write(collectionZero, [clerk.event('idp.key', null, other)], { authority: after })
    const { state, refused } = await admitAll(town)
    expect([refused, accountHolder(state, issuer, 'u-1'), [...state.providers.keys()]]).toEqual([['not-admin', 'not-admin'], null, ['idp']])
    expect([...state.providerKeys.values()].map(({ kid, observers }) => [kid, observers.length]).toSorted()).toEqual([['k', 1], ['k2', 1]])
  })

  it('4.1 JU-52 facts are those of the position: none before the account was bound, all of them after', async () => {
    const town = await office('positions')
    const { world, clerk, admin, rests } = town
    const verify = tokenVerifier(world.host)
    const before = await factsOf(verify, rests, clerk.session.certificate.body, (await admitAll(town)).state)
    expect([before.token, before.account]).toEqual([null, account])
    await admin.write(collectionZero, [admin.event('identity.bind', null, { id: 'b', person: clerk.person, issuer, subject: 'u-1' })])
    const { state } = await admitAll(town)
    expect((await factsOf(verify, rests, clerk.session.certificate.body, state)).token).toMatchObject({ contexts: [], methods: [] })
    expect((await factsOf(verify, rests, { ...clerk.session.certificate.body, seat: 'another' }, state)).token).toBe(null)
  })

  it('4.2 JU-52 what the town’s rules let nobody do without a young sign-in counts on every replica while the token is young, and not later, not without one, and not before the account was bound', async () => {
    const hour = 60 * 60 * 1000
    const [policy] = sampleTown.policies
    const rule = { id: 'r', acts: ['draft.create'], level: null, checks: [], signIn: { maxAgeHours: 2, sameDay: true, context: null }, otherwise: 'hold', graceDays: 0 } as const
    const strict = { ...fewPeople('c-general-affairs'), policies: [{ ...(policy as DevicePolicy), kind: 'enforced', rules: [rule] } as DevicePolicy] }
    for (const [isBound, isBare, hours, refused] of [[true, false, 1, []], [true, false, 3, ['sign-in-needed', 'sign-in-old']], [true, true, 1, ['sign-in-needed', 'token-unknown']], [false, false, 1, ['sign-in-needed', 'token-unknown']]] as const) {
      const town = await office('ruled', {}, strict)
      const { world, admin, clerk, bare, after } = town
      if (isBound) await admin.write(collectionZero, [admin.event('identity.bind', null, { id: 'b', person: clerk.person, issuer, subject: 'u-1' })])
      world.clock.advance(hours * hour)
      await world.newDocument('c-general-affairs', 'doc')
      const writer = isBare ? bare : clerk
      const lanes = Object.fromEntries(Object.entries(after).map(([lane, seq]) => [lane, isBound ? seq + 1 : seq]))
      await writer.write('c-general-affairs', [writer.event('draft.create', 'doc', { form: 't1' })], { authority: lanes })
      const [one, other] = [await admitAll(town), await admitAll(town, true)]
      expect([one.refused, other.refused]).toEqual([refused, refused])
      expect(other.hash).toBe(one.hash)
    }
  })
})
