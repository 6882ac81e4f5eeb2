// PO-1 to PO-4: what a policy says to one act on one device in one state. Posture and token that are absent are unknown, never
// pass; the `trial` policy lets unknown through with a notice that says so, and asks for consent where it must.

import type { DevicePolicy } from '../authority/model.ts'
import type { Reason } from '../base/verdict.ts'

/** From the mildest to the strictest. `consent` = the person confirms in the window that main owns, with the PIN. */
export type GateDecision = 'allow' | 'notice' | 'consent' | 'deny'

export interface GateAnswer {
  readonly decision: GateDecision
  readonly reasons: readonly Reason[]
}

export interface ActFacts {
  readonly type: string
  /** Null until there is a posture statement / a token: unknown. */
  readonly posture: null
  readonly token: null
}

/** Patterns are an exact type or `noun.*`. */
function matches(pattern: string, type: string): boolean {
  return pattern.endsWith('.*') ? type.startsWith(pattern.slice(0, -1)) : pattern === type
}

export function evaluateAct(policy: DevicePolicy | null, facts: ActFacts): GateAnswer {
  if (!policy) return { decision: 'deny', reasons: [{ code: 'policy-missing' }] }
  const reasons: Reason[] = []
  if (facts.posture === null) reasons.push({ code: 'posture-unknown' })
  if (facts.token === null) reasons.push({ code: 'token-unknown' })
  if (policy.consentFor.some((pattern) => matches(pattern, facts.type))) return { decision: 'consent', reasons }
  return { decision: reasons.length > 0 ? 'notice' : 'allow', reasons }
}
