// The objects a PDF is made of (ISO 32000-1 7.3) as plain values, how to ask them, and how to print them.
// It reads no bytes (parse-object.ts) and knows nothing of files or cross-references.

import { bytesToHex, utf8ToBytes } from '../base/bytes.ts'

export type PdfObject = PdfNull | PdfBoolean | PdfNumber | PdfName | PdfString | PdfReference | PdfArray | PdfDictionary | PdfStream

export interface PdfNull {
  readonly kind: 'null'
}
export interface PdfBoolean {
  readonly kind: 'boolean'
  readonly value: boolean
}
export interface PdfNumber {
  readonly kind: 'number'
  readonly value: number
  /** As written, so that copying a number never changes it. */
  readonly text: string
}
/** `value` has its #xx escapes resolved; one char per byte. */
export interface PdfName {
  readonly kind: 'name'
  readonly value: string
}
export interface PdfString {
  readonly kind: 'string'
  readonly bytes: Uint8Array
  readonly hex: boolean
  /** Where it stands in the bytes it was read from, delimiters included; -1 when it was made. */
  readonly start: number
  readonly end: number
}
export interface PdfReference {
  readonly kind: 'reference'
  readonly number: number
  readonly generation: number
}
export interface PdfArray {
  readonly kind: 'array'
  readonly items: readonly PdfObject[]
}
export interface PdfDictionary {
  readonly kind: 'dictionary'
  readonly entries: ReadonlyMap<string, PdfObject>
}
/** `data` is as stored (encoded). */
export interface PdfStream {
  readonly kind: 'stream'
  readonly dictionary: PdfDictionary
  readonly data: Uint8Array
}

export const pdfNull: PdfNull = { kind: 'null' }

export function name(value: string): PdfName {
  return { kind: 'name', value }
}

export function number(value: number): PdfNumber {
  return { kind: 'number', value, text: Number.isInteger(value) ? String(value) : value.toFixed(4).replace(/\.?0+$/, '') }
}

export function reference(objectNumber: number, generation = 0): PdfReference {
  return { kind: 'reference', number: objectNumber, generation }
}

export function array(...items: readonly PdfObject[]): PdfArray {
  return { kind: 'array', items }
}

export function dictionary(entries: Readonly<Record<string, PdfObject>>): PdfDictionary {
  return { kind: 'dictionary', entries: new Map(Object.entries(entries)) }
}

/** A text string (ISO 32000-1 7.9.2.2): UTF-16BE with byte order mark, printed in hex. */
export function textString(text: string): PdfString {
  const bytes = new Uint8Array(2 + text.length * 2)
  bytes.set([0xfe, 0xff])
  for (let i = 0; i < text.length; i++) bytes.set([text.charCodeAt(i) >> 8, text.charCodeAt(i) & 255], 2 + i * 2)
  return { kind: 'string', bytes, hex: true, start: -1, end: -1 }
}

/** ASCII only. */
export function asciiString(text: string): PdfString {
  return { kind: 'string', bytes: utf8ToBytes(text), hex: false, start: -1, end: -1 }
}

/** The dictionary with entries replaced or added; the others keep their order. */
export function withEntries(base: PdfDictionary, changes: Readonly<Record<string, PdfObject>>): PdfDictionary {
  return { kind: 'dictionary', entries: new Map([...base.entries, ...Object.entries(changes)]) }
}

export function entry(object: PdfObject | undefined, key: string): PdfObject | undefined {
  if (object?.kind === 'dictionary') return object.entries.get(key)
  return object?.kind === 'stream' ? object.dictionary.entries.get(key) : undefined
}

export function nameValue(object: PdfObject | undefined): string | null {
  return object?.kind === 'name' ? object.value : null
}

export function numberValue(object: PdfObject | undefined): number | null {
  return object?.kind === 'number' ? object.value : null
}

/** Text of a text string: UTF-16BE with its mark, else one char per byte (PDFDocEncoding, exact for ASCII). */
export function textValue(object: PdfObject | undefined): string | null {
  if (object?.kind !== 'string') return null
  const { bytes } = object
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    let text = ''
    for (let i = 2; i + 1 < bytes.length; i += 2) text += String.fromCharCode((bytes[i] as number) * 256 + (bytes[i + 1] as number))
    return text
  }
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}

/** Prints an object that is no stream, in ASCII. */
export function printObject(object: Exclude<PdfObject, PdfStream>): string {
  switch (object.kind) {
    case 'null':
      return 'null'
    case 'boolean':
      return String(object.value)
    case 'number':
      return object.text
    case 'name':
      return printName(object.value)
    case 'string':
      return object.hex ? `<${bytesToHex(object.bytes)}>` : printLiteral(object.bytes)
    case 'reference':
      return `${object.number} ${object.generation} R`
    case 'array':
      return `[${object.items.map(printDirect).join(' ')}]`
    case 'dictionary':
      return `<<${[...object.entries].map(([key, value]) => `${printName(key)} ${printDirect(value)}`).join(' ')}>>`
  }
}

function printDirect(object: PdfObject): string {
  if (object.kind === 'stream') throw new Error('defect: a stream is always an indirect object')
  return printObject(object)
}

function printName(value: string): string {
  let text = '/'
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i)
    const plain = code > 0x20 && code < 0x7f && !'#()<>[]{}/%'.includes(value[i] as string)
    text += plain ? value[i] : `#${code.toString(16).padStart(2, '0')}`
  }
  return text
}

function printLiteral(bytes: Uint8Array): string {
  let text = '('
  for (const byte of bytes) {
    const char = String.fromCharCode(byte)
    if ('()\\'.includes(char)) text += `\\${char}`
    else text += byte >= 0x20 && byte < 0x7f ? char : `\\${byte.toString(8).padStart(3, '0')}`
  }
  return `${text})`
}
