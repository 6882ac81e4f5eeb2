// LG-65 to LG-67: a book of document wraps. After an epoch was renewed the keys of all documents that exist are wrapped anew, and so many
// small objects would weigh more than what is in them: those of one collection whose handles begin alike lie in one replaceable object.

import * as v from 'valibot'
import { bytesToHex } from '../base/bytes.ts'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { documentWrapToBytes } from './wraps.ts'

/** A document's key, sealed under an epoch key as in a wrap of its own (LG-64). */
export interface BookEntry {
  readonly epoch: number
  readonly sealed: Uint8Array
}

/** By the document's handle. */
export type WrapBook = ReadonlyMap<string, BookEntry>

export const emptyBook: WrapBook = new Map()

const handle = v.pipe(v.string(), v.regex(/^[0-9a-z]{1,40}(\.[0-9a-z]{1,20})?$/))
const epoch = v.pipe(v.string(), v.regex(/^(0|[1-9]\d{0,15})$/))
const bookSchema = v.strictObject({ s: v.literal(1), v: v.literal(1), kind: v.literal('documents'), of: v.record(epoch, v.record(handle, v.instance(Uint8Array))) })

export function wrapBookToBytes(book: WrapBook): Uint8Array {
  const of: Record<string, Record<string, Uint8Array>> = {}
  for (const [doc, entry] of book) (of[String(entry.epoch)] ??= {})[doc] = entry.sealed
  return encodeCbor({ s: 1, v: 1, kind: 'documents', of })
}

/** Null for bytes that are no book. Where a handle stands twice, its later epoch counts. */
export function parseWrapBook(object: Uint8Array): WrapBook | null {
  const parsed = v.safeParse(bookSchema, decodeCbor(object))
  if (!parsed.success) return null
  const entries = Object.entries(parsed.output.of).map(([under, wraps]) => [Number(under), wraps] as const)
  return new Map(entries.sort(([a], [b]) => a - b).flatMap(([under, wraps]) => Object.entries(wraps).map(([doc, sealed]) => [doc, { epoch: under, sealed }] as const)))
}

/** LG-66 of two entries for one document the later epoch stays; of the same epoch the one whose bytes come first, so that everybody comes to hold the same book. */
export function uniteWrapBooks(one: WrapBook, other: WrapBook): WrapBook {
  const united = new Map(one)
  for (const [doc, entry] of other) {
    const here = united.get(doc)
    if (!here || entry.epoch > here.epoch || (entry.epoch === here.epoch && bytesToHex(entry.sealed) < bytesToHex(here.sealed))) united.set(doc, entry)
  }
  return united
}

/** What `openDocumentKey` takes. */
export function entryToWrap({ epoch: under, sealed }: BookEntry): Uint8Array {
  return documentWrapToBytes(under, sealed)
}
