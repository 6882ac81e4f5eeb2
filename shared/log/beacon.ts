// LG-50 to LG-52: a device's beacon says how far its lanes reach. One writer, replaceable, signed when a segment is committed,
// so that a locked device still has something to publish. A hint for readers: validity never depends on it.

import * as v from 'valibot'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import type { PublicKey, Signer } from '../crypto/ports.ts'
import { signFor, type Verify } from '../crypto/sign.ts'

export interface Beacon {
  readonly suite: 1
  readonly schema: 1
  readonly kind: 'beacon'
  readonly workspace: string
  readonly device: string
  /** Milliseconds since 1970 UTC, as the device claims. */
  readonly at: number
  readonly session: string
  /** Per lane and collection handle: highest seq and its body hash. */
  readonly heads: readonly { readonly collection: string; readonly lane: string; readonly seq: number; readonly hash: string }[]
}

const bytes = v.instance(Uint8Array)
const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const beaconSchema = v.strictObject({
  suite: v.literal(1),
  schema: v.literal(1),
  kind: v.literal('beacon'),
  workspace: v.string(),
  device: v.string(),
  at: count,
  session: v.string(),
  heads: v.array(v.strictObject({ collection: v.string(), lane: v.string(), seq: count, hash: v.string() })),
})

export async function createBeacon(beacon: Beacon, session: Signer): Promise<Uint8Array> {
  const body = encodeCbor(beacon)
  return encodeCbor({ body, g: await signFor(session, 'beacon', body) })
}

/** Null for bytes that are not a beacon or whose signature does not hold under the session key. */
export async function openBeacon(verify: Verify, object: Uint8Array, sessionKey: PublicKey): Promise<Beacon | null> {
  const outer = v.safeParse(v.strictObject({ body: bytes, g: bytes }), decodeCbor(object))
  if (!outer.success || !(await verify(sessionKey, 'beacon', outer.output.body, outer.output.g))) return null
  const beacon = v.safeParse(beaconSchema, decodeCbor(outer.output.body))
  return beacon.success ? (beacon.output as Beacon) : null
}
