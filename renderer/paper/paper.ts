// The page of the hidden window that prints: draws every page of the file that main serves, as pictures, and says in its title when all are
// there. A file that cannot be drawn whole is said to be broken.

import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { openWholePdf } from '../ui/whole-pdf.ts'
import './paper.css'

/** As fine as office printers draw text. */
const dotsPerInch = 300
const pointsPerInch = 72

async function drawAll(): Promise<number> {
  const bytes = await (await fetch('./file.pdf')).arrayBuffer()
  const file = await openWholePdf(new Uint8Array(bytes))
  const canvas = document.createElement('canvas')
  for (let number = 1; number <= file.numPages; number++) document.body.append(await pictureOf(await file.getPage(number), canvas))
  return file.numPages
}

async function pictureOf(page: PDFPageProxy, canvas: HTMLCanvasElement): Promise<HTMLImageElement> {
  const viewport = page.getViewport({ scale: dotsPerInch / pointsPerInch })
  canvas.width = Math.floor(viewport.width)
  canvas.height = Math.floor(viewport.height)
  const canvasContext = canvas.getContext('2d', { alpha: false })
  if (!canvasContext) throw new Error('defect: no canvas to draw on')
  await page.render({ canvasContext, viewport, intent: 'print' }).promise
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (!blob) throw new Error('defect: a canvas that gives no picture')
  const image = document.createElement('img')
  image.src = URL.createObjectURL(blob)
  await image.decode()
  return image
}

drawAll().then(
  (pages) => (document.title = `Fumibako ${pages}`),
  () => (document.title = 'Fumibako broken'),
)
