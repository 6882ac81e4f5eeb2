// Renders PDF pages with poppler and compares them with approved pictures, pixel by pixel with a tolerance for smoothing.
// To approve: look at the picture a failing test names, then copy it over the approved one.

import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'

export interface Picture {
  readonly width: number
  readonly height: number
  /** One byte per pixel and channel, rows from the top. */
  readonly channels: number
  readonly pixels: Uint8Array
}

/** PNG bytes of each page at the given resolution. */
export function renderPages(pdfPath: string, dotsPerInch: number): readonly Uint8Array[] {
  const folder = mkdtempSync(join(tmpdir(), 'fumibako-pages-'))
  execFileSync('pdftoppm', ['-r', String(dotsPerInch), '-png', pdfPath, join(folder, 'page')])
  return readdirSync(folder)
    .sort()
    .map((name) => new Uint8Array(readFileSync(join(folder, name))))
}

/** Eight-bit grey or RGB PNG without interlace, which is what pdftoppm writes. */
export function readPng(png: Uint8Array): Picture {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength)
  const data: Uint8Array[] = []
  for (let at = 8; at < png.length; at += 12 + view.getUint32(at)) {
    const type = String.fromCharCode(...png.subarray(at + 4, at + 8))
    if (type === 'IDAT') data.push(png.subarray(at + 8, at + 8 + view.getUint32(at)))
  }
  const [width, height] = [view.getUint32(16), view.getUint32(20)]
  const channels = png[25] === 2 ? 3 : png[25] === 0 ? 1 : 0
  if (channels === 0 || png[24] !== 8 || png[28] !== 0) throw new Error('a PNG of a kind pdftoppm does not write')
  return { width, height, channels, pixels: unfilter(new Uint8Array(inflateSync(Buffer.concat(data))), width * channels, height, channels) }
}

function unfilter(raw: Uint8Array, stride: number, height: number, step: number): Uint8Array {
  const out = new Uint8Array(stride * height)
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)]
    for (let x = 0; x < stride; x++) {
      const left = x >= step ? (out[y * stride + x - step] as number) : 0
      const up = y > 0 ? (out[(y - 1) * stride + x] as number) : 0
      const corner = x >= step && y > 0 ? (out[(y - 1) * stride + x - step] as number) : 0
      const estimate = left + up - corner
      const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)]
      const paeth = a <= b && a <= c ? left : b <= c ? up : corner
      const predicted = [0, left, up, (left + up) >> 1, paeth][filter as number] as number
      out[y * stride + x] = (raw[y * (stride + 1) + 1 + x] as number) + predicted
    }
  }
  return out
}

/** Share of pixels that differ by more than a quarter of the range; 1 when the sizes differ. */
export function differingShare(a: Picture, b: Picture): number {
  if (a.width !== b.width || a.height !== b.height || a.channels !== b.channels) return 1
  let differing = 0
  for (let i = 0; i < a.pixels.length; i += a.channels) {
    let most = 0
    for (let channel = 0; channel < a.channels; channel++) most = Math.max(most, Math.abs((a.pixels[i + channel] as number) - (b.pixels[i + channel] as number)))
    if (most > 64) differing++
  }
  return differing / (a.width * a.height)
}

/** A part of a page that is not compared because it differs from run to run, in points from the upper left. */
export interface Mask {
  readonly page: number
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** The picture with those parts blank; `page` is which page it shows. */
export function masked(picture: Picture, masks: readonly Mask[], page: number, dotsPerInch: number): Picture {
  const pixels = picture.pixels.slice()
  const { width, height, channels } = picture
  const dots = (points: number, most: number): number => Math.min(most, Math.max(0, Math.round((points * dotsPerInch) / 72)))
  for (const mask of masks.filter((one) => one.page === page)) {
    for (let y = dots(mask.top, height); y < dots(mask.bottom, height); y++) {
      pixels.fill(255, (y * width + dots(mask.left, width)) * channels, (y * width + dots(mask.right, width)) * channels)
    }
  }
  return { ...picture, pixels }
}

export interface PageComparison {
  readonly page: number
  readonly share: number
  /** Where the picture just made lies, to be looked at. */
  readonly made: string
}

/**
 * Compares every page of a PDF with `<approved>/<name>-<page>.png`. Made pictures are written to `<made>`; a page without
 * an approved picture, and an approved picture without a page, count as wholly different. Masked parts are not compared.
 */
export function comparePages(pdfPath: string, name: string, folders: { readonly approved: string; readonly made: string }, { dotsPerInch = 50, masks = [] }: { readonly dotsPerInch?: number; readonly masks?: readonly Mask[] } = {}): readonly PageComparison[] {
  mkdirSync(folders.made, { recursive: true })
  const pages = renderPages(pdfPath, dotsPerInch)
  const approved = readdirSync(folders.approved).filter((file) => file.startsWith(`${name}-`) && /^\d+\.png$/.test(file.slice(name.length + 1)))
  return Array.from({ length: Math.max(pages.length, approved.length) }, (_, i) => {
    const file = `${name}-${i + 1}.png`
    const [page, wanted, made] = [pages[i], join(folders.approved, file), join(folders.made, file)]
    if (page) writeFileSync(made, page)
    const picture = (png: Uint8Array): Picture => masked(readPng(png), masks, i + 1, dotsPerInch)
    const share = page && existsSync(wanted) ? differingShare(picture(page), picture(new Uint8Array(readFileSync(wanted)))) : 1
    return { page: i + 1, share, made }
  })
}
