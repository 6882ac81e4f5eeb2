import { describe, expect, it } from 'vitest'
import { documentHandle } from '@shared/log/names.ts'
import { documentWrapEpoch } from '@shared/log/wraps.ts'
import { createKeyRing } from './key-ring.ts'
import { createTestCrypto } from './testing/memory-office.ts'

describe('keys of an open session', () => {
  it('3.3 AU-10 F18 a new document stands under the newest epoch that is held, and who has no key of it cannot open it', async () => {
    const crypto = createTestCrypto('ring')
    const objects = new Map<string, Uint8Array>()
    const first = { collection: 'c1', epoch: 0, key: crypto.random.bytes(32) }
    const renewed = { collection: 'c1', epoch: 65_540, key: crypto.random.bytes(32) }
    const ring = () => createKeyRing({ crypto, open: { workspace: 'w', genesis: '00ff', epochKeys: [first] }, object: async (name) => objects.get(name) ?? null })
    const [staying, removed] = [await ring(), await ring()]
    const write = async (doc: string, stands: (epoch: number) => boolean = () => true): Promise<number | null> => {
      const wrap = await staying.newDocument('c1', doc, stands)
      objects.set(wrap?.name ?? '', wrap?.bytes ?? new Uint8Array())
      return documentWrapEpoch(wrap?.bytes ?? new Uint8Array())
    }
    expect(await write('before')).toBe(0)
    await staying.take([renewed])
    expect(await write('after')).toBe(65_540)
    // AU-20 an epoch whose making was cut off is none to write under, and still opens what stands under it.
    expect(await write('cut', (epoch) => epoch < 65_540)).toBe(0)
    expect(await staying.documentKey('c1', documentHandle('w', 'after'))).not.toBe('not-here')
    expect(await removed.documentKey('c1', documentHandle('w', 'before'))).not.toBe('not-here')
    expect(await removed.documentKey('c1', documentHandle('w', 'after'))).toBe('not-here')
    expect(await (await ring()).documentKey('c1', documentHandle('w', 'after'))).toBe('not-here')
  })

  it('4.11 AU-93 single documents open while they are given and not any more when they are not, and say which collections are to be read anew', async () => {
    const crypto = createTestCrypto('given')
    const read = { collection: 'c1', epoch: 0, key: crypto.random.bytes(32) }
    const ring = await createKeyRing({ crypto, open: { workspace: 'w', genesis: '00ff', epochKeys: [read] }, object: async () => null, given: { documents: [], key: async () => crypto.random.bytes(32) } })
    const opens = async (collection: string, document: string): Promise<boolean> => typeof (await ring.documentKey(collection, document)) !== 'string'
    expect([await opens('c2', 'a'), ring.partly, ring.givenWord]).toEqual([false, [], ''])
    const one = [{ collection: 'c2', document: 'a' }, { collection: 'c1', document: 'whole' }]
    expect(ring.givenOtherwise(one)).toEqual(['c2'])
    ring.give(one)
    expect([await opens('c2', 'a'), await opens('c2', 'b'), await opens('c2', 'a.k2'), ring.partly, ring.givenWord, ring.givenOtherwise(one)]).toEqual([true, false, true, ['c2'], 'c2:a', []])
    const other = [{ collection: 'c2', document: 'b' }, { collection: 'c3', document: 'c' }]
    expect(ring.givenOtherwise(other)).toEqual(['c2', 'c3'])
    ring.give(other)
    expect([await opens('c2', 'a'), await opens('c2', 'a.k2'), await opens('c2', 'b'), await opens('c3', 'c')]).toEqual([false, false, true, true])
    ring.give([])
    expect([await opens('c2', 'b'), ring.partly, ring.givenOtherwise([])]).toEqual([false, [], []])
  })
})
