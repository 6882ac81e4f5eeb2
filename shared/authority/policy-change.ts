// AU-13: what a change of the policy is, value by value, and how many voices it takes: one when nothing becomes looser, two
// otherwise. The act follows from the comparison, never from what somebody calls the change.

import { encodeCbor } from '../base/cbor.ts'
import { equalBytes } from '../base/bytes.ts'
import { matchesPattern } from '../base/patterns.ts'
import { policyOn } from './ask.ts'
import { usualMassDocuments } from './brake.ts'
import { confirmedGroups, groupsOf, isConfirmed, patternsOf, type ConfirmedActs } from './confirmed-acts.ts'
import type { AuthorityBodies } from './events.ts'
import type { DevicePolicy } from './model.ts'
import type { ReviewRulesChange } from './review-rules.ts'
import { otherRules, sameRule, standardNames, standardOf, standardRules, type StandardRule } from './standard-rules.ts'
import type { ActRule, CheckException, CheckId } from '../posture/model.ts'
import { saidThresholds, thresholdNames, thresholdRanges, thresholdsOf, type Thresholds } from '../posture/checks/model.ts'
import { alwaysConfirming, tighten, usualRecoveryHours, usualSilentHours, type AuthorityState } from './reduce.ts'

/** The values people change on a screen; everything else of a policy stays as it is. */
export interface PolicyValues extends Thresholds {
  readonly idleLockMinutes: number
  readonly sessionHours: number
  readonly recoveryHours: number
  readonly silentHours: number
  /** Null: an approval waits for no other seat. */
  readonly witnessHours: number | null
  /** Null: how old the rules are that somebody knows is not asked. */
  readonly policyLagHours: number | null
  /** Null: a device opens however long it was away. */
  readonly contactDays: number | null
  /** JU-95 how many documents one seat changes within an hour before its person is asked. */
  readonly massDocuments: number
  /** Acts that need the PIN in main's window, those that always need it among them. */
  readonly confirmed: readonly ConfirmedActs[]
  /** What devices are asked before acts. */
  readonly asked: readonly StandardRule[]
  /** The town's own rules, beside the standard ones. */
  readonly own: readonly ActRule[]
}

export type PolicyField = Exclude<keyof PolicyValues, 'confirmed' | 'asked' | 'own'>

/** Those that a policy may go without. */
const limits = ['witnessHours', 'policyLagHours', 'contactDays'] as const
export type PolicyLimit = (typeof limits)[number]

interface Range {
  readonly from: number
  readonly to: number
  /** Which way it becomes stricter; no value at all (where there may be none) is the loosest. */
  readonly stricter: 'less' | 'more'
  readonly mayBeNone: boolean
}

/** In which whole numbers a value makes sense; a session lives 12 hours at most. */
export const policyRanges: Readonly<Record<PolicyField, Range>> = {
  idleLockMinutes: { from: 1, to: 60, stricter: 'less', mayBeNone: false },
  sessionHours: { from: 1, to: 12, stricter: 'less', mayBeNone: false },
  recoveryHours: { from: 24, to: 720, stricter: 'more', mayBeNone: false },
  silentHours: { from: 8, to: 720, stricter: 'less', mayBeNone: false },
  witnessHours: { from: 1, to: 168, stricter: 'less', mayBeNone: true },
  policyLagHours: { from: 24, to: 720, stricter: 'less', mayBeNone: true },
  contactDays: { from: 14, to: 365, stricter: 'less', mayBeNone: true },
  massDocuments: { from: 10, to: 10_000, stricter: 'less', mayBeNone: false },
  ...thresholdRanges,
}

export const policyFields = Object.keys(policyRanges) as readonly PolicyField[]

export type PolicyChange =
  | { readonly kind: 'value'; readonly field: PolicyField; readonly before: number | null; readonly after: number | null; readonly isLooser: boolean }
  | { readonly kind: 'confirmed'; readonly acts: ConfirmedActs; readonly isLooser: boolean }
  /** A type of acts, or a pattern, that belongs to no group which changes. */
  | { readonly kind: 'confirmed-type'; readonly type: string; readonly isLooser: boolean }
  | { readonly kind: 'asked'; readonly rule: StandardRule; readonly isLooser: boolean }
  | { readonly kind: 'own-rule'; readonly rule: ActRule; readonly isLooser: boolean }
  /** AU-23 one check of one device, excused or not any more. */
  | { readonly kind: 'excused'; readonly device: string; readonly check: CheckId; readonly from: string; readonly to: string; readonly isLooser: boolean }
  /** AU-67 of the rules of the review. */
  | ReviewRulesChange
  /** Something that no screen shows by its values; taken for looser. */
  | { readonly kind: 'other'; readonly name: string; readonly isLooser: true }

