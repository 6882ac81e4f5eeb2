// PO-30: what rules would have said to the sessions of the last thirty days, before a town holds them: who would have been stopped. It goes
// by what the sessions themselves carried; nothing is stored and nobody's session is touched.

import type { DevicePolicy } from '../authority/model.ts'
import { evaluateAct, isLetThrough, type ActFacts } from './evaluate.ts'
import type { ActRule } from './model.ts'

export interface PastSession extends Pick<ActFacts, 'posture' | 'token' | 'exceptions'> {
  readonly person: string
  /** When it began, milliseconds since 1970 UTC. */
  readonly at: number
}

export interface Rehearsed {
  readonly person: string
  readonly sessions: number
  /** Of them, in how many an act would not have been let through. */
  readonly stopped: number
  /** Is the latest one among them? */
  readonly wouldStopNow: boolean
}

/** People in the order of who would be stopped most. Each act of a rule is asked by itself, as it would be at the beginning of the session. */
export function rehearse(policy: DevicePolicy, rules: readonly ActRule[], sessions: readonly PastSession[]): readonly Rehearsed[] {
  const types = [...new Set(rules.flatMap(({ acts }) => acts.map((pattern) => pattern.replace('*', 'any'))))]
  const asking: DevicePolicy = { ...policy, withheld: [], rules }
  const isStopped = ({ at, posture, token, exceptions }: PastSession): boolean => types.some((type) => !isLetThrough(evaluateAct(asking, { type, at, employment: null, posture, token, exceptions })))
  const inOrder = [...sessions].sort((a, b) => a.at - b.at)
  return [...new Set(inOrder.map(({ person }) => person))]
    .map((person) => ({ person, own: inOrder.filter((one) => one.person === person) }))
    .map(({ person, own }): Rehearsed => ({ person, sessions: own.length, stopped: own.filter(isStopped).length, wouldStopNow: isStopped(own.at(-1) as PastSession) }))
    .sort((a, b) => b.stopped - a.stopped || (a.person < b.person ? -1 : 1))
}
