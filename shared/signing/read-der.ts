// Reads DER strictly: definite minimal lengths, nothing after the end, bounded depth. What BER would tolerate is refused,
// so that one value has one encoding and a changed byte cannot hide in a tolerated variant.

import { bytesToUtf8 } from '../base/bytes.ts'

/** One element read. `raw` is the whole encoding, `content` what is inside; both are views. */
export interface DerNode {
  readonly tag: number
  readonly raw: Uint8Array
  readonly content: Uint8Array
}

/** Stops reading. Thrown inside the readers of this room and turned into a verdict or a null at their doors. */
export function malformed(why: string): never {
  throw new Error(`malformed DER: ${why}`)
}

/** Reads exactly one element that fills `bytes`. */
export function readDer(bytes: Uint8Array): DerNode {
  const node = readAt(bytes, 0)
  if (node.raw.length !== bytes.length) malformed('trailing bytes')
  return node
}

/** Reads one element at the start of `bytes` and says nothing about what follows it. */
export function readDerPrefix(bytes: Uint8Array): DerNode {
  return readAt(bytes, 0)
}

function readAt(bytes: Uint8Array, at: number): DerNode {
  const tag = bytes[at]
  const first = bytes[at + 1]
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) return malformed('tag')
  let length = first
  let start = at + 2
  if (first >= 0x80) {
    const octets = first & 0x7f
    if (octets === 0 || octets > 4) malformed('length form')
    length = 0
    for (let i = 0; i < octets; i++) length = length * 256 + (bytes[start + i] ?? malformed('length'))
    start += octets
    if (length < 0x80 || length < 256 ** (octets - 1)) malformed('length not minimal')
  }
  if (start + length > bytes.length) malformed('element longer than its container')
  return { tag, raw: bytes.subarray(at, start + length), content: bytes.subarray(start, start + length) }
}

/** The elements inside a constructed element. */
export function children(node: DerNode): readonly DerNode[] {
  if ((node.tag & 0x20) === 0) malformed('not constructed')
  const nodes: DerNode[] = []
  for (let at = 0; at < node.content.length; ) {
    const child = readAt(node.content, at)
    nodes.push(child)
    at += child.raw.length
  }
  return nodes
}

export function expectTag(node: DerNode | undefined, tag: number, what: string): DerNode {
  if (node === undefined || node.tag !== tag) return malformed(what)
  return node
}

/** Children of a SEQUENCE. */
export function readSequence(node: DerNode | undefined, what: string): readonly DerNode[] {
  return children(expectTag(node, 0x30, what))
}

/** Children of a SET OF, which DER wants sorted. */
export function readSet(node: DerNode | undefined, what: string): readonly DerNode[] {
  const parts = children(expectTag(node, 0x31, what))
  for (let i = 1; i < parts.length; i++) if (compare(parts[i - 1] as DerNode, parts[i] as DerNode) >= 0) malformed(`${what}: SET not sorted`)
  return parts
}

function compare(a: DerNode, b: DerNode): number {
  for (let i = 0; i < Math.min(a.raw.length, b.raw.length); i++) {
    const difference = (a.raw[i] as number) - (b.raw[i] as number)
    if (difference !== 0) return difference
  }
  return a.raw.length - b.raw.length
}

/** Dotted decimal of an OBJECT IDENTIFIER. */
export function readOid(node: DerNode | undefined, what: string): string {
  const { content } = expectTag(node, 0x06, what)
  const arcs: number[] = []
  let value = 0
  content.forEach((octet, i) => {
    if (value === 0 && octet === 0x80) malformed(`${what}: arc not minimal`)
    value = value * 128 + (octet & 0x7f)
    if (value > Number.MAX_SAFE_INTEGER / 128) malformed(`${what}: arc too large`)
    if ((octet & 0x80) === 0) {
      arcs.push(value)
      value = 0
    } else if (i === content.length - 1) malformed(`${what}: arc cut`)
  })
  const head = arcs.shift() ?? malformed(`${what}: empty`)
  const first = Math.min(2, Math.floor(head / 40))
  return [first, head - first * 40, ...arcs].join('.')
}

/** A non-negative INTEGER as big-endian bytes without leading zeros. */
export function readUnsigned(node: DerNode | undefined, what: string): Uint8Array {
  const { content } = expectTag(node, 0x02, what)
  const [first, second] = content
  if (first === undefined || first >= 0x80) malformed(`${what}: negative or empty`)
  if (first === 0 && content.length > 1) {
    if ((second as number) < 0x80) malformed(`${what}: not minimal`)
    return content.subarray(1)
  }
  return content
}

export function readSmallInteger(node: DerNode | undefined, what: string): number {
  const bytes = readUnsigned(node, what)
  if (bytes.length > 4) malformed(`${what}: too large`)
  return bytes.reduce((sum, octet) => sum * 256 + octet, 0)
}

export function readBoolean(node: DerNode | undefined, what: string): boolean {
  const { content } = expectTag(node, 0x01, what)
  if (content.length !== 1 || (content[0] !== 0 && content[0] !== 0xff)) malformed(what)
  return content[0] === 0xff
}

/** BIT STRING whose bits are whole octets. */
export function readOctetBits(node: DerNode | undefined, what: string): Uint8Array {
  const { content } = expectTag(node, 0x03, what)
  if (content[0] !== 0) malformed(what)
  return content.subarray(1)
}

/** UTCTime or GeneralizedTime in the RFC 5280 profile (seconds, Z), as milliseconds since 1970. */
export function readTime(node: DerNode | undefined, what: string): number {
  if (node === undefined || (node.tag !== 0x17 && node.tag !== 0x18)) return malformed(what)
  const text = String.fromCharCode(...node.content)
  const match = (node.tag === 0x17 ? /^(\d{2})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/ : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/).exec(text)
  if (!match) return malformed(what)
  const [, y = '', mo, d, h, mi, s] = match
  const year = node.tag === 0x18 ? Number(y) : Number(y) < 50 ? 2000 + Number(y) : 1900 + Number(y)
  const iso = `${String(year).padStart(4, '0')}-${mo}-${d}T${h}:${mi}:${s}.000Z`
  const ms = Date.parse(iso)
  if (Number.isNaN(ms) || new Date(ms).toISOString() !== iso) malformed(what)
  return ms
}

/** Text of the string types that names use (UTF8String, PrintableString, IA5String, BMPString). */
export function readText(node: DerNode): string {
  if (node.tag === 0x1e) {
    let text = ''
    for (let i = 0; i + 1 < node.content.length; i += 2) text += String.fromCharCode((node.content[i] as number) * 256 + (node.content[i + 1] as number))
    return text
  }
  if (node.tag !== 0x0c && node.tag !== 0x13 && node.tag !== 0x16) return malformed('string type')
  try {
    return bytesToUtf8(node.content)
  } catch {
    return malformed('string is not UTF-8')
  }
}

/** ECDSA-Sig-Value to r‖s of `octets` bytes each; strict, so that one signature has one encoding. */
export function ecdsaFromDer(der: Uint8Array, octets = 32): Uint8Array {
  const [r, s, ...rest] = readSequence(readDer(der), 'ECDSA signature')
  if (rest.length > 0) malformed('ECDSA signature')
  const raw = new Uint8Array(octets * 2)
  ;[readUnsigned(r, 'r'), readUnsigned(s, 's')].forEach((part, i) => {
    if (part.length > octets) malformed('ECDSA signature: number too long')
    raw.set(part, octets * (i + 1) - part.length)
  })
  return raw
}

