// Finds the fonts that were embedded for marks when the document was frozen, and turns text into their codes.
// It embeds nothing: a character those fonts lack becomes a boxed code, never a borrowed glyph.

import { bytesToUtf8 } from '../base/bytes.ts'
import { locate, resolve, type PdfFile } from './pdf-file.ts'
import { entry, numberValue, type PdfObject, type PdfReference } from './pdf-object.ts'
import { drawnForms, markClusters, withoutSelectors } from './mark-text.ts'
import { streamData } from './stream-data.ts'

/** Resource names under AcroForm /DR /Font, in the order in which they are asked for a glyph. */
export const markFontNames = ['FbkoMark', 'FbkoMarkAlt'] as const

export interface MarkFont {
  readonly resource: string
  readonly reference: PdfReference
  /** Code in four hex digits and width in thousandths of the size, by cluster. */
  readonly glyphs: ReadonlyMap<string, { readonly code: string; readonly width: number }>
}

/** One drawn thing: a glyph of a font, or the code point that no font has. Widths in thousandths of the size. */
export type MarkGlyph =
  | { readonly kind: 'glyph'; readonly font: MarkFont; readonly code: string; readonly width: number }
  | { readonly kind: 'boxed'; readonly hex: string; readonly width: number }

/** The fonts, primary first; empty when the file was not frozen by us. */
export function readMarkFonts(file: PdfFile): readonly MarkFont[] {
  const form = resolve(file, entry(file.catalog, 'AcroForm'))
  const fonts = resolve(file, entry(resolve(file, entry(form, 'DR')), 'Font'))
  return markFontNames.flatMap((resource) => {
    const reference = entry(fonts, resource)
    return reference?.kind === 'reference' ? [{ resource, reference, glyphs: readGlyphs(file, reference) }] : []
  })
}

function readGlyphs(file: PdfFile, reference: PdfReference): MarkFont['glyphs'] {
  const font = locate(file, reference.number)?.object
  const descendants = resolve(file, entry(font, 'DescendantFonts'))
  const descendant = descendants.kind === 'array' ? resolve(file, descendants.items[0]) : undefined
  const widths = readWidths(file, resolve(file, entry(descendant, 'W')))
  const map = resolve(file, entry(font, 'ToUnicode'))
  const glyphs = new Map<string, { readonly code: string; readonly width: number }>()
  if (map.kind !== 'stream') return glyphs
  const text = bytesToUtf8(streamData(map, (object) => resolve(file, object)))
  for (const [, block = ''] of text.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
    for (const [, code = '', unicode = ''] of block.matchAll(/<([0-9a-fA-F]{4})>\s*<((?:[0-9a-fA-F]{4})+)>/g)) {
      const cluster = String.fromCharCode(...(unicode.match(/.{4}/g) ?? []).map((unit) => Number.parseInt(unit, 16)))
      if (!glyphs.has(cluster)) glyphs.set(cluster, { code: code.toLowerCase(), width: widths.get(Number.parseInt(code, 16)) ?? 1000 })
    }
  }
  return glyphs
}

/** The W array (ISO 32000-1 9.7.4.3) as width by code. */
function readWidths(file: PdfFile, array: PdfObject): ReadonlyMap<number, number> {
  const widths = new Map<number, number>()
  const items = array.kind === 'array' ? array.items.map((item) => resolve(file, item)) : []
  for (let i = 0; i < items.length; ) {
    const first = numberValue(items[i]) ?? 0
    const next = items[i + 1]
    if (next?.kind === 'array') {
      next.items.forEach((item, at) => widths.set(first + at, numberValue(resolve(file, item)) ?? 1000))
      i += 2
    } else {
      const last = Math.min(numberValue(next) ?? first, first + 65535)
      for (let code = first; code <= last; code++) widths.set(code, numberValue(items[i + 2]) ?? 1000)
      i += 3
    }
  }
  return widths
}

/** Text as glyphs: the first form of each cluster that a font has, then character by character, else boxed codes. */
export function markGlyphs(fonts: readonly MarkFont[], text: string): readonly MarkGlyph[] {
  return markClusters(text).flatMap((cluster) => {
    for (const form of drawnForms(cluster)) {
      const glyph = findGlyph(fonts, form)
      if (glyph) return glyph
    }
    const plain = withoutSelectors(cluster)
    return [...(plain === '' ? cluster : plain)].flatMap((char) => findGlyph(fonts, char) ?? boxed(char))
  })
}

function findGlyph(fonts: readonly MarkFont[], cluster: string): MarkGlyph[] | null {
  for (const font of fonts) {
    const glyph = font.glyphs.get(cluster)
    if (glyph) return [{ kind: 'glyph', font, ...glyph }]
  }
  return null
}

function boxed(char: string): MarkGlyph {
  return { kind: 'boxed', hex: (char.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0'), width: 1000 }
}
