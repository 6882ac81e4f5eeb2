// Checks one raw signature against one public key. Unsupported is not invalid, and neither is valid.

import { publicKeyByIdentifier, type SignatureScheme } from './identifiers.ts'
import type { Certificate } from './parse-certificate.ts'
import type { SubtleVerifier } from './ports.ts'
import { ecdsaFromDer } from './read-der.ts'

export type SignatureCheck = 'valid' | 'invalid' | 'unsupported'

/** `signature` as X.509 and CMS carry it (DER for ECDSA). Never throws. */
export async function checkSignature(subtle: SubtleVerifier, by: Certificate, scheme: SignatureScheme | null, signature: Uint8Array, data: Uint8Array): Promise<SignatureCheck> {
  const key = publicKeyByIdentifier(by.keyAlgorithm)
  if (!key || !scheme || key.kind !== scheme.kind) return 'unsupported'
  const algorithm = { ...key.algorithm, hash: scheme.hash }
  try {
    const raw = scheme.kind === 'ecdsa' ? ecdsaFromDer(signature, key.octets) : signature
    const imported = await subtle.importKey('spki', by.publicKeyInfo.slice(), algorithm, false, ['verify'])
    return (await subtle.verify(algorithm, imported as never, raw.slice(), data.slice())) ? 'valid' : 'invalid'
  } catch {
    return 'invalid'
  }
}
