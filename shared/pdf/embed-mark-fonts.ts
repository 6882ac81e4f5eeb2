// Embeds, before the first signature, the subset that every later mark is drawn with: the house font, and for what it
// lacks the fallback. What neither has is left out here and drawn as a boxed code.

import fontkit from '@cantoo/fontkit'
import type { PDFDocument, PDFFont } from 'pdf-lib'
import { markFontNames } from './mark-font.ts'
import { alwaysNeeded, markClusters, withoutSelectors } from './mark-text.ts'

export interface EmbeddedMarkFont {
  readonly resource: string
  readonly font: PDFFont
  /** Code points the whole font has. */
  readonly characters: ReadonlySet<number>
}

/** TrueType bytes; both with the code points of `text` that they have. */
export async function embedMarkFonts(pdf: PDFDocument, text: string, fonts: { readonly primary: Uint8Array; readonly fallback: Uint8Array }): Promise<readonly EmbeddedMarkFont[]> {
  pdf.registerFontkit(fontkit as unknown as Parameters<PDFDocument['registerFontkit']>[0])
  const wanted = [...new Set(markClusters(alwaysNeeded + text))].sort()
  const primary = await embed(pdf, fonts.primary, 0)
  const missing = wanted.filter((cluster) => !hasGlyphs(primary, cluster))
  encode(primary.font, wanted.filter((cluster) => hasGlyphs(primary, cluster)))
  const embedded: EmbeddedMarkFont[] = [{ resource: markFontNames[0], ...primary }]
  if (missing.length > 0) {
    const fallback = await embed(pdf, fonts.fallback, 1)
    const present = missing.filter((cluster) => hasGlyphs(fallback, cluster))
    encode(fallback.font, present)
    if (present.length > 0) embedded.push({ resource: markFontNames[1], ...fallback })
  }
  return embedded
}

async function embed(pdf: PDFDocument, bytes: Uint8Array, order: 0 | 1): Promise<Omit<EmbeddedMarkFont, 'resource'>> {
  const font = await pdf.embedFont(bytes, { subset: true, customName: order === 0 ? 'FBKOMA+Mark-Regular' : 'FBKOMB+MarkAlt-Regular' })
  return { font, characters: new Set(font.getCharacterSet()) }
}

/** Does the font have every character of the cluster, variation selectors aside? */
export function hasGlyphs(font: { readonly characters: ReadonlySet<number> }, cluster: string): boolean {
  return [...withoutSelectors(cluster)].every((char) => font.characters.has(char.codePointAt(0) as number))
}

/** Each cluster by itself, so that no ligature or kerning joins what marks draw one by one. */
function encode(font: PDFFont, clusters: readonly string[]): void {
  for (const cluster of clusters) font.encodeText(cluster)
}
