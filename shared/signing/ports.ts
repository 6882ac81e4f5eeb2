// What signing asks of the world: a key that signs without ever being seen, and WebCrypto's verifier.
// Nothing here knows where the key lives (seat key, card, TPM).

/** A private P-256 key and the certificate that names its holder. `sign` may be asked once for each signature and has no side effect but the signature. */
export interface SigningKey {
  /** The signer's certificate, DER. */
  readonly certificate: Uint8Array
  /** The certificates above it, nearest first, DER; the last is the root. */
  readonly chain: readonly Uint8Array[]
  /** ECDSA P-256 with SHA-256 over `data` (which it hashes itself): 64 bytes r‖s, as WebCrypto and PKCS#11 give it. Rejects when the key may not be used. */
  sign(data: Uint8Array): Promise<Uint8Array>
}

/** The part of a key that certificates and lists of revoked certificates need: 64 bytes r‖s over SHA-256 of `data`. */
export type Signer = (data: Uint8Array) => Promise<Uint8Array>

/**
 * The WebCrypto calls that verification makes (`crypto.subtle` fits). `importKey` and `verify` may reject: that counts as
 * "not verified". `digest` is asked for SHA-256 to 512 only; that it rejects is a defect.
 */
export interface SubtleVerifier {
  importKey(format: 'spki', keyData: Uint8Array<ArrayBuffer>, algorithm: KeyAlgorithmName, extractable: boolean, usages: 'verify'[]): Promise<unknown>
  verify(algorithm: KeyAlgorithmName, key: never, signature: Uint8Array<ArrayBuffer>, data: Uint8Array<ArrayBuffer>): Promise<boolean>
  digest(name: string, data: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>
}

export interface KeyAlgorithmName {
  readonly name: string
  readonly hash?: string
  readonly namedCurve?: string
}
