// Cuts the text of a mark into what is drawn as one: a character with the variation selectors and combining marks that
// follow it. Names are never normalised; whatever was typed is what is cut.

/** Everything marks need besides names: digits and full stop of dates, the digits of boxed codes, labels, page numbers. */
export const alwaysNeeded = '0123456789ABCDEF./ 元代後閲'

export function isVariationSelector(codePoint: number): boolean {
  return (codePoint >= 0xfe00 && codePoint <= 0xfe0f) || (codePoint >= 0xe0100 && codePoint <= 0xe01ef)
}

function isCombining(codePoint: number): boolean {
  return (codePoint >= 0x0300 && codePoint <= 0x036f) || codePoint === 0x3099 || codePoint === 0x309a
}

function attachesToPrevious(codePoint: number): boolean {
  return isVariationSelector(codePoint) || isCombining(codePoint)
}

export function markClusters(text: string): readonly string[] {
  const clusters: string[] = []
  for (const char of text) {
    if (clusters.length > 0 && attachesToPrevious(char.codePointAt(0) as number)) clusters.push((clusters.pop() as string) + char)
    else clusters.push(char)
  }
  return clusters
}

/** What a font that lacks the variant shows instead. */
export function withoutSelectors(cluster: string): string {
  return [...cluster].filter((char) => !isVariationSelector(char.codePointAt(0) as number)).join('')
}

/**
 * The forms of a cluster that may be drawn for it, best first: as it is; a base with its combining mark as the one glyph
 * that stands for both; without variation selectors. Only glyphs are chosen here, no text is changed: a character without
 * a combining mark is never composed, for that would exchange compatibility ideographs.
 */
export function drawnForms(cluster: string): readonly string[] {
  const combined = [...cluster].some((char) => isCombining(char.codePointAt(0) as number))
  return [cluster, ...(combined ? [cluster.normalize('NFC')] : []), withoutSelectors(cluster)].filter((form) => form !== '')
}
