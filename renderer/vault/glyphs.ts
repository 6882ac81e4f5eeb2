// Which characters a shipped font can show, read from its cmap (OpenType formats 4, 12 and 14). It never guesses: what is in no
// table is not there, and is then shown as a boxed code.

export interface FontCoverage {
  has(codePoint: number): boolean
  /** The variation sequence (UVS), as its own glyph or as the default one. */
  hasVariation(base: number, selector: number): boolean
}

type Range = readonly [first: number, last: number]

/** Throws on bytes that are no TrueType or OpenType font. */
export function fontCoverage(font: Uint8Array): FontCoverage {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength)
  const cmap = tableAt(view, 'cmap')
  const ranges: Range[] = []
  const variations = new Map<number, readonly Range[]>()
  for (let i = 0, count = view.getUint16(cmap + 2); i < count; i++) {
    const at = cmap + view.getUint32(cmap + 4 + i * 8 + 4)
    const format = view.getUint16(at)
    if (format === 4) ranges.push(...segments(view, at))
    else if (format === 12) ranges.push(...groups(view, at))
    else if (format === 14) for (const [selector, found] of sequences(view, at)) variations.set(selector, found)
  }
  const sorted = merged(ranges)
  return {
    has: (codePoint) => within(sorted, codePoint),
    hasVariation: (base, selector) => within(variations.get(selector) ?? [], base),
  }
}

function tableAt(view: DataView, tag: string): number {
  for (let i = 0, count = view.getUint16(4); i < count; i++) {
    const at = 12 + i * 16
    const name = String.fromCharCode(...[0, 1, 2, 3].map((n) => view.getUint8(at + n)))
    if (name === tag) return view.getUint32(at + 8)
  }
  throw new Error(`the font has no ${tag} table`)
}

/** Format 4: segments of the basic plane; a code that maps to glyph 0 is not there. */
function segments(view: DataView, at: number): readonly Range[] {
  const count = view.getUint16(at + 6) / 2
  const [ends, starts, deltas, offsets] = [at + 14, at + 16 + count * 2, at + 16 + count * 4, at + 16 + count * 6]
  const ranges: Range[] = []
  for (let i = 0; i < count; i++) {
    const [end, start, delta, offset] = [view.getUint16(ends + i * 2), view.getUint16(starts + i * 2), view.getUint16(deltas + i * 2), view.getUint16(offsets + i * 2)]
    for (let code = start; code <= end && code < 0xffff; code++) {
      const glyph = offset === 0 ? (code + delta) & 0xffff : view.getUint16(offsets + i * 2 + offset + (code - start) * 2)
      if (glyph !== 0) ranges.push([code, code])
    }
  }
  return ranges
}

/** Format 12: groups of all planes. */
function groups(view: DataView, at: number): readonly Range[] {
  return Array.from({ length: view.getUint32(at + 12) }, (_, i): Range => [view.getUint32(at + 16 + i * 12), view.getUint32(at + 20 + i * 12)])
}

/** Format 14: by selector, the bases that have a variation. */
function sequences(view: DataView, at: number): readonly (readonly [selector: number, bases: readonly Range[]])[] {
  return Array.from({ length: view.getUint32(at + 6) }, (_, i) => {
    const record = at + 10 + i * 11
    const [defaults, others] = [view.getUint32(record + 3), view.getUint32(record + 7)]
    const ranges: Range[] = []
    for (let n = 0, count = defaults ? view.getUint32(at + defaults) : 0; n < count; n++) {
      const first = uint24(view, at + defaults + 4 + n * 4)
      ranges.push([first, first + view.getUint8(at + defaults + 7 + n * 4)])
    }
    for (let n = 0, count = others ? view.getUint32(at + others) : 0; n < count; n++) {
      const base = uint24(view, at + others + 4 + n * 5)
      ranges.push([base, base])
    }
    return [uint24(view, record), merged(ranges)] as const
  })
}

function uint24(view: DataView, at: number): number {
  return (view.getUint8(at) << 16) | view.getUint16(at + 1)
}

function merged(ranges: readonly Range[]): readonly Range[] {
  const out: [number, number][] = []
  for (const [first, last] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const before = out.at(-1)
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last)
    else out.push([first, last])
  }
  return out
}

function within(ranges: readonly Range[], code: number): boolean {
  let [low, high] = [0, ranges.length - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const [first, last] = ranges[middle] as Range
    if (code < first) high = middle - 1
    else if (code > last) low = middle + 1
    else return true
  }
  return false
}

/** Can every stack of fonts show the cluster, in one font of the stack? White space and controls need no glyph. */
export function canShow(stacks: readonly (readonly FontCoverage[])[], cluster: string): boolean {
  const codes = [...cluster].map((char) => char.codePointAt(0) as number).filter((code) => code > 0x20)
  return stacks.every((stack) => stack.some((font) => showsAll(font, codes)))
}

function showsAll(font: FontCoverage, codes: readonly number[]): boolean {
  return codes.every((code, i) => (isSelector(code) ? font.hasVariation(codes[i - 1] ?? 0, code) : font.has(code)))
}

function isSelector(code: number): boolean {
  return (code >= 0xfe00 && code <= 0xfe0f) || (code >= 0xe0100 && code <= 0xe01ef)
}
