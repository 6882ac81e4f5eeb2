// LG-80: one number that two replicas compare. Each row of the reduced state contributes SHA-256(table, key, value), summed
// modulo 2^256: incremental, and the same in any causal order. It finds divergence between honest replicas; it is no commitment.

import { bytesToHex, hexToBytes } from '../base/bytes.ts'
import { encodeCbor } from '../base/cbor.ts'
import { sha256Hex } from '../crypto/hash.ts'

const modulus = 1n << 256n

export const emptyStateHash = '0'.repeat(64)

/** The contribution of one row (hex). `value` is plain data. */
export function rowHash(table: string, key: string, value: unknown): string {
  return sha256Hex(encodeCbor([table, key, value]))
}

/** Takes rows out and puts rows in. */
export function updateStateHash(state: string, removed: readonly string[], added: readonly string[]): string {
  let sum = toNumber(state)
  for (const row of added) sum += toNumber(row)
  for (const row of removed) sum -= toNumber(row)
  const wrapped = ((sum % modulus) + modulus) % modulus
  return wrapped.toString(16).padStart(64, '0')
}

function toNumber(hex: string): bigint {
  return BigInt(`0x${bytesToHex(hexToBytes(hex))}`)
}
