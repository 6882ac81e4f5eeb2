// A platform for simulations: signatures and seals are keyed hashes over readable bytes, so that the same seed gives the same bytes and a
// thousand segments cost no second. It keeps nothing secret and proves nothing about keys.

import { concatBytes, equalBytes } from '../../base/bytes.ts'
import { sha256 } from '../../crypto/hash.ts'
import type { PublicKey, Signer, Subtle } from '../../crypto/ports.ts'

/** The public key is all there is of a key. */
export function hashSigner(publicKey: PublicKey): Signer {
  return { publicKey, sign: async (data) => tagOf(publicKey, data) }
}

const tagLength = 16

export const hashSubtle = {
  digest: async (_algorithm: string, data: Uint8Array) => sha256(data).buffer,
  importKey: async (_format: string, key: unknown) => key,
  verify: async (_algorithm: unknown, key: unknown, signature: Uint8Array, data: Uint8Array) => equalBytes(signature, tagOf(key as Uint8Array, data)),
  async deriveBits({ salt, info }: { readonly salt: Uint8Array; readonly info: Uint8Array }, key: unknown) {
    const half = sha256(concatBytes(key as Uint8Array, salt, info))
    return concatBytes(half, half.subarray(0, 16)).buffer
  },
  encrypt: async ({ additionalData }: { readonly additionalData: Uint8Array }, key: unknown, data: Uint8Array) => concatBytes(data, sealOf(key, additionalData, data)).buffer,
  async decrypt({ additionalData }: { readonly additionalData: Uint8Array }, key: unknown, sealed: Uint8Array) {
    const data = sealed.slice(0, -tagLength)
    if (!equalBytes(sealed.subarray(data.length), sealOf(key, additionalData, data))) throw new Error('another key, place or byte')
    return data.buffer
  },
} as unknown as Subtle

function sealOf(key: unknown, place: Uint8Array, data: Uint8Array): Uint8Array {
  return sha256(concatBytes(key as Uint8Array, place, data)).subarray(0, tagLength)
}

function tagOf(key: Uint8Array, data: Uint8Array): Uint8Array {
  const half = sha256(concatBytes(key, data))
  return concatBytes(half, half)
}
