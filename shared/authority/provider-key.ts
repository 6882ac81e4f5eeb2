// AU-31: a provider's public key as it stands in the log: only the members that make the key, in one form each, with its thumbprint
// (RFC 7638). What else a key set says of a key is not kept.

import * as v from 'valibot'
import { base64UrlToBytes, bytesToBase64Url, utf8ToBytes } from '../base/bytes.ts'
import { sha256 } from '../crypto/hash.ts'
import type { ProviderPublicKey } from './model.ts'

const number = (from: number, to: number) =>
  v.pipe(
    v.string(),
    v.maxLength(700),
    v.check((digits) => {
      const bytes = base64UrlToBytes(digits)
      return bytes !== null && bytes.length >= from && bytes.length <= to
    }),
  )

/** RSA of 2048 to 4096 bits with the usual exponent, or a point of P-256. */
const modulus = v.pipe(number(256, 512), v.check((digits) => (base64UrlToBytes(digits)?.[0] ?? 0) !== 0))
export const providerKeySchema = v.variant('kty', [
  v.strictObject({ kty: v.literal('RSA'), n: modulus, e: v.literal('AQAB') }),
  v.strictObject({ kty: v.literal('EC'), crv: v.literal('P-256'), x: number(32, 32), y: number(32, 32) }),
])

/** The two ways a provider may sign (RFC 7518), each with the one kind of key that fits it. */
export const algorithmOf: Readonly<Record<ProviderPublicKey['kty'], 'RS256' | 'ES256'>> = { RSA: 'RS256', EC: 'ES256' }

/** One entry of a key set (RFC 7517): null for a key that is not for verifying with one of the two algorithms. */
export function parseJwk(jwk: unknown): { readonly kid: string; readonly key: ProviderPublicKey } | null {
  const outer = v.safeParse(v.looseObject({ kty: v.picklist(['RSA', 'EC']), kid: v.pipe(v.string(), v.regex(/^[!-~]{1,128}$/)), use: v.optional(v.literal('sig')), alg: v.optional(v.string()) }), jwk)
  if (!outer.success) return null
  const { kty, kid, alg = algorithmOf[kty], n, e, crv, x, y } = outer.output
  const key = v.safeParse(providerKeySchema, kty === 'RSA' ? { kty, n, e } : { kty, crv, x, y })
  return key.success && alg === algorithmOf[kty] ? { kid, key: key.output } : null
}

export function thumbprintOf(key: ProviderPublicKey): string {
  const members = key.kty === 'RSA' ? { e: key.e, kty: key.kty, n: key.n } : { crv: key.crv, kty: key.kty, x: key.x, y: key.y }
  return bytesToBase64Url(sha256(utf8ToBytes(JSON.stringify(members))))
}
