// LG-55 to LG-58: a parcel is how objects travel: any number of them back to back behind an index of their names, sizes and hashes.
// It is named by the hash of its index, so that the index and each object can be read and proven alone. It is one object on a
// storage, is taken apart on arrival and never lies on a disk of ours.

import * as v from 'valibot'
import { bytesToHex, concatBytes } from '../base/bytes.ts'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { paddedLength } from '../crypto/envelope.ts'
import { digest, sha256Hex } from '../crypto/hash.ts'
import type { CryptoHost } from '../crypto/ports.ts'
import { isObjectName } from './names.ts'

export interface NamedObject {
  readonly name: string
  readonly bytes: Uint8Array
}

export interface ParcelItem {
  readonly name: string
  /** Offset of its first byte within the parcel. */
  readonly at: number
  readonly size: number
  /** SHA-256 (hex) of its bytes. */
  readonly sha256: string
}

export interface ParcelIndex {
  /** SHA-256 (hex) of `bytes`: the parcel's name. */
  readonly sha256: string
  readonly bytes: Uint8Array
  readonly items: readonly ParcelItem[]
  /** Bytes up to the end of the last object. */
  readonly size: number
}

/** LG-59 bytes of the whole parcel as a storage keeps it: what it holds shows in steps only. */
export function storedSize({ size }: ParcelIndex): number {
  return paddedLength(size)
}

/** A parcel of before LG-59 ends with its last object. */
export function hasSize(index: ParcelIndex, size: number): boolean {
  return size === storedSize(index) || size === index.size
}

/** LG-58 a parcel is closed before it grows past this, unless its one object alone is larger: with its index and its padding less than 8 MiB. */
export const parcelTarget = 7 * 1024 * 1024
/** For a storage that takes a large object in parts: fewer objects, and a kill costs a part. */
export const partedTarget = 12 * 1024 * 1024
/** LG-58 more than this is nobody's parcel. */
export const largestParcelBytes = 32 * 1024 * 1024

const hash = v.pipe(v.instance(Uint8Array), v.length(32))
const indexSchema = v.strictObject({
  s: v.literal(1),
  v: v.literal(1),
  kind: v.literal('parcel'),
  workspace: v.string(),
  items: v.array(v.strictTuple([v.pipe(v.string(), v.check(isObjectName)), v.pipe(v.number(), v.safeInteger(), v.minValue(0)), hash])),
})

/** LG-56 the same objects in the same order give the same bytes. */
export async function createParcel(host: CryptoHost, workspace: string, objects: readonly NamedObject[]): Promise<{ readonly index: ParcelIndex; readonly bytes: Uint8Array }> {
  const items = await Promise.all(objects.map(async ({ name, bytes }): Promise<[string, number, Uint8Array]> => [name, bytes.length, await digest(host, bytes)]))
  const body = encodeCbor({ s: 1, v: 1, kind: 'parcel', workspace, items })
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, body.length)
  const index = openIndex(workspace, concatBytes(length, body))
  if (!index) throw new Error('defect: a parcel of objects that no name fits')
  const padding = new Uint8Array(storedSize(index) - index.size)
  return { index, bytes: concatBytes(index.bytes, ...objects.map(({ bytes }) => bytes), padding) }
}

/** From a parcel or from its first bytes. Null when they are no whole index of a parcel of this workspace. */
export function openIndex(workspace: string, parcel: Uint8Array): ParcelIndex | null {
  if (parcel.length < 4) return null
  const end = 4 + new DataView(parcel.buffer, parcel.byteOffset).getUint32(0)
  const read = end <= parcel.length ? v.safeParse(indexSchema, decodeCbor(parcel.subarray(4, end))) : null
  if (!read?.success || read.output.workspace !== workspace) return null
  const items: ParcelItem[] = []
  let at = end
  for (const [name, size, sha256] of read.output.items) {
    items.push({ name, at, size, sha256: bytesToHex(sha256) })
    at += size
  }
  if (at > largestParcelBytes || new Set(items.map(({ name }) => name)).size < items.length) return null
  const bytes = parcel.slice(0, end)
  return { sha256: sha256Hex(bytes), bytes, items, size: at }
}
