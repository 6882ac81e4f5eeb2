// What every storage must do, whatever lies behind it: the port's promises as tests, run by each adapter against the real thing.

import { beforeAll, describe, expect, it } from 'vitest'
import { equalBytes } from '@shared/base/bytes.ts'
import type { Storage, StorageFailure, StoredEntry } from '@shared/sync/storage.ts'

/** Objects of one workspace in a fresh place. */
export interface StorageUnderTest {
  readonly storage: Storage
  /** The same place with credentials that are none; null where there are no credentials. */
  readonly stranger: Storage | null
  /** A place that does not answer. */
  readonly unreachable: Storage
  /** So many names that the listing takes several pages. */
  readonly names: number
  /** A server that looks at an object's length before it opens it (Apache): a GET during a replace may cut the new bytes at the old length. */
  readonly mayCut?: boolean
  /** For a moment while it is replaced there may be nothing. */
  readonly mayMiss?: boolean
}

const MiB = 1024 * 1024
const calm = (): AbortSignal => new AbortController().signal

/** `length` bytes that differ with the seed, the same each time (xorshift32). */
export function bytesOf(seed: number, length: number): Uint8Array {
  const words = new Uint32Array(Math.ceil(length / 4))
  let state = (seed * 2_654_435_761 + 1) >>> 0 || 1
  for (let at = 0; at < words.length; at++) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    words[at] = state
  }
  return new Uint8Array(words.buffer).subarray(0, length)
}

