// SG-20: a file that is sealed for somebody who has a passphrase and nothing of ours: CMS authenticated-enveloped-data (RFC 5083, RFC 5084)
// with one recipient who is known by a passphrase (RFC 5652 6.2.4, RFC 3211). It encrypts nothing itself; whoever has the keys hands over the parts.

import { element, integer, objectIdentifier, octetString, sequence, setOf, tagged } from './der.ts'
import { oids } from './identifiers.ts'

export interface EnvelopeParts {
  /** PBKDF2 with HMAC-SHA256 makes the 32 bytes that wrap the content's key. */
  readonly salt: Uint8Array
  readonly iterations: number
  /** Of AES-256-CBC, 16 bytes. */
  readonly wrapIv: Uint8Array
  /** RFC 3211 2.3.1: the padded key, encrypted twice in one run. */
  readonly wrappedKey: Uint8Array
  /** Of AES-256-GCM, 12 bytes. */
  readonly nonce: Uint8Array
  readonly ciphertext: Uint8Array
  /** 16 bytes. */
  readonly tag: Uint8Array
}

const asn1Null = element(0x05)

export function authEnvelopedData(parts: EnvelopeParts): Uint8Array {
  const prf = sequence(objectIdentifier(oids.hmacWithSha256), asn1Null)
  const derivation = tagged(0, objectIdentifier(oids.pbkdf2), sequence(octetString(parts.salt), integer(parts.iterations), prf))
  const wrapping = sequence(objectIdentifier(oids.pwriKek), sequence(objectIdentifier(oids.aes256Cbc), octetString(parts.wrapIv)))
  const recipient = tagged(3, integer(0), derivation, wrapping, octetString(parts.wrappedKey))
  const cipher = sequence(objectIdentifier(oids.aes256Gcm), sequence(octetString(parts.nonce), integer(16)))
  const content = sequence(objectIdentifier(oids.data), cipher, element(0x80, parts.ciphertext))
  return sequence(objectIdentifier(oids.authEnvelopedData), tagged(0, sequence(integer(0), setOf(recipient), content, octetString(parts.tag))))
}

/** RFC 3211 2.3.1 what is encrypted twice: length, the complement of the key's first three bytes, the key, and `padding` up to two blocks of 16 or more. */
export function paddedKey(key: Uint8Array, padding: Uint8Array): Uint8Array {
  const length = Math.max(32, Math.ceil((key.length + 4) / 16) * 16)
  const out = new Uint8Array(length)
  out.set([key.length, ...[...key.subarray(0, 3)].map((byte) => byte ^ 0xff)])
  out.set(key, 4)
  out.set(padding.subarray(0, length - key.length - 4), key.length + 4)
  return out
}
