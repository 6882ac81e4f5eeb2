// LG-40 to LG-43: packs hold sealed chunks of files back to back; write-once, named by the SHA-256 of their bytes.
// Chunks of one file are sealed under its document's key; the reference in the event says where each lies.

import { bytesToHex, concatBytes } from '../base/bytes.ts'
import { encodeCbor } from '../base/cbor.ts'
import { open, seal } from '../crypto/envelope.ts'
import { digest } from '../crypto/hash.ts'
import type { ContentKey, CryptoHost } from '../crypto/ports.ts'
import type { BlobRef, ChunkRef } from './blob.ts'

export const chunkSize = 1024 * 1024
export const packTarget = 8 * 1024 * 1024

export interface Pack {
  readonly sha256: string
  readonly bytes: Uint8Array
}

function chunkAad(workspace: string, docHandle: string, fileSha256: string, index: number): Uint8Array {
  return encodeCbor(['chunk', workspace, docHandle, fileSha256, index])
}

/** Seals a file into one or more packs of at most about 8 MiB. The packs must be durable before the reference is used (R7). */
export async function packFile(host: CryptoHost, key: ContentKey, workspace: string, docHandle: string, file: Uint8Array): Promise<{ readonly blob: BlobRef; readonly packs: readonly Pack[] }> {
  const sha256 = bytesToHex(await digest(host, file))
  const packs: Pack[] = []
  const chunks: ChunkRef[] = []
  let parts: Uint8Array[] = []
  let pending: Omit<ChunkRef, 'pack'>[] = []
  let at = 0
  const close = async (): Promise<void> => {
    const bytes = concatBytes(...parts)
    const name = bytesToHex(await digest(host, bytes))
    packs.push({ sha256: name, bytes })
    for (const chunk of pending) chunks.push({ pack: name, ...chunk })
    parts = []
    pending = []
    at = 0
  }
  for (let offset = 0, index = 0; offset < file.length || index === 0; offset += chunkSize, index++) {
    const plain = file.subarray(offset, offset + chunkSize)
    const sealed = await seal(host, key, 'chunk', chunkAad(workspace, docHandle, sha256, index), plain)
    if (at > 0 && at + sealed.length > packTarget) await close()
    parts.push(sealed)
    pending.push({ at, sealed: sealed.length, size: plain.length })
    at += sealed.length
  }
  await close()
  return { blob: { sha256, size: file.length, chunks }, packs }
}

/** Reads a file back; `readPack` answers the bytes of a pack's range. Null when a chunk is missing, altered or the whole differs. */
export async function unpackFile(
  host: CryptoHost,
  key: ContentKey,
  workspace: string,
  docHandle: string,
  blob: BlobRef,
  readPack: (pack: string, at: number, length: number) => Promise<Uint8Array | null>,
): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = []
  for (const [index, chunk] of blob.chunks.entries()) {
    const sealed = await readPack(chunk.pack, chunk.at, chunk.sealed)
    const plain = sealed && (await open(host, key, 'chunk', chunkAad(workspace, docHandle, blob.sha256, index), sealed))
    if (!plain || plain.length !== chunk.size) return null
    parts.push(plain)
  }
  const [only, ...more] = parts
  const file = only && more.length === 0 ? only : concatBytes(...parts)
  return file.length === blob.size && bytesToHex(await digest(host, file)) === blob.sha256 ? file : null
}
