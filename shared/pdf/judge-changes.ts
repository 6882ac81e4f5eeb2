// Judges what was appended behind a signature. Rejects by default: the one thing that may follow is that an empty
// signature field was filled and got its mark. Every appended byte and object must be explained by that (PF-14).

import type { Reason } from '../base/verdict.ts'
import { equalBytes } from '../base/bytes.ts'
import { isSpace } from './parse-object.ts'
import { locate, resolve, type PdfFile } from './pdf-file.ts'
import { entry, nameValue, printObject, type PdfDictionary, type PdfObject } from './pdf-object.ts'
import { isInUse, referencesIn } from './revisions.ts'
import { signatureFields } from './signature-fields.ts'
import type { CrossReferenceSection } from './cross-reference.ts'

/**
 * Reasons against the step from `older` to `newer` (whose first bytes are `older`); empty when every change is a filled
 * field. `dangling` are object numbers that older content refers to and nobody had defined: defining one would change
 * what is shown.
 */
export function judgeChanges(older: PdfFile, newer: PdfFile, dangling: ReadonlySet<number>): readonly Reason[] {
  const added = newer.sections.filter((section) => section.offset >= older.bytes.length)
  const kept = newer.sections.slice(added.length)
  if (kept.length !== older.sections.length || kept.some((section, i) => section.offset !== older.sections[i]?.offset)) return [{ code: 'history-rewritten' }]
  const numbers = [...new Set(added.flatMap((section) => [...section.entries.keys()]))]
  const explained = new Set(added.flatMap((section) => (section.objectNumber === null ? [] : [section.objectNumber])))
  const reasons: Reason[] = [...trailerReasons(older, newer), ...entryReasons(added)]
  const fields = new Map(signatureFields(older).map((field) => [field.objectNumber, field]))
  for (const objectNumber of numbers.filter((n) => isInUse(older, n))) {
    const before = locate(older, objectNumber)?.object
    const after = locate(newer, objectNumber)?.object
    const field = fields.get(objectNumber)
    const filled = field && !field.signature && after?.kind === 'dictionary' ? filledBy(older, newer, field.dictionary, after) : null
    if (filled) for (const part of filled) explained.add(part)
    else if (!before || !after || !same(before, after)) reasons.push({ code: 'object-changed', facts: { object: objectNumber } })
  }
  for (const objectNumber of numbers.filter((n) => n !== 0 && !isInUse(older, n))) {
    if (!explained.has(objectNumber)) reasons.push({ code: 'object-added', facts: { object: objectNumber } })
    if (dangling.has(objectNumber)) reasons.push({ code: 'reference-redirected', facts: { object: objectNumber } })
  }
  return [...reasons, ...gapReasons(older, newer, added, numbers)]
}

/** Numbers of the signature and the mark with which `after` fills the empty field `before`; null when it does more. */
function filledBy(older: PdfFile, newer: PdfFile, before: PdfDictionary, after: PdfDictionary): readonly number[] | null {
  const keys = new Set([...before.entries.keys(), ...after.entries.keys()])
  for (const key of keys) {
    if (key === 'V' || key === 'AP') continue
    const [was, is] = [before.entries.get(key), after.entries.get(key)]
    if (!was || !is || !same(was, is)) return null
  }
  const value = entry(after, 'V')
  const appearance = entry(after, 'AP')
  const normal = entry(appearance, 'N')
  if (value?.kind !== 'reference' || normal?.kind !== 'reference') return null
  if (appearance?.kind !== 'dictionary' || appearance.entries.size !== 1) return null
  if (isInUse(older, value.number) || isInUse(older, normal.number)) return null
  const signature = resolve(newer, value)
  const mark = resolve(newer, normal)
  if (signature.kind !== 'dictionary' || nameValue(entry(signature, 'Type')) !== 'Sig') return null
  if (mark.kind !== 'stream' || nameValue(entry(mark, 'Subtype')) !== 'Form') return null
  const referred = [...referencesIn(signature), ...referencesIn(mark)]
  return referred.every((n) => isInUse(newer, n)) ? [value.number, normal.number] : null
}

function trailerReasons(older: PdfFile, newer: PdfFile): readonly Reason[] {
  const sameEntry = (key: string): boolean => printed(entry(older.trailer, key)) === printed(entry(newer.trailer, key))
  const changed = ['Root', 'Info'].filter((key) => !sameEntry(key))
  const [was, is] = [firstId(older), firstId(newer)]
  if (was !== null && (is === null || !equalBytes(was, is))) changed.push('ID')
  return changed.map((key) => ({ code: 'trailer-changed', facts: { key } }))
}

function firstId(file: PdfFile): Uint8Array | null {
  const id = entry(file.trailer, 'ID')
  return id?.kind === 'array' && id.items[0]?.kind === 'string' ? id.items[0].bytes : null
}

function entryReasons(added: readonly CrossReferenceSection[]): readonly Reason[] {
  return added.flatMap((section) =>
    [...section.entries].flatMap(([objectNumber, where]): Reason[] => {
      if (where.kind === 'in') return [{ code: 'object-in-stream', facts: { object: objectNumber } }]
      return where.kind === 'free' && objectNumber !== 0 ? [{ code: 'object-removed', facts: { object: objectNumber } }] : []
    }),
  )
}

/** Between the objects and sections that were appended there may be white space and nothing else. */
function gapReasons(older: PdfFile, newer: PdfFile, added: readonly CrossReferenceSection[], numbers: readonly number[]): readonly Reason[] {
  const spans = added.map((section) => ({ start: section.offset, end: section.end }))
  const sectionObjects = new Set(added.map((section) => section.objectNumber))
  for (const objectNumber of numbers) {
    const located = sectionObjects.has(objectNumber) ? null : locate(newer, objectNumber)
    if (located) spans.push({ start: located.start, end: located.end })
  }
  spans.sort((a, b) => a.start - b.start)
  let at = older.bytes.length
  for (const span of [...spans, { start: newer.bytes.length, end: newer.bytes.length }]) {
    if (span.start < at) return [{ code: 'objects-overlap' }]
    for (; at < span.start; at++) if (!isSpace(newer.bytes[at])) return [{ code: 'bytes-unexplained', facts: { offset: at } }]
    at = span.end
  }
  return []
}

function same(a: PdfObject, b: PdfObject): boolean {
  if (a.kind === 'stream' || b.kind === 'stream') return a.kind === 'stream' && b.kind === 'stream' && printObject(a.dictionary) === printObject(b.dictionary) && equalBytes(a.data, b.data)
  return printObject(a) === printObject(b)
}

function printed(object: PdfObject | undefined): string {
  return object === undefined || object.kind === 'stream' ? '' : printObject(object)
}
