// Reads PDF syntax (ISO 32000-1 7.2, 7.3) at a given offset. Strict where leniency would let two readers see two documents;
// depth is bounded. It follows no references and keeps no state between calls.

import type { PdfObject, PdfString } from './pdf-object.ts'

const maxDepth = 64

/** A place in the bytes. Functions here advance `at`. */
export interface Cursor {
  readonly bytes: Uint8Array
  at: number
}

export function unreadable(why: string): never {
  throw new Error(`unreadable PDF: ${why}`)
}

export function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === 0x0c || byte === 0
}

/** 1 for regular characters: neither white space nor one of the ten delimiters. */
const regular = Uint8Array.from({ length: 256 }, (_, byte) => (isSpace(byte) || '()<>[]{}/%'.includes(String.fromCharCode(byte)) ? 0 : 1))

function isRegular(byte: number | undefined): boolean {
  return byte !== undefined && regular[byte] === 1
}

export function skipSpace(cursor: Cursor): void {
  for (;;) {
    while (isSpace(cursor.bytes[cursor.at])) cursor.at++
    if (cursor.bytes[cursor.at] !== 0x25) return
    while (cursor.at < cursor.bytes.length && cursor.bytes[cursor.at] !== 0x0a && cursor.bytes[cursor.at] !== 0x0d) cursor.at++
  }
}

/** Does `text` (ASCII) stand at `at`? */
export function standsAt(bytes: Uint8Array, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false
  return true
}

/** Consumes a keyword that ends where a regular run ends. */
export function expectWord(cursor: Cursor, word: string): void {
  skipSpace(cursor)
  if (!standsAt(cursor.bytes, cursor.at, word) || isRegular(cursor.bytes[cursor.at + word.length])) unreadable(`${word} expected`)
  cursor.at += word.length
}

/** Consumes a non-negative integer of at most ten digits. */
export function expectInteger(cursor: Cursor): number {
  skipSpace(cursor)
  const text = regularRun(cursor)
  if (!/^\d{1,10}$/.test(text)) unreadable('integer expected')
  return Number(text)
}

function regularRun(cursor: Cursor): string {
  let text = ''
  while (isRegular(cursor.bytes[cursor.at])) text += String.fromCharCode(cursor.bytes[cursor.at++] as number)
  return text
}

/** Reads one direct object or reference; leaves the cursor after it. */
export function parseObject(cursor: Cursor, depth = 0): PdfObject {
  if (depth > maxDepth) unreadable('nested too deeply')
  skipSpace(cursor)
  const { bytes } = cursor
  switch (bytes[cursor.at]) {
    case undefined:
      return unreadable('end of data')
    case 0x2f:
      return { kind: 'name', value: parseName(cursor) }
    case 0x28:
      return parseLiteral(cursor)
    case 0x5b:
      return parseArray(cursor, depth)
    case 0x3c:
      return bytes[cursor.at + 1] === 0x3c ? parseDictionary(cursor, depth) : parseHex(cursor)
    default:
      return parseWord(cursor)
  }
}

