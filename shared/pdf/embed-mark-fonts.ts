// Embeds, before the first signature, the subset that every later mark is drawn with: the house font, and for what it
// lacks the fallback. What neither has is left out here and drawn as a boxed code.

import type { PDFDocument, PDFFont } from 'pdf-lib'
import { showsCluster, type FontCoverage } from './font-coverage.ts'
import type { MarkFace } from './mark-face.ts'
import { markFontNames } from './mark-font.ts'
import { alwaysNeeded, drawnForms, markClusters } from './mark-text.ts'

export interface EmbeddedMarkFont {
  readonly resource: string
  readonly font: PDFFont
  /** Of the whole font. */
  readonly coverage: FontCoverage
}

/** Where a cluster is drawn from: its font and the text that font is given. */
export interface ClusterSource<F> {
  readonly font: F
  readonly text: string
}

export interface MarkFaces {
  readonly primary: MarkFace
  readonly fallback: MarkFace
}

/** The fallback is embedded only when something needs it. */
export async function embedMarkFonts(pdf: PDFDocument, text: string, { primary, fallback }: MarkFaces): Promise<readonly EmbeddedMarkFont[]> {
  const candidates = [
    { face: primary, resource: markFontNames[0], customName: 'FBKOMA+Mark-Regular', coverage: primary.coverage },
    { face: fallback, resource: markFontNames[1], customName: 'FBKOMB+MarkAlt-Regular', coverage: fallback.coverage },
  ]
  const wanted = [...new Set(markClusters(alwaysNeeded + text))].sort()
  const sources = wanted.map((cluster) => sourceOf(candidates, cluster)).filter((source) => source !== null)
  const embedded: EmbeddedMarkFont[] = []
  for (const candidate of candidates) {
    const mine = sources.filter((source) => source.font === candidate)
    if (mine.length === 0) continue
    pdf.registerFontkit({ create: () => candidate.face.inNewDocument() } as unknown as Parameters<PDFDocument['registerFontkit']>[0])
    const font = await pdf.embedFont(candidate.face.bytes, { subset: true, customName: candidate.customName })
    // Each by itself, so that no ligature or kerning joins what marks draw one by one.
    for (const source of mine) font.encodeText(source.text)
    embedded.push({ resource: candidate.resource, font, coverage: candidate.coverage })
  }
  return embedded
}

/** The first font that shows the best form of the cluster. */
export function sourceOf<F extends { readonly coverage: FontCoverage }>(fonts: readonly F[], cluster: string): ClusterSource<F> | null {
  for (const text of drawnForms(cluster)) {
    const font = fonts.find((one) => showsCluster(one.coverage, text))
    if (font) return { font, text }
  }
  return null
}
