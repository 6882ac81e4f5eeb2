import { describe, expect, it } from 'vitest'
import { sampleTown } from '../authority/sample-town.ts'
import type { DecisionTable, Person } from '../authority/model.ts'
import { deskOf } from './desk.ts'
import type { BodyOf } from './events.ts'
import { mayAct, positionsToActAs, type ActingRules, type Actor, type ProposedAct } from './may.ts'
import { reduceDocument } from './reduce.ts'
import { buildRoute, positionsHeldBy } from './route.ts'
import { rulesOf } from './rules.ts'
import type { DocumentState } from './state.ts'
import { successorDraft, successorsOf } from './succession.ts'
import { createWorld, sampleSha, sampleSubmit, type Replica, type World } from './testing/replica.ts'

const table = sampleTown.decisionTables[0] as DecisionTable
const rules: ActingRules = { appointments: sampleTown.appointments, positions: sampleTown.positions, table }
const revision = sampleSha(1)

function actor(person: string, position: string | null, date = '2026-10-01'): Actor {
  return { person: sampleTown.people.find(({ id }) => id === person) as Person, position, date }
}

function codes(state: DocumentState, act: ProposedAct, who: Actor, by: ActingRules = rules): readonly string[] {
  const verdict = mayAct(state, act, who, by)
  expect(verdict.outcome).toBe(verdict.reasons.length > 0 ? 'fail' : 'pass')
  return verdict.reasons.map(({ code }) => code)
}

const approve = (step: string, more: Partial<BodyOf<'decision.approve'>> = {}): ProposedAct => ({ type: 'decision.approve', body: { revision, step, comment: '', ...more } })
const giveBack = (step: string, reason = '添付が足りません'): ProposedAct => ({ type: 'decision.return', body: { revision, step, reason } })

interface Case {
  readonly world: World
  readonly drafter: Replica
  state(): DocumentState
  as(person: string, position: string): Replica
}

/** A submitted document of the drafter; all replicas made by `as` share what the drafter knows. */
function submittedBy(person: string, position: string, decisionClass = 'hei', concurrence: readonly string[] = [], cover: Record<string, string[]> = {}): Case {
  const world = createWorld()
  const drafter = world.replica('drafter', person, position)
  const route = buildRoute({ drafter: { person, position }, flags: [], decisionClass, concurrence, table, positions: rules.positions, appointments: rules.appointments, people: sampleTown.people, date: '2026-10-01' })
  if (!route.ok) throw new Error(route.error.type)
  drafter.act('draft.create', { form: 't1', collection: 'c-dx' })
  const submit = sampleSubmit(1, route.value.steps)
  drafter.act('document.submit', { revision: { ...submit.revision, cover: { ...submit.revision.cover, ...cover } } })
  return {
    world, drafter,
    state: () => reduceDocument(drafter.events(), rulesOf(sampleTown.decisionTables)),
    as: (who, position_) => {
      const replica = world.replica(who, who, position_)
      replica.learn(drafter)
      return { ...replica, act: (type, body, as) => { replica.learn(drafter); const event = replica.act(type, body, as); drafter.learn(replica); return event } }
    },
  }
}