export function storageContract(what: string, open: () => Promise<StorageUnderTest>): void {
  describe(`3.4 ${what} keeps the contract of a storage`, () => {
    let under: StorageUnderTest
    let storage: Storage
    const put = async (name: string, bytes: Uint8Array): Promise<{ readonly tag: string | null }> => taken(await storage.put(name, bytes, calm()))
    const get = async (name: string, range?: { at: number; length: number }): Promise<Uint8Array | null> => taken(await storage.get(name, calm(), range))
    const list = async (prefix: string): Promise<readonly StoredEntry[]> => [...taken(await storage.list(prefix, calm()))].sort((a, b) => (a.name < b.name ? -1 : 1))

    beforeAll(async () => {
      under = await open()
      storage = under.storage
    })

    it('3.4 says that there is nothing where nothing was put', async () => {
      expect(await get('j/nobody/lane/00000/00000001')).toBeNull()
      expect(await get('j/nobody/lane/00000/00000001', { at: 4, length: 4 })).toBeNull()
      expect(await list('j/nobody/')).toEqual([])
      expect(taken(await storage.remove('j/nobody/lane/00000/00000001', calm()))).toBeNull()
    })

    it('3.4 gives back what was put, byte for byte, and lists it', async () => {
      const bytes = bytesOf(1, 70_001)
      const { tag } = await put('j/plain/lane/00000/00000001', bytes)
      expectSame(await get('j/plain/lane/00000/00000001'), bytes)
      const [entry, ...more] = await list('j/plain/')
      expect(more).toEqual([])
      expect(entry).toMatchObject({ name: 'j/plain/lane/00000/00000001', size: 70_001 })
      if (tag !== null) expect(entry?.tag).toBe(tag)
    })

    it('3.4 takes the same bytes again, and other bytes whole, longer or shorter; the tag tells', async () => {
      const tags = new Set<string | null>()
      for (const [seed, length] of [[2, 900], [2, 900], [3, 40_000], [4, 3]] as const) {
        await put('b/0/again', bytesOf(seed, length))
        expectSame(await get('b/0/again'), bytesOf(seed, length))
        tags.add((await list('b/0/')).find((entry) => entry.name === 'b/0/again')?.tag ?? null)
      }
      expect(tags.has(null) || tags.size >= 3).toBe(true)
    })

    it('3.4 keeps an empty object, and one of 16 MiB', async () => {
      await put('p/00/empty', new Uint8Array(0))
      expectSame(await get('p/00/empty'), new Uint8Array(0))
      const large = bytesOf(5, 16 * MiB)
      await put('p/00/large', large)
      expectSame(await get('p/00/large'), large)
      expectSame(await get('p/00/large', { at: 9 * MiB + 1, length: MiB }), large.subarray(9 * MiB + 1, 10 * MiB + 1))
    })

    it('3.4 gives ranges, and fewer bytes only where the object ends', async () => {
      const bytes = bytesOf(6, 1000)
      await put('p/01/ranged', bytes)
      expectSame(await get('p/01/ranged', { at: 0, length: 1 }), bytes.subarray(0, 1))
      expectSame(await get('p/01/ranged', { at: 0, length: 1000 }), bytes)
      expectSame(await get('p/01/ranged', { at: 500, length: 250 }), bytes.subarray(500, 750))
      expectSame(await get('p/01/ranged', { at: 990, length: 250 }), bytes.subarray(990))
      expectSame(await get('p/01/ranged', { at: 1000, length: 1 }), new Uint8Array(0))
      expectSame(await get('p/01/ranged', { at: 5000, length: 10 }), new Uint8Array(0))
    })

    it('3.4 removes, and removing again is fine', async () => {
      await put('c/aa/leaving', bytesOf(7, 10))
      await put('c/aa/staying', bytesOf(8, 10))
      for (let time = 0; time < 2; time++) expect(taken(await storage.remove('c/aa/leaving', calm()))).toBeNull()
      expect(await get('c/aa/leaving')).toBeNull()
      expect((await list('c/aa/')).map((entry) => entry.name)).toEqual(['c/aa/staying'])
    })

    it('3.4 takes many objects at once into a folder that is not there yet', async () => {
      const folders = Array.from({ length: 12 }, (_, at) => `s/new${at}`)
      for (const folder of folders) await Promise.all(Array.from({ length: 8 }, (_, at) => put(`${folder}/deep/${at}`, bytesOf(at, 5))))
      for (const folder of folders) expect(await list(`${folder}/`)).toHaveLength(8)
    })

    it('3.4 lists every name of a long listing once, with its size', async () => {
      const names = Array.from({ length: under.names }, (_, at) => `s/many/${String(at).padStart(8, '0')}`)
      await inLanes(16, names.entries(), ([at, name]) => put(name, bytesOf(at, 1 + (at % 7))))
      const listed = await list('s/many/')
      expect(listed.map((entry) => entry.name)).toEqual(names)
      expect(listed.every((entry, at) => entry.size === 1 + (at % 7))).toBe(true)
    })

    it('3.4 keeps odd names apart, at any depth, and lists by any beginning of a name', async () => {
      const odd = ['k/o', 'k/o-', 'k/o-a', 'k/o.a', 'k/o.a.b', 'k/o0', 'k/1.html', 'k/d/e/f/g', `k/${'x'.repeat(118)}`, 'k/d/e/f.g/h-i'].sort()
      await inLanes(4, odd.entries(), ([at, name]) => put(name, bytesOf(at, 50)))
      for (const [at, name] of odd.entries()) expectSame(await get(name), bytesOf(at, 50))
      const names = async (prefix: string): Promise<readonly string[]> => (await list(prefix)).map((entry) => entry.name)
      expect(await names('k/')).toEqual(odd)
      expect(await names('k/o')).toEqual(odd.filter((name) => name.startsWith('k/o')))
      expect(await names('k/d/e/')).toEqual(['k/d/e/f.g/h-i', 'k/d/e/f/g'])
      expect(await names('k/d')).toEqual(['k/d/e/f.g/h-i', 'k/d/e/f/g'])
      expect(await names('')).toEqual(expect.arrayContaining(odd))
    })

    it.each(['', '../f', 'F', 'a b', 'a//b', '/f', 'a/../b', 'a%2fb', 'x'.repeat(121)])('3.4 takes "%s" for a defect, not for a name', async (name) => {
      await expect(async () => storage.put(name, bytesOf(0, 1), calm())).rejects.toThrow('defect')
      await expect(async () => storage.get(name, calm())).rejects.toThrow('defect')
      await expect(async () => storage.remove(name, calm())).rejects.toThrow('defect')
    })

    it('3.4 does nothing after the signal', async () => {
      await put('u/cancel/kept', bytesOf(9, 100))
      const over = AbortSignal.abort()
      expect(await storage.put('u/cancel/never', bytesOf(10, 10), over)).toMatchObject({ ok: false, error: { type: 'StorageCancelled' } })
      expect(await storage.remove('u/cancel/kept', over)).toMatchObject({ ok: false, error: { type: 'StorageCancelled' } })
      expect(await storage.get('u/cancel/kept', over)).toMatchObject({ ok: false, error: { type: 'StorageCancelled' } })
      expect(await storage.list('u/cancel/', over)).toMatchObject({ ok: false, error: { type: 'StorageCancelled' } })
      expect((await list('u/cancel/')).map((entry) => entry.name)).toEqual(['u/cancel/kept'])
    })

    it('3.4 stops under way by the signal, and what was there is whole', async () => {
      const before = bytesOf(11, 5000)
      const after = bytesOf(12, 16 * MiB)
      await put('p/02/half', before)
      const controller = new AbortController()
      const putting = storage.put('p/02/half', after, controller.signal)
      controller.abort()
      expect(await putting).toMatchObject({ ok: false, error: { type: 'StorageCancelled' } })
      expectOneOf(await get('p/02/half'), [before, after])
      await put('p/02/half', after)
      const reading = new AbortController()
      const got = storage.get('p/02/half', reading.signal)
      reading.abort()
      expect(await got).toMatchObject({ ok: false, error: { type: 'StorageCancelled' } })
    })

    it('3.4 leaves one whole object of many writers, and never shows bytes of two; read again it is whole', async () => {
      const bodies = Array.from({ length: 8 }, (_, at) => bytesOf(20 + at, 300_000 + at * 1000))
      await put('b/0/contested', bodies[0] ?? new Uint8Array(0))
      const puts = Promise.all(bodies.map((body) => storage.put('b/0/contested', body, calm())))
      const reads = Promise.all(Array.from({ length: 12 }, () => storage.get('b/0/contested', calm())))
      const possible = under.mayCut ? cutAlike(bodies) : bodies
      for (const read of await reads) if (read.ok && !(under.mayMiss && read.value === null)) expectOneOf(read.value, possible)
      expect((await puts).some((one) => one.ok)).toBe(true)
      expectOneOf(await get('b/0/contested'), bodies)
    })

    it('3.4 refuses a stranger', async () => {
      await put('f', bytesOf(30, 10))
      const answers = under.stranger ? await everyAct(under.stranger) : []
      expect(answers.map((failure) => failure?.type)).toEqual(answers.map(() => 'StorageRefused'))
      expectSame(await get('f'), bytesOf(30, 10))
    })

    it('3.4 says that it does not answer', async () => {
      expect((await everyAct(under.unreachable)).map((failure) => failure?.type)).toEqual(Array.from({ length: 4 }, () => 'StorageUnreachable'))
    })
  })
}

