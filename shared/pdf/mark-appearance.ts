// Draws a 日付印: a round stamp, position above, era date between two lines, surname below; a label (代, 後閲) beside it.
// Vector and text only, opaque device colours: nothing that PDF/A-1b forbids. It chooses no words.

import { array, dictionary, name, number, type PdfDictionary, type PdfObject } from './pdf-object.ts'
import { markDate } from './mark-date.ts'
import { markGlyphs, type MarkFont, type MarkGlyph } from './mark-font.ts'
import { markClusters } from './mark-text.ts'

/** What a mark says. `date` is an ISO civil date; `label` is 代 or 後閲 where the town's rules ask for it. */
export interface Mark {
  readonly position: string
  readonly surname: string
  readonly date: string
  readonly label?: string
}

export interface MarkAppearance {
  /** Content stream, ASCII. */
  readonly content: string
  readonly resources: PdfDictionary
}

/** 朱色, 5.9:1 on white. */
const vermilion = '0.78 0.14 0.1'

interface Line {
  readonly text: string
  readonly centre: number
  readonly size: number
  readonly width: number
}

/** A mark of `width` × `height` points, origin at the lower left corner of its box. */
export function drawMark(mark: Mark, fonts: readonly MarkFont[], width: number, height: number): MarkAppearance {
  const label = mark.label ?? ''
  const column = label === '' ? 0 : Math.max(0, Math.min(width, height) * 0.22 - Math.max(0, width - height))
  const radius = Math.max(1, Math.min(width - column, height) / 2 - 1)
  const cx = label === '' ? width / 2 : radius + 1
  const cy = height / 2
  const operators = [
    'q',
    `${vermilion} RG ${vermilion} rg`,
    `${figure(radius * 0.05)} w`,
    circle(cx, cy, radius),
    ...[0.22, -0.22].map((y) => line(cx, cy + y * radius, Math.sqrt(1 - y * y) * radius)),
    ...linesOf(mark, radius).flatMap((row) => drawLine(row, fonts, cx, cy)),
    ...(label === '' ? [] : drawLabel(label, fonts, cx + radius * 1.04, width, cy + radius, radius)),
    'Q',
  ]
  const used = fonts.map((font) => [font.resource, font.reference] as const)
  return { content: `${operators.join('\n')}\n`, resources: dictionary({ Font: dictionary(Object.fromEntries(used)) }) }
}

function linesOf(mark: Mark, radius: number): readonly Line[] {
  const r = radius
  const position = markClusters(mark.position)
  const half = Math.ceil(position.length / 2)
  const top: readonly Line[] =
    position.length <= 5
      ? [{ text: mark.position, centre: 0.54 * r, size: 0.38 * r, width: 1.36 * r }]
      : [
          { text: position.slice(0, half).join(''), centre: 0.7 * r, size: 0.28 * r, width: 1.12 * r },
          { text: position.slice(half).join(''), centre: 0.41 * r, size: 0.28 * r, width: 1.6 * r },
        ]
  return [
    ...top,
    { text: markDate(mark.date), centre: 0, size: 0.4 * r, width: 1.8 * r },
    { text: mark.surname, centre: -0.53 * r, size: 0.42 * r, width: 1.3 * r },
  ]
}

/** One centred line, narrowed when it is too wide. */
function drawLine(row: Line, fonts: readonly MarkFont[], cx: number, cy: number): readonly string[] {
  const glyphs = markGlyphs(fonts, row.text)
  const natural = (glyphs.reduce((sum, glyph) => sum + glyph.width, 0) * row.size) / 1000
  const squeeze = natural > row.width ? row.width / natural : 1
  const x = cx - (natural * squeeze) / 2
  // Ideographs fill the em box from 0.12 below the baseline to 0.88 above it; their middle is 0.38 above.
  return drawGlyphs(glyphs, fonts, x, cy + row.centre - row.size * 0.38, row.size, squeeze)
}

/** The label, one character under the other, at the upper right. */
function drawLabel(label: string, fonts: readonly MarkFont[], left: number, right: number, top: number, radius: number): readonly string[] {
  const size = Math.min(radius * 0.44, right - left)
  return markClusters(label).flatMap((cluster, i) => drawGlyphs(markGlyphs(fonts, cluster), fonts, left, top - size * (i + 0.9), size, 1))
}

function drawGlyphs(glyphs: readonly MarkGlyph[], fonts: readonly MarkFont[], left: number, baseline: number, size: number, squeeze: number): readonly string[] {
  const operators: string[] = []
  let x = left
  for (const glyph of glyphs) {
    const advance = (glyph.width * size * squeeze) / 1000
    if (glyph.kind === 'glyph') operators.push(show(glyph.font.resource, glyph.code, x, baseline, size, squeeze))
    else operators.push(...drawBoxed(glyph.hex, fonts, x, baseline, size, squeeze))
    x += advance
  }
  return operators
}

/** PF-9: a code point that no font has: a box with its hexadecimal number in two rows. */
function drawBoxed(hex: string, fonts: readonly MarkFont[], x: number, baseline: number, size: number, squeeze: number): readonly string[] {
  const half = Math.ceil(hex.length / 2)
  const small = size * 0.36
  const frame = `${figure(x + size * squeeze * 0.06)} ${figure(baseline - size * 0.1)} ${figure(size * squeeze * 0.88)} ${figure(size * 0.94)} re S`
  const rows = [hex.slice(0, half), hex.slice(half)].flatMap((digits, row) => {
    const glyphs = markGlyphs(fonts, digits).filter((glyph) => glyph.kind === 'glyph')
    const natural = (glyphs.reduce((sum, glyph) => sum + glyph.width, 0) * small) / 1000
    const narrow = Math.min(squeeze, (size * squeeze * 0.8) / Math.max(natural, 0.001))
    return drawGlyphs(glyphs, fonts, x + (size * squeeze - natural * narrow) / 2, baseline + size * (row === 0 ? 0.44 : 0.02), small, narrow)
  })
  return [`${figure(size * 0.04)} w`, frame, ...rows]
}

function show(resource: string, code: string, x: number, y: number, size: number, squeeze: number): string {
  return `BT /${resource} ${figure(size)} Tf ${figure(squeeze)} 0 0 1 ${figure(x)} ${figure(y)} Tm <${code}> Tj ET`
}

function line(cx: number, y: number, half: number): string {
  return `${figure(cx - half)} ${figure(y)} m ${figure(cx + half)} ${figure(y)} l S`
}

function circle(cx: number, cy: number, r: number): string {
  const k = r * 0.5523
  const point = (x: number, y: number): string => `${figure(cx + x)} ${figure(cy + y)}`
  return [
    `${point(r, 0)} m`,
    `${point(r, k)} ${point(k, r)} ${point(0, r)} c`,
    `${point(-k, r)} ${point(-r, k)} ${point(-r, 0)} c`,
    `${point(-r, -k)} ${point(-k, -r)} ${point(0, -r)} c`,
    `${point(k, -r)} ${point(r, -k)} ${point(r, 0)} c`,
    'h S',
  ].join('\n')
}

function figure(value: number): string {
  return value.toFixed(3).replace(/\.?0+$/, '').replace(/^-0$/, '0')
}

/** Entries of the form XObject that holds the drawing. */
export function markFormEntries(appearance: MarkAppearance, width: number, height: number): Readonly<Record<string, Exclude<PdfObject, { kind: 'stream' }>>> {
  return {
    Type: name('XObject'),
    Subtype: name('Form'),
    FormType: number(1),
    BBox: array(number(0), number(0), number(width), number(height)),
    Resources: appearance.resources,
  }
}
