// LG-50 to LG-54: what one publisher has put into one storage, and how far it has read the others. The only mutable object of a
// publisher: one writer, replaced whole, signed by its device. A hint for readers: validity of content never depends on it.

import * as v from 'valibot'
import { bytesToHex, hexToBytes } from '../base/bytes.ts'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import type { PublicKey, Signer } from '../crypto/ports.ts'
import { signFor, type Verify } from '../crypto/sign.ts'
import { largestNoticeBytes, mostNotices } from './lost-notice.ts'

/** One parcel of a publisher. */
export interface ParcelEntry {
  /** SHA-256 (hex) of its index: its name. */
  readonly sha256: string
  /** Bytes before the first object. */
  readonly index: number
  /** Bytes of the whole. */
  readonly size: number
  /** It holds packs only: nobody needs it to know what there is, and its packs are fetched by need. */
  readonly content?: true
  /** It holds one snapshot and nothing else. */
  readonly snapshot?: { readonly of: string; readonly records: number }
}

export interface Beacon {
  readonly workspace: string
  /** One copy of a profile and one storage: a copied or restored profile takes a new one. */
  readonly publisher: string
  readonly device: string
  /** Grows by one with every writing. */
  readonly serial: number
  /** Milliseconds since 1970 UTC, as the device claims. */
  readonly at: number
  /** Everything this publisher holds out, oldest first. */
  readonly parcels: readonly ParcelEntry[]
  /** Publisher → highest serial of it that this one has verified. */
  readonly seen: Readonly<Record<string, number>>
  /** Parcels (hex SHA-256) that this one was promised and cannot get whole: whoever can puts them again. */
  readonly wants: readonly string[]
  /** LG-100 what this publisher has heard of lost devices, as it was signed; absent in a beacon that carries none. */
  readonly lost?: readonly Uint8Array[]
}

/** A beacon as it came, its signature not looked at yet. */
export interface SignedBeacon {
  readonly beacon: Beacon
  readonly body: Uint8Array
  readonly signature: Uint8Array
}

/** LG-54 more than this is nobody's beacon. */
export const largestBeaconBytes = 1024 * 1024

const bytes = v.instance(Uint8Array)
const hash = v.pipe(bytes, v.length(32))
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const id = v.pipe(v.string(), v.regex(/^[0-9a-z]{1,40}$/))
const bodySchema = v.strictObject({
  s: v.literal(1),
  v: v.literal(1),
  kind: v.literal('beacon'),
  workspace: id,
  publisher: id,
  device: id,
  serial: v.pipe(count, v.minValue(1)),
  at: count,
  parcels: v.array(v.union([v.strictTuple([hash, count, count]), v.strictTuple([hash, count, count, v.literal(1)]), v.strictTuple([hash, count, count, v.literal(2), id, count])])),
  seen: v.record(id, count),
  wants: v.array(hash),
  lost: v.exactOptional(v.pipe(v.array(v.pipe(bytes, v.maxLength(largestNoticeBytes))), v.minLength(1), v.maxLength(mostNotices))),
})

export async function createBeacon(beacon: Beacon, device: Signer): Promise<Uint8Array> {
  const { parcels, wants, lost = [], ...rest } = beacon
  const body = encodeCbor({ s: 1, v: 1, kind: 'beacon', ...rest, parcels: parcels.map((p) => [hexToBytes(p.sha256), p.index, p.size, ...(p.content ? [1] : p.snapshot ? [2, p.snapshot.of, p.snapshot.records] : [])]), wants: wants.map(hexToBytes), ...(lost.length > 0 ? { lost: [...lost] } : {}) })
  return encodeCbor({ body, g: await signFor(device, 'beacon', body) })
}

/** Null for bytes that are not a beacon. Who signed it is asked with `verifyBeacon`. */
export function parseBeacon(object: Uint8Array): SignedBeacon | null {
  if (object.length > largestBeaconBytes) return null
  const outer = v.safeParse(v.strictObject({ body: bytes, g: bytes }), decodeCbor(object))
  const inner = outer.success ? v.safeParse(bodySchema, decodeCbor(outer.output.body)) : null
  if (!outer.success || !inner?.success) return null
  const { workspace, publisher, device, serial, at, seen, lost } = inner.output
  const parcels = inner.output.parcels.map(([sha256, index, size, kind, of, records]): ParcelEntry => ({ sha256: bytesToHex(sha256), index, size, ...(kind === 1 ? { content: true } : {}), ...(kind === 2 && of !== undefined && records !== undefined ? { snapshot: { of, records } } : {}) }))
  return { beacon: { workspace, publisher, device, serial, at, parcels, seen, wants: inner.output.wants.map(bytesToHex), ...(lost ? { lost } : {}) }, body: outer.output.body, signature: outer.output.g }
}

export function verifyBeacon(verify: Verify, signed: SignedBeacon, deviceKey: PublicKey): Promise<boolean> {
  return verify(deviceKey, 'beacon', signed.body, signed.signature)
}