describe('who may act', () => {
  it('2.10 the holder of the open step may, others may not, each with a reason', () => {
    const { state } = submittedBy('kamio', 'general-affairs-clerk')
    expect(codes(state(), approve('1'), actor('yoshida', 'general-affairs-chief'))).toEqual([])
    expect(codes(state(), approve('2'), actor('sakita', 'general-affairs-manager'))).toEqual(['step-not-open'])
    expect(codes(state(), approve('1'), actor('sakita', 'general-affairs-manager'))).toEqual(['position-not-on-step'])
    expect(codes(state(), approve('1'), actor('sakita', 'general-affairs-chief'))).toEqual(['position-not-held'])
    expect(codes(state(), approve('1', { revision: sampleSha(2) }), actor('yoshida', 'general-affairs-chief'))).toEqual(['revision-mismatch'])
    expect(codes(state(), giveBack('1', '　'), actor('yoshida', 'general-affairs-chief'))).toEqual(['reason-needed'])
    expect(codes(state(), approve('1'), actor('yoshida', 'general-affairs-chief', '2026-03-31'))).toContain('position-not-held')
  })

  it('2.10 only the drafter withdraws, submits again and abandons', () => {
    const { state, drafter } = submittedBy('kamio', 'general-affairs-clerk')
    const withdraw: ProposedAct = { type: 'document.withdraw', body: { revision, reason: '誤記' } }
    expect(codes(state(), { type: 'draft.body' }, actor('kamio', null))).toEqual(['in-route-withdraw-first'])
    expect(codes(state(), withdraw, actor('yoshida', 'general-affairs-chief'))).toEqual(['not-the-drafter'])
    expect(codes(state(), withdraw, actor('kamio', 'general-affairs-clerk'))).toEqual([])
    drafter.act('document.withdraw', { revision, reason: '誤記' })
    expect(codes(state(), { type: 'draft.body' }, actor('kamio', null))).toEqual([])
    expect(codes(state(), { type: 'draft.abandon' }, actor('yoshida', 'general-affairs-chief'))).toEqual(['not-the-drafter'])
    expect(codes(state(), withdraw, actor('kamio', 'general-affairs-clerk'))).toEqual(['not-in-route'])
  })

  it('2.10 D-07 after the decision an edit is refused and a successor cites the old document', () => {
    const { state, as, drafter } = submittedBy('suzuki', 'council-clerk')
    as('hamada', 'council-head').act('decision.approve', { revision, step: '1', comment: '' })
    expect(state().stage).toBe('decided')
    for (const type of ['draft.cover', 'draft.body', 'draft.attach', 'draft.detach', 'document.submit', 'draft.abandon'] as const) {
      expect(codes(state(), { type }, actor('suzuki', 'council-clerk'))).toEqual(['already-decided-redraft'])
    }
    expect(codes(state(), giveBack('1'), actor('hamada', 'council-head'))).toEqual(['already-decided'])
    const before = state()
    const next = createWorld('doc-2').replica('next', 'suzuki', 'council-clerk')
    next.act('draft.create', successorDraft(before, '字句の訂正'))
    const successor = reduceDocument(next.events(), rulesOf([]))
    expect(successor.predecessor).toEqual({ doc: 'doc-1', reason: '字句の訂正' })
    expect(successorsOf('doc-1', [before, successor])).toEqual([successor])
    expect(state()).toEqual(before)
    expect(codes(state(), { type: 'record.file' }, actor('suzuki', 'council-clerk'))).toEqual([])
    drafter.act('record.file', { volume: 'v', eventDate: '2026-10-01', basis: 'completion' })
    expect(codes(state(), { type: 'record.file' }, actor('suzuki', 'council-clerk'))).toEqual(['already-filed'])
  })

  it('2.10 D-10 a person with two positions has to say as which, and one act is for one step', () => {
    const { state, as } = submittedBy('tanaka', 'dx-clerk', 'otsu')
    as('sato', 'dx-head').act('decision.approve', { revision, step: '1', comment: '' })
    const held = positionsHeldBy('watanabe', rules.appointments, '2026-10-01')
    expect(held).toEqual(['vice-mayor', 'cdo'])
    expect(positionsToActAs(state(), held).map(({ position }) => position)).toEqual(['cdo'])
    expect(mayAct(state(), approve('2'), actor('watanabe', null), rules).reasons).toContainEqual({ code: 'position-not-said', facts: { held: 2 } })
    expect(codes(state(), approve('2'), actor('watanabe', 'vice-mayor'))).toEqual(['position-not-on-step'])
    expect(codes(state(), approve('2'), actor('watanabe', 'cdo'))).toEqual([])
    const both = approve('2', { also: [{ step: '3', position: 'vice-mayor' }] })
    expect(codes(state(), both, actor('watanabe', 'cdo'))).toEqual(['merge-not-allowed'])
    expect(codes(state(), both, actor('watanabe', 'cdo'), { ...rules, table: { ...table, mergeSamePerson: true } })).toEqual([])
    as('watanabe', 'cdo').act('decision.approve', { revision, step: '2', comment: '' })
    expect(state().stage).toBe('in-route')
    expect(codes(state(), approve('3'), actor('watanabe', 'vice-mayor'))).toEqual([])
  })

  it('2.10 D-12 a contractor drafts but neither decides nor submits', () => {
    const { state } = submittedBy('tanaka', 'dx-clerk')
    const appointed: ActingRules = { ...rules, appointments: [...rules.appointments, { id: 'x', person: 'ono', position: 'dx-head', kind: 'acting', from: '2026-04-01', to: null }] }
    expect(codes(state(), approve('1'), actor('ono', 'dx-head'), appointed)).toEqual(['contractor-never-decides'])
    const world = createWorld()
    const own = world.replica('ono', 'ono', 'dx-contractor')
    own.act('draft.create', { form: 't1', collection: 'c-dx' })
    const draft = reduceDocument(own.events(), rulesOf([]))
    expect(codes(draft, { type: 'draft.body' }, actor('ono', 'dx-contractor'))).toEqual([])
    expect(codes(draft, { type: 'document.submit' }, actor('ono', 'dx-contractor'))).toEqual(['contractor-needs-employee'])
  })

  it('2.10 nobody decides what he drafted about himself', () => {
    const { state } = submittedBy('sato', 'dx-head', 'hei', [], { flags: ['own-interest'] })
    expect(codes(state(), approve('1'), actor('sato', 'dx-head'))).toEqual(['own-interest'])
  })
})

