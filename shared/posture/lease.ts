// PO-40: how long each kind of act can still be done without a connection. What runs out is the provider's word for a sign-in and the days
// of grace of a check; both are renewed, or mended, only by somebody. So is how long ago others said that the rules known here are the
// newest (JU-70). The same rules as `evaluate.ts`, read ahead of time.

import type { DevicePolicy } from '../authority/model.ts'
import { jstDate } from '../base/civil-date.ts'
import { matchesPattern } from '../base/patterns.ts'
import type { ActFacts, SignInFacts } from './evaluate.ts'
import { asksForNewest, type ActRule, type SignInNeed, type Term } from './model.ts'

/** By an act of each kind. */
export const leasedActs = { draft: 'draft.body', submit: 'document.submit', decide: 'decision.approve', export: 'document.export' } as const
/** `open`: the seat itself (PO-50). */
export type LeasedAct = keyof typeof leasedActs | 'open'

export interface Lease {
  readonly act: LeasedAct
  /** Since when it runs, milliseconds since 1970 UTC. */
  readonly from: number
  /** From then on the act is refused; null where nothing runs out. In the past: it is refused already. */
  readonly until: number | null
  /** What runs out first. */
  readonly runsOut: 'sign-in' | 'grace' | 'rules' | 'contact' | null
}

const hourMs = 60 * 60 * 1000
const dayMs = 24 * hourMs
const zoneMs = 9 * hourMs

/** `newest`: how long the rules known here are new enough (JU-70); null where that is not asked. */
export function leasesOf(policy: DevicePolicy, facts: Pick<ActFacts, 'posture' | 'token'>, now: number, newest: Term | null = null): readonly Lease[] {
  return (Object.keys(leasedActs) as readonly (keyof typeof leasedActs)[]).map((act): Lease => {
    const rules = (policy.rules ?? []).filter((rule) => rule.otherwise !== 'notice' && rule.acts.some((pattern) => matchesPattern(pattern, leasedActs[act])))
    const known: readonly End[] = newest && asksForNewest(leasedActs[act]) ? [{ ...newest, runsOut: 'rules' }] : []
    const ends = [...known, ...rules.flatMap((rule) => (rule.signIn ? [signInEnd(rule.signIn, facts.token, now)] : [])), ...rules.flatMap((rule) => graceEnds(rule, facts, now))]
    const first = ends.toSorted((a, b) => a.until - b.until)[0]
    return first ? { act, ...first } : { act, from: now, until: null, runsOut: null }
  })
}

type End = Term & { readonly runsOut: 'sign-in' | 'grace' | 'rules' }

/** PO-22: so many hours after the provider last vouched, and at the end of the day in Japan on which the person signed in. */
function signInEnd({ maxAgeHours, sameDay }: SignInNeed, token: SignInFacts | null, now: number): End {
  if (!token) return { from: now, until: now, runsOut: 'sign-in' }
  const old = token.at + maxAgeHours * hourMs
  return { from: token.at, until: sameDay ? Math.min(old, endOfJstDay(token.provenAt)) : old, runsOut: 'sign-in' }
}

/** PO-23: of checks that do not pass and are in their days of grace. */
function graceEnds({ graceDays, checks }: ActRule, { posture }: Pick<ActFacts, 'posture'>, now: number): readonly End[] {
  if (graceDays === 0 || !posture) return []
  return checks.flatMap((need) => {
    const reading = posture.checks.find(({ id }) => id === need.check)
    const counts = reading && (reading.verdict === 'fail' || (reading.verdict === 'unknown' && need.unknown === 'fail')) && (need.systems?.includes(posture.system) ?? true)
    return reading && counts ? [{ from: Math.min(reading.since, now), until: reading.since + graceDays * dayMs, runsOut: 'grace' as const }] : []
  })
}

function endOfJstDay(at: number): number {
  return Date.parse(`${jstDate(at)}T00:00:00Z`) + dayMs - zoneMs
}

/** Is there less than half of it left? From then on it is said everywhere. */
export function isHalfOver({ from, until }: Pick<Lease, 'from' | 'until'>, now: number): boolean {
  return until !== null && now >= from + (until - from) / 2
}
