// Looks for words and keys in a dump of a storage: as they lie there, wide, in base64 and in hex, and in whatever can be unpacked; and
// for sizes between the padding steps. What several tests need of it; assertions stay in the tests.
import { gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'
import { paddedLength } from '@shared/crypto/envelope.ts'
import { parcelPrefix } from '@shared/log/names.ts'
import { openIndex } from '@shared/log/parcel.ts'
import { parseSegment } from '@shared/log/segment.ts'

/** Bytes by the name of LG-1. */
export type Dump = ReadonlyMap<string, Buffer>

export type Needle = readonly [what: string, bytes: Buffer]

/** `typed`: what people typed, by what it is; `keys`: secret bytes. */
export function needlesOf(typed: Readonly<Record<string, string>>, keys: Readonly<Record<string, Uint8Array>> = {}): readonly Needle[] {
  const words = Object.entries(typed).flatMap(([what, word]) => {
    const piece = beginningOf(word)
    const wide = Buffer.from(piece, 'utf16le')
    return [Buffer.from(piece), wide, Buffer.from(wide).swap16()].flatMap((bytes) => encodings(bytes).map((one) => [what, one] as const))
  })
  return [...words, ...Object.entries(keys).flatMap(([what, bytes]) => encodings(Buffer.from(bytes)).map((one) => [`key: ${what}`, one] as const))]
}

/** `what in name` for everything that was found. */
export function tracesIn(all: Dump, needles: readonly Needle[]): readonly string[] {
  return [...all].flatMap(([name, bytes]) => {
    const places = [Buffer.from(name), bytes, ...unpacked(bytes)]
    return needles.filter(([, needle]) => places.some((place) => place.includes(needle))).map(([what]) => `${what} in ${name}`)
  })
}

/** `parts`: sealed parts that were looked at; `off`: parcels and parts whose size is no step. */
export function sizesIn(workspace: string, all: Dump): { readonly parcels: number; readonly parts: number; readonly off: readonly string[] } {
  const parcels = [...all].filter(([name]) => name.startsWith(parcelPrefix))
  const off = parcels.filter(([, bytes]) => bytes.length !== paddedLength(bytes.length)).map(([name]) => name)
  let parts = 0
  for (const [, bytes] of parcels) {
    for (const { name, at, size } of openIndex(workspace, bytes)?.items ?? []) {
      const segment = name.startsWith('j/') ? parseSegment(bytes.subarray(at, at + size)) : null
      const sealed = segment ? [segment.header.length, ...segment.events.map(({ length }) => length)] : name.startsWith('p/') ? [size] : []
      parts += sealed.length
      if (!sealed.every(isStep)) off.push(name)
    }
  }
  return { parcels: parcels.length, parts, off }
}

/** Long enough that no chance spells it: six letters of three octets each, or twelve of one. */
function beginningOf(word: string): string {
  const letters = [...word]
  return letters.slice(0, Buffer.byteLength(word) === letters.length ? 12 : 6).join('')
}

function encodings(bytes: Buffer): readonly Buffer[] {
  const hex = bytes.toString('hex')
  return [bytes, ...inBase64(bytes), Buffer.from(hex), Buffer.from(hex.toUpperCase())]
}

/** Base64 of a word wherever it may begin within a text that was encoded as a whole. */
function inBase64(bytes: Buffer): readonly Buffer[] {
  return [0, 1, 2].map((shift) => Buffer.from(Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64').replace(/=+$/, '').slice(shift === 0 ? 0 : 4, -2)))
}

function unpacked(bytes: Buffer): readonly Buffer[] {
  const found: Buffer[] = []
  for (let at = 0; at < bytes.length - 1; at++) {
    const two = (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0)
    const ways = two === 0x1f8b ? [gunzipSync] : (two >> 8 === 0x78 && two % 31 === 0) || at === 0 ? [inflateSync, inflateRawSync] : []
    for (const inflate of ways) {
      try {
        found.push(inflate(bytes.subarray(at), { maxOutputLength: 1 << 24 }))
      } catch {
        // Not packed here.
      }
    }
  }
  return found
}

const sealOverhead = 16 + 16 + 16 + 4

function isStep(sealed: number): boolean {
  return paddedLength(sealed - sealOverhead) === sealed - sealOverhead
}
