// AU-71, JU-70: how long ago somebody else last said that the rules known at a position of the log are the newest. Nobody renews it for
// themselves: who hears of nobody acts on old rules.

import { driftMs } from '../log/clock.ts'
import { asksForNewest, type Term } from '../posture/model.ts'
import type { DevicePolicy } from './model.ts'
import type { AuthorityState } from './reduce.ts'

const hourMs = 60 * 60 * 1000
/** Who says so reached the storage at most so long ago. */
export const contactFreshMs = hourMs

type Heard = Pick<AuthorityState, 'heard' | 'seats' | 'removedSeats'>

/** Is there anybody else with a seat, who could say so? */
function hasOthers({ seats, removedSeats }: Heard, person: string): boolean {
  return [...seats.values()].some((seat) => seat.person !== person && !removedSeats.has(seat.id))
}

/** The latest word of somebody else; one that claims a time more than five minutes after `at` says nothing of it. Null: none. */
export function heardOfOthers({ heard }: Pick<Heard, 'heard'>, person: string, at: number): number | null {
  const times = heard.filter((word) => word.person !== person && word.at - at <= driftMs).map((word) => word.at)
  return times.length === 0 ? null : Math.max(...times)
}

/** From when to when what is known here is new enough for a person to decide and export; null where nothing is asked. Without any word it is over. */
export function newestUntil(policy: DevicePolicy, state: Heard, person: string, now: number): Term | null {
  if (policy.policyLagHours === undefined || !hasOthers(state, person)) return null
  const from = heardOfOthers(state, person, now)
  return from === null ? { from: now, until: now } : { from, until: from + policy.policyLagHours * hourMs }
}

/** JU-70 is the act one that is not done on rules so old? */
export function restsOnOldRules(policy: DevicePolicy | null, state: Heard, { type, person, at }: { readonly type: string; readonly person: string; readonly at: number }): boolean {
  if (!policy || !asksForNewest(type)) return false
  const known = newestUntil(policy, state, person, at)
  return known !== null && (heardOfOthers(state, person, at) === null || at > known.until)
}

/**
 * PO-50 after how many days away from the storage a device does not open this seat; null where that is not asked. Where no other device has a
 * seat there is nobody to be away from; a seat made with the recovery sheets is the way out when a storage is gone for good.
 */
export function contactDaysOf(policy: DevicePolicy | null, { seats, removedSeats, recovered }: Pick<AuthorityState, 'seats' | 'removedSeats' | 'recovered'>, { device, seat: id }: { readonly device: string; readonly seat: string }): number | null {
  const isAlone = ![...seats.values()].some((seat) => seat.device !== device && !removedSeats.has(seat.id))
  return isAlone || recovered.has(id) ? null : (policy?.contactDays ?? null)
}

/** AU-71 should this person say so now? Two people's words are enough for everybody, and are given anew from half the time on. */
export function isWordDue(policy: DevicePolicy | null, state: Heard, person: string, now: number): boolean {
  if (policy?.policyLagHours === undefined || !hasOthers(state, person)) return false
  const since = now - (policy.policyLagHours * hourMs) / 2
  const fresh = new Set(state.heard.filter(({ at }) => since < at && at - now <= driftMs).map((word) => word.person))
  return !fresh.has(person) && fresh.size < 2
}
