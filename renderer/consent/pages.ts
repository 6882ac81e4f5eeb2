// Draws every page of the PDF that main handed over, so that a person sees what is signed. A file that
// cannot be drawn whole rejects.
import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { openWholePdf } from '../ui/whole-pdf.ts'
import { element } from './element.ts'
import type { Say } from './consent-text.ts'

/** Appends one figure per page to `frame`; resolves when all of them are drawn. */
export async function drawPages(pdf: Uint8Array, frame: HTMLElement, say: Say): Promise<void> {
  const file = await openWholePdf(pdf)
  const figures: HTMLElement[] = []
  for (let number = 1; number <= file.numPages; number++) {
    figures.push(await drawPage(await file.getPage(number), frame, say('consent.page', { page: number, pages: file.numPages })))
  }
  frame.replaceChildren(...figures)
}

async function drawPage(page: PDFPageProxy, frame: HTMLElement, label: string): Promise<HTMLElement> {
  const width = Math.max(320, frame.clientWidth - 32)
  const viewport = page.getViewport({ scale: (width / page.getViewport({ scale: 1 }).width) * Math.min(2, devicePixelRatio) })
  const canvas = element('canvas', { role: 'img', 'aria-label': label, width: String(Math.floor(viewport.width)), height: String(Math.floor(viewport.height)) })
  const canvasContext = canvas.getContext('2d', { alpha: false })
  if (!canvasContext) throw new Error('defect: no canvas to draw on')
  await page.render({ canvasContext, viewport }).promise
  const words = (await page.getTextContent()).items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('')
  return element('figure', { class: 'consent-page' }, canvas, element('figcaption', { class: 'visually-hidden' }, words))
}
