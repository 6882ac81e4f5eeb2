// PO-10 to PO-13: the posture statement. What a device says of its own state: a closed list of checks, each pass, fail or unknown with a
// reason code, how far it can be trusted and when it was measured. No name, path, serial number or free text (threat T25).

import * as v from 'valibot'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { checkIds, protectionLevels, systems, type CheckId, type ProtectionLevel, type System } from './model.ts'

/**
 * PO-11 how far a signal can be trusted: `self` = read in user mode, a local administrator can fake it; `owned` = read from a place that
 * only an administrator writes; `vouched` = said by the identity provider in its token; `hardware` = proven by the use of a hardware key.
 */
export const trustClasses = ['self', 'owned', 'vouched', 'hardware'] as const
export type TrustClass = (typeof trustClasses)[number]

export interface CheckReading {
  readonly id: CheckId
  readonly verdict: 'pass' | 'fail' | 'unknown'
  /** Why it failed or is unknown: a code of the catalogues; null where it passes. */
  readonly reason: string | null
  readonly trust: TrustClass
  /** When it was read, milliseconds since 1970 UTC. */
  readonly at: number
  /** Since when this device knows it not to pass; of a check that passes, when it was read. What days of grace count from (PO-23). */
  readonly since: number
  /** SHA-256 (hex) of what was read; the evidence itself never leaves the machine. Null where nothing could be read. */
  readonly evidence: string | null
}

export interface PostureStatement {
  readonly schema: 1
  readonly kind: 'posture'
  readonly device: string
  readonly system: System
  /** Of this product, as `1.2.3`. */
  readonly version: string
  readonly level: ProtectionLevel
  /** When the statement was made, milliseconds since 1970 UTC. */
  readonly at: number
  /** At most one reading of each check. A check without one is unknown. */
  readonly checks: readonly CheckReading[]
}

/** PO-12 no statement is larger. */
export const largestStatementBytes = 8 * 1024

const ms = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const readingSchema = v.strictObject({
  id: v.picklist(checkIds),
  verdict: v.picklist(['pass', 'fail', 'unknown']),
  reason: v.nullable(v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,39}$/))),
  trust: v.picklist(trustClasses),
  at: ms,
  since: ms,
  evidence: v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))),
})
const statementSchema = v.strictObject({
  schema: v.literal(1),
  kind: v.literal('posture'),
  device: v.pipe(v.string(), v.regex(/^[a-z0-9]{1,64}$/)),
  system: v.picklist(systems),
  version: v.pipe(v.string(), v.regex(/^\d{1,5}\.\d{1,5}\.\d{1,5}$/)),
  level: v.picklist(protectionLevels),
  at: ms,
  checks: v.pipe(v.array(readingSchema), v.maxLength(checkIds.length)),
})

export function statementToBytes(statement: PostureStatement): Uint8Array {
  return encodeCbor(statement)
}

/** Null for what is no statement: another shape, a check twice, a verdict that is not pass without a reason, something measured after the statement or known before it was measured. */
export function parseStatement(bytes: Uint8Array): PostureStatement | null {
  if (bytes.length > largestStatementBytes) return null
  const parsed = v.safeParse(statementSchema, decodeCbor(bytes))
  if (!parsed.success) return null
  const { checks, at } = parsed.output
  const isSound = new Set(checks.map(({ id }) => id)).size === checks.length && checks.every((check) => (check.verdict === 'pass') === (check.reason === null) && check.since <= check.at && check.at <= at)
  return isSound ? parsed.output : null
}
