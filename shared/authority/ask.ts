// Questions to the authority state on a given civil date: who held which position, who may read or write where, which rules held.

import { bytesToHex } from '../base/bytes.ts'
import { addDays, jstDate } from '../base/civil-date.ts'
import { holdsOn, inForce } from '../base/in-force.ts'
import { usualRecoveryHours, usualSilentHours, type AuthorityState } from './reduce.ts'
import type { DevicePolicy, DocumentGrant, Grant, Position, Role } from './model.ts'

/** The policy in force on a date, with the witness rule of what is approved at the end of that day. */
export function policyOn(state: Pick<AuthorityState, 'policies' | 'witnessTightenings'>, date: string): DevicePolicy | null {
  const policy = inForce(state.policies.values(), date)
  if (!policy) return null
  const holding = state.witnessTightenings.filter(({ until }) => until === null || date < until).map(({ hours }) => hours)
  return holding.length === 0 ? policy : { ...policy, witnessHours: Math.min(policy.witnessHours ?? Infinity, ...holding) }
}

/** Positions a person held on a date, primary appointments first. */
export function positionsOf(state: AuthorityState, person: string, date: string): readonly Position[] {
  const held = [...state.appointments.values()].filter((a) => a.person === person && holdsOn(a, date))
  held.sort((a, b) => Number(a.kind !== 'primary') - Number(b.kind !== 'primary') || (a.id < b.id ? -1 : 1))
  return held.flatMap((a) => state.positions.get(a.position) ?? [])
}

export function holdersOf(state: AuthorityState, position: string, date: string): readonly string[] {
  return [...state.appointments.values()].filter((a) => a.position === position && holdsOn(a, date)).map((a) => a.person)
}

/** JU-7 days after its review date on which a grant that nobody looked at still holds. */
export const graceDays = 14

/** A grant past its review date plus 14 days is void by rule on every replica, without any server. */
export function grantHolds(grant: Grant, date: string): boolean {
  return holdsOn(grant, date) && date <= addDays(grant.reviewBy, graceDays)
}

function lets(grant: Grant, person: string, collection: string | null, roles: readonly Role[], date: string): boolean {
  return grant.person === person && grant.collection === collection && roles.includes(grant.role) && grantHolds(grant, date)
}

export function hasRole(state: AuthorityState, person: string, collection: string | null, roles: readonly Role[], date: string): boolean {
  for (const grant of state.grants.values()) if (lets(grant, person, collection, roles, date)) return true
  return false
}

/** AU-90 by a right on this one document; `document` is its handle. */
export function hasDocumentRole(state: Pick<AuthorityState, 'documentGrants'>, person: string, collection: string, document: string, roles: readonly Role[], date: string): boolean {
  for (const grant of state.documentGrants.values()) if (grant.document === document && lets(grant, person, collection, roles, date)) return true
  return false
}

/** AU-90 the documents a person was given one by one, in collections that they do not read; `read`: those they do, where that was settled before. */
export function givenDocuments(state: AuthorityState, person: string, date: string, read: readonly string[] = readableCollections(state, person, date)): readonly DocumentGrant[] {
  const whole = new Set(read)
  return [...state.documentGrants.values()].filter((grant) => grant.person === person && grantHolds(grant, date) && !whole.has(grant.collection))
}

export function isAdmin(state: AuthorityState, person: string, date: string): boolean {
  return hasRole(state, person, null, ['admin'], date)
}

/** Until when (milliseconds since 1970 UTC) a seat made with the recovery sheets does nothing yet; null for any other seat. */
export function recoveryWaits(state: AuthorityState, seat: string): number | null {
  const since = state.recovered.get(seat)
  if (since === undefined) return null
  return since + recoveryMs(state, since)
}

/** How long (milliseconds) a recovery begun at that moment waits. */
export function recoveryMs(state: AuthorityState, since: number): number {
  return (inForce(state.policies.values(), jstDate(since))?.recoveryHours ?? usualRecoveryHours) * 60 * 60 * 1000
}

/** Administrators who could vote at a moment (milliseconds since 1970 UTC): they have a seat that is not removed and does not wait. */
export function seatedAdmins(state: AuthorityState, ms: number): readonly string[] {
  const date = jstDate(ms)
  const seated = new Set([...state.seats.values()].filter((seat) => !state.removedSeats.has(seat.id) && (recoveryWaits(state, seat.id) ?? 0) <= ms).map((seat) => seat.person))
  return [...seated].filter((person) => isAdmin(state, person, date)).sort()
}

/** Has the person a seat that was not taken away? */
export function hasSeat({ seats, removedSeats }: Pick<AuthorityState, 'seats' | 'removedSeats'>, person: string): boolean {
  return [...seats.values()].some((seat) => seat.person === person && !removedSeats.has(seat.id))
}

/** Nobody is there to give a second voice. */
export function isAlone(state: AuthorityState, ms: number): boolean {
  return seatedAdmins(state, ms).length < 2
}

/** 試行: there are not two administrators with a seat who stand behind the workspace (AU-12). */
export function isTrial(state: AuthorityState, ms: number): boolean {
  return seatedAdmins(state, ms).filter((person) => !state.unconfirmed.has(person)).length < 2
}

/** The highest epoch of a collection (AU-10): what is written from here on is sealed under it. */
export function newestEpoch(state: Pick<AuthorityState, 'epochs'>, collection: string): number {
  return Math.max(0, ...[...state.epochs.values()].filter((held) => held.collection === collection).map(({ epoch }) => epoch))
}

/** AU-14 the keys of a person that seats hold which were not taken away; all of them while the person never had a seat. */
export function personKeysInUse(state: AuthorityState, person: string): readonly Uint8Array[] {
  const keys = state.everyPersonKey.get(person) ?? []
  const seats = [...state.seats.values()].filter((seat) => seat.person === person)
  if (seats.length === 0) return keys
  const held = new Set(seats.filter(({ id }) => !state.removedSeats.has(id)).flatMap(({ personKey = keys[0] }) => (personKey ? [bytesToHex(personKey)] : [])))
  return keys.filter((key) => held.has(bytesToHex(key)))
}

/** Of a storage that shows nothing new: after how many hours it is told, and how many other machines should be heard of. */
export function silenceRule(state: AuthorityState, device: string, date: string): { readonly hours: number; readonly others: number } {
  const others = new Set([...state.seats.values()].filter((seat) => seat.device !== device && !state.removedSeats.has(seat.id)).map((seat) => seat.device))
  return { hours: inForce(state.policies.values(), date)?.silentHours ?? usualSilentHours, others: others.size }
}

/** Collections whose content a person may read on a date. */
export function readableCollections(state: AuthorityState, person: string, date: string): readonly string[] {
  const found = new Set<string>()
  for (const grant of state.grants.values()) {
    if (grant.person === person && grant.collection !== null && grantHolds(grant, date)) found.add(grant.collection)
  }
  return [...found].sort()
}
