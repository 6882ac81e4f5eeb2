// Which version of the town's rules for acts was in force when something was done: by what its author knew of collection zero, as every
// replica judges it (JU-10).

import { jstDate } from '@shared/base/civil-date.ts'
import type { AuthorityState } from '@shared/authority/reduce.ts'
import { changesAuthority } from '@shared/authority/events.ts'
import { policyFor } from '@shared/judge/judge.ts'
import type { KnownEvent } from '@shared/log/event.ts'
import type { Vector } from '@shared/log/session.ts'
import { isAboutNumbers } from '@shared/numbers/events.ts'
import type { AuditRow } from '../services/audit-models.ts'
import type { AuditedAct } from './audit-log.ts'
import type { VaultCore } from './core.ts'

type InForce = (act: Pick<AuditedAct, 'lane' | 'type' | 'at' | 'authority'>) => AuditRow['rule']

/** One for a whole list: positions of the log at which the same was known are reduced once. */
export function auditRules(core: VaultCore): InForce {
  const acts = core.view.authority().filter(({ event }) => changesAuthority(event.type) && !isAboutNumbers(event.type))
  const places = placesOf(acts)
  const states = new Map<string, AuthorityState>()
  const keys = new WeakMap<Vector, string>()
  const rules = new Map<string, AuditRow['rule']>()
  const keyOf = (vector: Vector): string => {
    const held = keys.get(vector)
    if (held !== undefined) return held
    const key = [...places].map(([lane, seqs]) => upTo(seqs, vector[lane] ?? 0)).join()
    keys.set(vector, key)
    return key
  }
  return ({ lane, type, at, authority }) => {
    const key = keyOf(authority)
    const date = jstDate(at)
    const seat = lane.slice(0, lane.indexOf('.'))
    const asked = `${key} ${date} ${seat} ${type}`
    if (rules.has(asked)) return rules.get(asked) ?? null
    const state = states.get(key) ?? core.reduce(acts.filter((known) => known.seq <= (authority[laneOf(known)] ?? 0)))
    states.set(key, state)
    const policy = policyFor(state, seat, type, date)
    const rule = policy && { id: policy.id, title: policy.title, from: policy.from, tightened: tightenedOn(acts, state.tightenings) }
    rules.set(asked, rule)
    return rule
  }
}

function laneOf({ lane }: KnownEvent): string {
  return lane.slice(0, lane.indexOf('/'))
}

function placesOf(acts: readonly KnownEvent[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>()
  for (const known of acts) places.set(laneOf(known), [...(places.get(laneOf(known)) ?? []), known.seq])
  for (const seqs of places.values()) seqs.sort((a, b) => a - b)
  return new Map([...places].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** How many of them lie at or before a place. */
function upTo(seqs: readonly number[], seq: number): number {
  const after = seqs.findIndex((one) => one > seq)
  return after < 0 ? seqs.length : after
}

/** The day of the last tightening that holds. */
function tightenedOn(acts: readonly KnownEvent[], holding: readonly string[]): string | null {
  const times = acts.filter(({ id }) => holding.includes(id)).map(({ event }) => event.hlc.ms)
  return times.length === 0 ? null : jstDate(Math.max(...times))
}
