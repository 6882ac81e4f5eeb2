import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { KnownEvent } from '../log/event.ts'
import { reduceDocument } from './reduce.ts'
import type { DocumentRules } from './rules.ts'
import { createWorld, sampleBlob, sampleSha, sampleSubmit, submitted, type Replica } from './testing/replica.ts'

const rules: DocumentRules = { mergeSamePerson: () => true, mayProxy: (principal, acting) => principal === 'p2' && acting === 'p1' }

function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length < 2) return [items]
  return items.flatMap((item, i) => permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]))
}

/** What someone may try, allowed or not; `learnFrom` makes knowledge flow. */
type Move =
  | { readonly kind: 'learn'; readonly who: number; readonly from: number }
  | { readonly kind: 'act'; readonly who: number; readonly what: number; readonly revision: number; readonly step: number }

const move: fc.Arbitrary<Move> = fc.oneof(
  fc.record({ kind: fc.constant('learn' as const), who: fc.nat(3), from: fc.nat(3) }),
  fc.record({ kind: fc.constant('act' as const), who: fc.nat(3), what: fc.nat(9), revision: fc.integer({ min: 1, max: 3 }), step: fc.integer({ min: 1, max: 3 }) }),
)

function play(moves: readonly Move[]): readonly KnownEvent[] {
  const world = createWorld()
  const drafter = submitted(world)
  const replicas = [drafter, ...[1, 2, 3].map((n) => world.replica(`m${n}`, `person-${n}`, `p${n}`))]
  for (const replica of replicas.slice(1)) replica.learn(drafter)
  for (const one of moves) {
    const who = replicas[one.who] as Replica
    if (one.kind === 'learn') who.learn(replicas[one.from] as Replica)
    else tryAct(who, one)
  }
  return [...new Map(replicas.flatMap((replica) => [...replica.known])).values()]
}

function tryAct(who: Replica, { what, revision: n, step: s }: Extract<Move, { kind: 'act' }>): void {
  const revision = sampleSha(n)
  const step = `s${s}`
  switch (what) {
    case 0: case 1: case 2: return void who.act('decision.approve', { revision, step, comment: '', ...(n === 3 ? { also: [{ step: 's2', position: 'p2' }] } : {}) })
    case 3: return void who.act('decision.return', { revision, step, reason: 'r' })
    case 4: return void who.act('decision.refuse', { revision, step, reason: 'r' })
    case 5: return void who.act('document.withdraw', { revision, reason: 'r' })
    case 6: return void who.act('document.submit', sampleSubmit(n))
    case 7: return void who.act('record.file', { volume: `v${s}`, eventDate: '2026-10-01', basis: 'decision' })
    case 8: return void who.act('draft.abandon', { reason: 'r' })
    default:
      who.act('draft.cover', { field: 'title', value: `${n}` })
      who.act('rendition.append', { revision, file: sampleBlob(100 + n * 10 + s), previous: s === 1 ? null : sampleSha(100 + n * 10 + s - 1), step })
  }
}

describe('a state is a function of the set of events', () => {
  it('2.10 every order of concurrent acts gives the same state', () => {
    const build = (): readonly Replica[] => {
      const world = createWorld()
      const drafter = submitted(world)
      const at = (n: number, name: string, from: Replica): Replica => {
        const replica = world.replica(name, `person-${n}`, `p${n}`)
        replica.learn(from)
        return replica
      }
      const one = at(1, 'one', drafter)
      one.act('decision.approve', { revision: sampleSha(1), step: 's1', comment: '' })
      const [a, b] = [at(2, 'a', one), at(2, 'b', one)]
      a.act('decision.approve', { revision: sampleSha(1), step: 's2', comment: '' })
      b.act('decision.return', { revision: sampleSha(1), step: 's2', reason: 'r' })
      drafter.act('document.withdraw', { revision: sampleSha(1), reason: 'r' })
      return [drafter, a, b]
    }
    const events = [...new Map(build().flatMap((replica) => [...replica.known])).values()]
    expect(events).toHaveLength(7)
    const expected = reduceDocument(events, rules)
    expect(expected.stage).toBe('needs-decision')
    for (const order of permutations(events)) expect(reduceDocument(order, rules)).toEqual(expected)
  })

  it('2.10 any history, told in any order and with repetitions, gives the same state', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 30 }), fc.infiniteStream(fc.nat()), (moves, noise) => {
        const events = play(moves)
        const shuffled = [...events, ...events.slice(0, 3)]
          .map((event) => ({ event, key: noise.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ event }) => event)
        expect(reduceDocument(shuffled, rules)).toEqual(reduceDocument(events, rules))
      }),
      { seed: 20261001, numRuns: 300 },
    )
  })

  it('2.10 no act is lost: each counts or is kept with the reason', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 30 }), (moves) => {
        const events = play(moves)
        const state = reduceDocument(events, rules)
        const conflicts = new Set(state.conflicts.map(({ event }) => event))
        for (const act of state.acts) expect(act.counted).toBe(!conflicts.has(act.event))
        expect(state.acts).toHaveLength(events.filter(({ event }) => /^decision\.|withdraw/.test(event.type)).length)
        if (state.stage === 'decided') expect(state.current?.steps.every((step) => step.status === 'approved')).toBe(true)
        if (state.stage === 'needs-decision') expect(state.openQuestion).not.toBeNull()
      }),
      { seed: 20261002, numRuns: 300 },
    )
  })

  it('2.10 what one person could count stays counted unless someone acted at the same time or answered it', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 25 }), (moves) => {
        const events = play(moves)
        const state = reduceDocument(events, rules)
        for (const revision of state.revisions) {
          if (revision.outcome !== 'decided') continue
          const deciders = revision.steps.map((step) => step.act?.event)
          expect(deciders.every((event) => events.some(({ id }) => id === event))).toBe(true)
        }
        expect(new Set(state.revisions.map(({ submit }) => submit)).size).toBe(state.revisions.length)
      }),
      { seed: 20261003, numRuns: 200 },
    )
  })
})
