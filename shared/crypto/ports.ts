// What sealing and signing need from the platform, and the shapes that cross rooms. Suite 1: P-256 (ECDSA with SHA-256, ECDH),
// HPKE DHKEM(P-256, HKDF-SHA256)/HKDF-SHA256/AES-256-GCM (RFC 9180), HKDF-SHA256 (RFC 5869), AES-256-GCM, SHA-256.

import type { Random } from '../base/ports.ts'

/** The part of WebCrypto that is used; Node, Chromium and workers all have it. */
export interface Subtle {
  digest(algorithm: string, data: Uint8Array): Promise<ArrayBuffer>
  importKey(format: string, keyData: unknown, algorithm: unknown, extractable: boolean, usages: readonly string[]): Promise<unknown>
  exportKey(format: string, key: unknown): Promise<unknown>
  generateKey(algorithm: unknown, extractable: boolean, usages: readonly string[]): Promise<unknown>
  deriveBits(algorithm: unknown, key: unknown, length: number): Promise<ArrayBuffer>
  encrypt(algorithm: unknown, key: unknown, data: Uint8Array): Promise<ArrayBuffer>
  decrypt(algorithm: unknown, key: unknown, data: Uint8Array): Promise<ArrayBuffer>
  sign(algorithm: unknown, key: unknown, data: Uint8Array): Promise<ArrayBuffer>
  verify(algorithm: unknown, key: unknown, signature: Uint8Array, data: Uint8Array): Promise<boolean>
}

export interface CryptoHost {
  readonly subtle: Subtle
  readonly random: Random
}

/** A symmetric key that can derive object keys and cannot be read back (a non-extractable HKDF key). */
export interface ContentKey {
  readonly kind: 'content'
  readonly handle: unknown
}

/** A P-256 public key, uncompressed point (65 bytes). */
export type PublicKey = Uint8Array

/**
 * A key to sign with, as its maker hands it over. `kept` is all that has to be remembered of it: the scalar of a key in software, or the
 * name of one that does not leave its hardware. Whoever holds it keeps it sealed.
 */
export interface MadeKey {
  readonly publicKey: PublicKey
  readonly kept: Uint8Array
  readonly signer: Signer
}

/** Signs with P-256 ECDSA over SHA-256 of the data; the signature is r‖s (64 bytes). Hardware that does not answer throws `SignerSilent`. */
export interface Signer {
  readonly publicKey: PublicKey
  sign(data: Uint8Array): Promise<Uint8Array>
}
