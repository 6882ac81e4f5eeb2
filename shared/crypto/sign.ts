// CR-7: P-256 ECDSA over a named purpose and the data, so that a signature for one kind of thing never fits another.

import { bytesToHex, concatBytes, utf8ToBytes } from '../base/bytes.ts'
import { keepLatest } from '../base/keep-latest.ts'
import type { CryptoHost, PublicKey, Signer } from './ports.ts'

export type SignedPurpose = 'segment' | 'session-by-seat' | 'session-by-device' | 'snapshot' | 'beacon' | 'removal' | 'lost-device' | 'recovery' | 'root' | 'enrol-by-device' | 'enrol-by-seat' | 'enrol-answer' | 'key-test'

const algorithm = { name: 'ECDSA', hash: 'SHA-256' }

export function signedBytes(purpose: SignedPurpose, data: Uint8Array): Uint8Array {
  return concatBytes(utf8ToBytes(`fumibako/1/${purpose}\n`), data)
}

export function signFor(signer: Signer, purpose: SignedPurpose, data: Uint8Array): Promise<Uint8Array> {
  return signer.sign(signedBytes(purpose, data))
}

/** False for a wrong signature and for a key that is not a point of the curve. */
export type Verify = (key: PublicKey, purpose: SignedPurpose, data: Uint8Array, signature: Uint8Array) => Promise<boolean>

const heldKeys = 128

/** Importing a key costs more than a verification: the last keys used stay imported. */
export function createVerify(host: CryptoHost): Verify {
  const held = new Map<string, unknown>()
  const imported = async (key: PublicKey): Promise<unknown> => {
    const name = bytesToHex(key)
    const known = held.get(name) ?? (await host.subtle.importKey('raw', key, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']))
    keepLatest(held, name, known, heldKeys)
    return known
  }
  return async (key, purpose, data, signature) => {
    try {
      return await host.subtle.verify(algorithm, await imported(key), signature, signedBytes(purpose, data))
    } catch {
      return false
    }
  }
}
