// Reads cross-reference sections, tables and streams (ISO 32000-1 7.5.4, 7.5.8), from the newest back to the first.
// It trusts only the chain that starts at the last startxref and never searches a file for objects: what a reader
// following the standard would not see, we do not see either.

import { expectInteger, expectWord, isSpace, parseObject, skipSpace, standsAt, unreadable, type Cursor } from './parse-object.ts'
import { entry, nameValue, numberValue, type PdfDictionary, type PdfObject } from './pdf-object.ts'
import { streamData } from './stream-data.ts'

export type CrossReference =
  | { readonly kind: 'free' }
  | { readonly kind: 'at'; readonly offset: number; readonly generation: number }
  | { readonly kind: 'in'; readonly container: number; readonly index: number }

export interface CrossReferenceSection {
  readonly kind: 'table' | 'stream'
  /** Where the section starts (the word xref, or the stream's object header). */
  readonly offset: number
  /** Behind its `%%EOF`, without the line end that may follow. */
  readonly end: number
  /** The object number of a cross-reference stream. */
  readonly objectNumber: number | null
  readonly entries: ReadonlyMap<number, CrossReference>
  readonly trailer: PdfDictionary
  readonly previous: number | null
}

const maxSections = 1024
const maxObjects = 2_000_000

/** Every section, newest first. Throws when the chain is broken, loops, or is of the hybrid kind. */
export function readSections(bytes: Uint8Array): readonly CrossReferenceSection[] {
  const sections: CrossReferenceSection[] = []
  const seen = new Set<number>()
  for (let offset: number | null = lastStart(bytes); offset !== null; ) {
    if (seen.has(offset) || seen.size >= maxSections) unreadable('cross-reference loop')
    seen.add(offset)
    const section: CrossReferenceSection = readSection(bytes, offset)
    sections.push(section)
    offset = section.previous
  }
  return sections
}

/** The offset named by the startxref that ends the file; nothing but white space may follow its %%EOF. */
function lastStart(bytes: Uint8Array): number {
  let at = bytes.length - 9
  const floor = Math.max(0, bytes.length - 2048)
  while (at >= floor && !standsAt(bytes, at, 'startxref')) at--
  if (at < floor) unreadable('no startxref')
  const cursor: Cursor = { bytes, at }
  const { offset, end } = readStart(cursor)
  for (let i = end; i < bytes.length; i++) if (!isSpace(bytes[i])) unreadable('bytes after %%EOF')
  return offset
}

function readStart(cursor: Cursor): { readonly offset: number; readonly end: number } {
  expectWord(cursor, 'startxref')
  const offset = expectInteger(cursor)
  while (isSpace(cursor.bytes[cursor.at])) cursor.at++
  if (!standsAt(cursor.bytes, cursor.at, '%%EOF')) unreadable('%%EOF expected')
  return { offset, end: cursor.at + 5 }
}

function readSection(bytes: Uint8Array, offset: number): CrossReferenceSection {
  const cursor: Cursor = { bytes, at: offset }
  return standsAt(bytes, offset, 'xref') ? readTable(cursor) : readStreamSection(cursor)
}

function readTable(cursor: Cursor): CrossReferenceSection {
  const offset = cursor.at
  expectWord(cursor, 'xref')
  const entries = new Map<number, CrossReference>()
  for (;;) {
    skipSpace(cursor)
    if (standsAt(cursor.bytes, cursor.at, 'trailer')) break
    readSubsection(cursor, entries)
  }
  expectWord(cursor, 'trailer')
  const trailer = parseObject(cursor)
  if (trailer.kind !== 'dictionary') return unreadable('trailer')
  if (trailer.entries.has('XRefStm')) unreadable('hybrid cross-references')
  return { kind: 'table', offset, end: readStart(cursor).end, objectNumber: null, entries, trailer, previous: previousOf(trailer) }
}

function readSubsection(cursor: Cursor, entries: Map<number, CrossReference>): void {
  const first = expectInteger(cursor)
  const count = expectInteger(cursor)
  if (count > maxObjects || first + count > maxObjects) unreadable('too many objects')
  for (let i = 0; i < count; i++) {
    const offset = expectInteger(cursor)
    const generation = expectInteger(cursor)
    skipSpace(cursor)
    const kind = cursor.bytes[cursor.at++]
    if (kind !== 0x6e && kind !== 0x66) unreadable('cross-reference entry')
    if (entries.has(first + i)) unreadable('object listed twice')
    entries.set(first + i, kind === 0x6e ? { kind: 'at', offset, generation } : { kind: 'free' })
  }
}

