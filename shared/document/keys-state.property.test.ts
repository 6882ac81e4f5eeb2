import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BlobRef } from '../log/blob.ts'
import { reduceDocument } from './reduce.ts'
import type { DocumentRules } from './rules.ts'
import { createWorld, sampleBlob, sampleSha, submitted, type Replica } from './testing/replica.ts'

const rules: DocumentRules = { mergeSamePerson: () => true, mayProxy: () => false, mayPass: () => false, witnessMs: () => null }
const keyOf = (n: number): string => `key${n}`.padEnd(16, '0')
const under = (n: number, file: number): BlobRef => ({ sha256: sampleSha(file), size: 10, chunks: [{ pack: `pack-${n}`, at: 0, sealed: 42, size: 10 }], key: keyOf(n) })

/** Two people at machines of their own give keys, attach files and hear of each other. */
const move = fc.record({ who: fc.nat(1), what: fc.constantFrom('rekey', 'attach', 'learn'), n: fc.nat(4) })

function play(moves: readonly { readonly who: number; readonly what: string; readonly n: number }[]) {
  const world = createWorld()
  const drafter = submitted(world)
  const other = world.replica('other', 'o', 'p1')
  other.learn(drafter)
  const people = [drafter, other] as const
  for (const [at, { who, what, n }] of moves.entries()) {
    const one = people[who] as Replica
    if (what === 'learn') one.learn(people[1 - who] as Replica)
    else if (what === 'attach') one.act('draft.attach', { attachment: { id: `a${at}`, name: 'a', mediaType: 'text/plain', size: 10, sha256: sampleSha(10 + n), blob: sampleBlob(10 + n) } })
    else one.act('document.rekey', { key: keyOf(at), reason: 'r', files: [under(at, 1), under(at, 10 + n)] })
  }
  return [...new Map([...drafter.known, ...other.known]).values()]
}

describe('keys of a document', () => {
  it('4.13 DC-30 whatever order they come in, everybody writes under the same key and reads every file where it was sealed last', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 8 }), fc.infiniteStream(fc.nat()), (moves, chance) => {
        const events = play(moves)
        const shuffled = events.map((event) => [chance.next().value, event] as const).sort(([a], [b]) => a - b).map(([, event]) => event)
        const [state, again] = [reduceDocument(events, rules), reduceDocument(shuffled, rules)]
        expect(again).toEqual(state)
        const given = events.filter(({ event }) => event.type === 'document.rekey')
        expect((state.keys ?? []).map(({ event }) => event).sort()).toEqual(given.map(({ id }) => id).sort())
        const last = state.keys?.at(-1)?.key
        expect(state.current?.frozen.pdf.key).toBe(last)
        expect(state.revisions[0]?.frozen.pdf.key).toBe(last)
        for (const { blob } of state.attachments) {
          const sealed = (state.keys ?? []).filter(({ event }) => given.some(({ id, event: { body } }) => id === event && (body as { readonly files: readonly BlobRef[] }).files.some(({ sha256 }) => sha256 === blob.sha256)))
          expect(blob.key).toBe(sealed.at(-1)?.key)
        }
      }),
    )
  })

  it('4.13 DC-30 a signed file and its marks stay what they are, wherever it lies', () => {
    const drafter = submitted(createWorld())
    drafter.act('decision.approve', { revision: sampleSha(1), step: 's1', comment: '' }, { person: 'person-1', position: 'p1' })
    drafter.act('rendition.append', { revision: sampleSha(1), file: sampleBlob(50), previous: null, step: 's1' }, { person: 'person-1', position: 'p1' })
    const before = reduceDocument(drafter.events(), rules)
    drafter.act('document.rekey', { key: keyOf(1), reason: 'r', files: [under(1, 50)] })
    const after = reduceDocument(drafter.events(), rules)
    expect(after.rendition).toEqual({ ...before.rendition, file: { ...under(1, 50), before: sampleBlob(50) } })
    expect(after.current?.frozen.pdf).toEqual(sampleBlob(1))
    expect([after.stage, after.acts, after.conflicts]).toEqual([before.stage, before.acts, before.conflicts])
  })
})
