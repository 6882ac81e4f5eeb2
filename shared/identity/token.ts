// ID-3 to ID-5: reading and verifying one ID token (OpenID Connect Core section 2, a JWS in compact serialisation, RFC 7515). Strict: what
// could be read in two ways is not read. No header member but `alg`, `kid` and `typ` has any effect; none may ask for one.

import * as v from 'valibot'
import { base64UrlToBytes, bytesToUtf8, utf8ToBytes } from '../base/bytes.ts'
import type { ProviderPublicKey } from '../authority/model.ts'
import { algorithmOf } from '../authority/provider-key.ts'
import type { CryptoHost } from '../crypto/ports.ts'
import { longestToken } from './evidence.ts'

const seconds = v.pipe(v.number(), v.minValue(0), v.maxValue(253_402_300_799), v.transform(Math.floor))
const word = (longest: number) => v.pipe(v.string(), v.maxLength(longest))
const words = v.pipe(v.array(word(100)), v.maxLength(64))

const headerSchema = v.looseObject({
  alg: v.picklist(['RS256', 'ES256']),
  kid: v.pipe(v.string(), v.regex(/^[!-~]{1,128}$/)),
  typ: v.optional(v.pipe(v.string(), v.toUpperCase(), v.literal('JWT'))),
  /** RFC 7515 section 4.1.11: who does not understand an extension refuses. */
  crit: v.optional(v.never()),
  b64: v.optional(v.never()),
})

const claimsSchema = v.looseObject({
  iss: word(255),
  sub: v.pipe(v.string(), v.regex(/^[ -~]{1,255}$/)),
  aud: v.union([word(255), v.pipe(v.array(word(255)), v.minLength(1), v.maxLength(16))]),
  azp: v.optional(word(255)),
  exp: seconds,
  iat: seconds,
  auth_time: v.optional(seconds),
  nonce: v.optional(word(128)),
  acr: v.optional(word(255)),
  acrs: v.optional(v.union([word(100), words])),
  amr: v.optional(words),
  preferred_username: v.optional(v.string()),
  email: v.optional(v.string()),
})

/** Times are whole seconds since 1970 UTC. */
export type Claims = v.InferOutput<typeof claimsSchema>

export interface IdToken {
  readonly alg: 'RS256' | 'ES256'
  readonly kid: string
  readonly claims: Claims
  /** What the signature is over. */
  readonly signed: Uint8Array
  readonly signature: Uint8Array
}

/** Nothing of it is proven before `verifyToken`. */
export function readToken(text: string): IdToken | 'token-malformed' | 'token-algorithm' {
  const parts = text.length > longestToken ? [] : text.split('.')
  const [head = '', body = '', tail = ''] = parts
  const signature = base64UrlToBytes(tail)
  const [headJson, bodyJson] = [objectOf(head), objectOf(body)]
  if (parts.length !== 3 || !signature || !headJson || !bodyJson) return 'token-malformed'
  if (headJson['alg'] !== 'RS256' && headJson['alg'] !== 'ES256') return 'token-algorithm'
  const [header, claims] = [v.safeParse(headerSchema, headJson), v.safeParse(claimsSchema, bodyJson)]
  if (!header.success || !claims.success) return 'token-malformed'
  return { alg: header.output.alg, kid: header.output.kid, claims: claims.output, signed: utf8ToBytes(`${head}.${body}`), signature }
}

function objectOf(part: string): Record<string, unknown> | null {
  const bytes = base64UrlToBytes(part)
  try {
    const value: unknown = bytes && JSON.parse(bytesToUtf8(bytes))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

/** ID-4 the key's kind decides the algorithm, never the token. */
export async function verifyToken({ subtle }: Pick<CryptoHost, 'subtle'>, { alg, signed, signature }: IdToken, key: ProviderPublicKey): Promise<boolean> {
  if (alg !== algorithmOf[key.kty]) return false
  const [importing, verifying] = key.kty === 'RSA' ? [{ name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, { name: 'RSASSA-PKCS1-v1_5' }] : [{ name: 'ECDSA', namedCurve: 'P-256' }, { name: 'ECDSA', hash: 'SHA-256' }]
  try {
    return await subtle.verify(verifying, await subtle.importKey('jwk', { ...key, ext: true }, importing, false, ['verify']), signature, signed)
  } catch {
    // A point that is not on the curve, a signature of another length.
    return false
  }
}

/** ID-5 for this client and for nobody else beside it, unless it says that this client is who asked for it. */
export function isFor({ aud, azp }: Claims, clientId: string): boolean {
  const audience = typeof aud === 'string' ? [aud] : aud
  if (azp !== undefined && azp !== clientId) return false
  return audience.includes(clientId) && (audience.length === 1 || azp === clientId)
}

/** Which authentication contexts the provider says were satisfied. */
export function contextsOf({ acr, acrs = [] }: Claims): readonly string[] {
  return [...new Set([...(acr === undefined ? [] : [acr]), ...(typeof acrs === 'string' ? [acrs] : acrs)])].toSorted()
}

/** What the provider calls the person: for people to recognise, never to decide by. */
export function labelOf({ preferred_username: name, email }: Claims): string {
  return (name ?? email ?? '').slice(0, 255)
}
