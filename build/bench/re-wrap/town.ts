// A collection whose documents' keys stand under its first epoch, each in a wrap of its own, on a disk; and what the page's worker is told of it.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { collectionHandle } from '@shared/log/names.ts'
import { createParcel, type NamedObject } from '@shared/log/parcel.ts'
import { nodeHost } from '../../../electron/main/services/node-host.ts'
import { createObjectStore, type ObjectStore } from '../../../electron/main/services/object-store.ts'
import { createKeyRing } from '../../../renderer/vault/key-ring.ts'
import { bench, type Town } from './facts.ts'

const books = join('k', collectionHandle(bench.genesis, bench.collection), 'w')

export interface TownOnDisk extends Town {
  readonly store: ObjectStore
  /** Takes the books away again. The folder stays: the store has made it. */
  forget(): void
  /** Bytes of the books as they go out to a storage: in two parcels, with indexes and padding. */
  octets(): Promise<number>
}

export async function makeTown(root: string, documents: number): Promise<TownOnDisk> {
  const store = createObjectStore(root)
  const epochKeys = [0, 65_540].map((epoch) => ({ collection: bench.collection, epoch, key: nodeHost.random.bytes(32) }))
  const keys = await createKeyRing({ crypto: nodeHost, open: { ...bench, epochKeys: epochKeys.slice(0, 1).map((one) => ({ ...one, key: Uint8Array.from(one.key) })) }, object: store.get })
  const docs = Array.from({ length: documents }, (_, n) => `document-${n}`)
  for (const doc of docs) {
    const wrap = await keys.newDocument(bench.collection, doc, () => true)
    if (!wrap) throw new Error('the collection is closed')
    const path = join(root, wrap.name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, wrap.bytes)
  }
  return {
    store,
    epochKeys,
    docs,
    forget() {
      for (const book of readdirSync(join(root, books))) rmSync(join(root, books, book))
    },
    async octets() {
      const written: readonly NamedObject[] = readdirSync(join(root, books)).map((book) => ({ name: `${books}/${book}`, bytes: Uint8Array.from(readFileSync(join(root, books, book))) }))
      const half = Math.ceil(written.length / 2)
      let octets = 0
      for (const part of [written.slice(0, half), written.slice(half)]) octets += (await createParcel(nodeHost, bench.workspace, part)).bytes.length
      return octets
    },
  }
}
