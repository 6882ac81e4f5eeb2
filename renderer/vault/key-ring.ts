// The keys of one open session: epoch keys that main handed over, and document keys opened from their wraps. Every key is imported
// so that it cannot be read back. It never decides who may read: what was not handed over is not granted.

import { importContentKey } from '@shared/crypto/envelope.ts'
import type { ContentKey, CryptoHost, PublicKey } from '@shared/crypto/ports.ts'
import type { OpenVault } from '@shared/ipc/contract/vault.ts'
import type { KeyRing } from '@shared/judge/ports.ts'
import { collectionHandle, collectionZero, documentHandle, documentWrapName, keyedHandle, plainHandle, wrapBookName } from '@shared/log/names.ts'
import { handKey, type HandedKey } from '@shared/log/handed-keys.ts'
import { emptyBook, entryToWrap, parseWrapBook, type BookEntry, type WrapBook } from '@shared/log/wrap-books.ts'
import { documentKeyId, documentWrapEpoch, openDocumentKey, sealDocumentKey, sealDocumentKeyAnew, type DocumentPlace } from '@shared/log/wraps.ts'

/** Has the making of an epoch effect? Others are read, and nothing is written under them. */
export type Stands = (epoch: number) => boolean

export interface HeldEpoch {
  readonly epoch: number
  readonly key: ContentKey
}

export interface VaultKeys extends KeyRing {
  /** Collections that can be read, collection zero first. */
  readonly collections: readonly string[]
  /** AU-90 collections of which single documents were given; nothing else of them is read. */
  readonly partly: readonly string[]
  /** Was this document of one of those given? By its handle. */
  readonly isGiven: (collection: string, docHandle: string) => boolean
  /** What was given one by one: another word says that the view shows other documents than it should. */
  readonly givenWord: string
  /** AU-93 the collections of which these are other single documents than are given now. */
  readonly givenOtherwise: (documents: OpenVault['given']) => readonly string[]
  /** From now on these are given: what is given no more does not open any more. */
  readonly give: (documents: OpenVault['given']) => void
  /** LG-71 a key of a document that can be read, wrapped to these; null where it is not here. */
  readonly hand: (collection: string, handle: string, to: readonly (readonly [recipient: string, key: PublicKey])[]) => Promise<HandedKey | null>
  /** The wrap of a fresh document key, to be stored before the first segment names the document. */
  readonly newDocument: (collection: string, doc: string, stands: Stands) => Promise<{ readonly name: string; readonly bytes: Uint8Array } | null>
  /** Imports what main has by now; what is held stays, and the caller forgets the bytes. */
  readonly take: (epochKeys: OpenVault['epochKeys']) => Promise<void>
  /** The key of the newest epoch that stands (AU-20) of a collection that can be read. */
  readonly latest: (collection: string, stands: Stands) => HeldEpoch | null
  /** The document's key for a book, under that epoch; null where it stands under it or a later one in a wrap of its own, or is not here. */
  readonly wrapAnew: (collection: string, docHandle: string, to: HeldEpoch) => Promise<BookEntry | null>
  /** A fresh key in the place of those the document has; its wrap is to be stored before the first segment that is sealed under it. */
  readonly anotherKey: (collection: string, doc: string, stands: Stands) => Promise<{ readonly id: string; readonly name: string; readonly bytes: Uint8Array } | null>
  /** `id`: which key of the document; null: its first. */
  readonly keyOf: (collection: string, doc: string, id: string | null) => Promise<ContentKey | null>
}

export interface KeyRingDeps {
  readonly crypto: CryptoHost
  readonly open: Pick<OpenVault, 'workspace' | 'genesis' | 'epochKeys'>
  /** Documents that were given one by one, and the key of one, by its handle as an act names it; null while it has not come. Absent: none were. */
  readonly given?: { readonly documents: OpenVault['given']; readonly key: (collection: string, document: string) => Promise<Uint8Array | null> }
  /** The bytes of an object, null when it is not here. */
  readonly object: (name: string) => Promise<Uint8Array | null>
}

const noneGiven: NonNullable<KeyRingDeps['given']> = { documents: [], key: async () => null }

