// CR-8: the two P-256 keys of a recovery, from a seed that stands on no paper as a whole (CR-9): one signs a recovery, to the other
// every epoch key, person's key and the root key are sealed.

import { concatBytes, utf8ToBytes } from '../base/bytes.ts'
import { p256 } from '@noble/curves/nist.js'
import { hmacSha256 } from './hash.ts'
import { publicKeyOf, type KeyPair } from './keys.ts'

export interface RecoveryKeys {
  readonly signing: KeyPair
  readonly exchange: KeyPair
}

export function recoveryKeysOf(seed: Uint8Array): RecoveryKeys {
  return { signing: derivePair(seed, 'signing'), exchange: derivePair(seed, 'exchange') }
}

function derivePair(seed: Uint8Array, use: string): KeyPair {
  const part = (n: number): Uint8Array => hmacSha256(seed, utf8ToBytes(`fumibako/1/recovery/${use}/${n}`))
  const privateKey = p256.utils.randomSecretKey(concatBytes(part(1), part(2)).subarray(0, 48))
  return { privateKey, publicKey: publicKeyOf(privateKey) }
}
