// Files of documents: sealed into packs that are durable before anything refers to them, read back through the cache of the view.
// Bytes go in and come out unchanged.

import { ok, type Result } from '@shared/base/result.ts'
import type { BlobRef } from '@shared/log/blob.ts'
import { documentHandle, keyedHandle, packName } from '@shared/log/names.ts'
import { packFile, unpackFile } from '@shared/log/pack.ts'
import type { CommandFailure } from '../services/vault-api.ts'
import type { VaultCore } from './core.ts'
import { documentTable, type DocumentRow } from './document-rows.ts'
import { failed } from './failure.ts'

export async function keepFile(core: VaultCore, collection: string, doc: string, bytes: Uint8Array): Promise<Result<BlobRef, CommandFailure>> {
  const kept = await sealFile(core, collection, doc, currentKeyId(core, doc), bytes)
  if (kept.ok) await core.view.keepBlob(collection, kept.value.sha256, bytes).catch(() => null)
  return kept
}

/** Under this key of the document. */
export async function sealFile(core: VaultCore, collection: string, doc: string, keyId: string | null, bytes: Uint8Array): Promise<Result<BlobRef, CommandFailure>> {
  const key = await core.keys.keyOf(collection, doc, keyId)
  if (!key) return failed('KeyMissing')
  const { blob, packs } = await packFile(core.around.crypto, key, core.seat.workspace, keyedHandle(documentHandle(core.seat.workspace, doc), keyId), bytes)
  for (const pack of packs) {
    const put = await core.putObject(packName(pack.sha256), pack.bytes)
    if (!put.ok) return put
  }
  return ok(keyId === null ? blob : { ...blob, key: keyId })
}

/** The key of a document under which is written; null: its first. */
export function currentKeyId(core: VaultCore, doc: string): string | null {
  const row = core.view.row(documentTable, doc)
  return row ? ((row.value as DocumentRow).state.keys?.at(-1)?.key ?? null) : null
}

export async function readFile(core: VaultCore, collection: string, doc: string, blob: BlobRef): Promise<Result<Uint8Array, CommandFailure>> {
  const cached = await core.view.blob(collection, blob.sha256).catch(() => null)
  if (cached) return ok(cached)
  const opened = await openFile(core, collection, doc, blob)
  if (opened.ok) await core.view.keepBlob(collection, blob.sha256, opened.value).catch(() => null)
  return opened
}

/**
 * From the pack itself, past the cache: for what is read once, like the files of an export. What is not on this disk is brought first. Where a
 * file was sealed anew, and what says so does not hold or has not come, it is read where it lay before (DC-30).
 */
export async function openFile(core: VaultCore, collection: string, doc: string, blob: BlobRef): Promise<Result<Uint8Array, CommandFailure>> {
  const places = blob.before ? [blob, blob.before] : [blob]
  for (const place of places) {
    const here = await unpackHere(core, collection, doc, place)
    if (here) return ok(here)
  }
  let failure: Result<never, CommandFailure> | null = null
  for (const place of places) {
    if (!(await core.keys.keyOf(collection, doc, place.key ?? null))) {
      failure ??= failed('KeyMissing')
      continue
    }
    const brought = await core.content.bring(doc, [place])
    const bytes = brought.ok ? await unpackHere(core, collection, doc, place) : null
    if (bytes) return ok(bytes)
    failure ??= brought.ok ? failed('FileMissing', 'later', { sha256: blob.sha256 }) : brought
  }
  return failure ?? failed('FileMissing', 'later', { sha256: blob.sha256 })
}

/** Null when a piece is not on this disk, does not open, or is not the file. */
export async function unpackHere(core: VaultCore, collection: string, doc: string, blob: BlobRef): Promise<Uint8Array | null> {
  const keyId = blob.key ?? null
  const key = await core.keys.keyOf(collection, doc, keyId)
  if (!key) return null
  const readPack = async (pack: string, at: number, length: number): Promise<Uint8Array | null> => {
    const range = await core.around.host.objects.range({ name: packName(pack), at, length })
    return range.ok ? range.value.bytes : null
  }
  return unpackFile(core.around.crypto, key, core.seat.workspace, keyedHandle(documentHandle(core.seat.workspace, doc), keyId), blob, readPack)
}
