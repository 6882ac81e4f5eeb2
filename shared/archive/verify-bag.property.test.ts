import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concatBytes, utf8ToBytes } from '../base/bytes.ts'
import { anyText } from '../base/testing/any-text.ts'
import { nobleDigests } from './testing/noble-digests.ts'
import { handmadeBag } from './testing/handmade-bag.ts'
import { memoryTree, type MemoryNode } from './testing/memory-tree.ts'
import { verifyBag } from './verify-bag.ts'

const runs = { seed: 20260703, numRuns: 400 }

const good = handmadeBag({ algorithms: ['sha256', 'sha512'] })
const paths = [...good.keys()]

type Mutation = (nodes: Map<string, MemoryNode>) => void

const place = fc.constantFrom(...paths)
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(place, fc.nat(), fc.integer({ min: 1, max: 255 })).map(([path, at, by]): Mutation => (nodes) => {
    const bytes = (good.get(path) as Uint8Array).slice()
    bytes[at % bytes.length] = (bytes[at % bytes.length] as number) ^ by
    nodes.set(path, bytes)
  }),
  place.map((path): Mutation => (nodes) => void nodes.delete(path)),
  fc.tuple(place, fc.uint8Array({ minLength: 1, maxLength: 40 })).map(([path, more]): Mutation => (nodes) => void nodes.set(path, concatBytes(good.get(path) as Uint8Array, more))),
  fc.tuple(place, fc.nat()).map(([path, at]): Mutation => (nodes) => void nodes.set(path, (good.get(path) as Uint8Array).subarray(0, at % (good.get(path) as Uint8Array).length))),
  fc.tuple(place, fc.constantFrom<MemoryNode>('symlink', 'special', 'directory')).map(([path, node]): Mutation => (nodes) => void nodes.set(path, node)),
  fc.tuple(fc.stringMatching(/^[a-z]{1,6}$/), fc.uint8Array()).map(([name, bytes]): Mutation => (nodes) => void nodes.set(`data/new-${name}`, bytes)),
)

describe('verifyBag under mutation', () => {
  it('2.14 AR-10 AR-14 no single mutation of a good bag passes, but of what nobody vouches for', async () => {
    await fc.assert(
      fc.asyncProperty(mutation, async (mutate) => {
        const nodes = new Map<string, MemoryNode>(good)
        mutate(nodes)
        const { verdict } = await verifyBag(memoryTree(nodes), nobleDigests)
        // The tag manifest is vouched for by nobody: it may lawfully say less, or the same in other letters.
        if (verdict.outcome === 'pass') expect(besidesTagManifest(nodes)).toEqual(besidesTagManifest(good))
        else expect(verdict.reasons.length).toBeGreaterThan(0)
      }),
      runs,
    )
  })

  it('2.14 AR-10 whatever the files hold and are called, the answer is a verdict', async () => {
    const name = fc.oneof(
      fc.constantFrom('bagit.txt', 'bag-info.txt', 'fetch.txt', 'manifest-sha512.txt', 'manifest-md5.txt', 'manifest-.txt', 'tagmanifest-sha256.txt', 'manifest-toString.txt', 'data', 'data/a', '__proto__'),
      fc.string({ minLength: 1, maxLength: 20 }),
    )
    const text = fc.array(
      fc.oneof(
        anyText(40),
        fc.constantFrom('BagIt-Version: 1.0', 'Tag-File-Character-Encoding: UTF-8', 'Payload-Oxum: 1.1', 'Payload-Oxum: 99999999999999999999.1', `${'0'.repeat(128)}  data/a`, `${'0'.repeat(32)} ../a`, 'a:b - data/a', '\ufeff', '  ', ':'),
      ),
      { maxLength: 6 },
    )
    const node = fc.oneof(
      text.map((lines): MemoryNode => utf8ToBytes(lines.join('\n'))),
      fc.uint8Array({ maxLength: 60 }).map((bytes): MemoryNode => bytes),
      fc.constantFrom<MemoryNode>('symlink', 'special', 'directory', 'unreadable'),
    )
    const declared: [string, MemoryNode] = ['bagit.txt', utf8ToBytes('BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n')]
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(name, node), { maxLength: 8 }), fc.boolean(), async (entries, declare) => {
        const { verdict } = await verifyBag(memoryTree(new Map(declare ? [...entries, declared] : entries)), nobleDigests)
        expect(['pass', 'fail', 'unknown']).toContain(verdict.outcome)
        if (verdict.outcome !== 'pass') expect(verdict.reasons.length).toBeGreaterThan(0)
      }),
      runs,
    )
  })
})

function besidesTagManifest(nodes: ReadonlyMap<string, MemoryNode>): readonly unknown[] {
  return [...nodes].filter(([path]) => path !== 'tagmanifest-sha512.txt').toSorted(([a], [b]) => (a < b ? -1 : 1))
}
