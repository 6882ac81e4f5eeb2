// Opens PDF bytes for the screen in pdf.js's own worker, served from the app's origin. It draws and reads pages and never runs
// what a file might carry (no eval, no forms, no scripts, no fetching).

import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'

export interface PdfFile {
  readonly pages: readonly PDFPageProxy[]
  readonly close: () => void
}

let worker: Worker | null = null

/** Opens a file and reads the sizes of its pages. Rejects where the bytes are no PDF. */
export async function openPdf(bytes: Uint8Array): Promise<PdfFile> {
  const pdfjs = await import('pdfjs-dist/legacy/build/pdf.mjs')
  worker ??= new Worker(new URL('pdfjs-dist/legacy/build/pdf.worker.min.mjs', import.meta.url), { type: 'module' })
  const port = pdfjs.PDFWorker.fromPort({ port: worker })
  const file: PDFDocumentProxy = await pdfjs.getDocument({
    data: bytes.slice(),
    worker: port,
    isEvalSupported: false,
    enableXfa: false,
    useWorkerFetch: false,
    useSystemFonts: false,
    verbosity: 0,
  }).promise
  const pages: PDFPageProxy[] = []
  for (let number = 1; number <= file.numPages; number++) pages.push(await file.getPage(number))
  return { pages, close: () => void file.destroy() }
}

/** Draws one page at the given width in CSS pixels; stops when the signal says so. */
export async function drawPage(page: PDFPageProxy, canvas: HTMLCanvasElement, width: number, signal: AbortSignal): Promise<void> {
  const scale = (width / page.getViewport({ scale: 1 }).width) * Math.min(3, globalThis.devicePixelRatio)
  const viewport = page.getViewport({ scale })
  canvas.width = Math.floor(viewport.width)
  canvas.height = Math.floor(viewport.height)
  const context = canvas.getContext('2d', { alpha: false })
  if (context === null) throw new Error('defect: no canvas to draw on')
  const task = page.render({ canvasContext: context, viewport, annotationMode: 1 })
  const stop = (): void => task.cancel()
  signal.addEventListener('abort', stop)
  try {
    await task.promise
  } catch (reason) {
    if (!signal.aborted) throw reason
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/** The words of a page in reading order, for screen readers. */
export async function readPageText(page: PDFPageProxy): Promise<string> {
  const content = await page.getTextContent()
  let text = ''
  for (const item of content.items) if ('str' in item) text += item.str + (item.hasEOL ? '\n' : '')
  return text
}
