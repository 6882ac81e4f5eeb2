// Where elements with `data-field` come to lie on the first printed page. The document is laid out as for print at the
// width of the page's content, and the boxes are turned from CSS pixels into PDF points. Pure but for `measureScript`,
// which runs in a world of its own inside the print window, where the document has no scripts.
import { err, ok, type Result } from '@shared/base/result.ts'
import type { FieldOffPage, FontMissing, PrintedBox } from '@shared/ipc/contract/print.ts'

/** CSS pixels per PDF point at 96 dpi. */
const pointsPerPixel = 72 / 96

export interface Margins {
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly left: number
}

/** What the script answers; lengths in CSS pixels, boxes from the upper left corner of the content area. */
export interface Measured {
  readonly failedFonts: readonly string[]
  readonly boxes: readonly { readonly name: string; readonly x: number; readonly y: number; readonly width: number; readonly height: number }[]
}

/** Reads the margins of the first page from the document's own `@page` rules (plain ones, then `:first`), in CSS pixels. */
export const marginsScript = `(() => {
  const units = { px: 1, pt: 96 / 72, pc: 16, in: 96, cm: 96 / 2.54, mm: 96 / 25.4, Q: 96 / 101.6 }
  const toPixels = (text) => {
    const [, number, unit] = /^(-?[0-9.]+)([A-Za-z]*)$/.exec(text) ?? []
    return number === undefined ? null : Number(number) * (units[unit] ?? 1)
  }
  const margins = { top: 0, right: 0, bottom: 0, left: 0 }
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]).filter((rule) => rule instanceof CSSPageRule)
  for (const selector of ['', ':first']) {
    for (const rule of rules.filter((rule) => rule.selectorText.trim() === selector)) {
      for (const side of Object.keys(margins)) margins[side] = toPixels(rule.style.getPropertyValue('margin-' + side)) ?? margins[side]
    }
  }
  return margins
})()`

export const measureScript = `document.fonts.ready.then(() => ({
  failedFonts: [...document.fonts].filter((font) => font.status === 'error').map((font) => font.family),
  boxes: [...document.querySelectorAll('[data-field]')].map((element) => {
    const { x, y, width, height } = element.getBoundingClientRect()
    return { name: element.dataset.field, x: x + scrollX, y: y + scrollY, width, height }
  }),
}))`

/** Width (CSS pixels, whole) at which the document must be laid out to break as it will on paper. */
export function contentWidth(pageWidth: number, margins: Margins): number {
  return Math.round(pageWidth / pointsPerPixel - margins.left - margins.right)
}

/** `page` in PDF points, as printed. A box that is not wholly on the first page is refused: signature fields lie there. */
export function placeBoxes(
  measured: Measured,
  margins: Margins,
  page: { readonly width: number; readonly height: number },
): Result<readonly PrintedBox[], FieldOffPage | FontMissing> {
  const [font] = measured.failedFonts
  if (font !== undefined) return err({ type: 'FontMissing', retry: 'never', font })
  const bottom = page.height / pointsPerPixel - margins.bottom
  const boxes: PrintedBox[] = []
  for (const { name, x, y, width, height } of measured.boxes) {
    const left = (margins.left + x) * pointsPerPixel
    const top = (margins.top + y) * pointsPerPixel
    const right = left + width * pointsPerPixel
    const inside = x >= -1 && y >= -1 && right <= page.width + 1 && margins.top + y + height <= bottom + 1
    if (!inside) return err({ type: 'FieldOffPage', retry: 'never', field: name })
    const rect = { x: left, y: page.height - top - height * pointsPerPixel, width: width * pointsPerPixel, height: height * pointsPerPixel }
    boxes.push({ name, page: 0, rect })
  }
  return ok(boxes)
}

/** Size in points of the first page of a PDF as Chromium writes it (page objects are not compressed). */
export function firstPageSize(pdf: Uint8Array): { readonly width: number; readonly height: number } {
  const found = /\/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]/.exec(Buffer.from(pdf).toString('latin1'))
  if (!found) throw new Error('defect: the printed PDF has no MediaBox')
  return { width: Number(found[1]), height: Number(found[2]) }
}
