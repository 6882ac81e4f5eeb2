// CR-6: hands a key to one recipient with HPKE (RFC 9180 base mode). `info` binds purpose, workspace, collection, epoch and
// recipient, so that a wrap moved elsewhere does not open. It never decides who may receive.

import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'
import { encodeCbor } from '../base/cbor.ts'
import type { PublicKey } from './ports.ts'

export interface Wrapped {
  readonly enc: Uint8Array
  readonly ct: Uint8Array
}

/** What a wrap is for; every member is bound. */
export interface WrapInfo {
  readonly purpose: 'epoch' | 'person' | 'document' | 'root' | 'enrol-request' | 'enrol-answer'
  readonly workspace: string
  /** Collection id, collection and handle of a document, person id, object name of a letter, or empty for the root. */
  readonly subject: string
  readonly epoch: number
  readonly recipient: string
}

function suite(): CipherSuite {
  return new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })
}

export async function wrapKey(recipient: PublicKey, info: WrapInfo, key: Uint8Array): Promise<Wrapped> {
  const hpke = suite()
  const publicKey = await hpke.kem.deserializePublicKey(exact(recipient))
  const { enc, ct } = await hpke.seal({ recipientPublicKey: publicKey, info: boundTo(info) }, exact(key))
  return { enc: new Uint8Array(enc), ct: new Uint8Array(ct) }
}

/** `privateKey` is the raw P-256 scalar (32 bytes). Null when the wrap is not for this key or was changed. */
export async function unwrapKey(privateKey: Uint8Array, info: WrapInfo, wrapped: Wrapped): Promise<Uint8Array | null> {
  const hpke = suite()
  try {
    const key = await hpke.kem.deserializePrivateKey(exact(privateKey))
    return new Uint8Array(await hpke.open({ recipientKey: key, enc: exact(wrapped.enc), info: boundTo(info) }, exact(wrapped.ct)))
  } catch {
    return null
  }
}

function boundTo(info: WrapInfo): ArrayBuffer {
  return exact(encodeCbor(info))
}

/** A copy of its own: `slice` of a Node Buffer is a view of a pool that others write to. */
function exact(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer
}
