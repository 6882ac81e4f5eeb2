// Seals the rows of the view: each collection has its own AES-GCM key and its own blinding key, both derived from the seat's view
// key, so that a table shows neither content nor names. It never keeps the view key's bytes.

import { bytesToBase64Url, concatBytes, utf8ToBytes } from '@shared/base/bytes.ts'
import { decodeCbor, encodeCbor } from '@shared/base/cbor.ts'
import { importContentKey, paddedLength } from '@shared/crypto/envelope.ts'
import { hmacSha256 } from '@shared/crypto/hash.ts'
import type { ContentKey, CryptoHost } from '@shared/crypto/ports.ts'

export interface RowSealer {
  /** The blinded name of a key in a table of a collection. */
  name(collection: string, table: string, key: string): Promise<string>
  /** IV (12 bytes) ‖ ciphertext and tag over the padded CBOR of plain data; bound to table and primary key. */
  seal(collection: string, table: string, pk: string, value: unknown): Promise<Uint8Array>
  /** Null when the bytes were changed, moved or sealed under another key. */
  open(collection: string, table: string, pk: string, sealed: Uint8Array): Promise<unknown>
}

interface CollectionKeys {
  readonly seal: unknown
  readonly blind: Uint8Array
}

export async function createRowSealer(host: CryptoHost, viewKey: Uint8Array): Promise<RowSealer> {
  const root = await importContentKey(host, viewKey)
  const keys = new Map<string, Promise<CollectionKeys>>()
  const keysOf = (collection: string): Promise<CollectionKeys> => {
    const held = keys.get(collection) ?? deriveKeys(host, root, collection)
    keys.set(collection, held)
    return held
  }
  return {
    async name(collection, table, key) {
      const { blind } = await keysOf(collection)
      return bytesToBase64Url(hmacSha256(blind, encodeCbor([table, key])).subarray(0, 18))
    },
    async seal(collection, table, pk, value) {
      const { seal } = await keysOf(collection)
      const iv = host.random.bytes(12)
      const ciphertext = await host.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: aadOf(table, pk) }, seal, pad(encodeCbor(value)))
      return concatBytes(iv, new Uint8Array(ciphertext))
    },
    async open(collection, table, pk, sealed) {
      const { seal } = await keysOf(collection)
      try {
        const padded = await host.subtle.decrypt({ name: 'AES-GCM', iv: sealed.slice(0, 12), additionalData: aadOf(table, pk) }, seal, sealed.slice(12))
        return decodeCbor(unpad(new Uint8Array(padded)))
      } catch {
        return null
      }
    },
  }
}

async function deriveKeys(host: CryptoHost, root: ContentKey, collection: string): Promise<CollectionKeys> {
  const info = utf8ToBytes(`fumibako/1/view/${collection}`)
  const bits = new Uint8Array(await host.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info }, root.handle, 512))
  const seal = await host.subtle.importKey('raw', bits.slice(0, 32), 'AES-GCM', false, ['encrypt', 'decrypt'])
  return { seal, blind: bits.slice(32) }
}

function aadOf(table: string, pk: string): Uint8Array {
  return utf8ToBytes(`${table}|${pk}`)
}

function pad(plain: Uint8Array): Uint8Array {
  const out = new Uint8Array(4 + paddedLength(plain.length))
  new DataView(out.buffer).setUint32(0, plain.length)
  out.set(plain, 4)
  return out
}

function unpad(padded: Uint8Array): Uint8Array {
  return padded.subarray(4, 4 + new DataView(padded.buffer, padded.byteOffset).getUint32(0))
}
