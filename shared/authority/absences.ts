// AU-100 to AU-103: 不在 and 代決. Who is away, and who decides in their place meanwhile: a dated grant of a position's decisions, given by
// its holder or an administrator in the order that the town's rules of deciding name. What a decision in somebody's place is worth the
// document's own rules say (DC-40).

import { addDays, isCivilDate, jstDate } from '../base/civil-date.ts'
import { holdsOn, inForce } from '../base/in-force.ts'
import { holdersOf, isAdmin } from './ask.ts'
import type { AbsenceEnd } from './events.ts'
import type { Absence, DecisionTable, Effective, HeldAbsence, ProxyRules, StandIn } from './model.ts'
import type { AuthorityState } from './reduce.ts'

export type AbsenceRefusal = 'position-empty' | 'not-holder' | 'not-in-order' | 'earlier-in-order' | 'own-standing-in' | 'absence-days' | 'absence-gone' | 'absence-past'

export function proxyRulesOn(state: Pick<AuthorityState, 'decisionTables'>, date: string): ProxyRules | null {
  return inForce<DecisionTable>(state.decisionTables.values(), date)?.proxies ?? null
}

/** AU-100 who holds the position, and administrators. */
export function mayRegisterAbsence(state: AuthorityState, person: string, position: string, date: string): boolean {
  return holdersOf(state, position, date).includes(person) || isAdmin(state, person, date)
}

/** Who decides in the place of whom on a day. */
export function standInsOn(state: Pick<AuthorityState, 'absences'>, date: string): readonly StandIn[] {
  return [...state.absences.values()].flatMap((one) => (one.acting !== null && holdsOn(one, date) ? [{ principal: one.position, acting: one.acting }] : []))
}

/** Those of the order who may decide in the place of `position` through all of these days: whoever comes before is away as long, or nobody. */
export function possibleStandIns(state: AuthorityState, position: string, days: Effective & { readonly to: string }): readonly string[] {
  const order = proxyRulesOn(state, days.from)?.orders.find(({ principal }) => principal === position)?.acting ?? []
  const blocking = order.findIndex((earlier) => !isAway(state, earlier, days))
  return (blocking < 0 ? order : order.slice(0, blocking + 1)).filter((one) => holdersOf(state, one, days.from).length > 0)
}

function isAway(state: AuthorityState, position: string, { from, to }: Effective & { readonly to: string }): boolean {
  return holdersOf(state, position, from).length === 0 || [...state.absences.values()].some((one) => one.position === position && one.from <= from && to <= one.to)
}

/** What stands against saying so at a moment (milliseconds since 1970 UTC); null = nothing. */
export function absenceRefusal(state: AuthorityState, absence: Absence, person: string, ms: number): AbsenceRefusal | null {
  const date = jstDate(ms)
  const { position, acting, from, to } = absence
  const rules = proxyRulesOn(state, date)
  if (!isCivilDate(from) || !isCivilDate(to) || from < date || to < from || !rules || to > addDays(from, rules.longestDays - 1)) return 'absence-days'
  // An empty position is no absence: whoever acts for it does so in their own name (地方自治法 152 条).
  if (holdersOf(state, position, from).length === 0) return 'position-empty'
  if (!mayRegisterAbsence(state, person, position, date)) return 'not-holder'
  if (acting === null) return null
  if (holdersOf(state, acting, from).includes(person)) return 'own-standing-in'
  if (possibleStandIns(state, position, absence).includes(acting)) return null
  return proxyRulesOn(state, from)?.orders.some((order) => order.principal === position && order.acting.includes(acting)) ? 'earlier-in-order' : 'not-in-order'
}

/** AU-103 what was decided on earlier days stays decided: it ends today at the earliest. */
export function endRefusal(state: AuthorityState, { absence, to }: AbsenceEnd, person: string, ms: number): AbsenceRefusal | null {
  const date = jstDate(ms)
  const held = state.absences.get(absence)
  if (!held) return 'absence-gone'
  if (!mayRegisterAbsence(state, person, held.position, date)) return 'not-holder'
  return !isCivilDate(to) || to < date ? 'absence-past' : null
}

/** Which are of today or still to come, the first to begin first. */
export function absencesFrom(state: Pick<AuthorityState, 'absences'>, date: string): readonly HeldAbsence[] {
  return [...state.absences.values()].filter(({ from, to }) => from <= to && to >= date).sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.id < b.id ? -1 : 1))
}
