// A seat's private keys at rest: sealed under HKDF(Argon2id(PIN), device secret). Without the PIN and without the operating
// system's secret there is nothing to open. Nothing is ever deleted for a wrong PIN: tries only slow down.

import { argon2id } from 'hash-wasm'
import * as v from 'valibot'
import { decodeCbor, encodeCbor } from '@shared/base/cbor.ts'
import { utf8ToBytes } from '@shared/base/bytes.ts'
import { importContentKey, open, seal } from '@shared/crypto/envelope.ts'
import { hmacSha256 } from '@shared/crypto/hash.ts'
import type { CryptoHost } from '@shared/crypto/ports.ts'

/** Argon2id (RFC 9106): memory in KiB, passes, lanes. */
export interface PinCost {
  readonly memory: number
  readonly passes: number
  readonly lanes: number
}

export const pinCost: PinCost = { memory: 64 * 1024, passes: 3, lanes: 1 }

export const shortestPin = 6

export interface SeatKeys {
  readonly seat: string
  readonly workspace: string
  /** What is kept of the signing key (`kept-key.ts`). Whose seat it is and its certificate stand in collection zero. */
  readonly signing: Uint8Array
  /** A P-256 scalar. */
  readonly exchange: Uint8Array
  /** From which the keys of this seat's view are derived. */
  readonly viewKey: Uint8Array
  /** The workspace root's scalar, in an administrator's seat only. */
  readonly root: Uint8Array | null
}

const bytes = v.custom<Uint8Array>((value) => value instanceof Uint8Array)
const fileSchema = v.strictObject({
  v: v.literal(1),
  memory: v.number(),
  passes: v.number(),
  lanes: v.number(),
  salt: v.pipe(bytes, v.length(16)),
  sealed: bytes,
})
/** Files of an earlier version hold the person and the certificate as well. */
const keysSchema = v.object({
  seat: v.string(),
  workspace: v.string(),
  signing: bytes,
  exchange: bytes,
  viewKey: bytes,
  root: v.nullable(bytes),
})

async function pinKey(pin: string, salt: Uint8Array, cost: PinCost, deviceSecret: Uint8Array): Promise<Uint8Array> {
  const stretched = await argon2id({ password: utf8ToBytes(pin), salt, memorySize: cost.memory, iterations: cost.passes, parallelism: cost.lanes, hashLength: 32, outputType: 'binary' })
  return hmacSha256(deviceSecret, stretched)
}

export async function sealSeat(host: CryptoHost, keys: SeatKeys, pin: string, deviceSecret: Uint8Array, cost: PinCost): Promise<Uint8Array> {
  const salt = host.random.bytes(16)
  const key = await importContentKey(host, await pinKey(pin, salt, cost, deviceSecret))
  const sealed = await seal(host, key, 'seat', utf8ToBytes(keys.seat), encodeCbor(keys))
  return encodeCbor({ v: 1, ...cost, salt, sealed })
}

/** Null for a wrong PIN, another device secret or another seat's file; `damaged` when it is no seat file any more. */
export async function openSeat(host: CryptoHost, seat: string, file: Uint8Array, pin: string, deviceSecret: Uint8Array): Promise<SeatKeys | 'damaged' | null> {
  const parsed = v.safeParse(fileSchema, decodeCbor(file))
  if (!parsed.success) return 'damaged'
  const { salt, sealed, memory, passes, lanes } = parsed.output
  const key = await importContentKey(host, await pinKey(pin, salt, { memory, passes, lanes }, deviceSecret))
  const plain = await open(host, key, 'seat', utf8ToBytes(seat), sealed)
  const keys = plain && v.safeParse(keysSchema, decodeCbor(plain))
  return keys && keys.success && keys.output.seat === seat ? keys.output : null
}