/** A value that may be none is null, or not there. */
type ValuedPolicy = Omit<DevicePolicy, PolicyLimit> & { readonly [K in PolicyLimit]?: number | null }

export function policyValues({ idleLockMinutes, sessionHours, recoveryHours = usualRecoveryHours, silentHours = usualSilentHours, witnessHours = null, policyLagHours = null, contactDays = null, massDocuments = usualMassDocuments, consentFor, rules, thresholds }: ValuedPolicy): PolicyValues {
  return { idleLockMinutes, sessionHours, recoveryHours, silentHours, witnessHours, policyLagHours, contactDays, massDocuments, ...thresholdsOf(thresholds), confirmed: groupsOf(consentFor), asked: standardOf(rules ? { rules } : {}), own: otherRules(rules ? { rules } : {}) }
}

/** Only what differs. */
export function policyChanges(before: PolicyValues, after: PolicyValues): readonly PolicyChange[] {
  const values = policyFields.flatMap((field): readonly PolicyChange[] => {
    const strictness = (value: number | null): number => (value === null ? -Infinity : policyRanges[field].stricter === 'less' ? -value : value)
    return before[field] === after[field] ? [] : [{ kind: 'value', field, before: before[field], after: after[field], isLooser: !(strictness(after[field]) > strictness(before[field])) }]
  })
  const acts = confirmedGroups.flatMap(({ name }): readonly PolicyChange[] => {
    const isLooser = before.confirmed.includes(name)
    return isLooser === after.confirmed.includes(name) ? [] : [{ kind: 'confirmed', acts: name, isLooser }]
  })
  const rules = standardNames.flatMap((rule): readonly PolicyChange[] => {
    const isLooser = before.asked.includes(rule)
    return isLooser === after.asked.includes(rule) ? [] : [{ kind: 'asked', rule, isLooser }]
  })
  const ownRules = (isLooser: boolean): readonly PolicyChange[] => lacking(isLooser ? before.own : after.own, isLooser ? after.own : before.own).map((rule) => ({ kind: 'own-rule', rule, isLooser }))
  return [...values, ...acts, ...rules, ...ownRules(true), ...ownRules(false)]
}

export type PolicyAct = { readonly type: 'policy.tighten'; readonly body: AuthorityBodies['policy.tighten'] } | { readonly type: 'policy.put'; readonly body: DevicePolicy }

/** `mixed`: a policy begins on the day it is proposed, and approvals made until it is agreed to were not made under a stricter witness rule. */
export type NoPolicyAct = 'no-policy' | 'nothing-changes' | 'out-of-range' | 'always-confirmed' | 'mixed'

