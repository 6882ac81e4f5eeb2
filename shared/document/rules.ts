// The town's rules that a document's reduction depends on, taken from its decision tables by the date of each act.

import { jstDate } from '../base/civil-date.ts'
import { holdsOn, inForce } from '../base/in-force.ts'
import type { Absence, DecisionTable, DevicePolicy, WitnessTightening } from '../authority/model.ts'

export interface DocumentRules {
  /** May one act of a person who holds two positions of the route satisfy both on that date? */
  mergeSamePerson(date: string): boolean
  /** DC-40 may `acting` decide such a matter in the place of the absent holder of `principal` (代決) on that date? */
  mayProxy(principal: string, acting: string, date: string, matter: ProxyMatter): boolean
  /** DC-44 may a step of this position before the decision be passed over (後閲) on that date, as it is away? */
  mayPass(position: string, date: string): boolean
  /** Within which time (ms) another seat has to receive an approval made at `ms` (since 1970 UTC); null = the town asks for none. */
  witnessMs(ms: number): number | null
}

/** What is decided in somebody's place: the flags on its cover, and why it could not wait, as far as it was said. */
export interface ProxyMatter {
  readonly flags: readonly string[]
  readonly urgency: string
}

/** Is `acting` who decides in the place of `principal` on that day? */
export function standsIn(absences: readonly Absence[], principal: string, acting: string, date: string): boolean {
  return absences.some((one) => one.position === principal && one.acting === acting && holdsOn(one, date))
}

/** DC-44 is the position away on that day, in a town that goes on without it? */
export function isPassedOver(table: DecisionTable | null, absences: readonly Absence[], position: string, date: string): boolean {
  return table?.proxies?.passesAway === true && absences.some((one) => one.position === position && holdsOn(one, date))
}

/** DC-41 is it a matter that is decided in somebody's place only where it could not wait? */
export function needsUrgency(table: DecisionTable | null, flags: readonly string[]): boolean {
  return table?.proxies?.notWith.some((flag) => flags.includes(flag)) ?? false
}

/** The flags on a frozen cover. */
export function flagsOf(cover: Readonly<Record<string, unknown>>): readonly string[] {
  const flags = cover['flags']
  return Array.isArray(flags) ? (flags as readonly string[]) : []
}

/** The policies of a town, how they were made stricter (AU-19), and the spans (ms, from inclusive to exclusive) in which it had one active seat or none. */
export interface WitnessRule {
  readonly policies: readonly DevicePolicy[]
  readonly tightenings: readonly WitnessTightening[]
  readonly alone: readonly { readonly from: number; readonly to: number }[]
}

/** Without a witness rule approvals need no witness; where nobody is away nobody decides in another's place. */
export function rulesOf(tables: readonly DecisionTable[], witness: WitnessRule = { policies: [], tightenings: [], alone: [] }, absences: readonly Absence[] = []): DocumentRules {
  return {
    mergeSamePerson: (date) => inForce(tables, date)?.mergeSamePerson ?? false,
    mayProxy: (principal, acting, date, { flags, urgency }) => standsIn(absences, principal, acting, date) && (urgency.trim() !== '' || !needsUrgency(inForce(tables, date), flags)),
    mayPass: (position, date) => isPassedOver(inForce(tables, date), absences, position, date),
    witnessMs(ms) {
      if (witness.alone.some(({ from, to }) => from <= ms && ms < to)) return null
      const date = jstDate(ms)
      const stricter = witness.tightenings.filter(({ since, until }) => since <= ms && (until === null || date < until)).map(({ hours }) => hours)
      const hours = Math.min(inForce(witness.policies, date)?.witnessHours ?? Infinity, ...stricter)
      return hours === Infinity ? null : hours * 60 * 60 * 1000
    },
  }
}
