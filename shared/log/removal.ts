// LG-97 to LG-99: what a publisher will take away from a storage, written down and signed long before it does: parcels that it listed
// once and lists no more. A hint for everybody else; who removes reads it back first.

import * as v from 'valibot'
import { bytesToHex, hexToBytes } from '../base/bytes.ts'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { sha256Hex } from '../crypto/hash.ts'
import type { PublicKey, Signer } from '../crypto/ports.ts'
import { signFor, type Verify } from '../crypto/sign.ts'
import { removalName } from './names.ts'

export interface Removal {
  readonly workspace: string
  readonly publisher: string
  readonly device: string
  /** Milliseconds since 1970 UTC, as the device claims. */
  readonly at: number
  /** From this number on no beacon of the publisher lists any of the parcels. */
  readonly serial: number
  /** SHA-256 (hex) of their indexes. */
  readonly parcels: readonly string[]
}

export interface SignedRemoval {
  readonly removal: Removal
  readonly body: Uint8Array
  readonly signature: Uint8Array
}

export const mostRemoved = 4096
export const largestRemovalBytes = 256 * 1024

const bytes = v.instance(Uint8Array)
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const id = v.pipe(v.string(), v.regex(/^[0-9a-z]{1,40}$/))
const bodySchema = v.strictObject({
  s: v.literal(1),
  v: v.literal(1),
  kind: v.literal('removal'),
  workspace: id,
  publisher: id,
  device: id,
  at: count,
  serial: v.pipe(count, v.minValue(1)),
  parcels: v.pipe(v.array(v.pipe(bytes, v.length(32))), v.minLength(1), v.maxLength(mostRemoved)),
})

export async function createRemoval(removal: Removal, device: Signer): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  const body = encodeCbor({ s: 1, v: 1, kind: 'removal', ...removal, parcels: removal.parcels.map(hexToBytes) })
  const object = encodeCbor({ body, g: await signFor(device, 'removal', body) })
  return { name: removalName(removal.at, sha256Hex(body)), bytes: object }
}

/** Null for bytes that are none. Who signed it is asked with `verifyRemoval`. */
export function parseRemoval(object: Uint8Array): SignedRemoval | null {
  if (object.length > largestRemovalBytes) return null
  const outer = v.safeParse(v.strictObject({ body: bytes, g: bytes }), decodeCbor(object))
  const inner = outer.success ? v.safeParse(bodySchema, decodeCbor(outer.output.body)) : null
  if (!outer.success || !inner?.success) return null
  const { workspace, publisher, device, at, serial, parcels } = inner.output
  return { removal: { workspace, publisher, device, at, serial, parcels: parcels.map(bytesToHex) }, body: outer.output.body, signature: outer.output.g }
}

export function verifyRemoval(verify: Verify, { body, signature }: SignedRemoval, deviceKey: PublicKey): Promise<boolean> {
  return verify(deviceKey, 'removal', body, signature)
}
