import { beforeAll, describe, expect, it } from 'vitest'
import { createCouncil } from '../authority/testing/council.ts'
import { reduceAuthority, type AuthorityState } from '../authority/reduce.ts'
import type { Subtle } from '../crypto/ports.ts'
import type { KnownEvent } from '../log/event.ts'
import { nonceOf, parseSignIn, signInToBytes } from './evidence.ts'
import { judgeSignIn, tokenVerifier, type SignInPlace } from './sign-in.ts'
import { createKey, forged, signToken, type TestKey } from './testing/provider.ts'

const issuer = 'https://idp.example/town'
const opening = new Uint8Array(32).fill(7)
const began = Date.parse('2026-10-01T00:00:00Z')
const iat = began / 1000 - 60
const place: SignInPlace = { workspace: 'w', device: new Uint8Array(65).fill(1), seat: new Uint8Array(65).fill(2), person: 'p', notBefore: began }
const subtle = crypto.subtle as unknown as Subtle
const verify = tokenVerifier({ subtle })

let key: TestKey
let next: TestKey
let stranger: TestKey
beforeAll(async () => {
  ;[key, next, stranger] = await Promise.all([createKey(subtle, 'k1', 'RS256'), createKey(subtle, 'k2'), createKey(subtle, 'k1')])
})

const council = createCouncil(['a', 'b'])
const provider = council.act('a', 'idp.put', { id: 'idp', issuer, clientId: 'fumibako', from: '2026-01-01', to: null })
const seen = (by: string, { kid, public: shown }: TestKey): KnownEvent => council.act(by, 'idp.key', { issuer, kid, key: shown })
const bound = (person: string, subject = 'u-1', id = `b-${person}`): KnownEvent => council.act('a', 'identity.bind', { id, person, issuer, subject })

const town = (acts: readonly KnownEvent[]): AuthorityState => reduceAuthority([...council.founding, provider, council.vote('b', provider), ...acts])
const usual = (): AuthorityState => town([seen('a', key), bound('p')])

const claims = (change: object = {}): object => ({ iss: issuer, sub: 'u-1', aud: 'fumibako', exp: iat + 3600, iat, auth_time: iat - 30, nonce: nonceOf(place, opening), acr: 'pwd', amr: ['pwd', 'otp'], preferred_username: 'yamada', ...change })
const token = (change: object = {}, signer = key): Promise<string> => signToken(signer, claims(change))

async function judged(text: string, { refreshed = null, state = usual(), at = {} }: { readonly refreshed?: string | null; readonly state?: AuthorityState; readonly at?: Partial<SignInPlace> } = {}) {
  const { facts, account, reasons } = await judgeSignIn(verify, signInToBytes({ token: text, opening, refreshed }), { ...place, ...at }, state)
  return { facts, account: account?.subject ?? null, why: reasons.map(({ code }) => code).join() }
}

