import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { KnownEvent } from '../log/event.ts'
import { accountHolder, isConfirmedKey } from './accounts.ts'
import { authoritySchemas, parseAuthorityBody } from './events.ts'
import { parseJwk, thumbprintOf } from './provider-key.ts'
import { reduceAuthority } from './reduce.ts'
import { adminGrant, createCouncil, seatFor, shuffled } from './testing/council.ts'

const issuer = 'https://idp.example'
const key = { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) } as const
const subjects = ['u', 'v'] as const

/** What anybody can tell of accounts, keys and providers. */
function seen(events: readonly KnownEvent[]) {
  const state = reduceAuthority(events)
  return {
    holders: subjects.map((subject) => accountHolder(state, issuer, subject)),
    confirmed: [...state.providerKeys].map(([name, one]) => [name, isConfirmedKey(state, one, '2026-10-01')] as const).toSorted(),
    providers: [...state.providers.keys()].toSorted(),
    claims: [...state.claims.keys()].toSorted(),
  }
}

describe('accounts at the provider', () => {
  it('4.1 AU-30 AU-31 AU-32 whatever is bound, taken back, seen and named in any order and under any clocks, every replica says the same, and no account is two people’s', () => {
    const who = fc.constantFrom('a', 'b', 'c', 'd')
    const move = fc.record({ by: who, what: fc.constantFrom('bind', 'release', 'see', 'name', 'seat', 'remove', 'vote'), whom: who, subject: fc.constantFrom(...subjects), n: fc.nat(9) })
    fc.assert(
      fc.property(fc.array(move, { minLength: 1, maxLength: 12 }), fc.array(fc.nat(1000), { minLength: 12, maxLength: 12 }), (moves, order) => {
        const council = createCouncil(['a', 'b'])
        const acts: KnownEvent[] = []
        moves.forEach(({ by, what, whom, subject, n }, i) => {
          if (what === 'bind') acts.push(council.act(by, 'identity.bind', { id: `bind-${i}`, person: whom, issuer, subject }))
          else if (what === 'release') acts.push(council.act(by, 'identity.release', { id: `bind-${n}`, reason: '' }))
          else if (what === 'see') acts.push(council.act(by, 'idp.key', { issuer, kid: 'k', key }))
          else if (what === 'name') acts.push(council.act(by, 'idp.put', { id: `idp-${i}`, issuer, clientId: 'app', from: '2026-01-01', to: null }))
          else if (what === 'seat') acts.push(council.act('a', 'seat.add', { ...seatFor(whom), device: `device-${whom}` }))
          else if (what === 'remove') acts.push(council.act(by, 'seat.remove', { id: `seat-${whom}`, reason: '', cut: [] }))
          else if (acts[n]) acts.push(council.vote(by, acts[n]))
        })
        const all = [...council.founding, ...acts]
        // Which of two seats under one id stands goes by the clock (AU-5): clocks are left alone where one is added twice.
        const seats = acts.filter(({ event }) => event.type === 'seat.add').map(({ event }) => (event.body as { id: string }).id)
        const hasTwice = new Set(seats).size < seats.length || seats.some((id) => ['seat-a', 'seat-b'].includes(id))
        const other = hasTwice ? all.toReversed() : [...shuffled(acts, order), ...council.founding]
        expect(seen(other)).toEqual(seen(all))
        const bindings = [...reduceAuthority(all).bindings.values()]
        for (const [i, subject] of subjects.entries()) {
          const people = new Set(bindings.filter((one) => one.subject === subject).map(({ person }) => person))
          expect(seen(all).holders[i]).toEqual(people.size === 0 ? null : people.size === 1 ? { person: [...people][0] } : 'contested')
        }
      }),
      { numRuns: 300 },
    )
  })

  it('4.1 AU-32 a binding that was taken back stays taken back, whichever came first, and its id is never used again', () => {
    const council = createCouncil(['a', 'b'])
    const bind = council.act('a', 'identity.bind', { id: 'x', person: 'p', issuer, subject: 'u' })
    const back = council.act('b', 'identity.release', { id: 'x', reason: '' })
    const again = council.act('a', 'identity.bind', { id: 'x', person: 'q', issuer, subject: 'u' })
    for (const acts of [[bind, back, again], [back, bind, again], [again, back, bind]]) expect(seen([...council.founding, ...acts]).holders[0]).toBe(null)
  })

  it('4.1 AU-31 what a removed seat says behind its cut that it saw is nothing, and a former administrator’s word is one of two', () => {
    const council = createCouncil(['a', 'b', 'c'])
    const saw = council.act('c', 'idp.key', { issuer, kid: 'k', key })
    const out = (cut: readonly KnownEvent[]): KnownEvent[] => {
      const act = council.act('a', 'grant.remove', { id: adminGrant('c').id, reason: '', cut: council.cut('c', cut[0] ?? null) })
      return [act, council.vote('b', act)]
    }
    expect(seen([...council.founding, saw]).confirmed.map(([, is]) => is)).toEqual([true])
    expect(seen([...council.founding, saw, ...out([saw])]).confirmed.map(([, is]) => is)).toEqual([false])
    expect(seen([...council.founding, saw, ...out([])]).confirmed).toEqual([])
  })

  it('4.1 AU-31 a key has one form: other members of a key set are dropped, and another form is no key', () => {
    const set = { ...key, kid: 'k', use: 'sig', alg: 'ES256', x5c: ['AA'], key_ops: ['verify'] }
    expect(parseJwk(set)).toEqual({ kid: 'k', key })
    const rsa = { kty: 'RSA', kid: 'k', e: 'AQAB', n: `_${'A'.repeat(341)}` }
    expect(parseJwk(rsa)?.key).toEqual({ kty: 'RSA', e: 'AQAB', n: rsa.n })
    const none = [{ ...set, use: 'enc' }, { ...set, alg: 'ES384' }, { ...set, crv: 'P-384' }, { ...set, x: 'AAAA' }, { ...set, x: `${'A'.repeat(42)}B` }, { ...set, kid: undefined }, { ...rsa, e: 'Aw' }, { ...rsa, n: 'A'.repeat(342) }, { ...rsa, n: `_${'A'.repeat(170)}` }, { ...rsa, alg: 'PS256' }, { kty: 'oct', kid: 'k', k: 'AA' }, null]
    for (const jwk of none) expect(parseJwk(jwk)).toBe(null)
  })

  it('4.1 AU-31 a key’s name is the thumbprint of RFC 7638', () => {
    // RFC 7638, section 3.1.
    const n = '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw'
    expect(thumbprintOf({ kty: 'RSA', n, e: 'AQAB' })).toBe('NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs')
  })

  it('4.1 AU-30 issuers are addresses over TLS without query or fragment; only a provider on this machine itself may do without', () => {
    const put = (one: string) => parseAuthorityBody('idp.put', { id: 'i', issuer: one, clientId: 'app', from: '2026-01-01', to: null })
    for (const one of ['https://login.example/tenant/v2.0', 'https://a', 'http://127.0.0.1:8080']) expect(put(one)?.issuer).toBe(one)
    for (const one of ['http://login.example', 'https://a?b', 'https://a#b', 'https://a b', 'HTTPS://a', 'http://127.0.0.1.evil.example', 'http://localhost', '', 'file:///a']) expect(put(one)).toBe(null)
    expect(Object.keys(authoritySchemas)).toEqual(expect.arrayContaining(['idp.put', 'idp.key', 'identity.claim', 'identity.bind', 'identity.release']))
  })
})
