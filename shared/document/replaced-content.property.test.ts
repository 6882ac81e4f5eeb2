import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BlobRef } from '../log/blob.ts'
import { packName } from '../log/names.ts'
import { reduceDocument } from './reduce.ts'
import { replacedPacks, withReplaced, type ReplacedPacks } from './replaced-content.ts'
import type { DocumentRules } from './rules.ts'
import type { DocumentState } from './state.ts'
import { createWorld, sampleSha, submitted, type Replica } from './testing/replica.ts'

const rules: DocumentRules = { mergeSamePerson: () => true, mayProxy: () => false, mayPass: () => false, witnessMs: () => null }
const keyOf = (n: number): string => `key${n}`.padEnd(16, '0')
const packOf = (key: string, file: number): string => `${sampleSha(file).slice(-8)}${key}`.padEnd(64, '0').replaceAll(/[^0-9a-f]/g, 'f')
const blobOf = (key: string | null, file: number): BlobRef => ({ sha256: sampleSha(file), size: 10, chunks: [{ pack: packOf(key ?? 'first', file), at: 0, sealed: 42, size: 10 }], ...(key === null ? {} : { key }) })

/** Two people at machines of their own give keys, attach and take away files, sign and hear of each other. */
const move = fc.record({ who: fc.nat(1), what: fc.constantFrom('rekey', 'attach', 'detach', 'mark', 'learn'), n: fc.nat(4) })
type Move = { readonly who: number; readonly what: string; readonly n: number }

const filesOf = ({ attachments, revisions, rendition }: DocumentState): readonly BlobRef[] => [...(rendition.file ? [rendition.file] : []), ...revisions.flatMap(({ frozen }) => [frozen.pdf]), ...attachments.map(({ blob }) => blob)]

function stateAt(one: Replica): DocumentState {
  return reduceDocument(one.events(), rules)
}

function play(moves: readonly Move[]): readonly Replica[] {
  const world = createWorld()
  const drafter = submitted(world)
  const other = world.replica('other', 'o', 'p1')
  other.learn(drafter)
  const people = [drafter, other] as const
  for (const [at, { who, what, n }] of moves.entries()) {
    const one = people[who] as Replica
    const state = stateAt(one)
    const key = state.keys?.at(-1)?.key ?? null
    if (what === 'learn') one.learn(people[1 - who] as Replica)
    else if (what === 'attach') one.act('draft.attach', { attachment: { id: `a${n}`, name: 'a', mediaType: 'text/plain', size: 10, sha256: sampleSha(10 + n), blob: blobOf(key, 10 + n) } })
    else if (what === 'detach') one.act('draft.detach', { id: `a${n}` })
    else if (what === 'mark') one.act('rendition.append', { revision: sampleSha(1), file: blobOf(key, 50 + at), previous: state.rendition.file?.sha256 ?? null, step: 's1' }, { person: 'person-1', position: 'p1' })
    else {
      const under = keyOf(at)
      one.act('document.rekey', { key: under, reason: 'r', files: [...new Map(filesOf(state).map(({ sha256 }) => [sha256, blobOf(under, parseInt(sha256, 16))])).values()] })
    }
  }
  return people
}

const packsOf = (files: readonly BlobRef[]): readonly string[] => files.flatMap(({ chunks }) => chunks.map(({ pack }) => packName(pack)))

describe('content that a new key took the place of', () => {
  it('4.13 DC-31 in any order of arrival the same packs go; every file in use lies in those that stay, and nothing goes that stands under the newest key', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 14 }), fc.infiniteStream(fc.nat()), (moves, chance) => {
        const [drafter, other] = play(moves) as [Replica, Replica]
        drafter.learn(other)
        const events = drafter.events()
        const shuffled = events.map((event) => [chance.next().value, event] as const).sort(([a], [b]) => a - b).map(([, event]) => event)
        const state = reduceDocument(events, rules)
        const found = replacedPacks(events, state.keys ?? [], filesOf(state))
        expect(replacedPacks(shuffled, reduceDocument(shuffled, rules).keys ?? [], filesOf(reduceDocument(shuffled, rules)))).toEqual(found)
        if (!state.keys) expect(found).toBe(null)
        const gone = new Set(found?.gone)
        for (const pack of packsOf(filesOf(state))) expect([pack, gone.has(pack), found === null || found.kept.includes(pack)]).toEqual([pack, false, true])
        // Whoever was removed before the newest key finds nothing on the storage that it opens, but files that were added by who did not know of it.
        const newest = state.keys?.at(-1)?.key ?? ''
        const inUse = new Set(packsOf(filesOf(state)))
        for (const { event } of events) {
          if (event.type === 'draft.attach') {
            const { blob } = (event.body as { readonly attachment: { readonly blob: BlobRef } }).attachment
            for (const pack of packsOf([blob])) expect(gone.has(pack)).toBe(found !== null && !inUse.has(pack) && blob.key !== newest)
          }
        }
      }),
    )
  })

  it('4.13 DC-31 a look takes the place of the one before it, leaves what is not seen here, and gives back what a file in use needs', () => {
    const one = (gone: readonly string[], kept: readonly string[]): ReplacedPacks => ({ gone, kept })
    expect(withReplaced([], [one(['a'], ['b'])], new Set(['b']))).toEqual([one(['a'], ['b'])])
    expect(withReplaced([one(['a'], ['b']), one(['x'], ['y'])], [one(['a', 'b'], ['c'])], new Set(['c']))).toEqual([one(['x'], ['y']), one(['a', 'b'], ['c'])])
    expect(withReplaced([one(['a', 'd'], ['b'])], [], new Set(['a']))).toEqual([one(['d'], ['b'])])
  })

  it('4.13 DC-31 a document with its first key has nothing to give away', () => {
    const drafter = submitted(createWorld())
    expect(replacedPacks(drafter.events(), [], filesOf(stateAt(drafter)))).toBe(null)
  })
})
