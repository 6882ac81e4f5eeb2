import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deskOf } from './desk.ts'
import { reduceDocument } from './reduce.ts'
import type { DocumentRules } from './rules.ts'
import { createWorld, sampleSha, sampleSubmit, type Replica } from './testing/replica.ts'

const rules: DocumentRules = { mergeSamePerson: () => false, mayProxy: () => false, mayPass: () => false, witnessMs: () => null }

function pair(): readonly [Replica, Replica] {
  const world = createWorld()
  const a = world.replica('a', 'clerk', 'p0')
  a.act('draft.create', { form: 't1', collection: 'c1' })
  const b = world.replica('b', 'chief', 'p1')
  b.learn(a)
  return [a, b]
}

function apart(...replicas: readonly Replica[]): readonly string[] {
  const events = replicas.flatMap((replica) => replica.events())
  return reduceDocument(events, rules).writers.map((writer) => `${writer.person}${writer.apart ? ' apart' : ''}`)
}

describe('who wrote on a draft', () => {
  it('3.9 DC-6 two who wrote without knowing of each other are both named as apart; one after the other is not', () => {
    const [a, b] = pair()
    a.act('draft.cover', { field: 'title', value: '甲案' })
    b.learn(a)
    b.act('draft.cover', { field: 'reason', value: '一' })
    expect(apart(a, b)).toEqual(['clerk', 'chief'])
    a.act('draft.cover', { field: 'title', value: '乙案' })
    expect(apart(a, b)).toEqual(['clerk apart', 'chief apart'])
    const [drafter, colleague] = ['clerk', 'chief'].map((person) => deskOf([reduceDocument([...a.events(), ...b.events()], rules)], { person, positions: [], now: 0 }))
    expect([drafter, colleague].map((desk) => desk?.drafting.length)).toEqual([1, 1])
  })

  it('3.9 what a frozen revision holds is no news any more', () => {
    const [a, b] = pair()
    a.act('draft.cover', { field: 'title', value: '甲案' })
    b.act('draft.cover', { field: 'title', value: '乙案' })
    a.learn(b)
    a.act('draft.cover', { field: 'title', value: '乙案' })
    a.act('document.submit', sampleSubmit(1))
    a.act('document.withdraw', { revision: sampleSha(1), reason: 'r' })
    expect(apart(a, b)).toEqual([])
    a.act('draft.cover', { field: 'title', value: '丙案' })
    expect(apart(a, b)).toEqual(['clerk'])
  })

  it('3.9 who wrote apart and whose value is whose do not depend on the order of arrival', () => {
    const move = fc.record({ who: fc.nat(1), learn: fc.boolean(), value: fc.nat(3) })
    fc.assert(
      fc.property(fc.array(move, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (moves, noise) => {
        const both = pair()
        for (const { who, learn, value } of moves) {
          const [me, other] = [both[who] as Replica, both[1 - who] as Replica]
          if (learn) me.learn(other)
          else me.act('draft.cover', { field: 'title', value: `${value}` })
        }
        const events = [...new Map(both.flatMap((replica) => [...replica.known])).values()]
        const shuffled = events.map((event) => ({ event, key: noise.next().value as number })).sort((x, y) => x.key - y.key).map(({ event }) => event)
        const state = reduceDocument(shuffled, rules)
        expect(state).toEqual(reduceDocument(events, rules))
        const title = state.cover['title']
        if (title?.conflict) {
          expect(title.by).toHaveLength(title.values.length)
          expect(state.writers.filter((writer) => writer.apart)).toHaveLength(2)
        }
      }),
      { seed: 20261129, numRuns: 200 },
    )
  })
})