/** `id`: a fresh one. A policy that began earlier keeps its value for the days that were its own. */
export function actOfPolicy(state: AuthorityState, date: string, after: PolicyValues, { id, reason }: { readonly id: string; readonly reason: string }): PolicyAct | NoPolicyAct {
  const current = policyOn(state, date)
  if (!current) return 'no-policy'
  const before = policyValues(current)
  const changes = policyChanges(before, after)
  if (changes.length === 0) return 'nothing-changes'
  if (policyFields.some((field) => before[field] !== after[field] && !isInRange(field, after[field]))) return 'out-of-range'
  if (confirmedGroups.some(({ name, always }) => always && !after.confirmed.includes(name))) return 'always-confirmed'
  const added = [...after.asked.filter((name) => !before.asked.includes(name)).map((name) => standardRules[name]), ...lacking(after.own, before.own)]
  const stricter = (field: PolicyField): number | null => (before[field] === after[field] ? null : after[field])
  const limited = limits.flatMap((field) => (stricter(field) === null ? [] : [[field, stricter(field)] as const]))
  const sharper = thresholdNames.filter((name) => before[name] !== after[name])
  if (!changes.some(({ isLooser }) => isLooser)) return { type: 'policy.tighten', body: { id, reason, consentFor: patternsOf(after.confirmed.filter((name) => !before.confirmed.includes(name))), sessionHours: stricter('sessionHours'), idleLockMinutes: stricter('idleLockMinutes'), recoveryHours: stricter('recoveryHours'), silentHours: stricter('silentHours'), ...Object.fromEntries(limited), ...(before.massDocuments === after.massDocuments ? {} : { massDocuments: after.massDocuments }), ...(added.length === 0 ? {} : { rules: added }), ...(sharper.length === 0 ? {} : { thresholds: Object.fromEntries(sharper.map((name) => [name, after[name]])) }) } }
  if (changes.some((change) => change.kind === 'value' && change.field === 'witnessHours' && !change.isLooser)) return 'mixed'
  const freed = patternsOf(before.confirmed.filter((name) => !after.confirmed.includes(name)))
  const consentFor = [...new Set([...current.consentFor.filter((pattern) => !freed.some((one) => matchesPattern(pattern, one))), ...patternsOf(after.confirmed)])].sort()
  const { witnessHours: _before, policyLagHours: _lag, contactDays: _days, rules: _rules, thresholds: _thresholds, ...rest } = current
  const { witnessHours, policyLagHours, contactDays, massDocuments, asked, idleLockMinutes, sessionHours, recoveryHours, silentHours } = after
  const values = { idleLockMinutes, sessionHours, recoveryHours, silentHours, massDocuments }
  const thresholds = saidThresholds(after)
  const rules = [...after.own, ...asked.map((name) => standardRules[name])]
  return { type: 'policy.put', body: { ...rest, ...values, ...(witnessHours === null ? {} : { witnessHours }), ...(policyLagHours === null ? {} : { policyLagHours }), ...(contactDays === null ? {} : { contactDays }), ...(rules.length === 0 ? {} : { rules }), ...(thresholds === null ? {} : { thresholds }), kind: rules.length === 0 ? 'trial' : 'enforced', consentFor, id: current.from === date ? current.id : id, from: date, reason, replaces: state.tightenings } }
}

/** Those of `rules` that are not among `others`. */
const lacking = (rules: readonly ActRule[], others: readonly ActRule[]): readonly ActRule[] => rules.filter((one) => !others.some((other) => sameRule(one, other)))

export function isInRange(field: PolicyField, value: number | null): boolean {
  const { from, to, mayBeNone } = policyRanges[field]
  return value === null ? mayBeNone : Number.isInteger(value) && value >= from && value <= to
}

/** What an act would change of the policy in force, as it is shown to whoever gives a voice. */
export function changesOfAct(state: AuthorityState, date: string, { type, body }: { readonly type: string; readonly body: unknown }): readonly PolicyChange[] {
  const current = policyOn(state, date)
  if (!current) return []
  if (type === 'policy.put') return comparePolicies(current, alwaysConfirming(body as DevicePolicy))
  return type === 'policy.tighten' ? comparePolicies(current, tightened(current, body as AuthorityBodies['policy.tighten'])) : []
}

/** AU-23 what excusing a check, or ending that, means. */
export function changesOfExcuse({ device, check, from, to }: CheckException, isLooser: boolean): readonly PolicyChange[] {
  return [{ kind: 'excused', device, check, from, to, isLooser }]
}

function tightened(policy: DevicePolicy, by: AuthorityBodies['policy.tighten']): DevicePolicy {
  const strict = tighten(policy, by)
  return by.witnessHours === undefined ? strict : { ...strict, witnessHours: Math.min(policy.witnessHours ?? Infinity, by.witnessHours) }
}

/** What tells one policy from another is not what it asks for. */
const shownElsewhere: ReadonlySet<string> = new Set([...policyFields, 'consentFor', 'rules', 'thresholds', 'kind', 'id', 'from', 'reason', 'replaces'])

function comparePolicies(before: DevicePolicy, after: DevicePolicy): readonly PolicyChange[] {
  const changes = policyChanges(policyValues(before), policyValues(after))
  const told = patternsOf(changes.flatMap((change) => (change.kind === 'confirmed' ? [change.acts] : [])))
  const types = [...new Set([...before.consentFor, ...after.consentFor])].sort().flatMap((type): readonly PolicyChange[] => {
    const isLooser = isConfirmed(before.consentFor, type)
    return isLooser === isConfirmed(after.consentFor, type) || told.some((pattern) => matchesPattern(pattern, type)) ? [] : [{ kind: 'confirmed-type', type, isLooser }]
  })
  const value = (policy: DevicePolicy, name: string): Uint8Array => encodeCbor((policy as unknown as Readonly<Record<string, unknown>>)[name] ?? null)
  const others = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => !shownElsewhere.has(name) && !equalBytes(value(before, name), value(after, name)))
  return [...changes, ...types, ...others.sort().map((name): PolicyChange => ({ kind: 'other', name, isLooser: true }))]
}
