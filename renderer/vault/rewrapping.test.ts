// What a renewal leaves behind: keys of documents that exist, under an epoch that whoever was removed holds.
import { describe, expect, it } from 'vitest'
import { ok } from '@shared/base/result.ts'
import { collectionHandle, documentHandle, wrapBookName } from '@shared/log/names.ts'
import { emptyBook, parseWrapBook, uniteWrapBooks, wrapBookToBytes } from '@shared/log/wrap-books.ts'
import { epochCommitment } from '@shared/log/wraps.ts'
import { createKeyRing, type HeldEpoch } from './key-ring.ts'
import { handlesOf, wrapCollection, type WrapDeps } from './rewrapping.ts'
import { createOffice, createTestCrypto, type Objects } from './testing/memory-office.ts'
import type { MemoryHost } from './testing/memory-host.ts'
import { smallTown } from './testing/small-town.ts'
import { createTestMachine } from './testing/test-machine.ts'
import { openTestSeat } from './testing/test-seat.ts'

const crypto = createTestCrypto('rewrapping')
const first = { collection: 'c1', epoch: 0, key: crypto.random.bytes(32) }
const renewed = { collection: 'c1', epoch: 65_540, key: crypto.random.bytes(32) }
const handleOf = (doc: string): string => documentHandle('w', doc)
const docs = Array.from({ length: 300 }, (_, n) => `doc-${n}`)

const ringOf = (objects: Objects, ...epochKeys: readonly (typeof first)[]) => createKeyRing({ crypto, open: { workspace: 'w', genesis: '00ff', epochKeys: [...epochKeys] }, object: async (name) => objects.get(name) ?? null })

/** Documents of before and after the renewal, and what wraps them anew; `most` books are taken, then the machine is gone. */
async function town() {
  const objects: Objects = new Map()
  const ring = await ringOf(objects, first)
  for (const doc of docs) {
    const wrap = await ring.newDocument('c1', doc, () => true)
    objects.set(wrap!.name, wrap!.bytes)
  }
  await ring.take([renewed])
  const later = await ring.newDocument('c1', 'later', () => true)
  objects.set(later!.name, later!.bytes)
  const anew: string[] = []
  const wrapAll = async (most = Infinity): Promise<number> => {
    let taken = 0
    const keys: WrapDeps['keys'] = {
      async wrapAnew(collection, handle, to) {
        const entry = await ring.wrapAnew(collection, handle, to)
        if (entry) anew.push(handle)
        return entry
      },
    }
    const put: WrapDeps['put'] = async (name, bytes) => {
      if (taken === most) return false
      taken += 1
      const [here, come] = [objects.get(name), bytes].map((book) => parseWrapBook(book ?? new Uint8Array()) ?? emptyBook)
      objects.set(name, wrapBookToBytes(uniteWrapBooks(here!, come!)))
      return true
    }
    const newest = ring.latest('c1', () => true) as HeldEpoch
    return wrapCollection({ keys, genesis: '00ff', object: async (name) => objects.get(name) ?? null, put, rest: async () => undefined }, 'c1', newest, [...docs, 'later', 'nowhere'].map(handleOf))
  }
  return { objects, wrapAll, anew }
}

