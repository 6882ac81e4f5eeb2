// Printing from the vault's side of the wall: main puts on paper exactly the pages that it showed and that a person confirmed, and only once
// the act that says so stands in the journal. The bytes wait with the confirmation and are gone with it.

import { err, ok, type Failure, type Result } from '@shared/base/result.ts'
import type { Contract } from '@shared/ipc/contract.ts'
import type { Handlers } from '@shared/ipc/define.ts'
import type { SessionLocked } from '@shared/ipc/contract/consent.ts'
import type { PaperPrinter } from '../ports.ts'
import type { ConsentTickets } from './consent-tickets.ts'

const locked: Result<never, SessionLocked & Failure<'SessionLocked'>> = err({ type: 'SessionLocked', retry: 'later' })

export function createPaperService(paper: PaperPrinter, tickets: ConsentTickets, isOpen: () => boolean): Pick<Handlers<Contract, 'vault'>['print'], 'printers' | 'paper'> {
  return {
    printers: async () => (isOpen() ? ok({ printers: await paper.printers() }) : locked),
    async paper({ consent, printer }) {
      if (!isOpen()) return locked
      const pages = tickets.takePages(consent)
      return pages ? paper.print(pages, printer) : err({ type: 'ConsentMissing', act: 'document.print', retry: 'never' })
    },
  }
}