describe('the desk', () => {
  const mine = (person: string) => ({ person, positions: positionsHeldBy(person, rules.appointments, '2026-10-01'), now: Date.parse('2026-10-01') })
  const trays = (state: DocumentState, person: string): readonly string[] => Object.entries(deskOf([state], mine(person))).filter(([, entries]) => entries.length > 0).map(([tray]) => tray)

  it('2.10 shows each document where it waits', () => {
    const { state, as, drafter } = submittedBy('kamio', 'general-affairs-clerk')
    expect([trays(state(), 'kamio'), trays(state(), 'yoshida'), trays(state(), 'sakita')]).toEqual([['waiting'], ['myTurn'], []])
    as('yoshida', 'general-affairs-chief').act('decision.approve', { revision, step: '1', comment: '' })
    expect(deskOf([state()], mine('sakita')).myTurn).toMatchObject([{ doc: 'doc-1', step: { id: '2', position: 'general-affairs-manager' } }])
    expect(trays(state(), 'yoshida')).toEqual(['toMark'])
    as('sakita', 'general-affairs-manager').act('decision.return', { revision, step: '2', reason: '理由' })
    expect(trays(state(), 'kamio')).toEqual(['returned'])
    drafter.act('document.submit', { revision: { ...sampleSubmit(2).revision, route: state().current?.frozen.route ?? [] } })
    as('yoshida', 'general-affairs-chief').act('decision.approve', { revision: sampleSha(2), step: '1', comment: '' })
    as('sakita', 'general-affairs-manager').act('decision.approve', { revision: sampleSha(2), step: '2', comment: '' })
    expect(trays(state(), 'kamio')).toEqual(['toFile'])
  })

  it('2.10 D-06 those consulted see an edited matter again and hear when it is abandoned', () => {
    const { state, as, drafter } = submittedBy('tanaka', 'dx-clerk', 'otsu', ['finance-manager'])
    as('sato', 'dx-head').act('decision.approve', { revision, step: '1', comment: '' })
    as('katsuragi', 'finance-manager').act('decision.approve', { revision, step: '2', comment: '' })
    drafter.act('document.withdraw', { revision, reason: '中止の検討' })
    expect(trays(state(), 'katsuragi')).toEqual(['notices'])
    drafter.act('document.submit', { revision: { ...sampleSubmit(2).revision, route: state().current?.frozen.route ?? [] } })
    expect(state().current?.steps.map(({ status }) => status)).toEqual(['open', 'waiting', 'waiting', 'waiting'])
    as('sato', 'dx-head').act('decision.return', { revision: sampleSha(2), step: '1', reason: '中止' })
    drafter.act('draft.abandon', { reason: '事業の中止' })
    expect(trays(state(), 'katsuragi')).toEqual(['notices'])
    expect(trays(state(), 'sato')).toEqual([])
  })
})
