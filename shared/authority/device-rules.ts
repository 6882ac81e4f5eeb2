// AU-50 to AU-52: which rules for devices hold, who has accepted them, and who has to. Nothing is kept from anybody who has not: it is
// asked, shown and listed.

import { encodeCbor } from '../base/cbor.ts'
import { jstDate } from '../base/civil-date.ts'
import { inForce } from '../base/in-force.ts'
import { sha256Hex } from '../crypto/hash.ts'
import type { DeviceRules } from './model.ts'
import type { AuthorityState } from './reduce.ts'

type Known = Pick<AuthorityState, 'deviceRules' | 'acknowledged' | 'seats' | 'removedSeats'>

/** AU-52 so long an acknowledgement holds. */
export const acknowledgedForMs = 365 * 24 * 60 * 60 * 1000

/** What is acknowledged: the text, in both languages. */
export function textHash({ text, textEn }: Pick<DeviceRules, 'text' | 'textEn'>): string {
  return sha256Hex(encodeCbor(['device-rules', text, textEn]))
}

export function deviceRulesOn({ deviceRules }: Pick<Known, 'deviceRules'>, date: string): DeviceRules | null {
  return inForce(deviceRules.values(), date)
}

/** When this person last accepted this text, in milliseconds since 1970 UTC; null for never. */
export function acknowledgedAt({ acknowledged }: Pick<Known, 'acknowledged'>, rules: DeviceRules, person: string): number | null {
  return acknowledged.get(`${rules.id} ${textHash(rules)} ${person}`) ?? null
}

/** AU-52 who has a seat and has not accepted the rules in force within a year, sorted. */
export function whoHasNotAcknowledged(state: Known, now: number): readonly string[] {
  const rules = deviceRulesOn(state, jstDate(now))
  if (!rules) return []
  const seated = new Set([...state.seats.values()].filter(({ id }) => !state.removedSeats.has(id)).map(({ person }) => person))
  return [...seated].filter((person) => now - (acknowledgedAt(state, rules, person) ?? -Infinity) >= acknowledgedForMs).sort()
}
