import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { describe, expect, it } from 'vitest'
import { utf8ToBytes } from '@shared/base/bytes.ts'
import { collectionZero } from '@shared/log/names.ts'
import type { Change, DoorView } from '@shared/judge/ports.ts'
import { rowHash, updateStateHash } from '@shared/log/state-hash.ts'
import { sampleChange, sampleEvent, viewContract } from '@shared/judge/testing/view-contract.ts'
import { createRowSealer } from '../row-sealer.ts'
import { createTestCrypto } from '../testing/memory-office.ts'
import { databaseName } from './database.ts'
import { openDexieView } from './dexie-view.ts'

const collections = [collectionZero, 'c1', 'c2']

function machine() {
  const indexedDb = { factory: new IDBFactory(), keyRange: IDBKeyRange as unknown as typeof globalThis.IDBKeyRange }
  const open = async (viewKey = 7) => openDexieView('seat', await createRowSealer(createTestCrypto('view'), new Uint8Array(32).fill(viewKey)), { collections, given: '' }, indexedDb)
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
        forks: async () => (await open()).view.forks(),
        restart: (forks) => view.restart(forks),
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

  it('4.11 AU-93 forgets what it holds of a collection of which other documents are given, and nothing else, also when opened again', async () => {
    const { open, indexedDb } = machine()
    const sealer = await createRowSealer(createTestCrypto('view'), new Uint8Array(32).fill(7))
    const reopen = (given: string) => openDexieView('seat', sealer, { collections, given }, indexedDb)
    const { view } = await open()
    const kept = sampleChange(1, { collection: 'c2', events: [sampleEvent('e1', 'd1')], rows: [{ table: 'document', key: 'd1', value: 1 }] })
    const gone = sampleChange(1, { stateHash: updateStateHash(kept.stateHash, [], [rowHash('document', 'd2', 2)]), events: [sampleEvent('e2', 'd2')], rows: [{ table: 'document', key: 'd2', value: 2 }] })
    await view.commit(kept)
    await view.commit(gone)
    await view.commit({ ...sampleChange(2), stateHash: gone.stateHash, quarantined: { name: 'n', collection: 'c1', lane: 'a.1', seq: 2, reasons: [], acts: [], events: [] } })
    await view.putText('c1', 'd2', { of: '', title: '', body: '', plain: '' })
    await view.forget(['c1'], 'c1:d3')
    const there = async (of: typeof view) => [of.heads().map(({ collection }) => collection), of.register('document').map(({ key }) => key), await of.quarantined(), await of.stateHash(), (await of.documentEvents('c1', 'd2')).length, (await of.documentEvents('c2', 'd1')).length, await of.textCount()]
    expect(await there(view)).toEqual([['c2'], ['d1'], [], kept.stateHash, 0, 1, 0])
    expect(await there((await reopen('c1:d3')).view)).toEqual(await there(view))
    await view.commit(gone)
    expect((await view.documentEvents('c1', 'd2')).map(({ id }) => id)).toEqual(['e2'])
    expect([(await reopen('c1:d3')).discarded, (await reopen('')).discarded]).toEqual([false, true])
  })

  it('2.7 writes a run of segments together: cut off, it is as if it had not begun, and doing it again gives the same', async () => {
    const { open } = machine()
    const { view } = await open()
    await view.commit(sampleChange(1, { events: [sampleEvent('e1', 'd1')] }))
    const run = async (to: typeof view) => {
      await to.commit(sampleChange(2, { events: [sampleEvent('e2', 'd1', { seq: 2 })], rows: [{ table: 'document', key: 'd1', value: 2 }] }))
      await to.commit(sampleChange(3, { events: [sampleEvent('e3', 'd2', { seq: 3 })], rows: [{ table: 'document', key: 'd1', value: 3 }] }))
    }
    const seen = async (of: DoorView) => [await of.head('c1', 'a.1'), await of.stateHash(), (await of.documentEvents('c1', 'd1')).map(({ id }) => id).toSorted(), (await of.documentEvents('c1', 'd2')).map(({ id }) => id), (await of.rows([{ table: 'document', key: 'd1' }])).map(({ value }) => value)]
    const before = await seen((await open()).view)
    await view.inRun(async () => {
      await run(view)
      expect(await seen((await open()).view)).toEqual(before)
      expect((await seen(view))[2]).toEqual(['e1', 'e2'])
    })
    const after = await seen(view)
    expect(after).toEqual([{ seq: 3, hash: 'h3' }, sampleChange(3).stateHash, ['e1', 'e2'], ['e3'], [3]])
    expect(await seen((await open()).view)).toEqual(after)
    const again = (await open()).view
    await again.inRun(() => run(again))
    expect(await seen((await open()).view)).toEqual(after)
  })

  it('2.7 a run that could not be written goes with the next write, none of it missing in between', async () => {
    const { indexedDb, open } = machine()
    const sealer = await createRowSealer(createTestCrypto('view'), new Uint8Array(32).fill(7))
    let broken = false
    const failing = { ...sealer, seal: (...all: Parameters<typeof sealer.seal>) => (broken ? Promise.reject(new Error('no room')) : sealer.seal(...all)) }
    const { view } = await openDexieView('seat', failing, { collections, given: '' }, indexedDb)
    broken = true
    await expect(view.inRun(() => view.commit(sampleChange(1, { events: [sampleEvent('e1', 'd1')] })))).rejects.toThrow('no room')
    expect((await open()).view.isEmpty()).toBe(true)
    await expect(view.commit(sampleChange(2, { events: [sampleEvent('e2', 'd1', { seq: 2 })] }))).rejects.toThrow('no room')
    expect(await view.head('c1', 'a.1')).toEqual({ seq: 1, hash: 'h1' })
    broken = false
    await view.commit(sampleChange(2, { events: [sampleEvent('e2', 'd1', { seq: 2 })] }))
    const { view: later } = await open()
    expect([await later.head('c1', 'a.1'), (await later.documentEvents('c1', 'd1')).map(({ id }) => id).toSorted()]).toEqual([{ seq: 2, hash: 'h2' }, ['e1', 'e2']])
  })

  it('2.7 an event that is committed while its document is being read is not lost', async () => {
    const { open } = machine()
    await (await open()).view.commit(sampleChange(1, { events: [sampleEvent('e1', 'd1')] }))
    const { view: fresh } = await open()
    const reading = fresh.documentEvents('c1', 'd1')
    await fresh.commit(sampleChange(2, { events: [sampleEvent('e2', 'd1', { seq: 2 })] }))
    await reading
    expect((await fresh.documentEvents('c1', 'd1')).map(({ id }) => id).toSorted()).toEqual(['e1', 'e2'])
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
