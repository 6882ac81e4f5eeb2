// PO-1 to PO-5: what a policy says to one act on one device in one state. Posture and token that are absent are unknown, never
// pass; the `trial` policy lets unknown through with a notice that says so, and asks for consent where it must.

import type { DevicePolicy, Person } from '../authority/model.ts'
import { matchesPattern } from '../base/patterns.ts'
import type { Reason } from '../base/verdict.ts'
import type { PostureStatement } from './statement.ts'

/** From the mildest to the strictest. `consent` = the person confirms in the window that main owns, with the PIN. */
export type GateDecision = 'allow' | 'notice' | 'consent' | 'deny'

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
  /** Of the person who acts; null when the person is not known. */
  readonly employment: Person['employment'] | null
  /** Null until there is a posture statement / a token: unknown. */
  readonly posture: PostureStatement | null
  readonly token: SignInFacts | null
}

export function evaluateAct(policy: DevicePolicy | null, facts: ActFacts): GateAnswer {
  if (!policy) return { decision: 'deny', reasons: [{ code: 'policy-missing' }] }
  if (isWithheld(policy, facts)) return { decision: 'deny', reasons: [{ code: 'withheld-from-employment', facts: { type: facts.type } }] }
  const reasons: Reason[] = []
  if (facts.posture === null) reasons.push({ code: 'posture-unknown' })
  if (facts.token === null) reasons.push({ code: 'token-unknown' })
  if (policy.consentFor.some((pattern) => matchesPattern(pattern, facts.type))) return { decision: 'consent', reasons }
  return { decision: reasons.length > 0 ? 'notice' : 'allow', reasons }
}

/** PO-5: does the policy keep this act from people of this employment? */
export function isWithheld(policy: DevicePolicy, { type, employment }: Pick<ActFacts, 'type' | 'employment'>): boolean {
  return (policy.withheld ?? []).some((rule) => rule.employment === employment && rule.acts.some((pattern) => matchesPattern(pattern, type)))
}
