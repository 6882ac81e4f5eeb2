// One PDF as a reader following the standard sees it: objects by number through the cross-references, nothing else.
// It never changes bytes and never repairs: a file that needs repair is unreadable.

import { parseStream, readSections, type CrossReference, type CrossReferenceSection } from './cross-reference.ts'
import { expectInteger, expectWord, parseObject, standsAt, unreadable, type Cursor } from './parse-object.ts'
import { entry, nameValue, numberValue, pdfNull, type PdfDictionary, type PdfObject } from './pdf-object.ts'
import { streamData } from './stream-data.ts'

export interface PdfFile {
  readonly bytes: Uint8Array
  /** Newest first. */
  readonly sections: readonly CrossReferenceSection[]
  /** The newest trailer. */
  readonly trailer: PdfDictionary
  readonly catalog: PdfDictionary
  readonly cache: Map<number, LocatedObject>
  readonly containers: Map<number, Container>
}

/** A decoded object stream: where each of its objects starts, by its index. */
interface Container {
  readonly data: Uint8Array
  readonly numbers: readonly number[]
  readonly starts: readonly number[]
}

/** An object and the bytes it came from; start and end are -1 inside an object stream. */
export interface LocatedObject {
  readonly object: PdfObject
  readonly generation: number
  readonly start: number
  readonly end: number
}

/** Opens a PDF. Throws with the reason when it is malformed, encrypted or hybrid; `tryOpenPdf` for foreign bytes. */
export function openPdf(bytes: Uint8Array): PdfFile {
  if (!standsAt(bytes, 0, '%PDF-')) unreadable('no header')
  const sections = readSections(bytes)
  const trailer = sections[0]?.trailer ?? unreadable('no trailer')
  if (trailer.entries.has('Encrypt')) unreadable('encrypted')
  const file: PdfFile = { bytes, sections, trailer, catalog: { kind: 'dictionary', entries: new Map() }, cache: new Map(), containers: new Map() }
  const catalog = resolve(file, entry(trailer, 'Root'))
  if (catalog.kind !== 'dictionary' || nameValue(entry(catalog, 'Type')) !== 'Catalog') return unreadable('no catalog')
  return { ...file, catalog }
}

export function tryOpenPdf(bytes: Uint8Array): PdfFile | null {
  try {
    return openPdf(bytes)
  } catch {
    return null
  }
}

/** Where the newest section that lists the object says it is. */
export function whereIs(file: PdfFile, objectNumber: number): CrossReference | null {
  for (const section of file.sections) {
    const found = section.entries.get(objectNumber)
    if (found) return found
  }
  return null
}

/** Follows a reference (a reference to a reference too); what is absent or free is null, as the standard says. */
export function resolve(file: PdfFile, object: PdfObject | undefined): PdfObject {
  let value = object ?? pdfNull
  for (let hops = 0; value.kind === 'reference'; hops++) {
    if (hops > 16) unreadable('references in a circle')
    const located = locate(file, value.number)
    value = located && located.generation === value.generation ? located.object : pdfNull
  }
  return value
}

/** The object with this number, with its place; null when absent or free. */
export function locate(file: PdfFile, objectNumber: number): LocatedObject | null {
  const cached = file.cache.get(objectNumber)
  if (cached) return cached
  const where = whereIs(file, objectNumber)
  if (!where || where.kind === 'free') return null
  const located = where.kind === 'at' ? readAt(file, objectNumber, where.offset) : readInside(file, objectNumber, where.container, where.index)
  file.cache.set(objectNumber, located)
  return located
}

function readAt(file: PdfFile, objectNumber: number, offset: number): LocatedObject {
  const cursor: Cursor = { bytes: file.bytes, at: offset }
  if (expectInteger(cursor) !== objectNumber) unreadable('object number')
  const generation = expectInteger(cursor)
  expectWord(cursor, 'obj')
  const object = parseStream(cursor, parseObject(cursor), (length) => (length?.kind === 'reference' ? lengthOf(file, length.number) : (length ?? pdfNull)))
  expectWord(cursor, 'endobj')
  return { object, generation, start: offset, end: cursor.at }
}

/** A stream length must be a plain number of its own, or a length could be looked up through itself. */
function lengthOf(file: PdfFile, objectNumber: number): PdfObject {
  const where = whereIs(file, objectNumber)
  if (where?.kind !== 'at') return unreadable('stream length')
  const cursor: Cursor = { bytes: file.bytes, at: where.offset }
  if (expectInteger(cursor) !== objectNumber) unreadable('object number')
  expectInteger(cursor)
  expectWord(cursor, 'obj')
  return parseObject(cursor)
}

function readInside(file: PdfFile, objectNumber: number, containerNumber: number, index: number): LocatedObject {
  const container = file.containers.get(containerNumber) ?? openContainer(file, containerNumber)
  const start = container.starts[index]
  if (start === undefined || container.numbers[index] !== objectNumber) return unreadable('object stream index')
  return { object: parseObject({ bytes: container.data, at: start }), generation: 0, start: -1, end: -1 }
}

/** All object streams of a file together; a small file cannot ask for more memory than this. */
const mostContained = 256 * 1024 * 1024

function openContainer(file: PdfFile, containerNumber: number): Container {
  if (whereIs(file, containerNumber)?.kind !== 'at') unreadable('object stream')
  const stream = locate(file, containerNumber)?.object
  if (stream?.kind !== 'stream' || nameValue(entry(stream, 'Type')) !== 'ObjStm') return unreadable('object stream')
  const data = streamData(stream, (object) => resolve(file, object))
  const held = [...file.containers.values()].reduce((sum, one) => sum + one.data.length, data.length)
  if (held > mostContained) unreadable('object streams too large')
  const first = numberValue(resolve(file, entry(stream, 'First'))) ?? unreadable('object stream')
  const count = numberValue(resolve(file, entry(stream, 'N'))) ?? unreadable('object stream')
  const header: Cursor = { bytes: data, at: 0 }
  const [numbers, starts]: [number[], number[]] = [[], []]
  for (let i = 0; i < count; i++) {
    numbers.push(expectInteger(header))
    starts.push(first + expectInteger(header))
  }
  const container = { data, numbers, starts }
  file.containers.set(containerNumber, container)
  return container
}
