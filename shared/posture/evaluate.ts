// PO-1 to PO-5, PO-20 to PO-26: what a policy says to one act on one device in one state. Posture and token that are absent are unknown,
// never pass. A pure function of the policy, the evidence and the act's own time: every replica decides alike, whenever it does.

import type { DevicePolicy, Person } from '../authority/model.ts'
import { matchesPattern } from '../base/patterns.ts'
import { jstDate } from '../base/civil-date.ts'
import type { Reason } from '../base/verdict.ts'
import { driftMs } from '../log/clock.ts'
import { protectionLevels, type ActRule, type CheckException, type CheckNeed, type SignInNeed } from './model.ts'
import type { CheckReading, PostureStatement } from './statement.ts'

/**
 * From the mildest to the strictest. `notice` = done, and said what is not known; `step-up` = signing in is enough; `hold` = kept here
 * until the device is in order; `deny` = not done.
 */
export const gateDecisions = ['allow', 'notice', 'step-up', 'hold', 'deny'] as const
export type GateDecision = (typeof gateDecisions)[number]

export interface GateAnswer {
  readonly decision: GateDecision
  readonly reasons: readonly Reason[]
}

/** What a verified sign-in says (its token, judged against the keys of the provider that the log knows). */
export interface SignInFacts {
  /** When the provider last vouched for the person, milliseconds since 1970 UTC (`iat` of the latest token). */
  readonly at: number
  /** When the person last gave proof themselves (`auth_time` of the token with the nonce). */
  readonly provenAt: number
  /** Authentication contexts the provider says were satisfied (`acrs`, `acr`). */
  readonly contexts: readonly string[]
  /** How (`amr`, RFC 8176). */
  readonly methods: readonly string[]
}

export interface ActFacts {
  readonly type: string
  /** When the act is done, milliseconds since 1970 UTC. */
  readonly at: number
  /** Of the person who acts; null when the person is not known. */
  readonly employment: Person['employment'] | null
  /** Null until there is a posture statement / a token: unknown. */
  readonly posture: PostureStatement | null
  readonly token: SignInFacts | null
  /** Of this device. */
  readonly exceptions: readonly CheckException[]
}

const hourMs = 60 * 60 * 1000
const dayMs = 24 * hourMs

/** What takes back acts of the person's own, and what lifts the brake for them: asked of them under every policy. */
const alwaysConfirmed: ReadonlySet<string> = new Set(['session.leave', 'brake.lift'])

/** PO-4 does this act need the consent window and the PIN? Asked apart: a person confirms what is allowed. */
export function needsConsent(policy: DevicePolicy | null, type: string): boolean {
  if (alwaysConfirmed.has(type)) return true
  return policy !== null && policy.consentFor.some((pattern) => matchesPattern(pattern, type))
}

/** PO-5: does the policy keep this act from people of this employment? */
export function isWithheld(policy: DevicePolicy, { type, employment }: Pick<ActFacts, 'type' | 'employment'>): boolean {
  return (policy.withheld ?? []).some((rule) => rule.employment === employment && rule.acts.some((pattern) => matchesPattern(pattern, type)))
}

export function evaluateAct(policy: DevicePolicy | null, facts: ActFacts): GateAnswer {
  if (!policy) return { decision: 'deny', reasons: [{ code: 'policy-missing' }] }
  if (isWithheld(policy, facts)) return { decision: 'deny', reasons: [{ code: 'withheld-from-employment', facts: { type: facts.type } }] }
  const speaking = (policy.rules ?? []).filter((rule) => rule.acts.some((pattern) => matchesPattern(pattern, facts.type)))
  const answers = speaking.length > 0 ? speaking.flatMap((rule) => answersOf(rule, facts)) : unasked(facts)
  return answers.reduce<GateAnswer>(strictest, { decision: 'allow', reasons: [] })
}

/** PO-3 of what no rule speaks, what is not known is said. */
function unasked({ posture, token }: ActFacts): readonly GateAnswer[] {
  return [...(posture ? [] : [said('notice', 'posture-unknown')]), ...(token ? [] : [said('notice', 'token-unknown')])]
}

function answersOf(rule: ActRule, facts: ActFacts): readonly GateAnswer[] {
  return [...levelAnswers(rule, facts), ...rule.checks.flatMap((need) => checkAnswers(rule, need, facts)), ...(rule.signIn ? signInAnswers(rule, rule.signIn, facts) : [])]
}