describe('what a sign-in proves', () => {
  it('4.1 ID-12 a token of the bound account says when the provider vouched, when the person proved themselves, how and in which contexts', async () => {
    expect(await judged(await token())).toEqual({ facts: { at: iat * 1000, provenAt: (iat - 30) * 1000, contexts: ['pwd'], methods: ['otp', 'pwd'] }, account: 'u-1', why: '' })
    expect((await judged(await token({ auth_time: undefined }))).facts?.provenAt).toBe(0)
  })

  it('4.1 ID-1 ID-6 a token replayed for another device, another seat, another workspace or with another opening proves nothing', async () => {
    const mine = await token()
    for (const at of [{ device: new Uint8Array(65).fill(9) }, { seat: new Uint8Array(65).fill(9) }, { workspace: 'v' }]) expect(await judged(mine, { at })).toEqual({ facts: null, account: null, why: 'token-nonce' })
    const evidence = signInToBytes({ token: mine, opening: new Uint8Array(32), refreshed: null })
    expect((await judgeSignIn(verify, evidence, place, usual())).reasons).toEqual([{ code: 'token-nonce' }])
    expect((await judged(await token({ nonce: undefined }))).why).toBe('token-nonce')
  })

  it('4.1 ID-6 ID-5 another issuer, a provider that is not in force that day and another audience prove nothing', async () => {
    expect((await judged(await token({ iss: `${issuer}/` }))).why).toBe('token-issuer')
    expect((await judged(await token({ iss: 'https://evil.example' }))).why).toBe('token-issuer')
    expect((await judged(await token({ aud: 'other' }))).why).toBe('token-audience')
    const later = council.act('a', 'idp.put', { id: 'idp', issuer, clientId: 'fumibako', from: '2026-01-01', to: '2026-09-30' })
    expect((await judged(await token(), { state: town([seen('a', key), bound('p'), later, council.vote('b', later)]) })).why).toBe('token-issuer')
  })

  it('4.1 ID-7 a token from after its session, one that ends before it begins, and a proof from after it are none; one that ran out since still is', async () => {
    expect((await judged(await token({ iat: began / 1000 + 301, exp: began / 1000 + 900 }))).why).toBe('token-later')
    expect((await judged(await token({ exp: iat }))).why).toBe('token-times')
    expect((await judged(await token({ auth_time: iat + 301 }))).why).toBe('token-times')
    const old = iat - 40 * 24 * 3600
    expect((await judged(await token({ iat: old, exp: old + 3600, auth_time: old }))).facts).toMatchObject({ at: old * 1000, provenAt: old * 1000 })
  })

  it('4.1 ID-8 a refreshed token without a nonce carries the sign-in on: it says when the provider vouched last, and alone in which contexts', async () => {
    const first = await token({ iat: iat - 7200, auth_time: iat - 7200, acrs: ['c20'] })
    const later = await signToken(next, claims({ nonce: undefined, auth_time: undefined, acr: undefined, amr: undefined }))
    const state = town([seen('a', key), seen('a', next), bound('p')])
    expect((await judged(first, { refreshed: later, state })).facts).toEqual({ at: iat * 1000, provenAt: (iat - 7200) * 1000, contexts: [], methods: ['otp', 'pwd'] })
  })

  it('4.1 ID-8 a refreshed token of another person, another audience, an earlier time or another sign-in proves nothing', async () => {
    for (const change of [{ sub: 'u-2' }, { iat: iat - 1 }, { nonce: 'other' }, { auth_time: iat - 31 }]) expect((await judged(await token(), { refreshed: await token(change) })).why).toBe('token-refreshed-differs')
    expect((await judged(await token(), { refreshed: await token({ aud: 'other' }) })).why).toBe('token-audience')
    expect((await judged(await token(), { refreshed: await signToken(stranger, claims()) })).why).toBe('token-signature')
  })

  it('4.1 ID-4 forged acrs, a key of the same name that the provider never had, and no signature at all prove nothing', async () => {
    const real = await token()
    expect((await judged(forged(real, { claims: { acrs: ['c20'] } }))).why).toBe('token-signature')
    expect((await judged(await signToken(stranger, claims({ acrs: ['c20'] })))).why).toBe('token-signature')
    expect((await judged(forged(real, { header: { alg: 'none' } }))).why).toBe('token-algorithm')
    expect((await judged('x')).why).toBe('token-malformed')
  })

  it('4.1 ID-9 AU-31 under a key that nobody saw, or one person alone, there are no facts; two people at two devices, or an administrator, confirm it', async () => {
    const far = council.act('a', 'device.add', { id: 'far', signingKey: new Uint8Array(65), level: 'L1' })
    const seat = (person: string, device: string): KnownEvent => council.act('a', 'seat.add', { id: `seat-${person}`, person, device, signingKey: new Uint8Array(65), exchangeKey: new Uint8Array(65), certificate: new Uint8Array() })
    const clerks = [far, seat('c', 'device'), seat('d', 'device'), seat('e', 'far'), bound('p')]
    const [c, d, e] = ['c', 'd', 'e'].map((person) => seen(person, key)) as [KnownEvent, KnownEvent, KnownEvent]
    const text = await token()
    expect((await judged(text, { state: town(clerks) })).why).toBe('provider-key-unknown')
    expect(await judged(text, { state: town([...clerks, c]) })).toEqual({ facts: null, account: 'u-1', why: 'provider-key-unconfirmed' })
    expect((await judged(text, { state: town([...clerks, c, c, d]) })).why).toBe('provider-key-unconfirmed')
    // The same person at another device of theirs is still one person.
    const second = council.act('a', 'seat.add', { id: 'seat-c2', person: 'c', device: 'far', signingKey: new Uint8Array(65), exchangeKey: new Uint8Array(65), certificate: new Uint8Array() })
    const again = { ...seen('c', key), lane: 'seat-c2.1/zero' }
    expect((await judged(text, { state: town([...clerks, second, c, again]) })).why).toBe('provider-key-unconfirmed')
    expect((await judged(text, { state: town([...clerks, c, e]) })).why).toBe('')
    expect((await judged(text, { state: town([...clerks, seen('a', key)]) })).why).toBe('')
  })

  it('4.1 ID-9 a made-up key beside the real one takes nothing from it, and the old key goes on to prove old tokens when the provider has another', async () => {
    const state = town([seen('b', stranger), seen('a', key), seen('a', next), bound('p')])
    expect((await judged(await token(), { state })).why).toBe('')
    expect((await judged(await token({}, next), { state })).why).toBe('')
    const renamed = seen('a', { ...key, kid: 'k9' })
    expect((await judged(await token(), { state: town([renamed, bound('p')]) })).why).toBe('provider-key-unknown')
  })

  it('4.1 ID-10 AU-32 an account of nobody, of another, or of two gives no facts; taken back from one of two, it is the other’s', async () => {
    const text = await token()
    const [p, q] = [bound('p'), bound('q')]
    const back = council.act('b', 'identity.release', { id: 'b-q', reason: 'typed wrongly' })
    const known = seen('a', key)
    expect(await judged(text, { state: town([known]) })).toEqual({ facts: null, account: 'u-1', why: 'account-unbound' })
    expect((await judged(text, { state: town([known, q]) })).why).toBe('account-of-another')
    expect((await judged(text, { state: town([known, p, q]) })).why).toBe('account-contested')
    expect((await judged(text, { state: town([known, p, q, back]) })).why).toBe('')
    expect((await judged(text, { state: town([known, p, council.act('b', 'identity.release', { id: 'b-p', reason: 'left' })]) })).why).toBe('account-unbound')
  })

  it('4.1 AU-30 one administrator alone names no provider', async () => {
    const state = reduceAuthority([...council.founding, provider, seen('a', key), bound('p')])
    expect((await judged(await token(), { state })).why).toBe('token-issuer')
  })

  it('4.1 ID-2 evidence is read back as it was written, and nothing else is read', async () => {
    const evidence = { token: 'a.b.c', opening, refreshed: null }
    expect(parseSignIn(signInToBytes(evidence))).toEqual(evidence)
    for (const wrong of [{ ...evidence, opening: new Uint8Array(31) }, { ...evidence, token: 'x'.repeat(12 * 1024 + 1) }]) expect(parseSignIn(signInToBytes(wrong))).toBe(null)
    expect((await judgeSignIn(verify, Uint8Array.of(1, 2), place, usual())).reasons).toEqual([{ code: 'token-malformed' }])
  })
})
