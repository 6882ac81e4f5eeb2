// LG-10 to LG-13: the session certificate. It binds a session key to seat, device, person, policy and authority position for at
// most 12 hours; the session key signs segment headers. What it rests on it names by hash (evidence.ts); null = unknown.

import * as v from 'valibot'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { sha256Hex } from '../crypto/hash.ts'
import type { PublicKey, Signer } from '../crypto/ports.ts'
import { signFor, type Verify } from '../crypto/sign.ts'
import type { SealedEvidence } from './evidence.ts'

/** Highest segment of each lane of collection zero that was known: lane → seq. */
export type Vector = Readonly<Record<string, number>>

export interface SessionBody {
  readonly suite: 1
  readonly schema: 1
  readonly kind: 'session'
  readonly workspace: string
  readonly seat: string
  readonly device: string
  readonly person: string
  readonly incarnation: string
  /** Counts the sessions of this incarnation; grows along a lane. */
  readonly n: number
  readonly sessionKey: PublicKey
  /** Milliseconds since 1970 UTC. */
  readonly notBefore: number
  readonly notAfter: number
  /** Id of the policy value the gate evaluates. */
  readonly policy: string
  readonly authority: Vector
  /** LG-13 salted hashes of the sign-in token and the posture statement; null = unknown. */
  readonly token: string | null
  readonly posture: string | null
}

export interface SessionCertificate {
  readonly body: SessionBody
  readonly bytes: Uint8Array
  readonly seatSignature: Uint8Array
  readonly deviceSignature: Uint8Array
  /** LG-14 beside the signed body: the hash of neither covers it, what the body names of it does. */
  readonly evidence: SealedEvidence | null
  /** SHA-256 (hex) of the body's bytes: what headers name. */
  readonly hash: string
}

export const longestSessionMs = 12 * 60 * 60 * 1000

const bytes = v.instance(Uint8Array)
const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))
const bodySchema = v.strictObject({
  suite: v.literal(1),
  schema: v.literal(1),
  kind: v.literal('session'),
  workspace: v.string(),
  seat: v.string(),
  device: v.string(),
  person: v.string(),
  incarnation: v.string(),
  n: count,
  sessionKey: v.pipe(bytes, v.length(65)),
  notBefore: count,
  notAfter: count,
  policy: v.string(),
  authority: v.record(v.string(), count),
  token: v.nullable(hash),
  posture: v.nullable(hash),
})
const objectSchema = v.strictObject({ body: bytes, seat: bytes, device: bytes, evidence: v.optional(v.strictObject({ epoch: count, sealed: bytes })) })

export async function createSession(body: SessionBody, seat: Signer, device: Signer, evidence: SealedEvidence | null = null): Promise<SessionCertificate> {
  const encoded = encodeCbor(body)
  return {
    body,
    bytes: encoded,
    seatSignature: await signFor(seat, 'session-by-seat', encoded),
    deviceSignature: await signFor(device, 'session-by-device', encoded),
    evidence,
    hash: sha256Hex(encoded),
  }
}

export function sessionToBytes(certificate: SessionCertificate): Uint8Array {
  const { bytes, seatSignature, deviceSignature, evidence } = certificate
  return encodeCbor({ body: bytes, seat: seatSignature, device: deviceSignature, ...(evidence ? { evidence } : {}) })
}

/** Null for bytes that are not a session certificate. Signatures are checked by `verifySession`. */
export function parseSession(object: Uint8Array): SessionCertificate | null {
  const outer = v.safeParse(objectSchema, decodeCbor(object))
  if (!outer.success) return null
  const body = v.safeParse(bodySchema, decodeCbor(outer.output.body))
  if (!body.success) return null
  return {
    body: body.output as SessionBody,
    bytes: outer.output.body,
    seatSignature: outer.output.seat,
    deviceSignature: outer.output.device,
    evidence: outer.output.evidence ?? null,
    hash: sha256Hex(outer.output.body),
  }
}

/** LG-12 the window is at most 12 h and not turned round. */
export function hasSessionWindow({ notBefore, notAfter }: SessionBody): boolean {
  return notAfter > notBefore && notAfter - notBefore <= longestSessionMs
}

/** LG-12 both the seat's and the device's signature hold over the body's bytes, and the window is at most 12 h. */
export async function verifySession(verify: Verify, certificate: SessionCertificate, seatKey: PublicKey, deviceKey: PublicKey): Promise<boolean> {
  return (
    hasSessionWindow(certificate.body) &&
    (await verify(seatKey, 'session-by-seat', certificate.bytes, certificate.seatSignature)) &&
    (await verify(deviceKey, 'session-by-device', certificate.bytes, certificate.deviceSignature))
  )
}
