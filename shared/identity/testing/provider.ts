// A made-up identity provider for tests: signs whatever claims and header it is told, with real keys.

import type { ProviderPublicKey } from '../../authority/model.ts'
import { parseJwk } from '../../authority/provider-key.ts'
import { base64UrlToBytes, bytesToBase64Url, bytesToUtf8, utf8ToBytes } from '../../base/bytes.ts'
import type { Subtle } from '../../crypto/ports.ts'

export interface TestKey {
  readonly kid: string
  readonly public: ProviderPublicKey
  sign(data: Uint8Array): Promise<Uint8Array>
}

export async function createKey(subtle: Subtle, kid: string, alg: 'RS256' | 'ES256' = 'ES256'): Promise<TestKey> {
  const [making, signing] =
    alg === 'RS256'
      ? [{ name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) }, { name: 'RSASSA-PKCS1-v1_5' }]
      : [{ name: 'ECDSA', namedCurve: 'P-256' }, { name: 'ECDSA', hash: 'SHA-256' }]
  const pair = (await subtle.generateKey(making, true, ['sign', 'verify'])) as { readonly publicKey: unknown; readonly privateKey: unknown }
  const jwk = parseJwk({ ...((await subtle.exportKey('jwk', pair.publicKey)) as object), kid })
  if (!jwk) throw new Error('a fresh key has the form of one')
  return { kid, public: jwk.key, sign: async (data) => new Uint8Array(await subtle.sign(signing, pair.privateKey, data)) }
}

const part = (value: unknown): string => bytesToBase64Url(utf8ToBytes(JSON.stringify(value)))

export async function signToken(key: TestKey, claims: object, header: object = {}): Promise<string> {
  const alg = key.public.kty === 'RSA' ? 'RS256' : 'ES256'
  const signed = `${part({ alg, kid: key.kid, typ: 'JWT', ...header })}.${part(claims)}`
  return `${signed}.${bytesToBase64Url(await key.sign(utf8ToBytes(signed)))}`
}

/** The same signature under other claims or another header. */
export function forged(token: string, change: { readonly header?: object; readonly claims?: object }): string {
  const [head = '', body = '', tail = ''] = token.split('.')
  const read = (text: string): object => JSON.parse(bytesToUtf8(base64UrlToBytes(text) as Uint8Array)) as object
  return [part({ ...read(head), ...change.header }), part({ ...read(body), ...change.claims }), tail].join('.')
}
