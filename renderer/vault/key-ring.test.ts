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
})
