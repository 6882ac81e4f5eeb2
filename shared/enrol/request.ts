// EN-20 to EN-26: what a new machine asks before it knows anybody: its device and its seat, with proof that it holds their keys, and
// the name its person typed. Nothing in it is believed but what the six words confirm; the name is a hint for people.

import * as v from 'valibot'
import type { AuthorityState } from '../authority/reduce.ts'
import { bytesToHex, equalBytes } from '../base/bytes.ts'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import type { Reason, Verdict } from '../base/verdict.ts'
import { sha256Hex } from '../crypto/hash.ts'
import type { CryptoHost, PublicKey, Signer } from '../crypto/ports.ts'
import { createVerify, signFor } from '../crypto/sign.ts'
import { mostAdmins } from './invitation.ts'
import { openLetter, sealLetter, type LetterPlace } from './sealed-letter.ts'

export interface EnrolRequest {
  readonly workspace: string
  readonly genesis: string
  readonly device: { readonly id: string; readonly signingKey: PublicKey; readonly level: 'L0' | 'L1' | 'L2' | 'L3' }
  readonly seat: { readonly id: string; readonly signingKey: PublicKey; readonly exchangeKey: PublicKey }
  /** Exactly as typed. */
  readonly name: string
  /** 16 random bytes: two requests never have the same words. */
  readonly nonce: Uint8Array
  /** Milliseconds since 1970 UTC, as the new machine claims. */
  readonly at: number
}

/** A request as it was signed: `digest` (hex SHA-256 of its bytes) is what the words and the answer name. */
export interface SignedRequest {
  readonly request: EnrolRequest
  readonly digest: string
}

export const requestLifeMs = 7 * 24 * 60 * 60 * 1000
const driftMs = 24 * 60 * 60 * 1000
/** Code points of a typed name. */
export const longestName = 100

const bytes = v.instance(Uint8Array)
const point = v.pipe(bytes, v.length(65))
const id = v.pipe(v.string(), v.regex(/^[0-9a-z]{8,40}$/))
const requestSchema = v.strictObject({
  s: v.literal(1),
  v: v.literal(1),
  kind: v.literal('enrol-request'),
  workspace: v.string(),
  genesis: v.string(),
  device: v.strictObject({ id, signingKey: point, level: v.picklist(['L0', 'L1', 'L2', 'L3']) }),
  seat: v.strictObject({ id, signingKey: point, exchangeKey: point }),
  name: v.pipe(v.string(), v.check((text) => text.trim() !== '' && [...text].length <= longestName)),
  nonce: v.pipe(bytes, v.length(16)),
  at: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
})
const signedSchema = v.strictObject({ body: bytes, device: v.pipe(bytes, v.length(64)), seat: v.pipe(bytes, v.length(64)) })

function placeOf(workspace: string, name: string): LetterPlace {
  return { kind: 'enrol-request', workspace, name }
}

export function requestToBytes(request: EnrolRequest): Uint8Array {
  return encodeCbor({ s: 1, v: 1, kind: 'enrol-request', ...request })
}

/** EN-21, EN-22: signed by both keys, then sealed to every administrator of the invitation. */
export async function createRequest(host: CryptoHost, name: string, request: EnrolRequest, keys: { readonly device: Signer; readonly seat: Signer }, admins: readonly PublicKey[]): Promise<{ readonly object: Uint8Array; readonly digest: string }> {
  const body = requestToBytes(request)
  const signed = encodeCbor({ body, device: await signFor(keys.device, 'enrol-by-device', body), seat: await signFor(keys.seat, 'enrol-by-seat', body) })
  return { object: await sealLetter(host, placeOf(request.workspace, name), admins, mostAdmins, signed), digest: sha256Hex(body) }
}

/** Null for what is no request of this workspace to this administrator, or does not prove that it holds its keys. */
export async function openRequest(host: CryptoHost, ids: { readonly workspace: string; readonly genesis: string }, name: string, privateKey: Uint8Array, object: Uint8Array): Promise<SignedRequest | null> {
  const content = await openLetter(host, placeOf(ids.workspace, name), privateKey, object)
  const signed = content && v.safeParse(signedSchema, decodeCbor(content))
  const body = signed?.success ? v.safeParse(requestSchema, decodeCbor(signed.output.body)) : null
  if (!signed?.success || !body?.success) return null
  const { s: _suite, v: _schema, kind: _kind, ...request } = body.output
  if (request.workspace !== ids.workspace || request.genesis !== ids.genesis) return null
  const verify = createVerify(host)
  if (!(await verify(request.device.signingKey, 'enrol-by-device', signed.output.body, signed.output.device))) return null
  if (!(await verify(request.seat.signingKey, 'enrol-by-seat', signed.output.body, signed.output.seat))) return null
  return { request, digest: sha256Hex(signed.output.body) }
}

/** EN-25: a request is answered once, within seven days, and never takes the place of what is known already. `now` as the administrator's machine has it. */
export function judgeRequest({ request }: SignedRequest, state: AuthorityState, now: number): Verdict {
  const reasons: Reason[] = []
  if (now - request.at > requestLifeMs) reasons.push({ code: 'enrol-old' })
  if (request.at - now > driftMs) reasons.push({ code: 'enrol-ahead' })
  if (isKnown(request, state)) reasons.push({ code: 'enrol-known' })
  return { outcome: reasons.length > 0 ? 'fail' : 'pass', reasons }
}

function isKnown({ device, seat }: EnrolRequest, state: AuthorityState): boolean {
  if (state.devices.has(device.id) || state.seats.has(seat.id) || state.removedSeats.has(seat.id)) return true
  const keys = new Set([device.signingKey, seat.signingKey, seat.exchangeKey].map(bytesToHex))
  if (keys.size < 3) return true
  const known = [...[...state.devices.values()].map((d) => d.signingKey), ...[...state.seats.values()].flatMap((s) => [s.signingKey, s.exchangeKey])]
  return known.some((key) => keys.has(bytesToHex(key)))
}

export function sameKeys(request: EnrolRequest, state: AuthorityState): 'same' | 'missing' | 'other' {
  const device = state.devices.get(request.device.id)
  const seat = state.seats.get(request.seat.id)
  if (!device || !seat) return 'missing'
  const same = equalBytes(device.signingKey, request.device.signingKey) && seat.device === request.device.id && equalBytes(seat.signingKey, request.seat.signingKey) && equalBytes(seat.exchangeKey, request.seat.exchangeKey)
  return same && device.level === request.device.level ? 'same' : 'other'
}