/** Imports the epoch keys; afterwards the caller forgets their bytes. */
export async function createKeyRing({ crypto, open, object, given = noneGiven }: KeyRingDeps): Promise<VaultKeys> {
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
  const places = new Map<string, string>()
  const placeName = (collection: string): string => {
    const name = places.get(collection) ?? collectionHandle(open.genesis, collection)
    places.set(collection, name)
    return name
  }
  const placeOf = (collection: string, docHandle: string): DocumentPlace => ({ workspace: open.workspace, collection, docHandle })
  const nameOf = (collection: string, docHandle: string): string => documentWrapName(placeName(collection), docHandle)
  const ownWrap = (collection: string, docHandle: string): Promise<Uint8Array | null> => object(nameOf(collection, docHandle))
  const books = new Map<string, WrapBook>()
  /** A book is read again only for a document that the one in memory does not have, or has under an epoch whose key is not held. */
  const inBook = async (collection: string, docHandle: string): Promise<Uint8Array | null> => {
    const name = wrapBookName(placeName(collection), docHandle)
    const known = books.get(name)?.get(docHandle)
    if (known && epochs.get(collection)?.has(known.epoch)) return entryToWrap(known)
    const book = parseWrapBook((await object(name)) ?? new Uint8Array()) ?? emptyBook
    books.set(name, book)
    const entry = book.get(docHandle)
    return entry ? entryToWrap(entry) : null
  }
  const byCollection = (all: OpenVault['given']): Map<string, Set<string>> => {
    const found = new Map<string, Set<string>>()
    for (const { collection, document } of all) if (!epochs.has(collection)) found.set(collection, (found.get(collection) ?? new Set()).add(document))
    return found
  }
  let givenBy = byCollection(given.documents)
  const wordOf = (collection: string, by = givenBy): string => `${collection}:${[...(by.get(collection) ?? [])].sort().join()}`
  const isGiven: VaultKeys['isGiven'] = (collection, docHandle) => givenBy.get(collection)?.has(plainHandle(docHandle)) ?? false
  const takeGiven = async (collection: string, docHandle: string): Promise<ContentKey | 'not-here'> => {
    const raw = await given.key(collection, docHandle)
    if (!raw) return 'not-here'
    const key = await importContentKey(crypto, raw)
    raw.fill(0)
    documents.set(`${collection}/${docHandle}`, key)
    return key
  }
  const documentKey: KeyRing['documentKey'] = async (collection, docHandle) => {
    const held = epochs.get(collection)
    if (!held && !isGiven(collection, docHandle)) return 'not-granted'
    const known = documents.get(`${collection}/${docHandle}`)
    if (known) return known
    if (!held) return takeGiven(collection, docHandle)
    for (const wrap of [ownWrap, inBook]) {
      const bytes = await wrap(collection, docHandle)
      const key = bytes && (await openDocumentKey(crypto, (epoch) => held.get(epoch) ?? null, placeOf(collection, docHandle), bytes))
      if (!key) continue
      documents.set(`${collection}/${docHandle}`, key)
      return key
    }
    return 'not-here'
  }
  const latest: VaultKeys['latest'] = (collection, stands) => {
    const [newest] = [...(epochs.get(collection) ?? [])].filter(([epoch]) => stands(epoch)).sort(([a], [b]) => b - a)
    return newest ? { epoch: newest[0], key: newest[1] } : null
  }
  const wrapFresh = async (collection: string, handleOf: (raw: Uint8Array) => string, stands: Stands): Promise<{ readonly name: string; readonly bytes: Uint8Array } | null> => {
    const newest = latest(collection, stands)
    if (!newest) return null
    const raw = crypto.random.bytes(32)
    const handle = handleOf(raw)
    const bytes = await sealDocumentKey(crypto, newest.key, newest.epoch, placeOf(collection, handle), raw)
    documents.set(`${collection}/${handle}`, await importContentKey(crypto, raw))
    raw.fill(0)
    return { name: nameOf(collection, handle), bytes }
  }
  return {
    latest,
    collections: [collectionZero, ...[...epochs.keys()].filter((collection) => collection !== collectionZero).sort()],
    get partly() {
      return [...givenBy.keys()].sort()
    },
    isGiven,
    get givenWord() {
      return [...givenBy.keys()].sort().map((collection) => wordOf(collection)).join(';')
    },
    givenOtherwise(all) {
      const next = byCollection(all)
      return [...new Set([...givenBy.keys(), ...next.keys()])].filter((collection) => wordOf(collection) !== wordOf(collection, next)).sort()
    },
    give(all) {
      givenBy = byCollection(all)
      for (const held of [...documents.keys()]) {
        const [collection = '', docHandle = ''] = held.split('/')
        if (!epochs.has(collection) && !isGiven(collection, docHandle)) documents.delete(held)
      }
    },
    async hand(collection, handle, to) {
      for (const bytes of [await ownWrap(collection, handle), await inBook(collection, handle)]) {
        const handed = bytes && (await handKey(crypto, (epoch) => epochs.get(collection)?.get(epoch) ?? null, placeOf(collection, handle), bytes, to))
        if (handed) return handed
      }
      return null
    },
    epochKey: async (collection, epoch) => epochs.get(collection)?.get(epoch) ?? null,
    documentKey,
    take,
    async newDocument(collection, doc, stands) {
      const docHandle = documentHandle(open.workspace, doc)
      return wrapFresh(collection, () => docHandle, stands)
    },
    async anotherKey(collection, doc, stands) {
      const docHandle = documentHandle(open.workspace, doc)
      let id = ''
      const wrap = await wrapFresh(collection, (raw) => keyedHandle(docHandle, (id = documentKeyId(docHandle, raw))), stands)
      return wrap && { id, ...wrap }
    },
    async wrapAnew(collection, docHandle, to) {
      const own = await ownWrap(collection, docHandle)
      if (own && (documentWrapEpoch(own) ?? 0) >= to.epoch) return null
      // A book is looked into only where the own wrap does not open: reading one for each of many documents costs more than all of them.
      for (const wrap of [async () => own, inBook]) {
        const bytes = await wrap(collection, docHandle)
        const sealed = bytes && (await sealDocumentKeyAnew(crypto, (epoch) => epochs.get(collection)?.get(epoch) ?? null, placeOf(collection, docHandle), bytes, to))
        if (sealed) return { epoch: to.epoch, sealed }
      }
      return null
    },
    async keyOf(collection, doc, id) {
      const key = await documentKey(collection, keyedHandle(documentHandle(open.workspace, doc), id))
      return typeof key === 'string' ? null : key
    },
  }
}