/** Tries each act of the port once; the failures, undefined where it went well. */
export async function everyAct(storage: Storage): Promise<readonly (StorageFailure | undefined)[]> {
  const answers = [await storage.put('f', bytesOf(31, 10), calm()), await storage.get('f', calm()), await storage.list('', calm()), await storage.remove('f', calm())]
  return answers.map((answer) => (answer.ok ? undefined : answer.error))
}

function taken<V>(result: { ok: true; value: V } | { ok: false; error: StorageFailure }): V {
  if (!result.ok) throw new Error(`the storage answered ${result.error.type}`)
  return result.value
}

function expectSame(found: Uint8Array | null, expected: Uint8Array): void {
  expect(found?.length).toBe(expected.length)
  expect(found !== null && equalBytes(found, expected)).toBe(true)
}

function expectOneOf(found: Uint8Array | null, whole: readonly Uint8Array[]): void {
  expect(found !== null && whole.some((one) => equalBytes(found, one))).toBe(true)
}

/** Each of them whole and at the length of every shorter one. */
function cutAlike(bodies: readonly Uint8Array[]): readonly Uint8Array[] {
  return bodies.flatMap((one) => bodies.filter(({ length }) => length <= one.length).map(({ length }) => one.subarray(0, length)))
}

async function inLanes<T>(lanes: number, work: Iterator<T>, act: (item: T) => Promise<unknown>): Promise<void> {
  const lane = async (): Promise<void> => {
    for (let next = work.next(); !next.done; next = work.next()) await act(next.value)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}
