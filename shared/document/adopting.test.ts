import { describe, expect, it } from 'vitest'
import type { KnownEvent } from '../log/event.ts'
import { mayAct, type ActingRules } from './may.ts'
import { reduceDocument } from './reduce.ts'
import type { DocumentRules } from './rules.ts'
import { createWorld, sampleSha, sampleSubmit, type Replica } from './testing/replica.ts'

const rules: DocumentRules = { mergeSamePerson: () => true, mayProxy: () => false, mayPass: () => false, witnessMs: () => null }

/** A draft of somebody who left, and three colleagues who know it. */
function left() {
  const world = createWorld()
  const leaver = world.replica('leaver', 'leaver', 'p0')
  leaver.act('draft.create', { form: 't1', collection: 'c1' })
  leaver.act('draft.cover', { field: 'title', value: '除雪計画' })
  const colleague = (n: number): Replica => {
    const replica = world.replica(`colleague${n}`, `colleague${n}`, `p${n}`)
    replica.learn(leaver)
    return replica
  }
  return { leaver, one: colleague(1), two: colleague(2), three: colleague(3) }
}

function inEveryOrder(events: readonly KnownEvent[]): readonly (readonly KnownEvent[])[] {
  if (events.length < 2) return [events]
  return events.flatMap((event, i) => inEveryOrder(events.toSpliced(i, 1)).map((rest) => [event, ...rest]))
}

const together = (...replicas: readonly Replica[]): readonly KnownEvent[] => [...new Map(replicas.flatMap(({ known }) => [...known])).values()]
const drafterOf = (events: readonly KnownEvent[]): string | undefined => reduceDocument(events, rules).drafter?.person

describe('4.2 a draft whose drafter left', () => {
  it('4.2 DC-20 belongs to who took it over, with all that was written, and can be taken over again', () => {
    const { leaver, one, two } = left()
    one.act('draft.adopt', { of: 'leaver', reason: '退職のため' })
    expect(reduceDocument(one.events(), rules)).toMatchObject({ drafter: { person: 'colleague1', position: 'p1' }, stage: 'draft', createdAt: leaver.events()[0]?.event.at, unknown: [] })
    two.learn(one)
    two.act('draft.adopt', { of: 'leaver', reason: '知らずに' })
    expect(drafterOf(two.events())).toBe('colleague1')
    two.act('draft.adopt', { of: 'colleague1', reason: '異動のため' })
    expect(drafterOf(two.events())).toBe('colleague2')
  })

  it('4.2 DC-20 of those who take it over at once one holds, the same on every replica in every order, whatever the leaver did meanwhile', () => {
    const { leaver, one, two, three } = left()
    one.act('draft.adopt', { of: 'leaver', reason: '1' })
    two.act('draft.adopt', { of: 'leaver', reason: '2' })
    leaver.act('document.submit', sampleSubmit(1))
    three.learn(one, two)
    three.act('draft.adopt', { of: 'colleague2', reason: '3' })
    const events = together(leaver, one, two, three)
    const told = reduceDocument(events, rules)
    expect(told.drafter?.person).toBe('colleague1')
    expect(new Set(inEveryOrder(events).map((order) => JSON.stringify(reduceDocument(order, rules))))).toEqual(new Set([JSON.stringify(told)]))
  })

  it('4.2 DC-20 what is on its way, decided or abandoned is nobody’s to take over', () => {
    const { leaver, one } = left()
    leaver.act('document.submit', sampleSubmit(1))
    one.learn(leaver)
    one.act('draft.adopt', { of: 'leaver', reason: 'r' })
    expect(drafterOf(one.events())).toBe('leaver')
    leaver.act('document.withdraw', { revision: sampleSha(1), reason: 'r' })
    one.learn(leaver)
    one.act('draft.adopt', { of: 'leaver', reason: 'r' })
    expect(drafterOf(one.events())).toBe('colleague1')
  })

  it('4.2 DC-20 is offered as a position that is held, of another’s draft, never to a contractor', () => {
    const { leaver, one } = left()
    const acting: ActingRules = { appointments: [{ id: 'a', person: 'colleague1', position: 'p1', kind: 'primary', from: '2026-04-01', to: null }], positions: [], table: {} as never }
    const ask = (person: string, position: string | null, employment: 'regular' | 'contractor' = 'regular'): readonly string[] =>
      mayAct(reduceDocument(leaver.events(), rules), { type: 'draft.adopt' }, { person: { id: person, familyName: '', givenName: '', reading: '', employment }, position, date: '2026-10-01' }, acting).reasons.map(({ code }) => code)
    expect(ask('colleague1', 'p1')).toEqual([])
    expect(ask('colleague1', null)).toEqual(['position-not-said'])
    expect(ask('colleague1', 'p1', 'contractor')).toEqual(['contractor-needs-employee'])
    expect(ask('leaver', null)).toContain('own-draft')
    expect(one.events()).toHaveLength(2)
  })
})
