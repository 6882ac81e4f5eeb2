import { describe, expect, it } from 'vitest'
import { ok } from '@shared/base/result.ts'
import { createConsentTickets } from './consent-tickets.ts'
import { nodeHost } from './node-host.ts'
import { createPaperService } from './paper-service.ts'

function scene() {
  const tickets = createConsentTickets(nodeHost.random)
  const printed: [Uint8Array, string][] = []
  let isOpen = true
  const service = createPaperService({ printers: async () => [{ name: 'a', title: 'A' }], print: async (pdf, printer) => (printed.push([pdf, printer]), ok(null)) }, tickets, () => isOpen)
  return { tickets, printed, service, lock: () => ((isOpen = false), tickets.clear()) }
}
const pages = new Uint8Array([1, 2, 3])

describe('printing', () => {
  it('4.15 puts on paper the pages that were confirmed, once, and only after the act was committed', async () => {
    const { tickets, printed, service } = scene()
    const consent = tickets.grant('print', ['event'], pages)
    expect(await service.paper({ consent, printer: 'a' })).toMatchObject({ ok: false, error: { type: 'ConsentMissing', act: 'document.print' } })
    expect(printed).toEqual([])
    tickets.spend(['event'])
    expect(await service.paper({ consent, printer: 'a' })).toEqual({ ok: true, value: null })
    expect(printed).toEqual([[pages, 'a']])
    expect(await service.paper({ consent, printer: 'a' })).toMatchObject({ ok: false, error: { type: 'ConsentMissing' } })
    expect(printed.length).toBe(1)
  })

  it('4.15 prints nothing on the word of another confirmation, or where nobody sits any more', async () => {
    const { tickets, printed, service, lock } = scene()
    const other = tickets.grant('export', ['export'])
    tickets.spend(['export'])
    expect(await service.paper({ consent: other, printer: 'a' })).toMatchObject({ ok: false, error: { type: 'ConsentMissing' } })
    const consent = tickets.grant('print', ['event'], pages)
    tickets.spend(['event'])
    lock()
    expect(await service.paper({ consent, printer: 'a' })).toMatchObject({ ok: false, error: { type: 'SessionLocked' } })
    expect(await service.printers({})).toMatchObject({ ok: false, error: { type: 'SessionLocked' } })
    expect(printed).toEqual([])
  })
})