function parseName(cursor: Cursor): string {
  cursor.at++
  const text = regularRun(cursor)
  return text.replace(/#([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

function parseArray(cursor: Cursor, depth: number): PdfObject {
  cursor.at++
  const items: PdfObject[] = []
  for (;;) {
    skipSpace(cursor)
    if (cursor.bytes[cursor.at] === 0x5d) break
    items.push(parseObject(cursor, depth + 1))
  }
  cursor.at++
  return { kind: 'array', items }
}

function parseDictionary(cursor: Cursor, depth: number): PdfObject {
  cursor.at += 2
  const entries = new Map<string, PdfObject>()
  for (;;) {
    skipSpace(cursor)
    if (standsAt(cursor.bytes, cursor.at, '>>')) break
    if (cursor.bytes[cursor.at] !== 0x2f) unreadable('dictionary key expected')
    const key = parseName(cursor)
    // Readers differ on which of two equal keys wins: neither may.
    if (entries.has(key)) unreadable('dictionary key given twice')
    entries.set(key, parseObject(cursor, depth + 1))
  }
  cursor.at += 2
  return { kind: 'dictionary', entries }
}

const hexDigit = new Int8Array(256).fill(-1)
for (const digit of '0123456789abcdefABCDEF') hexDigit[digit.charCodeAt(0)] = Number.parseInt(digit, 16)

function parseHex(cursor: Cursor): PdfString {
  const start = cursor.at
  const close = cursor.bytes.indexOf(0x3e, start)
  if (close < 0) return unreadable('hexadecimal string')
  const octets = new Uint8Array((close - start) >> 1)
  let [count, high] = [0, -1]
  for (let at = start + 1; at < close; at++) {
    const byte = cursor.bytes[at] as number
    const digit = hexDigit[byte] as number
    if (digit < 0) {
      if (!isSpace(byte)) unreadable('hexadecimal string')
    } else if (high < 0) high = digit << 4
    else {
      octets[count++] = high | digit
      high = -1
    }
  }
  if (high >= 0) octets[count++] = high
  cursor.at = close + 1
  return { kind: 'string', bytes: count === octets.length ? octets : octets.slice(0, count), hex: true, start, end: cursor.at }
}

const escapes: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, f: 12 }

function parseLiteral(cursor: Cursor): PdfString {
  const start = cursor.at++
  const out: number[] = []
  for (let depth = 1; ; ) {
    const byte = cursor.bytes[cursor.at++]
    if (byte === undefined) unreadable('string without end')
    if (byte === 0x5c) parseEscape(cursor, out)
    else if (byte === 0x29 && --depth === 0) break
    else {
      if (byte === 0x28) depth++
      if (byte === 0x0d && cursor.bytes[cursor.at] === 0x0a) cursor.at++
      out.push(byte === 0x0d ? 0x0a : (byte as number))
    }
  }
  return { kind: 'string', bytes: Uint8Array.from(out), hex: false, start, end: cursor.at }
}

function parseEscape(cursor: Cursor, out: number[]): void {
  const char = String.fromCharCode(cursor.bytes[cursor.at++] ?? unreadable('string without end'))
  if (char >= '0' && char <= '7') {
    let octal = char
    while (octal.length < 3 && /[0-7]/.test(String.fromCharCode(cursor.bytes[cursor.at] ?? 0))) octal += String.fromCharCode(cursor.bytes[cursor.at++] as number)
    out.push(Number.parseInt(octal, 8) & 255)
  } else if (char === '\r') {
    if (cursor.bytes[cursor.at] === 0x0a) cursor.at++
  } else if (char !== '\n') out.push(escapes[char] ?? char.charCodeAt(0))
}

function parseWord(cursor: Cursor): PdfObject {
  const text = regularRun(cursor)
  if (text === 'true' || text === 'false') return { kind: 'boolean', value: text === 'true' }
  if (text === 'null') return { kind: 'null' }
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text)) unreadable('object expected')
  return /^\d{1,10}$/.test(text) ? (parseReferenceTail(cursor, Number(text)) ?? { kind: 'number', value: Number(text), text }) : { kind: 'number', value: Number(text), text }
}

function parseReferenceTail(cursor: Cursor, objectNumber: number): PdfObject | null {
  const ahead: Cursor = { bytes: cursor.bytes, at: cursor.at }
  skipSpace(ahead)
  const generation = regularRun(ahead)
  if (!/^\d{1,5}$/.test(generation)) return null
  skipSpace(ahead)
  if (!standsAt(ahead.bytes, ahead.at, 'R') || isRegular(ahead.bytes[ahead.at + 1])) return null
  cursor.at = ahead.at + 1
  return { kind: 'reference', number: objectNumber, generation: Number(generation) }
}
