// CR-1 to CR-5: seals one object under a key of its own, derived from a content key with a fresh salt, so that the
// GCM nonce can be fixed and no nonce is ever used twice under one key. It never decides which content key is right.
// Layout: salt (16) ‖ commitment (16) ‖ AES-256-GCM ciphertext and tag over padded plaintext.

import { concatBytes, equalBytes, utf8ToBytes } from '../base/bytes.ts'
import type { ContentKey, CryptoHost } from './ports.ts'

const saltLength = 16
const commitmentLength = 16
const nonce = new Uint8Array(12)

/** Imports 32 bytes as a key that can only derive object keys. The caller forgets the bytes. */
export async function importContentKey(host: CryptoHost, raw: Uint8Array): Promise<ContentKey> {
  return { kind: 'content', handle: await host.subtle.importKey('raw', raw, 'HKDF', false, ['deriveBits']) }
}

/** `purpose` separates uses of one content key; `aad` binds where the object stands (CR-3). */
export async function seal(host: CryptoHost, key: ContentKey, purpose: string, aad: Uint8Array, plaintext: Uint8Array): Promise<Uint8Array> {
  const salt = host.random.bytes(saltLength)
  const { objectKey, commitment } = await derive(host, key, purpose, salt)
  const ciphertext = await host.subtle.encrypt(gcm(aad), objectKey, pad(plaintext))
  return concatBytes(salt, commitment, new Uint8Array(ciphertext))
}

/** Null when the key is another one, the place is another one or a byte was changed. */
export async function open(host: CryptoHost, key: ContentKey, purpose: string, aad: Uint8Array, sealed: Uint8Array): Promise<Uint8Array | null> {
  if (sealed.length < saltLength + commitmentLength + 16) return null
  const { objectKey, commitment } = await derive(host, key, purpose, sealed.subarray(0, saltLength))
  if (!equalBytes(commitment, sealed.subarray(saltLength, saltLength + commitmentLength))) return null
  try {
    const data = sealed.subarray(saltLength + commitmentLength)
    return unpad(new Uint8Array(await host.subtle.decrypt(gcm(aad), objectKey, data)))
  } catch {
    return null
  }
}

function gcm(aad: Uint8Array): { readonly name: string; readonly iv: Uint8Array; readonly additionalData: Uint8Array } {
  return { name: 'AES-GCM', iv: nonce, additionalData: aad }
}

async function derive(host: CryptoHost, key: ContentKey, purpose: string, salt: Uint8Array): Promise<{ objectKey: unknown; commitment: Uint8Array }> {
  const info = utf8ToBytes(`fumibako/1/${purpose}`)
  const bits = new Uint8Array(await host.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info }, key.handle, 384))
  const objectKey = await host.subtle.importKey('raw', bits.subarray(0, 32), 'AES-GCM', false, ['encrypt', 'decrypt'])
  return { objectKey, commitment: bits.slice(32, 48) }
}

/** CR-5 padded length: at most 12 % more, and only O(log log n) bits of the length are left to see (Padmé, PURBs 2019). */
export function paddedLength(length: number): number {
  if (length < 2) return 32
  const exponent = Math.floor(Math.log2(length))
  const bits = Math.floor(Math.log2(exponent)) + 1
  const step = 2 ** Math.max(0, exponent - bits)
  return Math.max(32, Math.ceil(length / step) * step)
}

function pad(plaintext: Uint8Array): Uint8Array {
  const out = new Uint8Array(4 + paddedLength(plaintext.length))
  new DataView(out.buffer).setUint32(0, plaintext.length)
  out.set(plaintext, 4)
  return out
}

function unpad(padded: Uint8Array): Uint8Array | null {
  if (padded.length < 4) return null
  const length = new DataView(padded.buffer, padded.byteOffset).getUint32(0)
  return length > padded.length - 4 ? null : padded.slice(4, 4 + length)
}
