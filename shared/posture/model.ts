// PO-10, PO-20 to PO-24: the nouns. What is looked at of a device, and what a town asks of a device and of a sign-in before an act: a closed
// vocabulary, data of its policy. No code, no pattern but `noun.*`; a word that is not known makes the whole policy unreadable, not looser.

import * as v from 'valibot'
import { matchesPattern } from '../base/patterns.ts'

/** PO-10 the checks, in the order they are shown (sync-and-trust.md 2c). */
export const checkIds = ['disk.enc', 'boot.secure', 'tpm.key', 'os.patch', 'fw.on', 'av.ok', 'lock.screen', 'mdm.enrolled', 'idp.context', 'user.notadmin', 'app.intact', 'clock', 'store.health'] as const
export type CheckId = (typeof checkIds)[number]

export const systems = ['windows', 'macos', 'linux'] as const
export type System = (typeof systems)[number]

/** L0 no keystore; L1 the system user's keystore; L2 hardware, not exportable, not attested; L3 attested. */
export const protectionLevels = ['L0', 'L1', 'L2', 'L3'] as const
export type ProtectionLevel = (typeof protectionLevels)[number]

/** PO-21 one check that has to pass. */
export interface CheckNeed {
  readonly check: CheckId
  /** Where it is asked; null = on every system. */
  readonly systems: readonly System[] | null
  /** How old the reading may be when the act is done. */
  readonly maxAgeHours: number
  /** What a reading that is unknown, or none, counts as: said only, or as if it had failed. Never as passed. */
  readonly unknown: 'notice' | 'fail'
}

/** PO-22 how fresh the provider's word has to be. */
export interface SignInNeed {
  /** Since the provider last vouched for the account. */
  readonly maxAgeHours: number
  /** The person signed in themselves on the same day in Japan. */
  readonly sameDay: boolean
  /** An authentication context that the provider has to have found satisfied (`acrs`); null = any. */
  readonly context: string | null
}

/** PO-20 what acts need. Several rules may speak of one act: the strictest holds. */
export interface ActRule {
  readonly id: string
  /** An exact type or `noun.*`. */
  readonly acts: readonly string[]
  /** The lowest protection of the device's keys; null = any. */
  readonly level: ProtectionLevel | null
  readonly checks: readonly CheckNeed[]
  readonly signIn: SignInNeed | null
  /** What happens where it is not met. */
  readonly otherwise: 'notice' | 'hold' | 'deny'
  /** PO-23 for so many days after a check stopped passing its failing is said only. */
  readonly graceDays: number
}

/** PO-24 one check of one device that two administrators excuse for at most 30 days. */
export interface CheckException {
  readonly id: string
  readonly device: string
  readonly check: CheckId
  readonly reason: string
  readonly from: string
  /** The last day, ISO. */
  readonly to: string
}

export const longestExceptionDays = 30

/** From when to when something holds, milliseconds since 1970 UTC. */
export interface Term {
  readonly from: number
  readonly until: number
}

/** JU-70 what is not done on rules of which nobody else has said for too long that they are the newest. */
const newestAsked: readonly string[] = ['decision.*', 'document.export', 'document.print']

export function asksForNewest(type: string): boolean {
  return newestAsked.some((one) => matchesPattern(one, type))
}

const hours = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(24 * 400))
const pattern = v.pipe(v.string(), v.regex(/^[a-z][a-z-]*\.([a-z][a-z-]*|\*)$/))
const needSchema = v.strictObject({ check: v.picklist(checkIds), systems: v.nullable(v.pipe(v.array(v.picklist(systems)), v.minLength(1), v.readonly())), maxAgeHours: hours, unknown: v.picklist(['notice', 'fail']) })
const signInSchema = v.strictObject({ maxAgeHours: hours, sameDay: v.boolean(), context: v.nullable(v.pipe(v.string(), v.minLength(1), v.maxLength(64))) })

export const actRuleSchema = v.strictObject({
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  acts: v.pipe(v.array(pattern), v.minLength(1), v.maxLength(64), v.readonly()),
  level: v.nullable(v.picklist(protectionLevels)),
  checks: v.pipe(v.array(needSchema), v.maxLength(checkIds.length), v.readonly()),
  signIn: v.nullable(signInSchema),
  otherwise: v.picklist(['notice', 'hold', 'deny']),
  graceDays: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(90)),
})

/** At most so many rules: evaluating them stays cheap whatever a policy says (threat T28). */
export const actRulesSchema = v.pipe(v.array(actRuleSchema), v.maxLength(100))
