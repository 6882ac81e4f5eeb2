// Keeps files up to 1 MiB near at hand, the longest unused going first. Packs hold the truth: a miss or a failure means nothing.

import type { RowSealer } from '../row-sealer.ts'
import type { ViewDatabase } from './database.ts'

export const largestCachedBlob = 1024 * 1024
const cacheOctets = 64 * 1024 * 1024

export interface BlobCache {
  get(collection: string, sha256: string): Promise<Uint8Array | null>
  put(collection: string, sha256: string, bytes: Uint8Array): Promise<void>
}

export function createBlobCache(database: ViewDatabase, sealer: RowSealer): BlobCache {
  let uses: number | null = null
  const nextUse = async (): Promise<number> => {
    uses ??= (await database.blobs.orderBy('used').last())?.used ?? 0
    uses += 1
    return uses
  }
  return {
    async get(collection, sha256) {
      const pk = await sealer.name(collection, 'blobs', sha256)
      const row = await database.blobs.get(pk)
      if (!row) return null
      const bytes = await sealer.open(collection, 'blobs', pk, row.ct)
      await database.blobs.update(pk, { used: await nextUse() })
      return bytes instanceof Uint8Array ? bytes : null
    },
    async put(collection, sha256, bytes) {
      if (bytes.length > largestCachedBlob) return
      const pk = await sealer.name(collection, 'blobs', sha256)
      const ct = await sealer.seal(collection, 'blobs', pk, bytes)
      const used = await nextUse()
      await database.blobs.put({ pk, ct, used, size: ct.length })
      await trim(database)
    },
  }
}

async function trim(database: ViewDatabase): Promise<void> {
  const sizes = (await database.blobs.orderBy('[used+size]').reverse().keys()) as unknown as readonly (readonly [used: number, size: number])[]
  let total = 0
  const kept = sizes.findIndex(([, size]) => (total += size) > cacheOctets)
  if (kept < 0) return
  const newest = await database.blobs.orderBy('[used+size]').reverse().primaryKeys()
  await database.blobs.bulkDelete(newest.slice(kept))
}
