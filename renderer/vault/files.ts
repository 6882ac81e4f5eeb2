// Files of documents: sealed into packs that are durable before anything refers to them, read back through the cache of the view.
// Bytes go in and come out unchanged.

import { ok, type Result } from '@shared/base/result.ts'
import type { BlobRef } from '@shared/log/blob.ts'
import { documentHandle, packName } from '@shared/log/names.ts'
import { packFile, unpackFile } from '@shared/log/pack.ts'
import type { CommandFailure } from '../services/vault-api.ts'
import type { VaultCore } from './core.ts'
import { failed } from './failure.ts'

export async function keepFile(core: VaultCore, collection: string, doc: string, bytes: Uint8Array): Promise<Result<BlobRef, CommandFailure>> {
  const key = await core.keys.keyOf(collection, doc)
  if (!key) return failed('KeyMissing')
  const { blob, packs } = await packFile(core.around.crypto, key, core.seat.workspace, documentHandle(core.seat.workspace, doc), bytes)
  for (const pack of packs) {
    const put = await core.putObject(packName(pack.sha256), pack.bytes)
    if (!put.ok) return put
  }
  await core.view.keepBlob(collection, blob.sha256, bytes).catch(() => null)
  return ok(blob)
}

export async function readFile(core: VaultCore, collection: string, doc: string, blob: BlobRef): Promise<Result<Uint8Array, CommandFailure>> {
  const cached = await core.view.blob(collection, blob.sha256).catch(() => null)
  if (cached) return ok(cached)
  const opened = await openFile(core, collection, doc, blob)
  if (opened.ok) await core.view.keepBlob(collection, blob.sha256, opened.value).catch(() => null)
  return opened
}

/** From the pack itself, past the cache: for what is read once, like the files of an export. What is not on this disk is brought first. */
export async function openFile(core: VaultCore, collection: string, doc: string, blob: BlobRef): Promise<Result<Uint8Array, CommandFailure>> {
  const key = await core.keys.keyOf(collection, doc)
  if (!key) return failed('KeyMissing')
  const readPack = async (pack: string, at: number, length: number): Promise<Uint8Array | null> => {
    const range = await core.around.host.objects.range({ name: packName(pack), at, length })
    return range.ok ? range.value.bytes : null
  }
  const unpack = (): Promise<Uint8Array | null> => unpackFile(core.around.crypto, key, core.seat.workspace, documentHandle(core.seat.workspace, doc), blob, readPack)
  let bytes = await unpack()
  if (!bytes) {
    const brought = await core.content.bring(doc, [blob])
    if (!brought.ok) return brought
    bytes = await unpack()
  }
  return bytes ? ok(bytes) : failed('FileMissing', 'later', { sha256: blob.sha256 })
}
