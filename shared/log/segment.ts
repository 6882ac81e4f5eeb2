// LG-30 to LG-36: the segment object = sealed header, events sealed one by one, signature over the header. Its body hash covers
// everything but the signature, so names and chains do not depend on ECDSA's randomness.

import * as v from 'valibot'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { sha256Hex } from '../crypto/hash.ts'
import { open, seal } from '../crypto/envelope.ts'
import type { ContentKey, CryptoHost, Signer } from '../crypto/ports.ts'
import { signFor } from '../crypto/sign.ts'
import type { LogEvent } from './event.ts'
import { headerToBytes, type SegmentHeader } from './header.ts'

/** A segment as it lies on a disk or in a bucket, parsed but not opened. */
export interface SealedSegment {
  readonly suite: 1
  readonly schema: 1
  /** Epoch of collection zero's key that seals the header. */
  readonly epoch: number
  readonly header: Uint8Array
  readonly events: readonly Uint8Array[]
  readonly signature: Uint8Array
  /** SHA-256 (hex) over everything but the signature: what the next header names as `prev`. */
  readonly hash: string
}

export const largestSegmentBytes = 4 * 1024 * 1024

const bytes = v.instance(Uint8Array)
const whole = v.pipe(v.number(), v.integer(), v.minValue(1))
const segmentSchema = v.strictObject({
  s: v.literal(1),
  v: v.literal(1),
  e: v.pipe(v.number(), v.integer(), v.minValue(0)),
  h: bytes,
  x: v.array(bytes),
  g: v.pipe(bytes, v.length(64)),
})

export function eventToBytes(event: LogEvent): Uint8Array {
  return encodeCbor(event)
}

/** LG-31 the event's id: SHA-256 (hex) of its deterministic CBOR. */
export function eventId(bytes: Uint8Array): string {
  return sha256Hex(bytes)
}

/** Where a sealed event stands; bound as additional data so that it opens nowhere else (LG-32). */
export interface EventPlace {
  readonly workspace: string
  readonly collection: string
  readonly lane: string
  readonly seq: number
  readonly index: number
}

export function sealEvent(host: CryptoHost, key: ContentKey, place: EventPlace, event: Uint8Array): Promise<Uint8Array> {
  return seal(host, key, 'event', encodeCbor(place), event)
}

export function openEvent(host: CryptoHost, key: ContentKey, place: EventPlace, sealed: Uint8Array): Promise<Uint8Array | null> {
  return open(host, key, 'event', encodeCbor(place), sealed)
}

function headerAad(workspace: string, epoch: number): Uint8Array {
  return encodeCbor(['header', workspace, epoch])
}

/** Seals and signs, with the epoch among what is signed (LG-23); `events` are the sealed events whose hashes the header lists. */
export async function createSegment(
  host: CryptoHost,
  zeroKey: { readonly epoch: number; readonly key: ContentKey },
  header: SegmentHeader,
  events: readonly Uint8Array[],
  session: Signer,
): Promise<{ readonly bytes: Uint8Array; readonly hash: string }> {
  const plain = headerToBytes(zeroKey.epoch === 0 ? header : { ...header, epoch: zeroKey.epoch })
  const sealedHeader = await seal(host, zeroKey.key, 'header', headerAad(header.workspace, zeroKey.epoch), plain)
  const signature = await signFor(session, 'segment', plain)
  return {
    bytes: encodeCbor({ s: 1, v: 1, e: zeroKey.epoch, h: sealedHeader, x: events, g: signature }),
    hash: bodyHash(zeroKey.epoch, sealedHeader, events),
  }
}

/** Bytes of a segment or header that a later version of the product wrote: suite or schema say so, and nothing else of them is read. */
export function isOfLaterFormat(value: unknown, suite: string, schema: string): boolean {
  const numbers = v.safeParse(v.looseObject({ [suite]: whole, [schema]: whole }), value)
  return numbers.success && [numbers.output[suite], numbers.output[schema]].some((n) => (n as number) > 1)
}

/** Null for bytes that are not a segment of this suite and schema. */
export function parseSegment(object: Uint8Array): SealedSegment | null {
  if (object.length > largestSegmentBytes) return null
  const parsed = v.safeParse(segmentSchema, decodeCbor(object))
  if (!parsed.success) return null
  const { e, h, x, g } = parsed.output
  return { suite: 1, schema: 1, epoch: e, header: h, events: x, signature: g, hash: bodyHash(e, h, x) }
}

/** The header's plaintext bytes; null when the key is not the one or a byte was changed. */
export function openHeader(host: CryptoHost, zeroKey: ContentKey, workspace: string, segment: SealedSegment): Promise<Uint8Array | null> {
  return open(host, zeroKey, 'header', headerAad(workspace, segment.epoch), segment.header)
}

/** LG-34 the chain hash of a segment whose events may be withheld: from the hashes of header and sealed events. */
export function bodyHash(epoch: number, header: Uint8Array, events: readonly Uint8Array[]): string {
  return chainHash(epoch, sha256Hex(header), events.map(sha256Hex))
}

export function chainHash(epoch: number, sealedHeaderHash: string, sealedEventHashes: readonly string[]): string {
  return sha256Hex(encodeCbor(['segment', 1, 1, epoch, sealedHeaderHash, sealedEventHashes]))
}
