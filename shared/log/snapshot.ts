// LG-90 to LG-95: a snapshot is what one collection looked like when somebody had taken in so many records of it: rows, and how far
// each lane was read. It is signed by the session that made it and sealed for readers of the collection. It proves nothing: records do.

import * as v from 'valibot'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { open, seal } from '../crypto/envelope.ts'
import { sha256Hex } from '../crypto/hash.ts'
import type { ContentKey, CryptoHost, PublicKey } from '../crypto/ports.ts'
import type { Verify } from '../crypto/sign.ts'
import { isOfLaterFormat } from './segment.ts'
import { parseSession, verifySession, type SessionCertificate, type Vector } from './session.ts'

/** What is signed: everything about the rows but the rows. */
export interface SnapshotHeader {
  readonly suite: 1
  readonly schema: 1
  readonly kind: 'snapshot'
  readonly workspace: string
  readonly collection: string
  /** `<seat>.<incarnation>` of who made it. */
  readonly lane: string
  /** Hash of the session certificate whose key signed. */
  readonly session: string
  /** Milliseconds since 1970 UTC, as its device claims. */
  readonly at: number
  /** How far collection zero was read: the rules that the rows were reduced under. */
  readonly authority: Vector
  /** Lane → the last segment of it that the rows cover, and its hash (hex). */
  readonly lanes: Readonly<Record<string, readonly [seq: number, hash: string]>>
  /** The schema of the rows: who knows another one leaves them alone. */
  readonly rows: number
  /** SHA-256 (hex) of the packed rows. */
  readonly sha256: string
}

export interface Snapshot {
  readonly header: SnapshotHeader
  /** The bytes that are signed. */
  readonly body: Uint8Array
  readonly signature: Uint8Array
  readonly session: SessionCertificate
  /** As they were packed by who made it; not looked at yet. */
  readonly rows: Uint8Array
}

/** LG-94 more than this is nobody's snapshot: it must fit into a parcel. */
export const largestSnapshotBytes = 24 * 1024 * 1024

const bytes = v.instance(Uint8Array)
const hex32 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const lane = v.pipe(v.string(), v.regex(/^[a-z0-9]+\.[a-z0-9]+$/))
const headerSchema = v.strictObject({
  suite: v.literal(1),
  schema: v.literal(1),
  kind: v.literal('snapshot'),
  workspace: v.string(),
  collection: v.string(),
  lane,
  session: hex32,
  at: count,
  authority: v.record(v.string(), count),
  lanes: v.record(lane, v.strictTuple([v.pipe(count, v.minValue(1)), hex32])),
  rows: count,
  sha256: hex32,
})
const outerSchema = v.strictObject({ s: v.literal(1), v: v.literal(1), kind: v.literal('snapshot'), e: count, x: bytes })
const innerSchema = v.strictObject({ h: bytes, g: v.pipe(bytes, v.length(64)), c: bytes, r: bytes })

export function snapshotHeaderToBytes(header: SnapshotHeader): Uint8Array {
  return encodeCbor(header)
}

/** Null for bytes that are no header of this schema. */
export function parseSnapshotHeader(body: Uint8Array): SnapshotHeader | null {
  const parsed = v.safeParse(headerSchema, decodeCbor(body))
  return parsed.success ? (parsed.output as SnapshotHeader) : null
}

/** Records that a snapshot covers. */
export function recordsOf({ lanes }: Pick<SnapshotHeader, 'lanes'>): number {
  return Object.values(lanes).reduce((sum, [seq]) => sum + seq, 0)
}

export interface SnapshotSeal {
  readonly epoch: number
  readonly key: ContentKey
  readonly workspace: string
  readonly collection: string
}

function aadOf(workspace: string, collection: string, epoch: number): Uint8Array {
  return encodeCbor(['snapshot', workspace, collection, epoch])
}

/** LG-92 `session`: the certificate's object, so that nobody has to look for it. */
export async function sealSnapshot(host: CryptoHost, { epoch, key, workspace, collection }: SnapshotSeal, parts: { readonly body: Uint8Array; readonly signature: Uint8Array; readonly session: Uint8Array; readonly rows: Uint8Array }): Promise<Uint8Array> {
  const { body, signature, session, rows } = parts
  const plain = encodeCbor({ h: body, g: signature, c: session, r: rows })
  return encodeCbor({ s: 1, v: 1, kind: 'snapshot', e: epoch, x: await seal(host, key, 'snapshot', aadOf(workspace, collection, epoch), plain) })
}

/** May these bytes have a snapshot's name? Also one of a later version: it is kept, whoever can read it. */
export function isSnapshot(object: Uint8Array): boolean {
  if (object.length > largestSnapshotBytes) return false
  const read = decodeCbor(object)
  return v.is(outerSchema, read) || isOfLaterFormat(read, 's', 'v')
}

/** Null when it is none of this collection, a key is not held, or its parts do not belong together. Who signed it is asked with `verifySnapshot`. */
export async function openSnapshot(host: CryptoHost, epochKeyOf: (epoch: number) => Promise<ContentKey | null>, workspace: string, collection: string, object: Uint8Array): Promise<Snapshot | null> {
  const outer = v.safeParse(outerSchema, decodeCbor(object))
  if (!outer.success) return null
  const { e: epoch, x } = outer.output
  const key = await epochKeyOf(epoch)
  const plain = key && (await open(host, key, 'snapshot', aadOf(workspace, collection, epoch), x))
  const inner = plain && v.safeParse(innerSchema, decodeCbor(plain))
  if (!inner?.success) return null
  const { h: body, g: signature, c, r: rows } = inner.output
  const [header, session] = [parseSnapshotHeader(body), parseSession(c)]
  if (!header || !session || header.workspace !== workspace || header.collection !== collection) return null
  const { seat, incarnation } = session.body
  const isWhole = header.session === session.hash && header.lane === `${seat}.${incarnation}` && header.sha256 === sha256Hex(rows)
  return isWhole ? { header, body, signature, session, rows } : null
}

/** LG-93 the seat and its device stand behind the session, and the session behind the snapshot, within its hours. */
export async function verifySnapshot(verify: Verify, { header, body, signature, session }: Snapshot, seatKey: PublicKey, deviceKey: PublicKey): Promise<boolean> {
  const { notBefore, notAfter, sessionKey, workspace } = session.body
  if (workspace !== header.workspace || header.at < notBefore || header.at > notAfter) return false
  return (await verifySession(verify, session, seatKey, deviceKey)) && verify(sessionKey, 'snapshot', body, signature)
}
