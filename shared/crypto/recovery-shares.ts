// CR-9: the recovery seed as three sheets, any two of which give it back, while one says nothing about it: Shamir's scheme of degree 1
// over GF(2⁸) with the polynomial of AES (x⁸+x⁴+x³+x+1), byte by byte: share n = seed + n · slope, n = 1, 2, 3.

import { base32ToBytes, bytesToBase32, concatBytes, equalBytes } from '../base/bytes.ts'
import type { Random } from '../base/ports.ts'
import { sha256 } from './hash.ts'

/** One sheet: which of the three, of which set, its bytes. */
export interface RecoveryShare {
  readonly sheet: 1 | 2 | 3
  /** Four bytes of the hash of the seed: sheets of different workspaces do not go together. */
  readonly set: Uint8Array
  readonly bytes: Uint8Array
}

const seedBytes = 32
const setBytes = 4
const checkBytes = 3

export function splitRecoverySeed(random: Random, seed: Uint8Array): readonly [RecoveryShare, RecoveryShare, RecoveryShare] {
  const slope = random.bytes(seedBytes)
  const set = setOf(seed)
  const share = (sheet: 1 | 2 | 3): RecoveryShare => ({ sheet, set, bytes: seed.map((byte, i) => byte ^ multiply(slope[i] ?? 0, sheet)) })
  return [share(1), share(2), share(3)]
}

/** Null for one sheet twice, sheets of different sets, or bytes that do not give the seed of that set. */
export function joinRecoveryShares(a: RecoveryShare, b: RecoveryShare): Uint8Array | null {
  if (a.sheet === b.sheet || !equalBytes(a.set, b.set)) return null
  const divisor = invert(a.sheet ^ b.sheet)
  const seed = a.bytes.map((byte, i) => multiply(multiply(byte, b.sheet) ^ multiply(b.bytes[i] ?? 0, a.sheet), divisor))
  return equalBytes(setOf(seed), a.set) ? seed : null
}

/** Groups of five characters, upper case, with the number of the sheet inside. */
export function recoveryShareToCode({ sheet, set, bytes }: RecoveryShare): string {
  const body = concatBytes(Uint8Array.of(sheet), set, bytes)
  const text = bytesToBase32(concatBytes(body, sha256(body).subarray(0, checkBytes))).toUpperCase()
  return text.match(/.{1,5}/g)?.join('-') ?? text
}

/** Null for a code with a slip in it: the check catches it. */
export function codeToRecoveryShare(code: string): RecoveryShare | null {
  const all = base32ToBytes(code)
  if (!all || all.length !== 1 + setBytes + seedBytes + checkBytes) return null
  const body = all.subarray(0, -checkBytes)
  const [sheet] = body
  if ((sheet !== 1 && sheet !== 2 && sheet !== 3) || !equalBytes(sha256(body).subarray(0, checkBytes), all.subarray(-checkBytes))) return null
  return { sheet, set: body.slice(1, 1 + setBytes), bytes: body.slice(1 + setBytes) }
}

function setOf(seed: Uint8Array): Uint8Array {
  return sha256(concatBytes(seed, Uint8Array.of(0x2f))).subarray(0, setBytes)
}

/** In GF(2⁸); constant in its steps. */
function multiply(a: number, b: number): number {
  let product = 0
  for (let bit = 0; bit < 8; bit++) {
    product ^= -((b >> bit) & 1) & a
    a = ((a << 1) ^ (-(a >> 7) & 0x11b)) & 0xff
  }
  return product & 0xff
}

/** a²⁵⁴, which is 1/a. */
function invert(a: number): number {
  let power = 1
  for (let n = 0; n < 254; n++) power = multiply(power, a)
  return power
}
