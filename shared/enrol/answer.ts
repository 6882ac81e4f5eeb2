// EN-40 to EN-46: what the administrator's machine answers, sealed to the new seat's own key and signed under the session that
// approved; and what the new machine checks before it believes that it belongs.

import * as v from 'valibot'
import { isAdmin } from '../authority/ask.ts'
import type { AuthorityState } from '../authority/reduce.ts'
import { jstDate } from '../base/civil-date.ts'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import type { Reason, Verdict } from '../base/verdict.ts'
import type { CryptoHost, PublicKey, Signer } from '../crypto/ports.ts'
import { createVerify, signFor } from '../crypto/sign.ts'
import { verifySession, type SessionCertificate, type Vector } from '../log/session.ts'
import type { Invitation } from './invitation.ts'
import { sameKeys, type SignedRequest } from './request.ts'
import { openLetter, sealLetter, type LetterPlace } from './sealed-letter.ts'

export interface EnrolAnswer {
  readonly workspace: string
  readonly genesis: string
  /** Digest of the request that is answered. */
  readonly request: string
  readonly outcome: 'approved' | 'refused'
  /** The person of the town whose seat it is; empty when refused. */
  readonly person: string
  /** Hash of the session certificate under which it was approved. */
  readonly session: string
  /** Collection zero as far as it reached right after the approval: less than this is a storage that was rolled back. */
  readonly floor: Vector
  /** SHA-256 (hex) of the parcels that hold collection zero up to there, with the wraps for this seat. */
  readonly parcels: readonly string[]
  /** Milliseconds since 1970 UTC. */
  readonly at: number
}

export interface SignedAnswer {
  readonly answer: EnrolAnswer
  readonly body: Uint8Array
  readonly signature: Uint8Array
}

const mostParcels = 64

const bytes = v.instance(Uint8Array)
const hex32 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const answerSchema = v.strictObject({
  s: v.literal(1),
  v: v.literal(1),
  kind: v.literal('enrol-answer'),
  workspace: v.string(),
  genesis: v.string(),
  request: hex32,
  outcome: v.picklist(['approved', 'refused']),
  person: v.string(),
  session: hex32,
  floor: v.record(v.string(), count),
  parcels: v.pipe(v.array(hex32), v.maxLength(mostParcels)),
  at: count,
})
const signedSchema = v.strictObject({ body: bytes, g: v.pipe(bytes, v.length(64)) })

function placeOf(workspace: string, name: string): LetterPlace {
  return { kind: 'enrol-answer', workspace, name }
}

export async function createAnswer(host: CryptoHost, name: string, answer: EnrolAnswer, session: Signer, seat: PublicKey): Promise<Uint8Array> {
  const body = encodeCbor({ s: 1, v: 1, kind: 'enrol-answer', ...answer })
  const signed = encodeCbor({ body, g: await signFor(session, 'enrol-answer', body) })
  return sealLetter(host, placeOf(answer.workspace, name), [seat], 1, signed)
}

/** Null for what is no answer to this seat. Who signed it can be judged only with collection zero: `judgeAnswer`. */
export async function openAnswer(host: CryptoHost, workspace: string, name: string, seatKey: Uint8Array, object: Uint8Array): Promise<SignedAnswer | null> {
  const content = await openLetter(host, placeOf(workspace, name), seatKey, object)
  const signed = content && v.safeParse(signedSchema, decodeCbor(content))
  const body = signed?.success ? v.safeParse(answerSchema, decodeCbor(signed.output.body)) : null
  if (!signed?.success || !body?.success) return null
  const { s: _suite, v: _schema, kind: _kind, ...answer } = body.output
  return { answer, body: signed.output.body, signature: signed.output.g }
}

/** What was found in the storage by the answer, taken through the door. */
export interface FoundAuthority {
  readonly state: AuthorityState
  readonly vector: Vector
  readonly session: SessionCertificate | null
}

/** EN-44: is this the workspace of the invitation, complete to the floor, and am I in it with exactly my keys? */
export async function judgeAnswer(host: CryptoHost, invitation: Pick<Invitation, 'workspace' | 'genesis' | 'kind'>, mine: SignedRequest, signed: SignedAnswer, found: FoundAuthority): Promise<Verdict> {
  const { answer } = signed
  const { state } = found
  const reasons: Reason[] = []
  const no = (code: string): void => void reasons.push({ code })
  if (answer.workspace !== invitation.workspace || answer.genesis !== invitation.genesis || state.genesis?.hash !== invitation.genesis) no('enrol-other-workspace')
  else if (state.genesis.kind !== invitation.kind) no('enrol-other-kind')
  if (answer.request !== mine.digest) no('enrol-other-request')
  if (Object.entries(answer.floor).some(([lane, seq]) => (found.vector[lane] ?? 0) < seq)) no('enrol-behind')
  const keys = sameKeys(mine.request, state)
  if (keys !== 'same') no(keys === 'missing' ? 'enrol-not-added' : 'enrol-other-keys')
  else if (state.removedSeats.has(mine.request.seat.id)) no('enrol-removed')
  else if (state.seats.get(mine.request.seat.id)?.person !== answer.person || !state.people.has(answer.person)) no('enrol-other-person')
  if (reasons.length === 0 && !(await approvedByAdmin(host, signed, found))) no('enrol-not-approved')
  return { outcome: reasons.length > 0 ? 'fail' : 'pass', reasons }
}

async function approvedByAdmin(host: CryptoHost, { answer, body, signature }: SignedAnswer, { state, session }: FoundAuthority): Promise<boolean> {
  if (!session || session.hash !== answer.session || answer.at > session.body.notAfter) return false
  const seat = state.seats.get(session.body.seat)
  const device = state.devices.get(session.body.device)
  if (!seat || !device || seat.person !== session.body.person || state.removedSeats.has(seat.id)) return false
  if (!isAdmin(state, seat.person, jstDate(answer.at))) return false
  const verify = createVerify(host)
  return (await verifySession(verify, session, seat.signingKey, device.signingKey)) && verify(session.body.sessionKey, 'enrol-answer', body, signature)
}
