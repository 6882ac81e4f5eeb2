// A print of a form without Chromium, for tests: one page with the boxes of its fields in rows, the text left out.

import { PDFDocument } from 'pdf-lib'
import type { Printed } from '@shared/ipc/contract/print.ts'

export async function printSimply(html: string): Promise<Printed> {
  const pdf = await PDFDocument.create()
  pdf.addPage([595, 842])
  const names = [...html.matchAll(/data-field="([^"]+)"/g)].map((match) => match[1] ?? '')
  const boxes = names.map((name, i) => ({ name, page: 0, rect: { x: 40 + (i % 8) * 62, y: 720 - Math.floor(i / 8) * 80, width: 58, height: 58 } }))
  return { pdf: await pdf.save({ useObjectStreams: false }), boxes }
}
