// Textual encoding of certificates and revocation lists (RFC 7468). Private keys never pass through here.

const base64Digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

export type PemLabel = 'CERTIFICATE' | 'X509 CRL'

/** 64 columns, one newline at the end. */
export function derToPem(label: PemLabel, der: Uint8Array): string {
  let body = ''
  for (let i = 0; i < der.length; i += 3) {
    const [a = 0, b, c] = der.subarray(i, i + 3)
    body += base64Digits[a >> 2]
    body += base64Digits[((a & 3) << 4) | ((b ?? 0) >> 4)]
    body += b === undefined ? '=' : base64Digits[((b & 15) << 2) | ((c ?? 0) >> 6)]
    body += c === undefined ? '=' : base64Digits[c & 63]
  }
  return `-----BEGIN ${label}-----\n${(body.match(/.{1,64}/g) ?? []).join('\n')}\n-----END ${label}-----\n`
}

/** Every block with this label, in order; text between blocks is ignored, a block that is not base64 is left out. */
export function pemToDer(label: PemLabel, text: string): readonly Uint8Array[] {
  const blocks = text.matchAll(new RegExp(`-----BEGIN ${label}-----([^-]*)-----END ${label}-----`, 'g'))
  return [...blocks].map((block) => base64ToBytes((block[1] ?? '').replace(/\s/g, ''))).filter((der) => der !== null)
}

function base64ToBytes(text: string): Uint8Array | null {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return null
  const out: number[] = []
  let bits = 0
  let value = 0
  for (const digit of text.replace(/=/g, '')) {
    value = (value << 6) | base64Digits.indexOf(digit)
    bits += 6
    if (bits >= 8) {
      bits -= 8
      out.push((value >>> bits) & 255)
      value &= (1 << bits) - 1
    }
  }
  return Uint8Array.from(out)
}
