// Writes DER (ITU-T X.690): the few types that certificates, revocation lists and CMS need.
// It never reads (read-der.ts) and knows no structure of any standard.

import { concatBytes, utf8ToBytes } from '../base/bytes.ts'

/** One element: tag, definite length, content. */
export function element(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  const body = concatBytes(...content)
  return concatBytes(Uint8Array.of(tag), lengthOctets(body.length), body)
}

function lengthOctets(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length)
  const octets: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256)
  return Uint8Array.of(0x80 | octets.length, ...octets)
}

export function sequence(...parts: readonly Uint8Array[]): Uint8Array {
  return element(0x30, ...parts)
}

/** SET OF: elements in ascending order of their encodings (X.690 11.6). */
export function setOf(...parts: readonly Uint8Array[]): Uint8Array {
  return element(0x31, ...[...parts].sort(compareEncodings))
}

/** Context-specific, constructed: `[n] EXPLICIT`, or IMPLICIT of a constructed type when given its content. */
export function tagged(n: number, ...content: readonly Uint8Array[]): Uint8Array {
  return element(0xa0 | n, ...content)
}

/** An unsigned big-endian number as INTEGER. */
export function integer(value: Uint8Array | number): Uint8Array {
  const bytes = typeof value === 'number' ? numberOctets(value) : value
  let start = 0
  while (start < bytes.length - 1 && bytes[start] === 0) start++
  const body = bytes.slice(start)
  return (body[0] ?? 0) >= 0x80 ? element(0x02, Uint8Array.of(0), body) : element(0x02, body.length > 0 ? body : Uint8Array.of(0))
}

function numberOctets(value: number): Uint8Array {
  const octets: number[] = []
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256)
  return Uint8Array.from(octets.length > 0 ? octets : [0])
}

export function boolean(value: boolean): Uint8Array {
  return element(0x01, Uint8Array.of(value ? 0xff : 0))
}

export function octetString(bytes: Uint8Array): Uint8Array {
  return element(0x04, bytes)
}

export function bitString(bytes: Uint8Array, unusedBits = 0): Uint8Array {
  return element(0x03, Uint8Array.of(unusedBits), bytes)
}

/** Dotted decimal to OBJECT IDENTIFIER. */
export function objectIdentifier(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return element(0x06, ...[first * 40 + second, ...rest].map(base128))
}

function base128(value: number): Uint8Array {
  const octets = [value % 128]
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) octets.unshift((rest % 128) | 0x80)
  return Uint8Array.from(octets)
}

export function utf8String(text: string): Uint8Array {
  return element(0x0c, utf8ToBytes(text))
}

/** ASCII text of the PrintableString alphabet; the caller vouches for the alphabet. */
export function printableString(text: string): Uint8Array {
  return element(0x13, utf8ToBytes(text))
}

/** UTCTime until 2049, GeneralizedTime from 2050 (RFC 5280 4.1.2.5). `iso` is any ISO 8601 instant. */
export function time(iso: string): Uint8Array {
  const digits = new Date(iso).toISOString().replace(/\.\d+Z$/, '').replace(/[-:T]/g, '')
  return Number(digits.slice(0, 4)) < 2050 ? element(0x17, utf8ToBytes(`${digits.slice(2)}Z`)) : element(0x18, utf8ToBytes(`${digits}Z`))
}

/** ECDSA: 64 bytes r‖s (WebCrypto, PKCS#11) to the SEQUENCE that X.509 and CMS carry (RFC 3279 2.2.3). */
export function ecdsaToDer(raw: Uint8Array): Uint8Array {
  if (raw.length !== 64) throw new Error('defect: an ECDSA P-256 signature is 64 bytes r‖s')
  return sequence(integer(raw.slice(0, 32)), integer(raw.slice(32)))
}

function compareEncodings(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = (a[i] as number) - (b[i] as number)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}
