import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { base64UrlToBytes, bytesToBase64Url } from '../base/bytes.ts'
import type { Subtle } from '../crypto/ports.ts'
import { createKey, forged, signToken } from './testing/provider.ts'
import { contextsOf, isFor, readToken, verifyToken, type Claims, type IdToken } from './token.ts'

const subtle = crypto.subtle as unknown as Subtle
const host = { subtle }
const claims = { iss: 'https://idp.example', sub: 'u-1', aud: 'fumibako', exp: 2000, iat: 1000 }
const read = (text: string): IdToken => {
  const token = readToken(text)
  if (typeof token === 'string') throw new Error(token)
  return token
}

describe('one ID token', () => {
  it('4.1 ID-4 a token holds under the key that signed it, RSA and P-256, and under no other key of either kind', async () => {
    const keys = await Promise.all([createKey(subtle, 'a', 'RS256'), createKey(subtle, 'b', 'RS256'), createKey(subtle, 'a'), createKey(subtle, 'b')])
    for (const signer of keys) {
      const token = read(await signToken(signer, claims))
      for (const key of keys) expect(await verifyToken(host, token, key.public)).toBe(key === signer)
    }
  })

  it('4.1 ID-4 one changed claim, one changed bit of the signature, and the key that the token itself carries, prove nothing', async () => {
    const [key, own] = await Promise.all([createKey(subtle, 'k'), createKey(subtle, 'k')])
    const token = await signToken(key, claims)
    expect(await verifyToken(host, read(forged(token, { claims: { acrs: ['c20'] } })), key.public)).toBe(false)
    const [head = '', body = '', tail = ''] = token.split('.')
    const bits = base64UrlToBytes(tail) as Uint8Array
    bits[5] = (bits[5] as number) ^ 1
    expect(await verifyToken(host, read(`${head}.${body}.${bytesToBase64Url(bits)}`), key.public)).toBe(false)
    expect(await verifyToken(host, read(`${head}.${body}.AAAA`), key.public)).toBe(false)
    expect(await verifyToken(host, read(await signToken(own, claims, { jwk: own.public, jku: 'https://evil.example' })), key.public)).toBe(false)
  })

  it('4.1 ID-3 no signature, another algorithm, an extension that must be understood: none is read', async () => {
    const key = await createKey(subtle, 'k')
    const token = await signToken(key, claims)
    for (const alg of ['none', 'None', 'HS256', 'RS512', 'PS256', '', null]) expect(readToken(forged(token, { header: { alg } }))).toBe('token-algorithm')
    for (const header of [{ crit: ['b64'], b64: false }, { crit: [] }, { b64: false }, { kid: 7 }, { kid: '' }, { kid: ' ' }, { typ: 'at+jwt' }]) expect(readToken(forged(token, { header }))).toBe('token-malformed')
    expect(readToken(forged(token, { header: { typ: 'jwt' } }))).toMatchObject({ kid: 'k' })
  })

  it('4.1 ID-3 what has other parts, another alphabet, left-over bits, another length or claims of another type is not read', async () => {
    const token = await signToken(await createKey(subtle, 'k'), claims)
    const [head = '', body = '', tail = ''] = token.split('.')
    const broken = [`${head}.${body}`, `${token}.${tail}`, `${head}..${tail}`, ` ${token}`, `${token}=`, token.replace('.', '..'), `${head}.${body}.${tail.slice(0, -1)}`, `${head}.W10.${tail}`, `${head}.bnVsbA.${tail}`, `${head}.gA.${tail}`, `${head}.${body}A.${tail}`]
    for (const text of broken) expect(readToken(text)).toBe('token-malformed')
    expect(readToken(`${head}.${body}.${'A'.repeat(12 * 1024)}`)).toBe('token-malformed')
    for (const change of [{ sub: 7 }, { sub: '' }, { sub: '町' }, { iss: null }, { aud: [] }, { aud: 7 }, { exp: '2000' }, { iat: -1 }, { iat: 1e300 }, { auth_time: 'now' }, { nonce: ['n'] }, { acr: 1 }, { acrs: [1] }, { amr: 'pwd' }]) expect(readToken(forged(token, { claims: change }))).toBe('token-malformed')
  })

  it('4.1 ID-3 no text at all makes the reader throw, and what is read is one form only', () => {
    const piece = fc.oneof(fc.base64String(), fc.json().map((text) => bytesToBase64Url(new TextEncoder().encode(text))), fc.string())
    fc.assert(fc.property(fc.array(piece, { maxLength: 4 }), (parts) => ['string', 'object'].includes(typeof readToken(parts.join('.')))), { numRuns: 500 })
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.string({ maxLength: 8 }), (bytes, text) => {
        expect(base64UrlToBytes(bytesToBase64Url(bytes))).toEqual(bytes)
        const back = base64UrlToBytes(text)
        if (back) expect(bytesToBase64Url(back)).toBe(text)
      }),
    )
  })

  it('4.1 ID-5 a token is for this client alone, or names it as who asked', () => {
    const of = (aud: string | string[], azp?: string): boolean => isFor({ ...claims, aud, ...(azp === undefined ? {} : { azp }) } as Claims, 'fumibako')
    expect([of('fumibako'), of(['fumibako']), of(['fumibako', 'other'], 'fumibako'), of('fumibako', 'fumibako')]).toEqual([true, true, true, true])
    expect([of('other'), of(['other']), of(['fumibako', 'other']), of(['fumibako', 'other'], 'other'), of('fumibako', 'other'), of('other', 'fumibako'), of('fumibako '), of('Fumibako')]).not.toContain(true)
  })

  it('4.1 ID-12 contexts are what acr and acrs say, once each', () => {
    expect(contextsOf({ ...claims, acr: 'c1', acrs: ['c20', 'c1'] } as Claims)).toEqual(['c1', 'c20'])
    expect(contextsOf({ ...claims, acrs: 'c20' } as Claims)).toEqual(['c20'])
    expect(contextsOf(claims as Claims)).toEqual([])
  })
})
