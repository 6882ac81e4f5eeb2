// CR-8: the recovery sheet's code: 32 random bytes and a 4-byte check, as 58 characters in groups people can copy by hand. From
// it come two P-256 keys: one to sign a recovery, one to which every epoch key, person's key and the root key are sealed.

import { base32ToBytes, bytesToBase32, concatBytes, equalBytes, utf8ToBytes } from '../base/bytes.ts'
import { p256 } from '@noble/curves/nist.js'
import { hmacSha256, sha256 } from './hash.ts'
import { publicKeyOf, type KeyPair } from './keys.ts'

export interface RecoveryKeys {
  readonly signing: KeyPair
  readonly exchange: KeyPair
}

/** Groups of five characters, upper case, e.g. `7K2QF-…`. */
export function recoverySeedToCode(seed: Uint8Array): string {
  const check = sha256(seed).subarray(0, 4)
  const text = bytesToBase32(concatBytes(seed, check)).toUpperCase()
  return text.match(/.{1,5}/g)?.join('-') ?? text
}

/** Null for a code with a slip in it: the check catches it. */
export function codeToRecoverySeed(code: string): Uint8Array | null {
  const bytes = base32ToBytes(code)
  if (!bytes || bytes.length !== 36) return null
  const seed = bytes.subarray(0, 32)
  return equalBytes(sha256(seed).subarray(0, 4), bytes.subarray(32)) ? seed : null
}

export function recoveryKeysOf(seed: Uint8Array): RecoveryKeys {
  return { signing: derivePair(seed, 'signing'), exchange: derivePair(seed, 'exchange') }
}

function derivePair(seed: Uint8Array, use: string): KeyPair {
  const part = (n: number): Uint8Array => hmacSha256(seed, utf8ToBytes(`fumibako/1/recovery/${use}/${n}`))
  const privateKey = p256.utils.randomSecretKey(concatBytes(part(1), part(2)).subarray(0, 48))
  return { privateKey, publicKey: publicKeyOf(privateKey) }
}
