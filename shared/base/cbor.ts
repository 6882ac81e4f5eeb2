// Deterministic CBOR (RFC 8949 section 4.2.1): the only encoding whose bytes are hashed, sealed or signed.
// Same value, same bytes. Decoding is strict: what is not the deterministic form of plain data is refused.

import { decode, encode, rfc8949EncodeOptions } from 'cborg'

/** Plain data only: null, booleans, numbers, strings, Uint8Array, arrays, string-keyed objects. Throws on anything else. Bare bytes that share their memory with nothing. */
export function encodeCbor(value: unknown): Uint8Array {
  const bytes = encode(plain(value), rfc8949EncodeOptions)
  // For some lengths the library hands out a Buffer in Node's pool, of which `slice` is a view: whoever takes its memory binds what lies beside it.
  return bytes.constructor === Uint8Array && bytes.byteLength === bytes.buffer.byteLength ? bytes : Uint8Array.from(bytes)
}

/** Null when the bytes are not strict CBOR of plain data. */
export function decodeCbor(bytes: Uint8Array): unknown | null {
  try {
    return decode(bytes, { strict: true, allowUndefined: false, rejectDuplicateMapKeys: true })
  } catch {
    return null
  }
}

function plain(value: unknown): unknown {
  if (value === undefined) throw new Error('undefined has no deterministic form')
  if (value === null || typeof value !== 'object') return value
  // A Node Buffer is a Uint8Array with its own encoder tag in some libraries: hand over the bare bytes.
  if (value instanceof Uint8Array) return value.constructor === Uint8Array ? value : Uint8Array.from(value)
  if (Array.isArray(value)) return value.map(plain)
  const out: Record<string, unknown> = {}
  for (const [key, item] of Object.entries(value)) if (item !== undefined) out[key] = plain(item)
  return out
}
