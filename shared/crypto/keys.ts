// Makes and rebuilds P-256 keys from their 32-byte scalars. Whoever holds a scalar keeps it sealed; nothing here stores one.

import { p256 } from '@noble/curves/nist.js'
import { bytesToBase64Url } from '../base/bytes.ts'
import type { CryptoHost, MadeKey, PublicKey, Signer } from './ports.ts'

export interface KeyPair {
  readonly privateKey: Uint8Array
  readonly publicKey: PublicKey
}

/** A fresh P-256 pair: 32-byte scalar and uncompressed point. */
export function createKeyPair(host: CryptoHost): KeyPair {
  const privateKey = p256.utils.randomSecretKey(host.random.bytes(48))
  return { privateKey, publicKey: publicKeyOf(privateKey) }
}

export function publicKeyOf(privateKey: Uint8Array): PublicKey {
  return p256.getPublicKey(privateKey, false)
}

/** A signer over the platform's own ECDSA; the imported key is not extractable. */
export async function createSigner(host: CryptoHost, pair: KeyPair): Promise<Signer> {
  const x = bytesToBase64Url(pair.publicKey.slice(1, 33))
  const y = bytesToBase64Url(pair.publicKey.slice(33, 65))
  const jwk = { kty: 'EC', crv: 'P-256', x, y, d: bytesToBase64Url(pair.privateKey), ext: false }
  const key = await host.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign'])
  return {
    publicKey: pair.publicKey,
    sign: async (data) => new Uint8Array(await host.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, data)),
  }
}

/** A key to sign with that software keeps: what is kept of it is its scalar. */
export async function createSigningKey(host: CryptoHost): Promise<MadeKey> {
  const pair = createKeyPair(host)
  return { publicKey: pair.publicKey, kept: pair.privateKey, signer: await createSigner(host, pair) }
}

/** Thrown by a signer that cannot sign now, where its key lies in hardware. Nothing was signed; later it may. */
export class SignerSilent extends Error {}

/** The pair of a private key (P-256 scalar). */
export function pairOf(privateKey: Uint8Array): KeyPair {
  return { privateKey, publicKey: publicKeyOf(privateKey) }
}
