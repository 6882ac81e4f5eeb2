// The keys of one open session: epoch keys that main handed over, and document keys opened from their wraps. Every key is imported
// so that it cannot be read back. It never decides who may read: what was not handed over is not granted.

import { importContentKey } from '@shared/crypto/envelope.ts'
import type { ContentKey, CryptoHost } from '@shared/crypto/ports.ts'
import type { OpenVault } from '@shared/ipc/contract/vault.ts'
import type { KeyRing } from '@shared/judge/ports.ts'
import { collectionHandle, collectionZero, documentHandle, documentWrapName } from '@shared/log/names.ts'
import { openDocumentKey, sealDocumentKey, type DocumentPlace } from '@shared/log/wraps.ts'

/** Has the making of an epoch effect? Others are read, and nothing is written under them. */
export type Stands = (epoch: number) => boolean

export interface VaultKeys extends KeyRing {
  /** Collections that can be read, collection zero first. */
  readonly collections: readonly string[]
  /** The wrap of a fresh document key, to be stored before the first segment names the document. */
  readonly newDocument: (collection: string, doc: string, stands: Stands) => Promise<{ readonly name: string; readonly bytes: Uint8Array } | null>
  /** Imports what main has by now; what is held stays, and the caller forgets the bytes. */
  readonly take: (epochKeys: OpenVault['epochKeys']) => Promise<void>
  /** The key of the newest epoch that stands (AU-20) of a collection that can be read. */
  readonly latest: (collection: string, stands: Stands) => { readonly epoch: number; readonly key: ContentKey } | null
  readonly keyOf: (collection: string, doc: string) => Promise<ContentKey | null>
}

export interface KeyRingDeps {
  readonly crypto: CryptoHost
  readonly open: Pick<OpenVault, 'workspace' | 'genesis' | 'epochKeys'>
  /** The bytes of an object, null when it is not here. */
  readonly object: (name: string) => Promise<Uint8Array | null>
}

/** Imports the epoch keys; afterwards the caller forgets their bytes. */
export async function createKeyRing({ crypto, open, object }: KeyRingDeps): Promise<VaultKeys> {
  const epochs = new Map<string, Map<number, ContentKey>>()
  const take: VaultKeys['take'] = async (epochKeys) => {
    for (const { collection, epoch, key } of epochKeys) {
      const held = epochs.get(collection) ?? new Map<number, ContentKey>()
      if (!held.has(epoch)) held.set(epoch, await importContentKey(crypto, key))
      epochs.set(collection, held)
    }
  }
  await take(open.epochKeys)
  const documents = new Map<string, ContentKey>()
  const placeOf = (collection: string, docHandle: string): DocumentPlace => ({ workspace: open.workspace, collection, docHandle })
  const nameOf = (collection: string, docHandle: string): string => documentWrapName(collectionHandle(open.genesis, collection), docHandle)
  const documentKey: KeyRing['documentKey'] = async (collection, docHandle) => {
    const held = epochs.get(collection)
    if (!held) return 'not-granted'
    const known = documents.get(`${collection}/${docHandle}`)
    if (known) return known
    const wrap = await object(nameOf(collection, docHandle))
    const key = wrap && (await openDocumentKey(crypto, (epoch) => held.get(epoch) ?? null, placeOf(collection, docHandle), wrap))
    if (!key) return 'not-here'
    documents.set(`${collection}/${docHandle}`, key)
    return key
  }
  const latest: VaultKeys['latest'] = (collection, stands) => {
    const [newest] = [...(epochs.get(collection) ?? [])].filter(([epoch]) => stands(epoch)).sort(([a], [b]) => b - a)
    return newest ? { epoch: newest[0], key: newest[1] } : null
  }
  return {
    latest,
    collections: [collectionZero, ...[...epochs.keys()].filter((collection) => collection !== collectionZero).sort()],
    epochKey: async (collection, epoch) => epochs.get(collection)?.get(epoch) ?? null,
    documentKey,
    take,
    async newDocument(collection, doc, stands) {
      const newest = latest(collection, stands)
      if (!newest) return null
      const raw = crypto.random.bytes(32)
      const docHandle = documentHandle(open.workspace, doc)
      const bytes = await sealDocumentKey(crypto, newest.key, newest.epoch, placeOf(collection, docHandle), raw)
      documents.set(`${collection}/${docHandle}`, await importContentKey(crypto, raw))
      raw.fill(0)
      return { name: nameOf(collection, docHandle), bytes }
    },
    async keyOf(collection, doc) {
      const key = await documentKey(collection, documentHandle(open.workspace, doc))
      return typeof key === 'string' ? null : key
    },
  }
}