function readStreamSection(cursor: Cursor): CrossReferenceSection {
  const offset = cursor.at
  const objectNumber = expectInteger(cursor)
  expectInteger(cursor)
  expectWord(cursor, 'obj')
  const stream = parseStream(cursor, parseObject(cursor), (object) => object ?? { kind: 'null' })
  if (stream.kind !== 'stream' || nameValue(entry(stream, 'Type')) !== 'XRef') return unreadable('cross-reference stream')
  expectWord(cursor, 'endobj')
  const trailer = stream.dictionary
  const data = streamData(stream, (object) => object ?? { kind: 'null' })
  return { kind: 'stream', offset, end: readStart(cursor).end, objectNumber, entries: streamEntries(trailer, data), trailer, previous: previousOf(trailer) }
}

function previousOf(trailer: PdfDictionary): number | null {
  const previous = entry(trailer, 'Prev')
  if (previous === undefined) return null
  return numberValue(previous) ?? unreadable('Prev')
}

function streamEntries(trailer: PdfDictionary, data: Uint8Array): ReadonlyMap<number, CrossReference> {
  const widths = numbers(entry(trailer, 'W'))
  const [w0 = 0, w1 = 0, w2 = 0] = widths
  // Entries of no width would cost nothing to list by the million.
  if (widths.length !== 3 || widths.some((w) => w < 0 || w > 6) || w0 + w1 + w2 === 0) unreadable('cross-reference widths')
  const size = numberValue(entry(trailer, 'Size')) ?? 0
  const index = entry(trailer, 'Index') === undefined ? [0, size] : numbers(entry(trailer, 'Index'))
  const entries = new Map<number, CrossReference>()
  let at = 0
  const field = (width: number, absent: number): number => {
    if (width === 0) return absent
    let value = 0
    for (let i = 0; i < width; i++) value = value * 256 + (data[at++] ?? unreadable('cross-reference stream cut'))
    return value
  }
  for (let pair = 0; pair + 1 < index.length; pair += 2) {
    const first = index[pair] as number
    const count = index[pair + 1] as number
    if (count > maxObjects || first + count > maxObjects) unreadable('too many objects')
    for (let i = 0; i < count; i++) {
      const [type, a, b] = [field(w0, 1), field(w1, 0), field(w2, 0)]
      if (entries.has(first + i)) unreadable('object listed twice')
      entries.set(first + i, type === 1 ? { kind: 'at', offset: a, generation: b } : type === 2 ? { kind: 'in', container: a, index: b } : { kind: 'free' })
    }
  }
  return entries
}

function numbers(object: PdfObject | undefined): readonly number[] {
  if (object?.kind !== 'array') return unreadable('array of numbers expected')
  return object.items.map((item) => numberValue(item) ?? unreadable('number expected'))
}

/** Given a dictionary just parsed: if `stream` follows, reads it through `endstream`; else gives the object back. */
export function parseStream(cursor: Cursor, object: PdfObject, resolve: (object: PdfObject | undefined) => PdfObject): PdfObject {
  if (object.kind !== 'dictionary') return object
  const ahead: Cursor = { bytes: cursor.bytes, at: cursor.at }
  skipSpace(ahead)
  if (!standsAt(ahead.bytes, ahead.at, 'stream')) return object
  ahead.at += 6
  if (ahead.bytes[ahead.at] === 0x0d) ahead.at++
  if (ahead.bytes[ahead.at++] !== 0x0a) unreadable('stream line end')
  const length = numberValue(resolve(entry(object, 'Length')))
  if (length === null || !Number.isInteger(length) || length < 0 || ahead.at + length > ahead.bytes.length) return unreadable('stream length')
  const data = ahead.bytes.subarray(ahead.at, ahead.at + length)
  ahead.at += length
  expectWord(ahead, 'endstream')
  cursor.at = ahead.at
  return { kind: 'stream', dictionary: object, data }
}
