// AU-13: what a change of the policy's values is, value by value, and how many voices it takes: one when nothing becomes looser, two
// otherwise. The act follows from the comparison, never from what somebody calls the change.

import { inForce } from './ask.ts'
import type { AuthorityBodies } from './events.ts'
import type { DevicePolicy } from './model.ts'
import { usualRecoveryHours, usualSilentHours, type AuthorityState } from './reduce.ts'

/** The values people change on a screen; everything else of a policy stays as it is. */
export interface PolicyValues {
  readonly idleLockMinutes: number
  readonly sessionHours: number
  readonly recoveryHours: number
  readonly silentHours: number
}

export type PolicyField = keyof PolicyValues

interface Range {
  readonly from: number
  readonly to: number
  /** Which way it becomes stricter. */
  readonly stricter: 'less' | 'more'
}

/** In which whole numbers a value makes sense; a session lives 12 hours at most. */
export const policyRanges: Readonly<Record<PolicyField, Range>> = {
  idleLockMinutes: { from: 1, to: 60, stricter: 'less' },
  sessionHours: { from: 1, to: 12, stricter: 'less' },
  recoveryHours: { from: 24, to: 720, stricter: 'more' },
  silentHours: { from: 8, to: 720, stricter: 'less' },
}

export const policyFields = Object.keys(policyRanges) as readonly PolicyField[]

export interface PolicyChange {
  readonly field: PolicyField
  readonly before: number
  readonly after: number
  readonly isLooser: boolean
}

export function policyValues({ idleLockMinutes, sessionHours, recoveryHours = usualRecoveryHours, silentHours = usualSilentHours }: DevicePolicy): PolicyValues {
  return { idleLockMinutes, sessionHours, recoveryHours, silentHours }
}

/** Only what differs. */
export function policyChanges(before: PolicyValues, after: PolicyValues): readonly PolicyChange[] {
  return policyFields.flatMap((field) => {
    const more = after[field] - before[field]
    return more === 0 ? [] : [{ field, before: before[field], after: after[field], isLooser: policyRanges[field].stricter === 'less' ? more > 0 : more < 0 }]
  })
}

export type PolicyAct = { readonly type: 'policy.tighten'; readonly body: AuthorityBodies['policy.tighten'] } | { readonly type: 'policy.put'; readonly body: DevicePolicy }

export type NoPolicyAct = 'no-policy' | 'nothing-changes' | 'out-of-range'

/** `id`: a fresh one. A policy that began earlier keeps its value for the days that were its own. */
export function actOfPolicy(state: AuthorityState, date: string, after: PolicyValues, { id, reason }: { readonly id: string; readonly reason: string }): PolicyAct | NoPolicyAct {
  const current = inForce(state.policies.values(), date)
  if (!current) return 'no-policy'
  const changes = policyChanges(policyValues(current), after)
  if (changes.length === 0) return 'nothing-changes'
  if (changes.some(({ field, after: value }) => !Number.isInteger(value) || value < policyRanges[field].from || value > policyRanges[field].to)) return 'out-of-range'
  if (changes.some(({ isLooser }) => isLooser)) return { type: 'policy.put', body: { ...current, ...after, id: current.from === date ? current.id : id, from: date, reason, replaces: state.tightenings } }
  const stricter = (field: PolicyField): number | null => changes.find((change) => change.field === field)?.after ?? null
  return { type: 'policy.tighten', body: { id, reason, consentFor: [], sessionHours: stricter('sessionHours'), idleLockMinutes: stricter('idleLockMinutes'), recoveryHours: stricter('recoveryHours'), silentHours: stricter('silentHours') } }
}

/** What an act would change of the policy in force, as it is shown to whoever gives a voice. */
export function changesOfAct(state: AuthorityState, date: string, { type, body }: { readonly type: string; readonly body: unknown }): readonly PolicyChange[] {
  const current = inForce(state.policies.values(), date)
  if (!current) return []
  const before = policyValues(current)
  if (type === 'policy.put') return policyChanges(before, policyValues(body as DevicePolicy))
  if (type !== 'policy.tighten') return []
  const { sessionHours, idleLockMinutes, recoveryHours, silentHours } = body as AuthorityBodies['policy.tighten']
  return policyChanges(before, { sessionHours: Math.min(before.sessionHours, sessionHours ?? Infinity), idleLockMinutes: Math.min(before.idleLockMinutes, idleLockMinutes ?? Infinity), recoveryHours: Math.max(before.recoveryHours, recoveryHours ?? 0), silentHours: Math.min(before.silentHours, silentHours ?? Infinity) })
}