describe('keys of documents after a renewal', () => {
  it('4.13 LG-67 every document that exists is wrapped under the newest epoch, and whoever holds that key alone reads all of them', async () => {
    const { objects, wrapAll } = await town()
    const newcomer = await ringOf(objects, renewed)
    expect(await newcomer.documentKey('c1', handleOf('doc-0'))).toBe('not-here')
    expect(await wrapAll()).toBe(docs.length)
    for (const doc of [...docs, 'later']) expect([doc, await newcomer.documentKey('c1', handleOf(doc))]).toEqual([doc, expect.objectContaining({ kind: 'content' })])
    expect(await newcomer.documentKey('c1', handleOf('nowhere'))).toBe('not-here')
  })

  it('4.13 LG-67 what a removed person holds opens nothing that the books say', async () => {
    const { objects, wrapAll } = await town()
    await wrapAll()
    const books = new Map([...objects].filter(([name]) => name.includes('/w/')))
    expect(books.size).toBeGreaterThan(20)
    const removed = await ringOf(books, first)
    for (const doc of docs) expect(await removed.documentKey('c1', handleOf(doc))).toBe('not-here')
    // What they could read they still can: the wraps of before are theirs.
    expect(await (await ringOf(objects, first)).documentKey('c1', handleOf('doc-7'))).toMatchObject({ kind: 'content' })
  })

  it('4.13 LG-67 ended after any number of books it goes on, and no key is wrapped twice into them', async () => {
    for (const most of [0, 1, 7]) {
      const { objects, wrapAll, anew } = await town()
      const before = await wrapAll(most)
      const kept = new Set([...objects].flatMap(([name, bytes]) => (name.includes('/w/') ? [...(parseWrapBook(bytes) ?? [])].map(([doc]) => doc) : [])))
      expect(kept.size).toBe(before)
      anew.length = 0
      expect(before + (await wrapAll())).toBe(docs.length)
      expect(anew.filter((handle) => kept.has(handle))).toEqual([])
      expect(await wrapAll()).toBe(0)
    }
  })

  it('4.13 LG-67 a book is read once for each renewal, whatever it holds, and nobody who asks the vault waits for all names', async () => {
    const { objects, wrapAll } = await town()
    await wrapAll()
    const again = { ...renewed, epoch: 131_076, key: crypto.random.bytes(32) }
    const read: string[] = []
    const ring = await createKeyRing({ crypto, open: { workspace: 'w', genesis: '00ff', epochKeys: [first, renewed, again] }, object: async (name) => (read.push(name), objects.get(name) ?? null) })
    const rests: number[] = []
    const handles = await handlesOf('w', docs.flatMap((doc) => [{ doc, given: ['a'.repeat(16)] }, { doc: `${doc}-b`, given: [] }]), async () => void rests.push(rests.length))
    expect([handles.length, handles.includes(`${handleOf('doc-7')}.${'a'.repeat(16)}`), rests.length]).toEqual([docs.length * 3, true, 1])
    const put: WrapDeps['put'] = async (name, bytes) => (objects.set(name, bytes), true)
    const object = async (name: string): Promise<Uint8Array | null> => (read.push(name), objects.get(name) ?? null)
    expect(await wrapCollection({ keys: ring, genesis: '00ff', object, put, rest: async () => undefined }, 'c1', ring.latest('c1', () => true) as HeldEpoch, docs.map(handleOf))).toBe(docs.length)
    const ofBooks = read.filter((name) => name.includes('/w/'))
    expect(ofBooks.length).toBe(new Set(ofBooks).size)
  })

  it('4.13 LG-67 after a right was taken away the vault wraps by itself, and a colleague only a day later', async () => {
    const office = await createOffice(smallTown, ['clerk', 'manager', 'mayor'])
    const key = office.crypto.random.bytes(32)
    const epoch = { collection: 'c1', epoch: 65_540, commitment: epochCommitment('c1', 65_540, key) }
    const renewing = (host: MemoryHost): MemoryHost => ({ ...host, seats: { ...host.seats, renewEpochs: async () => ok([epoch]) }, vault: { ...host.vault, keys: async () => ok([{ collection: 'c1', epoch: epoch.epoch, key: Uint8Array.from(key) }]) } })
    const clerk = await openTestSeat(office, 'clerk', office.folder(), createTestMachine(async () => new Uint8Array()), renewing)
    const { id } = await clerk.done('createDraft', { form: 't1', collection: 'c1', position: 'p-clerk' })
    await clerk.done('reviewGrants', { grants: ['mayor-approver-c1'], act: { kind: 'remove' }, reason: '退職' })
    const docHandle = documentHandle(office.founded.workspace, id)
    const book = wrapBookName(collectionHandle(office.founded.genesis, 'c1'), docHandle)
    const entryIn = (objects: Objects) => parseWrapBook(objects.get(book) ?? new Uint8Array())?.get(docHandle)?.epoch
    await expect.poll(() => entryIn(clerk.objects)).toBe(65_540)
    const folder = new Map([...clerk.objects].filter(([name]) => name !== book))
    await openTestSeat(office, 'manager', folder, createTestMachine(async () => new Uint8Array()), renewing)
    expect(entryIn(folder)).toBe(undefined)
    office.clock.advance(25 * 60 * 60 * 1000)
    await openTestSeat(office, 'manager', folder, createTestMachine(async () => new Uint8Array()), renewing)
    await expect.poll(() => entryIn(folder)).toBe(65_540)
    expect(clerk.defects).toEqual([])
  })
})
