// LG-100 to LG-102: what an administrator says of a device that is lost, so that the device hears it while it is locked: signed by the
// seat's key, carried in every beacon. Who is cut off follows from collection zero; this only asks the device to erase itself.

import * as v from 'valibot'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import type { PublicKey, Signer } from '../crypto/ports.ts'
import { signFor, type Verify } from '../crypto/sign.ts'

export interface LostNotice {
  readonly workspace: string
  /** The device that is lost. Devices are never named twice: one that is set up anew is another. */
  readonly device: string
  /** Of the administrator who says so. */
  readonly seat: string
  /** Milliseconds since 1970 UTC, as that machine claims. */
  readonly at: number
}

export interface SignedLostNotice {
  readonly notice: LostNotice
  readonly body: Uint8Array
  readonly signature: Uint8Array
}

/** LG-102 no notice is larger, and no beacon carries more of them. */
export const largestNoticeBytes = 512
export const mostNotices = 64

const bytes = v.instance(Uint8Array)
const id = v.pipe(v.string(), v.regex(/^[0-9a-z]{1,40}$/))
const bodySchema = v.strictObject({ s: v.literal(1), v: v.literal(1), kind: v.literal('lost-device'), workspace: id, device: id, seat: id, at: v.pipe(v.number(), v.safeInteger(), v.minValue(0)) })

export async function createLostNotice(notice: LostNotice, seat: Signer): Promise<Uint8Array> {
  const body = encodeCbor({ s: 1, v: 1, kind: 'lost-device', ...notice })
  return encodeCbor({ body, g: await signFor(seat, 'lost-device', body) })
}

/** Null for bytes that are none. Who signed it is asked with `verifyLostNotice`. */
export function parseLostNotice(object: Uint8Array): SignedLostNotice | null {
  if (object.length > largestNoticeBytes) return null
  const outer = v.safeParse(v.strictObject({ body: bytes, g: bytes }), decodeCbor(object))
  const inner = outer.success ? v.safeParse(bodySchema, decodeCbor(outer.output.body)) : null
  if (!outer.success || !inner?.success) return null
  const { workspace, device, seat, at } = inner.output
  return { notice: { workspace, device, seat, at }, body: outer.output.body, signature: outer.output.g }
}

export function verifyLostNotice(verify: Verify, signed: SignedLostNotice, seatKey: PublicKey): Promise<boolean> {
  return verify(seatKey, 'lost-device', signed.body, signed.signature)
}
