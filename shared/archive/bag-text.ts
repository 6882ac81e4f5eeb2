// Reads the text files of a bag (RFC 8493 2.1-2.3): declaration, manifests, bag-info.txt, fetch.txt.
// It says what stands there and what breaks the rules; it never looks at the files that are named.

import type { Reason } from '../base/verdict.ts'
import { manifestToPath } from './bag-path.ts'

/** Decoded text, or why there is none. */
export type Decoded = { readonly text: string } | { readonly problem: Reason & { readonly unknown?: true } }

/** RFC 8493 2.3: the declared encoding; a byte-order mark only where that encoding needs one. */
export function decodeTagFile(bytes: Uint8Array, encoding: string, path: string): Decoded {
  const utf8 = /^utf-?8$/i.test(encoding)
  if (utf8 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { problem: { code: 'byte-order-mark', facts: { path } } }
  let decoder: TextDecoder
  try {
    decoder = new TextDecoder(encodingOf(encoding, bytes), { fatal: true })
  } catch {
    return { problem: { code: 'encoding-unknown', facts: { path, encoding }, unknown: true } }
  }
  try {
    return { text: decoder.decode(bytes) }
  } catch {
    return { problem: { code: 'encoding-wrong', facts: { path, encoding } } }
  }
}

// A decoder called "utf-16" reads little endian only; the mark in the bytes says which it is.
function encodingOf(label: string, bytes: Uint8Array): string {
  return /^utf-?16$/i.test(label) ? (bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-16le') : label
}

/** Lines ended by LF, CR or CRLF; the end of the last one may be missing. */
export function textToLines(text: string): readonly string[] {
  const lines = text.split(/\r\n|\r|\n/)
  if (lines.at(-1) === '') lines.pop()
  return lines
}

export interface Declaration {
  readonly major: number
  readonly minor: number
  readonly encoding: string
  /** The labels are spelt in another case than the RFC's. */
  readonly spelling: boolean
}

/** Two lines, in this order (RFC 8493 2.1.1). Null when they are not there. */
export function parseDeclaration(text: string): Declaration | null {
  const lines = textToLines(text)
  if (lines.length !== 2) return null
  const version = /^(BagIt-Version): ([0-9]{1,4})\.([0-9]{1,4})$/i.exec(lines[0] as string)
  const encoding = /^(Tag-File-Character-Encoding): ([A-Za-z0-9][A-Za-z0-9._:+-]{0,60})$/i.exec(lines[1] as string)
  if (version === null || encoding === null) return null
  const spelling = version[1] !== 'BagIt-Version' || encoding[1] !== 'Tag-File-Character-Encoding'
  return { major: Number(version[2]), minor: Number(version[3]), encoding: encoding[2] as string, spelling }
}

export interface ManifestLine {
  /** Lower-case hex. */
  readonly digest: string
  readonly path: string
}

export interface Manifest {
  readonly lines: readonly ManifestLine[]
  /** Line numbers (from 1) that are not `checksum path`. */
  readonly malformed: readonly number[]
}

/** `digestBytes` is the length of the algorithm's digest; a checksum of another length is malformed. */
export function parseManifest(text: string, digestBytes: number): Manifest {
  const lines: ManifestLine[] = []
  const malformed: number[] = []
  textToLines(text).forEach((line, i) => {
    const found = /^([0-9a-f]+)[ \t]+([^\0]+)$/i.exec(line)
    if (found === null || (found[1] as string).length !== digestBytes * 2) malformed.push(i + 1)
    else lines.push({ digest: (found[1] as string).toLowerCase(), path: manifestToPath(found[2] as string) })
  })
  return { lines, malformed }
}

export interface InfoElement {
  readonly label: string
  readonly value: string
}

/** bag-info.txt: elements in order, continuation lines joined (RFC 8493 2.2.2). */
export function parseBagInfo(text: string): { readonly elements: readonly InfoElement[]; readonly malformed: readonly number[] } {
  const elements: { label: string; value: string }[] = []
  const malformed: number[] = []
  textToLines(text).forEach((line, i) => {
    const last = elements.at(-1)
    const element = /^([^\s:](?:[^:]*[^\s:])?):[ \t](.*)$/.exec(line) ?? /^([^\s:](?:[^:]*[^\s:])?):()$/.exec(line)
    if (/^[ \t]/.test(line) && last !== undefined) last.value += ` ${line.trim()}`
    else if (element !== null) elements.push({ label: element[1] as string, value: (element[2] as string).trim() })
    else malformed.push(i + 1)
  })
  return { elements, malformed }
}

export interface FetchLine {
  readonly url: string
  readonly length: number | null
  readonly path: string
}

/** fetch.txt: `url length path` (RFC 8493 2.2.3). Nothing is ever fetched. */
export function parseFetch(text: string): { readonly lines: readonly FetchLine[]; readonly malformed: readonly number[] } {
  const lines: FetchLine[] = []
  const malformed: number[] = []
  textToLines(text).forEach((line, i) => {
    const found = /^([a-z][a-z0-9+.-]*:[^ \t]+)[ \t]+([0-9]{1,16}|-)[ \t]+([^\0]+)$/i.exec(line)
    if (found === null) malformed.push(i + 1)
    else lines.push({ url: found[1] as string, length: found[2] === '-' ? null : Number(found[2]), path: manifestToPath(found[3] as string) })
  })
  return { lines, malformed }
}
