// JU-30, JU-31: who may write an act about official numbers into collection zero, and that a number is one of its day's period.
// Whether the act then counts is for the books of numbers to say (shared/numbers).

import { hasRole, isAdmin, seatedAdmins } from '../authority/ask.ts'
import { isBehindCut, type Cuts } from '../authority/cut.ts'
import type { NumberSeries, Role } from '../authority/model.ts'
import type { AuthorityState } from '../authority/reduce.ts'
import type { Reason } from '../base/verdict.ts'
import { isOfThisSchema, type KnownEvent, type LogEvent } from '../log/event.ts'
import { parseNumberAct, type NumberActType } from '../numbers/events.ts'
import { periodOf } from '../numbers/series.ts'

const keeping: readonly Role[] = ['records']
/** A number of a block is given by whoever writes at the seat that holds it. */
const giving: readonly Role[] = ['records', 'writer', 'approver']

/** Empty = may. `date`: the day of the act in Japan. */
export function judgeNumberAct(event: LogEvent, authority: AuthorityState, date: string): Reason[] {
  const facts = { type: event.type }
  if (!isOfThisSchema(event)) return isAdmin(authority, event.person, date) ? [] : [{ code: 'role-missing', facts }]
  const act = parseNumberAct(event)
  if (!act) return [{ code: 'number-malformed', facts }]
  const series = authority.series.get(act.body.series)
  if (!series) return [{ code: 'series-unknown', facts }]
  const reasons: Reason[] = mayAboutNumbers(authority, event.person, act.type, series, date) ? [] : [{ code: 'role-missing', facts }]
  if (act.type === 'number.takeover' && act.body.alone === true && seatedAdmins(authority, event.hlc.ms).some((admin) => admin !== event.person)) reasons.push({ code: 'not-alone' })
  if (act.type === 'number.grant' && act.body.size > series.blockSize) reasons.push({ code: 'number-malformed', facts })
  if (act.type === 'number.assign' && act.body.period !== periodOf(series, date)) reasons.push({ code: 'number-period', facts })
  return reasons
}

/** What an administrator does about numbers. */
function isTakingOver(type: string): boolean {
  return type === 'number.takeover' || type === 'number.agree' || type === 'number.withdraw'
}

/** NU-11: a removed seat's acts behind its cut; a former administrator keeps numbers as before, but for takeovers. */
export function isNumberCut(cuts: Cuts, known: KnownEvent): boolean {
  return isBehindCut(isTakingOver(known.event.type) ? cuts : { ...cuts, formerAdmins: new Map() }, known)
}

/** A series of a section is kept by its records officers, one of the town by any; a lost registrar is replaced by an administrator. */
export function mayAboutNumbers(authority: AuthorityState, person: string, type: NumberActType, series: NumberSeries, date: string): boolean {
  if (isTakingOver(type)) return isAdmin(authority, person, date)
  const roles = type === 'number.assign' || type === 'number.ask' || type === 'number.unask' ? giving : keeping
  return [...authority.collections.values()].some(({ id, section }) => (series.section === null || series.section === section) && hasRole(authority, person, id, roles, date))
}
