// Finds the signature fields of a document and the signatures in them (ISO 32000-1 12.7.4.5, 12.8.1).
// It reads what stands there; whether a signature holds is judged in verify-pdf.ts.

import { unreadable } from './parse-object.ts'
import { locate, resolve, type PdfFile } from './pdf-file.ts'
import { entry, nameValue, numberValue, textValue, type PdfDictionary, type PdfObject, type PdfString } from './pdf-object.ts'

export interface SignatureField {
  /** Full name, parents joined by full stops. */
  readonly name: string
  readonly objectNumber: number
  readonly generation: number
  readonly dictionary: PdfDictionary
  /** x1 y1 x2 y2 in points of the page. */
  readonly rect: readonly [number, number, number, number]
  /** The signature dictionary; null while the field is empty. */
  readonly signature: PlacedSignature | null
}

export interface PlacedSignature {
  readonly objectNumber: number
  readonly dictionary: PdfDictionary
  readonly byteRange: readonly [number, number, number, number]
  readonly contents: PdfString
}

const maxFields = 10_000

/** All signature fields in the order of the form. Throws when the form or a signature in it is malformed. */
export function signatureFields(file: PdfFile): readonly SignatureField[] {
  const form = resolve(file, entry(file.catalog, 'AcroForm'))
  const roots = resolve(file, entry(form, 'Fields'))
  const fields: SignatureField[] = []
  const seen = new Set<number>()
  const visit = (object: PdfObject, prefix: string, inherited: string | null): void => {
    if (object.kind !== 'reference' || seen.has(object.number) || seen.size >= maxFields) return
    seen.add(object.number)
    const located = locate(file, object.number)
    if (located?.object.kind !== 'dictionary') return
    const own = textValue(resolve(file, entry(located.object, 'T')))
    const full = own === null ? prefix : prefix === '' ? own : `${prefix}.${own}`
    const type = nameValue(resolve(file, entry(located.object, 'FT'))) ?? inherited
    const kids = resolve(file, entry(located.object, 'Kids'))
    if (kids.kind === 'array') for (const kid of kids.items) visit(kid, full, type)
    else if (type === 'Sig') fields.push(readField(file, full, object.number, located.generation, located.object))
  }
  if (roots.kind === 'array') for (const root of roots.items) visit(root, '', null)
  return fields
}

function readField(file: PdfFile, name: string, objectNumber: number, generation: number, dictionary: PdfDictionary): SignatureField {
  const rect = resolve(file, entry(dictionary, 'Rect'))
  const corners = rect.kind === 'array' ? rect.items.map((item) => numberValue(resolve(file, item)) ?? 0) : []
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = corners
  return { name, objectNumber, generation, dictionary, rect: [x1, y1, x2, y2], signature: readSignature(file, entry(dictionary, 'V')) }
}

function readSignature(file: PdfFile, value: PdfObject | undefined): PlacedSignature | null {
  if (value === undefined || value.kind === 'null') return null
  if (value.kind !== 'reference') return unreadable('a signature is an indirect object')
  const located = locate(file, value.number)
  if (located?.object.kind !== 'dictionary' || located.start < 0) return unreadable('signature dictionary')
  const range = entry(located.object, 'ByteRange')
  const contents = entry(located.object, 'Contents')
  if (range?.kind !== 'array' || range.items.length !== 4 || contents?.kind !== 'string' || !contents.hex) return unreadable('signature dictionary')
  const [a, b, c, d] = range.items.map((item) => numberValue(item))
  if (![a, b, c, d].every((n) => n !== null && n !== undefined && Number.isInteger(n) && n >= 0)) return unreadable('ByteRange')
  return { objectNumber: value.number, dictionary: located.object, byteRange: [a as number, b as number, c as number, d as number], contents }
}
