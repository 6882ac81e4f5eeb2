// SHA-256 in two speeds of the same function: synchronous for the small things that reducers and names hash.

import { hmac } from '@noble/hashes/hmac.js'
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '../base/bytes.ts'
import type { CryptoHost } from './ports.ts'

export function sha256(data: Uint8Array): Uint8Array {
  return nobleSha256(data)
}

export function sha256Hex(data: Uint8Array): string {
  return bytesToHex(nobleSha256(data))
}

export function hmacSha256(key: Uint8Array, data: Uint8Array): Uint8Array {
  return hmac(nobleSha256, key, data)
}

/** By the platform, seven times as fast: for whole files and packs. */
export async function digest({ subtle }: Pick<CryptoHost, 'subtle'>, data: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await subtle.digest('SHA-256', data))
}
