// What a person confirmed, by event hash. A ticket lets exactly that event pass the gate, once, in this session.

import { bytesToBase32 } from '@shared/base/bytes.ts'
import type { Random } from '@shared/base/ports.ts'
import type { ConsentOutcome } from '@shared/ipc/contract/consent.ts'

export interface ConsentTickets {
  /** Returns the name of this confirmation. */
  grant(outcome: ConsentOutcome, events: readonly string[]): string
  covers(event: string): boolean
  spend(events: readonly string[]): void
  /** True once for a confirmation of this outcome. */
  take(consent: string, outcome: ConsentOutcome): boolean
  clear(): void
}

export function createConsentTickets(random: Random): ConsentTickets {
  const open = new Set<string>()
  const given = new Map<string, ConsentOutcome>()
  return {
    grant(outcome, events) {
      for (const event of events) open.add(event)
      const consent = bytesToBase32(random.bytes(15))
      given.set(consent, outcome)
      return consent
    },
    covers: (event) => open.has(event),
    spend(events) {
      for (const event of events) open.delete(event)
    },
    take(consent, outcome) {
      if (given.get(consent) !== outcome) return false
      given.delete(consent)
      return true
    },
    clear() {
      open.clear()
      given.clear()
    },
  }
}
