// Computes the CIDSet of an embedded TrueType subset (ISO 19005-1 6.3.5): which glyphs the font program really holds.
// CIDs are glyph numbers here (Identity), as Chromium and pdf-lib both write them.

/** One bit for each glyph, glyph 0 in the highest bit of the first byte. Null when the font has no `glyf` outlines. */
export function cidSet(font: Uint8Array): Uint8Array | null {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength)
  const tables = readTables(view)
  const head = tables.get('head')
  const maxp = tables.get('maxp')
  const loca = tables.get('loca')
  if (head === undefined || maxp === undefined || loca === undefined || !tables.has('glyf')) return null
  const long = view.getInt16(head + 50) === 1
  const glyphs = view.getUint16(maxp + 4)
  const offset = (glyph: number): number => (long ? view.getUint32(loca + glyph * 4) : view.getUint16(loca + glyph * 2) * 2)
  const bits = new Uint8Array(Math.ceil(glyphs / 8))
  for (let glyph = 0; glyph < glyphs; glyph++) {
    const present = glyph === 0 || offset(glyph + 1) > offset(glyph)
    if (present) bits[glyph >> 3] = (bits[glyph >> 3] as number) | (0x80 >> (glyph & 7))
  }
  return bits
}

function readTables(view: DataView): ReadonlyMap<string, number> {
  const tables = new Map<string, number>()
  const count = view.getUint16(4)
  for (let i = 0; i < count; i++) {
    const record = 12 + i * 16
    const tag = [0, 1, 2, 3].map((n) => String.fromCharCode(view.getUint8(record + n))).join('')
    tables.set(tag, view.getUint32(record + 8))
  }
  return tables
}
