// Says which characters a TrueType or OpenType font can show, from its cmap (formats 4, 12 and 14), before anything is
// printed or embedded: a browser would take a missing glyph from some system font without a word.

import { isVariationSelector } from './mark-text.ts'

export interface FontCoverage {
  /** Is there a glyph for this code point? */
  hasCharacter(codePoint: number): boolean
  /** Does the font know this variation sequence (Unicode 23.4), as its default or as a glyph of its own? */
  hasVariation(codePoint: number, selector: number): boolean
}

/** Throws when the bytes are no font with a Unicode cmap. */
export function fontCoverage(font: Uint8Array): FontCoverage {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength)
  const cmap = tableOffset(view, 'cmap')
  const subtables = readSubtables(view, cmap)
  const main = subtables.find((one) => one.format === 12) ?? subtables.find((one) => one.format === 4)
  if (!main) throw new Error('the font has no Unicode cmap')
  const variations = subtables.find((one) => one.format === 14)
  return {
    hasCharacter: (codePoint) => (main.format === 12 ? inGroups(view, main.offset, codePoint) : inSegments(view, main.offset, codePoint)),
    hasVariation: (codePoint, selector) => variations !== undefined && inVariations(view, variations.offset, codePoint, selector),
  }
}

/** One family of a style sheet: all of its weights. */
export interface FamilyCoverage {
  readonly family: string
  readonly weights: readonly FontCoverage[]
}

/**
 * How a cluster can be set where any of `stacks` (families in the order of a style sheet) may apply. A browser takes the first font
 * that has the base and does not look further for a variation sequence: where that font lacks the sequence, the family that has
 * it in every weight must be named. `boxed` when none has.
 */
export function chooseSetting(stacks: readonly (readonly FontCoverage[])[], families: readonly FamilyCoverage[], cluster: string): 'plain' | 'boxed' | { readonly family: string } {
  const base = cluster.codePointAt(0) as number
  const isPlain = stacks.every((stack) => {
    const taken = stack.find((font) => font.hasCharacter(base))
    return taken !== undefined && showsCluster(taken, cluster)
  })
  if (isPlain) return 'plain'
  const found = families.find(({ weights }) => weights.every((font) => showsCluster(font, cluster)))
  return found ? { family: found.family } : 'boxed'
}

/** A base with a variation selector needs a font that knows the sequence; other clusters need one with every character. */
export function showsCluster(font: FontCoverage, cluster: string): boolean {
  const codePoints = [...cluster].map((char) => char.codePointAt(0) as number)
  return codePoints.every((codePoint, i) => (isVariationSelector(codePoint) ? i > 0 && font.hasVariation(codePoints[i - 1] as number, codePoint) : font.hasCharacter(codePoint)))
}

function tableOffset(view: DataView, tag: string): number {
  for (let i = 0; i < view.getUint16(4); i++) {
    const record = 12 + i * 16
    if ([0, 1, 2, 3].every((n) => view.getUint8(record + n) === tag.charCodeAt(n))) return view.getUint32(record + 8)
  }
  throw new Error(`the font has no ${tag} table`)
}

interface Subtable {
  readonly format: number
  readonly offset: number
}

/** Unicode subtables: platform 0, and platform 3 with encodings 1 and 10. */
function readSubtables(view: DataView, cmap: number): readonly Subtable[] {
  return Array.from({ length: view.getUint16(cmap + 2) }, (_, i) => {
    const record = cmap + 4 + i * 8
    const [platform, encoding] = [view.getUint16(record), view.getUint16(record + 2)]
    const offset = cmap + view.getUint32(record + 4)
    const unicode = platform === 0 || (platform === 3 && (encoding === 1 || encoding === 10))
    return { format: unicode ? view.getUint16(offset) : -1, offset }
  })
}

/** Index of the last of `count` ascending items that is not above `target`; -1 when all are. */
function lastNotAbove(count: number, valueAt: (index: number) => number, target: number): number {
  let [low, high] = [0, count]
  while (low < high) {
    const middle = (low + high) >> 1
    if (valueAt(middle) <= target) low = middle + 1
    else high = middle
  }
  return low - 1
}

function inGroups(view: DataView, offset: number, codePoint: number): boolean {
  const start = (i: number): number => view.getUint32(offset + 16 + i * 12)
  const found = lastNotAbove(view.getUint32(offset + 12), start, codePoint)
  if (found < 0 || codePoint > view.getUint32(offset + 20 + found * 12)) return false
  return view.getUint32(offset + 24 + found * 12) + codePoint - start(found) !== 0
}

function inSegments(view: DataView, offset: number, codePoint: number): boolean {
  if (codePoint > 0xffff) return false
  const segments = view.getUint16(offset + 6) / 2
  const starts = offset + 16 + segments * 2
  const found = lastNotAbove(segments, (i) => view.getUint16(starts + i * 2), codePoint)
  if (found < 0 || codePoint > view.getUint16(offset + 14 + found * 2)) return false
  const rangeAt = starts + segments * 4 + found * 2
  const range = view.getUint16(rangeAt)
  const delta = view.getUint16(starts + segments * 2 + found * 2)
  if (range === 0) return ((codePoint + delta) & 0xffff) !== 0
  return view.getUint16(rangeAt + range + (codePoint - view.getUint16(starts + found * 2)) * 2) !== 0
}

function inVariations(view: DataView, offset: number, codePoint: number, selector: number): boolean {
  const uint24 = (at: number): number => view.getUint16(at) * 256 + view.getUint8(at + 2)
  const record = (i: number): number => offset + 10 + i * 11
  const found = lastNotAbove(view.getUint32(offset + 6), (i) => uint24(record(i)), selector)
  if (found < 0 || uint24(record(found)) !== selector) return false
  const [defaults, others] = [view.getUint32(record(found) + 3), view.getUint32(record(found) + 7)]
  if (defaults !== 0) {
    const at = offset + defaults
    const range = lastNotAbove(view.getUint32(at), (i) => uint24(at + 4 + i * 4), codePoint)
    if (range >= 0 && codePoint <= uint24(at + 4 + range * 4) + view.getUint8(at + 7 + range * 4)) return true
  }
  if (others === 0) return false
  const at = offset + others
  const mapping = lastNotAbove(view.getUint32(at), (i) => uint24(at + 4 + i * 5), codePoint)
  return mapping >= 0 && uint24(at + 4 + mapping * 5) === codePoint
}
