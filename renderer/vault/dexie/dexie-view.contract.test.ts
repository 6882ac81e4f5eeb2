import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { describe, expect, it } from 'vitest'
import { utf8ToBytes } from '@shared/base/bytes.ts'
import { collectionZero } from '@shared/log/names.ts'
import type { Change, DoorView } from '@shared/judge/ports.ts'
import { sampleChange, sampleEvent, viewContract } from '@shared/judge/testing/view-contract.ts'
import { createRowSealer } from '../row-sealer.ts'
import { createTestCrypto } from '../testing/memory-office.ts'
import { databaseName } from './database.ts'
import { openDexieView } from './dexie-view.ts'

const collections = [collectionZero, 'c1', 'c2']

function machine() {
  const indexedDb = { factory: new IDBFactory(), keyRange: IDBKeyRange as unknown as typeof globalThis.IDBKeyRange }
  const open = async (viewKey = 7) => openDexieView('seat', await createRowSealer(createTestCrypto('view'), new Uint8Array(32).fill(viewKey)), collections, indexedDb)
  return { indexedDb, open }
}

/** Every stored value of the database, as one text of bytes. */
async function everything(factory: IDBFactory): Promise<string> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = factory.open(databaseName('seat'))
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(opening.error)
  })
  const texts: string[] = []
  for (const name of database.objectStoreNames) {
    const rows = await new Promise<unknown[]>((resolve) => {
      const asking = database.transaction(name).objectStore(name).getAll()
      asking.onsuccess = () => resolve(asking.result)
    })
    for (const row of rows as Record<string, unknown>[]) {
      for (const value of Object.values(row)) texts.push(value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value))
    }
  }
  database.close()
  return texts.join('\n')
}

describe('the view in IndexedDB', () => {
  it.each(viewContract)('2.7 $name', async ({ run }) => {
    await expect(run(async () => (await machine().open()).view)).resolves.toBeUndefined()
  })

  it.each(viewContract.slice(1))('2.7 $name, also when opened again', async ({ run }) => {
    const { open } = machine()
    const reopening = async () => {
      const { view } = await open()
      return {
        commit: (change: Change) => view.commit(change),
        head: async (...args: Parameters<DoorView['head']>) => (await open()).view.head(...args),
        stateHash: async () => (await open()).view.stateHash(),
        authorityEvents: async () => (await open()).view.authorityEvents(),
        documentEvents: async (...args: Parameters<DoorView['documentEvents']>) => (await open()).view.documentEvents(...args),
        quarantined: async () => (await open()).view.quarantined(),
        rows: async (...args: Parameters<DoorView['rows']>) => (await open()).view.rows(...args),
      } satisfies DoorView
    }
    await expect(run(reopening)).resolves.toBeUndefined()
  })

  it('2.8 holds no readable byte and no readable name', async () => {
    const { open, indexedDb } = machine()
    const { view } = await open()
    await view.commit(sampleChange(1, { events: [sampleEvent('canary-event', 'canary-document')], rows: [{ table: 'document', key: 'canary-document', value: { title: 'canary-title' } }] }))
    await view.putText('c1', 'canary-document', { of: 'canary', title: 'canary-title', body: 'canary-body', plain: 'canary-plain' })
    await view.keepBlob('c1', 'canary-blob', utf8ToBytes('canary-bytes'))
    const stored = await everything(indexedDb.factory)
    expect(stored.length).toBeGreaterThan(500)
    expect(stored).not.toMatch(/canary|draft\.cover|a\.1/)
    expect(stored).not.toContain(Buffer.from('canary', 'utf16le').toString('latin1'))
  })

  it('2.7 throws away a view that another key sealed, and says so', async () => {
    const { open } = machine()
    await (await open()).view.commit(sampleChange(1))
    expect((await open()).discarded).toBe(false)
    const other = await open(8)
    expect([other.discarded, other.view.isEmpty()]).toEqual([true, true])
  })

  it('2.7 keeps files near at hand and never calls a miss an error', async () => {
    const { view } = await machine().open()
    await view.keepBlob('c1', 'a', Uint8Array.of(1, 2, 3))
    expect(await view.blob('c1', 'a')).toEqual(Uint8Array.of(1, 2, 3))
    expect(await view.blob('c2', 'a')).toBeNull()
    for (let i = 0; i < 66; i++) await view.keepBlob('c1', `file-${i}`, new Uint8Array(1024 * 1024))
    expect(await view.blob('c1', 'a')).toBeNull()
    expect(await view.blob('c1', 'file-65')).toHaveLength(1024 * 1024)
    await view.keepBlob('c1', 'big', new Uint8Array(1024 * 1024 + 1))
    expect(await view.blob('c1', 'big')).toBeNull()
  })
})
