// CR-7: P-256 ECDSA over a named purpose and the data, so that a signature for one kind of thing never fits another.

import { concatBytes, utf8ToBytes } from '../base/bytes.ts'
import type { CryptoHost, PublicKey, Signer } from './ports.ts'

export type SignedPurpose = 'segment' | 'session-by-seat' | 'session-by-device' | 'beacon' | 'recovery' | 'root'

const algorithm = { name: 'ECDSA', hash: 'SHA-256' }

export function signedBytes(purpose: SignedPurpose, data: Uint8Array): Uint8Array {
  return concatBytes(utf8ToBytes(`fumibako/1/${purpose}\n`), data)
}

export function signFor(signer: Signer, purpose: SignedPurpose, data: Uint8Array): Promise<Uint8Array> {
  return signer.sign(signedBytes(purpose, data))
}

/** False for a wrong signature and for a key that is not a point of the curve. */
export async function verifyFor(host: CryptoHost, key: PublicKey, purpose: SignedPurpose, data: Uint8Array, signature: Uint8Array): Promise<boolean> {
  try {
    const imported = await host.subtle.importKey('raw', key, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify'])
    return await host.subtle.verify(algorithm, imported, signature, signedBytes(purpose, data))
  } catch {
    return false
  }
}
