// EN-1 to EN-4: what an administrator's machine writes so that a new machine knows whom to ask: a small file without any secret. It is
// the new machine's only anchor, so it comes by hand or by device management and never from the storage.

import * as v from 'valibot'
import { equalBytes } from '../base/bytes.ts'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { err, ok, type Failure, type Result } from '../base/result.ts'
import { sha256 } from '../crypto/hash.ts'
import type { PublicKey } from '../crypto/ports.ts'

/** Person and P-256 exchange key to which a request is sealed. */
export interface InvitingAdmin {
  readonly person: string
  readonly exchangeKey: PublicKey
}

export interface Invitation {
  readonly workspace: string
  /** Event id (hex) of the founding act. */
  readonly genesis: string
  readonly kind: 'practice' | 'real'
  readonly townName: string
  /** Where the storage is, in the words of whoever opens it; never a credential. */
  readonly storage: Readonly<Record<string, string | boolean>>
  readonly admins: readonly InvitingAdmin[]
}

/** The file was damaged on its way, or is something else. */
export type InvitationUnreadable = Failure<'InvitationUnreadable'>
/** Written by a newer version than this one. */
export type InvitationNewer = Failure<'InvitationNewer'>

export const largestInvitationBytes = 16 * 1024
/** A request has as many wraps, whoever was invited by how many. */
export const mostAdmins = 8

const bytes = v.instance(Uint8Array)
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(200))
const admin = v.strictObject({ person: v.pipe(v.string(), v.minLength(1), v.maxLength(64)), exchangeKey: v.pipe(bytes, v.length(65)) })
const outer = v.looseObject({ s: v.number(), v: v.number(), kind: v.literal('invitation') })
const file = v.strictObject({ s: v.literal(1), v: v.literal(1), kind: v.literal('invitation'), body: bytes, check: v.pipe(bytes, v.length(32)) })
const bodySchema = v.strictObject({
  workspace: v.pipe(v.string(), v.regex(/^[0-9a-z]{1,40}$/)),
  genesis: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  kind: v.picklist(['practice', 'real']),
  townName: name,
  storage: v.record(v.pipe(v.string(), v.maxLength(40)), v.union([v.pipe(v.string(), v.maxLength(2_000)), v.boolean()])),
  admins: v.pipe(v.array(admin), v.minLength(1), v.maxLength(mostAdmins)),
})

export function invitationToBytes(invitation: Invitation): Uint8Array {
  const body = encodeCbor({ ...invitation, admins: invitation.admins.slice(0, mostAdmins) })
  return encodeCbor({ s: 1, v: 1, kind: 'invitation', body, check: sha256(body) })
}

export function parseInvitation(object: Uint8Array): Result<Invitation, InvitationUnreadable | InvitationNewer> {
  const unreadable = err({ type: 'InvitationUnreadable', retry: 'never' } as const)
  if (object.length > largestInvitationBytes) return unreadable
  const decoded = decodeCbor(object)
  const form = v.safeParse(outer, decoded)
  if (form.success && (form.output.s > 1 || form.output.v > 1)) return err({ type: 'InvitationNewer', retry: 'never' })
  const parsed = v.safeParse(file, decoded)
  if (!parsed.success || !equalBytes(sha256(parsed.output.body), parsed.output.check)) return unreadable
  const body = v.safeParse(bodySchema, decodeCbor(parsed.output.body))
  return body.success ? ok(body.output) : unreadable
}
