// LG-20 to LG-24: the segment header, the only thing that is signed. It lists every act of the segment by type, document handle,
// salted hash of the event and hash of its sealed bytes; it never holds content.

import * as v from 'valibot'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import type { Hlc } from './event.ts'
import type { Vector } from './session.ts'

export interface HeaderAct {
  readonly type: string
  /** Document handle, or null for an event of collection zero. */
  readonly doc: string | null
  /** SHA-256 (hex) of the event's plaintext CBOR, which contains a salt. */
  readonly event: string
  /** SHA-256 (hex) of the sealed bytes. */
  readonly sealed: string
}

export interface SegmentHeader {
  readonly suite: 1
  readonly schema: 1
  readonly workspace: string
  readonly collection: string
  /** `<seat>.<incarnation>`: one writer. */
  readonly lane: string
  /** From 1, without gaps. */
  readonly seq: number
  /** Body hash (hex) of the segment before, null for the first. */
  readonly prev: string | null
  /** Hash of the session certificate whose key signed. */
  readonly session: string
  /** Position in the authority log at which this segment is to be judged. */
  readonly authority: Vector
  /** Clock of the last event. */
  readonly hlc: Hlc
  readonly acts: readonly HeaderAct[]
  /** LG-23 epoch of collection zero under which it is sealed; left out for the first. */
  readonly epoch?: number
}

export const largestSegmentActs = 512

const hex32 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))
const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const headerSchema = v.strictObject({
  suite: v.literal(1),
  schema: v.literal(1),
  workspace: v.string(),
  collection: v.string(),
  lane: v.pipe(v.string(), v.regex(/^[a-z0-9]+\.[a-z0-9]+$/)),
  seq: v.pipe(count, v.minValue(1)),
  prev: v.nullable(hex32),
  session: hex32,
  authority: v.record(v.string(), count),
  hlc: v.strictObject({ ms: count, n: count }),
  acts: v.pipe(
    v.array(v.strictObject({ type: v.string(), doc: v.nullable(v.string()), event: hex32, sealed: hex32 })),
    v.minLength(1),
    v.maxLength(largestSegmentActs),
  ),
  epoch: v.optional(v.pipe(count, v.minValue(1))),
})

export function headerToBytes(header: SegmentHeader): Uint8Array {
  return encodeCbor(header)
}

/** Null for bytes that are not a header of this schema. */
export function parseHeader(bytes: Uint8Array): SegmentHeader | null {
  const parsed = v.safeParse(headerSchema, decodeCbor(bytes))
  return parsed.success ? (parsed.output as SegmentHeader) : null
}
