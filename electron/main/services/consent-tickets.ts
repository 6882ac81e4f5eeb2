// What a person confirmed, by event hash. A ticket lets exactly that event pass the gate, once, in this session.

import { bytesToBase32 } from '@shared/base/bytes.ts'
import type { Random } from '@shared/base/ports.ts'
import type { ConsentOutcome } from '@shared/ipc/contract/consent.ts'

export interface ConsentTickets {
  /** Returns the name of this confirmation. `pages`: what was confirmed to be printed; it waits here. */
  grant(outcome: ConsentOutcome, events: readonly string[], pages?: Uint8Array): string
  covers(event: string): boolean
  spend(events: readonly string[]): void
  /** True once for a confirmation of this outcome. */
  take(consent: string, outcome: ConsentOutcome): boolean
  /** The pages of that confirmation, once, and only when all its events were committed. */
  takePages(consent: string): Uint8Array | null
  clear(): void
}

export function createConsentTickets(random: Random): ConsentTickets {
  const open = new Set<string>()
  const given = new Map<string, ConsentOutcome>()
  const printings = new Map<string, { readonly events: readonly string[]; readonly pages: Uint8Array }>()
  return {
    grant(outcome, events, pages) {
      for (const event of events) open.add(event)
      const consent = bytesToBase32(random.bytes(15))
      given.set(consent, outcome)
      if (pages) printings.set(consent, { events, pages })
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
    takePages(consent) {
      const printing = printings.get(consent)
      if (!printing || printing.events.some((event) => open.has(event))) return null
      printings.delete(consent)
      return printing.pages
    },
    clear() {
      printings.clear()
      open.clear()
      given.clear()
    },
  }
}
