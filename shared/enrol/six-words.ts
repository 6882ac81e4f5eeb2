// EN-30: the six words that people compare on both screens: 66 bits of a hash over the workspace and the whole signed request. A
// request that the storage made instead has other keys, so other words.

import { wordlist as english } from '@scure/bip39/wordlists/english.js'
import { wordlist as japanese } from '@scure/bip39/wordlists/japanese.js'
import { concatBytes, utf8ToBytes } from '../base/bytes.ts'
import { encodeCbor } from '../base/cbor.ts'
import { sha256 } from '../crypto/hash.ts'

/** The same six numbers in two languages; nothing is stored of them. */
export interface SixWords {
  readonly ja: readonly string[]
  readonly en: readonly string[]
}

const count = 6
const bitsEach = 11n

/** `digest`: hex SHA-256 of the request's signed bytes. */
export function sixWords(workspace: string, genesis: string, digest: string): SixWords {
  const hash = sha256(concatBytes(utf8ToBytes('fumibako/1/enrol-words\n'), encodeCbor([workspace, genesis, digest])))
  let bits = 0n
  for (const byte of hash.subarray(0, 9)) bits = (bits << 8n) | BigInt(byte)
  bits >>= 72n - bitsEach * BigInt(count)
  const numbers = Array.from({ length: count }, (_, i) => Number((bits >> (bitsEach * BigInt(count - 1 - i))) & 2047n))
  // The list has its voiced marks apart (NFKD); for reading aloud they are put together.
  return { ja: numbers.map((n) => (japanese[n] as string).normalize('NFC')), en: numbers.map((n) => english[n] as string) }
}
