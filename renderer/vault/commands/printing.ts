// Printing: the pages of a document as they lie here now, signed file first. Main shows them, the act says who printed what and why, and main
// puts exactly those pages on paper.

import { ok } from '@shared/base/result.ts'
import { eventToBytes } from '@shared/log/segment.ts'
import { consentWords } from '../../text/consent.ts'
import { actingOf } from '../acting.ts'
import { documentTable, type DocumentRow } from '../document-rows.ts'
import { failed, failedBy, notAllowed } from '../failure.ts'
import { openFile } from '../files.ts'
import { titleOf } from '../views/summary.ts'
import type { Command } from './context.ts'

export const listPrinters: Command<'listPrinters'> = async ({ core }) => {
  const answer = await core.around.host.print.printers({})
  return answer.ok ? ok(answer.value.printers) : failedBy(answer.error)
}

export const printDocument: Command<'printDocument'> = async ({ core, language }, { id, position, printer, reason }) => {
  const row = core.view.row(documentTable, id)
  const state = (row?.value as DocumentRow | undefined)?.state
  const file = state?.rendition.file ?? state?.current?.frozen.pdf
  if (!row || !state || !file) return failed('NothingToExport')
  const reasons = actingOf(core).reasons(state, row.collection, { type: 'document.print' }, position)
  if (reasons.length > 0) return notAllowed(reasons)
  const pages = await openFile(core, row.collection, id, file)
  if (!pages.ok) return pages
  const events = await core.build(row.collection, [{ type: 'document.print', doc: id, position, body: { revision: state.current?.sha256 ?? null, file: file.sha256, reason } }])
  const refused = await core.judge(row.collection, events)
  if (refused.length > 0) return notAllowed(refused)
  const words = consentWords[language()]
  const asked = await core.around.host.consent.request({ events: events.map(eventToBytes), title: titleOf(state), facts: [{ label: words.printer, value: printer.title }], warnings: [], pdf: pages.value })
  if (!asked.ok) return failedBy(asked.error)
  const committed = await core.commitBuilt(row.collection, events)
  if (!committed.ok) return committed
  const printed = await core.around.host.print.paper({ consent: asked.value.consent, printer: printer.name })
  return printed.ok ? ok(null) : failedBy(printed.error)
}