function levelAnswers({ level, otherwise }: ActRule, { posture }: ActFacts): readonly GateAnswer[] {
  if (level === null) return []
  if (!posture) return [said(otherwise, 'posture-unknown')]
  return protectionLevels.indexOf(posture.level) < protectionLevels.indexOf(level) ? [said(otherwise, 'level-too-low', { level: posture.level, needed: level })] : []
}

/** PO-21, PO-23, PO-24 for one check: excused, in its days of grace, or what the rule says. */
function checkAnswers(rule: ActRule, need: CheckNeed, { posture, at, exceptions }: ActFacts): readonly GateAnswer[] {
  if (posture && need.systems && !need.systems.includes(posture.system)) return []
  const reading = posture?.checks.find((one) => one.id === need.check && !isLater(one.at, at)) ?? null
  const wrong = wrongOf(need, reading, at)
  if (!wrong) return []
  const facts = { check: need.check }
  const day = jstDate(at)
  if (exceptions.some((one) => one.device === posture?.device && one.check === need.check && one.from <= day && day <= one.to)) return [said('notice', 'check-excused', facts)]
  if (wrong === 'check-unknown' && need.unknown === 'notice') return [said('notice', wrong, facts)]
  const left = reading ? daysLeft(rule, reading, at) : 0
  return left > 0 ? [said('notice', `${wrong}-grace`, { ...facts, days: left })] : [said(rule.otherwise, wrong, facts)]
}

/** PO-26 what says that it was read, or vouched for, after the act it is to speak for says nothing of it. */
const isLater = (then: number, at: number): boolean => then - at > driftMs

function wrongOf({ maxAgeHours }: CheckNeed, reading: CheckReading | null, at: number): 'check-failed' | 'check-unknown' | 'check-old' | null {
  if (!reading || reading.verdict === 'unknown') return 'check-unknown'
  if (at - reading.at > maxAgeHours * hourMs) return 'check-old'
  return reading.verdict === 'fail' ? 'check-failed' : null
}

/** PO-23 days of grace left of a check that does not pass; 0 = none. */
export function daysLeft({ graceDays }: Pick<ActRule, 'graceDays'>, { since }: Pick<CheckReading, 'since'>, at: number): number {
  return Math.min(graceDays, Math.max(0, Math.ceil((since + graceDays * dayMs - at) / dayMs)))
}

function signInAnswers({ otherwise }: ActRule, { maxAgeHours, sameDay, context }: SignInNeed, { token, at }: ActFacts): readonly GateAnswer[] {
  const decision = otherwise === 'notice' ? 'notice' : 'step-up'
  if (!token || isLater(token.at, at)) return [said(decision, 'token-unknown')]
  const answers: GateAnswer[] = []
  if (at - token.at > maxAgeHours * hourMs) answers.push(said(decision, 'sign-in-old', { hours: maxAgeHours }))
  if (sameDay && jstDate(token.provenAt) !== jstDate(at)) answers.push(said(decision, 'sign-in-not-today'))
  if (context !== null && !token.contexts.includes(context)) answers.push(said(decision, 'context-missing', { context }))
  return answers
}

function said(decision: GateDecision, code: string, facts?: Reason['facts']): GateAnswer {
  return { decision, reasons: [facts ? { code, facts } : { code }] }
}

/** PO-25 the strictest of all wins; every reason is kept, each once. */
function strictest(a: GateAnswer, b: GateAnswer): GateAnswer {
  const known = (one: Reason): boolean => a.reasons.some(({ code, facts }) => code === one.code && JSON.stringify(facts) === JSON.stringify(one.facts))
  return { decision: gateDecisions.indexOf(b.decision) > gateDecisions.indexOf(a.decision) ? b.decision : a.decision, reasons: [...a.reasons, ...b.reasons.filter((one) => !known(one))] }
}

/** What a refusal begins with: where signing in is enough it says so, not something of the device. */
export function refusalCode({ decision }: GateAnswer): 'sign-in-needed' | 'policy-denies' {
  return decision === 'step-up' ? 'sign-in-needed' : 'policy-denies'
}

/** May the act be done, and counted, now? */
export function isLetThrough({ decision }: GateAnswer): boolean {
  return decision === 'allow' || decision === 'notice'
}
