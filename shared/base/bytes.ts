// Bytes and their textual forms. Nothing here knows what the bytes mean.

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true })

export function utf8ToBytes(text: string): Uint8Array {
  return encoder.encode(text)
}

/** Throws on bytes that are not UTF-8. */
export function bytesToUtf8(bytes: Uint8Array): string {
  return decoder.decode(bytes)
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= (a[i] as number) ^ (b[i] as number)
  return difference === 0
}

export function bytesToHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0')
  return text
}

/** Lower-case or upper-case hex of even length; throws otherwise. */
export function hexToBytes(hex: string): Uint8Array {
  if (hex.length % 2 !== 0 || /[^0-9a-f]/i.test(hex)) throw new Error('not hexadecimal')
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16))
}

const base32Digits = '0123456789abcdefghjkmnpqrstvwxyz'

/** Crockford base 32, lower case, without padding (names of objects and printed codes). */
export function bytesToBase32(bytes: Uint8Array): string {
  let text = ''
  let bits = 0
  let value = 0
  for (const byte of bytes) {
    value = (value << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += base32Digits[(value >>> bits) & 31]
      value &= (1 << bits) - 1
    }
  }
  return bits > 0 ? text + base32Digits[(value << (5 - bits)) & 31] : text
}

/** Reads Crockford base 32 as people type it (case, O for 0, I and L for 1, spaces and hyphens). Null when it is not. */
export function base32ToBytes(text: string): Uint8Array | null {
  const clean = text.toLowerCase().replace(/[\s-]/g, '').replace(/o/g, '0').replace(/[il]/g, '1')
  const out: number[] = []
  let bits = 0
  let value = 0
  for (const digit of clean) {
    const n = base32Digits.indexOf(digit)
    if (n < 0) return null
    value = (value << 5) | n
    bits += 5
    if (bits >= 8) {
      bits -= 8
      out.push((value >>> bits) & 255)
      value &= (1 << bits) - 1
    }
  }
  return Uint8Array.from(out)
}

const base64Digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** RFC 4648 section 5, without padding. */
export function bytesToBase64Url(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const group = ((bytes[i] as number) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    const digits = Math.min(4, bytes.length - i + 1)
    for (let d = 0; d < digits; d++) text += base64Digits[(group >>> (18 - 6 * d)) & 63]
  }
  return text
}

/** Null for what is not the one canonical form: another digit, padding, bits left over that are not zero. */
export function base64UrlToBytes(text: string): Uint8Array | null {
  if (text.length % 4 === 1) return null
  const out: number[] = []
  let bits = 0
  let value = 0
  for (const digit of text) {
    const n = base64Digits.indexOf(digit)
    if (n < 0) return null
    value = ((value << 6) | n) & 0xffff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      out.push((value >>> bits) & 255)
    }
  }
  return (value & ((1 << bits) - 1)) === 0 ? Uint8Array.from(out) : null
}
