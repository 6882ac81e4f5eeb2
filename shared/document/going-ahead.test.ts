import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Absence, DecisionTable } from '../authority/model.ts'
import { deskOf } from './desk.ts'
import type { BodyOf, Step } from './events.ts'
import { mayAct, positionsToActAs, type ActingRules, type ProposedAct } from './may.ts'
import { reduceDocument } from './reduce.ts'
import { rulesOf } from './rules.ts'
import { createWorld, sampleRoute, sampleSha, submitted, type Replica } from './testing/replica.ts'

const revision = sampleSha(1)
const table: DecisionTable = {
  id: 't', title: '', classes: [], escalatingFlags: [], concurrenceMode: 'consent', mergeSamePerson: true, senderPosition: 'p3', from: '2026-04-01', to: null,
  proxies: { orders: [], notWith: [], longestDays: 31, passesAway: true },
}
const waits: DecisionTable = { ...table, proxies: { orders: [], notWith: [], longestDays: 31 } }
const away: Absence = { position: 'p1', acting: null, from: '2026-10-01', to: '2026-10-02', reason: '出張' }
const positions = ['p0', 'p1', 'p2', 'p3']
const appointments: ActingRules['appointments'] = positions.map((position) => ({ id: position, person: `of-${position}`, position, kind: 'primary', from: '2026-04-01', to: null }))
const approve = (step: string, more: Partial<BodyOf<'decision.approve'>> = {}): BodyOf<'decision.approve'> => ({ revision, step, comment: '', ...more })
const person = (id: string) => ({ id, familyName: '', givenName: '', reading: '', employment: 'regular' as const })

/** On its way over p1 and p2 to p3, who decides; whoever stands at p1 is away. */
function onItsWay(route: readonly Step[] = sampleRoute(3)) {
  const world = createWorld()
  const drafter = submitted(world, route)
  const at = (position: string): Replica => {
    const replica = world.replica(position, `of-${position}`, position)
    replica.learn(drafter)
    return replica
  }
  return { world, chief: at('p1'), head: at('p2'), mayor: at('p3') }
}

const stateOf = (replica: Replica, absences: readonly Absence[] = [away], of = table) => reduceDocument(replica.events(), rulesOf([of], undefined, absences))
const statuses = (replica: Replica, absences: readonly Absence[] = [away], of = table) => [stateOf(replica, absences, of).stage, ...(stateOf(replica, absences, of).current?.steps ?? []).map(({ status }) => status)]
const told = (replica: Replica, act: ProposedAct, { absences = [away], date = '2026-10-01', of = table } = {}) =>
  mayAct(stateOf(replica, absences, of), act, { person: person(replica.person), position: replica.position, date }, { appointments, positions: positions.map((id) => ({ id, title: '', titleEn: '', section: 's', superior: null, mayDecide: id === 'p3' })), table: of, absences }).reasons.map(({ code }) => code)

describe('4.11 going ahead of whoever is away (後閲)', () => {
  it('4.11 D-02 DC-44 the next approves on the days of an absence, saying whom they go ahead of, and it is decided without that step', () => {
    const { head, mayor } = onItsWay()
    const ahead: ProposedAct = { type: 'decision.approve', body: approve('s2', { ahead: ['s1'] }) }
    expect(told(head, ahead)).toEqual([])
    for (const other of [{ absences: [] }, { absences: [{ ...away, position: 'p2' }] }, { date: '2026-10-03' }, { of: waits }]) expect(told(head, ahead, other)).toEqual(['step-not-open'])
    for (const body of [approve('s2'), approve('s2', { ahead: [] }), approve('s2', { ahead: ['s1', 's3'] }), approve('s2', { ahead: ['s9'] })]) expect(told(head, { type: 'decision.approve', body })).toEqual(['step-not-open'])
    for (const ahead of [undefined, [], ['s1', 's3'], ['s9']]) {
      const { head: other } = onItsWay()
      other.act('decision.approve', approve('s2', ahead ? { ahead } : {}))
      expect([ahead, statuses(other), stateOf(other).conflicts.map(({ why }) => why)]).toEqual([ahead, ['in-route', 'open', 'waiting', 'waiting'], ['step-not-open']])
    }
    head.act('decision.approve', approve('s2', { ahead: ['s1'] }))
    expect(statuses(head)).toEqual(['in-route', 'passed', 'approved', 'open'])
    for (const [absences, of] of [[[], table], [[{ ...away, to: '2026-09-30' }], table], [[away], waits]] as const) expect([statuses(head, absences, of), stateOf(head, absences, of).conflicts.map(({ why }) => why)]).toEqual([['in-route', 'open', 'waiting', 'waiting'], ['step-not-open']])
    mayor.learn(head)
    mayor.act('decision.approve', approve('s3'))
    expect([statuses(mayor), stateOf(mayor).rendition.missing]).toEqual([['decided', 'passed', 'approved', 'approved'], ['s2', 's3']])
  })

  it('4.11 D-02 DC-44 is of the day that the act claims and of that of the log’s clock, and is never of the decision', () => {
    const { head, mayor } = onItsWay()
    const act = head.act('decision.approve', approve('s2', { ahead: ['s1'] }))
    const later = Date.parse('2026-10-05T00:00:00Z')
    const dated = (over: { readonly at?: string; readonly ms?: number }) =>
      reduceDocument(head.events().map((one) => (one.id === act.id ? { ...one, event: { ...one.event, at: over.at ?? one.event.at, hlc: { ms: over.ms ?? one.event.hlc.ms, n: 0 } } } : one)), rulesOf([table], undefined, [away])).current?.steps[0]?.status
    expect([dated({}), dated({ ms: later }), dated({ at: new Date(later).toISOString() }), dated({ at: '2026-10-40' })]).toEqual(['passed', 'open', 'open', 'open'])
    const all = [away, { ...away, position: 'p2' }, { ...away, position: 'p3' }]
    expect([told(mayor, { type: 'decision.approve', body: approve('s3', { ahead: ['s1', 's2'] }) }, { absences: all }), told(mayor, { type: 'decision.approve', body: approve('s3', { ahead: ['s1'] }) }, { absences: all })]).toEqual([[], ['step-not-open']])
    mayor.act('decision.approve', approve('s3', { ahead: ['s1', 's2'] }))
    expect(statuses(mayor, all)).toEqual(['decided', 'passed', 'passed', 'approved'])
    const decideFirst = [{ ...sampleRoute(3)[2]!, order: 1 }, { ...sampleRoute(3)[0]!, order: 2 }]
    const { chief } = onItsWay(decideFirst)
    chief.act('decision.approve', approve('s1', { ahead: ['s3'] }))
    expect(statuses(chief, [{ ...away, position: 'p3' }])).toEqual(['in-route', 'open', 'waiting'])
  })

  it('4.11 D-02 DC-44 steps side by side are passed over together or not at all', () => {
    const [a, b, c] = sampleRoute(3) as [Step, Step, Step]
    const { mayor, head } = onItsWay([a, { ...b, order: 1 }, c])
    for (const ahead of [['s1'], ['s1', 's2']]) expect(told(mayor, { type: 'decision.approve', body: approve('s3', { ahead }) })).toEqual(['step-not-open'])
    expect(told(head, { type: 'decision.approve', body: approve('s2') })).toEqual([])
    head.act('decision.approve', approve('s2'))
    mayor.learn(head)
    expect(told(mayor, { type: 'decision.approve', body: approve('s3', { ahead: ['s1'] }) })).toEqual([])
  })

  it('4.11 D-02 DC-44 it is the turn of the next and still of whoever is away; sending back needs no word of whom it goes ahead of', () => {
    const { head, chief, mayor } = onItsWay()
    const now = Date.parse('2026-10-01T01:00:00Z')
    const turn = (replica: Replica, passable: readonly string[]) => positionsToActAs(stateOf(replica), [replica.position ?? ''], [], passable).map(({ step }) => step.id)
    expect([turn(head, []), turn(head, ['p1']), turn(chief, ['p1']), turn(mayor, ['p1']), turn(mayor, ['p1', 'p2'])]).toEqual([[], ['s2'], ['s1'], [], ['s3']])
    expect(deskOf([stateOf(head)], { person: head.person, positions: ['p2'], away: ['p1'], now }).myTurn.map(({ step }) => step?.id)).toEqual(['s2'])
    const back: ProposedAct = { type: 'decision.return', body: { revision, step: 's2', reason: '数量を直す' } }
    expect([told(head, back), told(head, back, { absences: [] })]).toEqual([[], ['step-not-open']])
    head.act('decision.return', { revision, step: 's2', reason: '数量を直す' })
    expect([stateOf(head).stage, stateOf(head, []).stage]).toEqual(['returned', 'in-route'])
  })

  it('4.11 D-02 DC-43 whoever was passed over reads it afterwards, once, while it goes on or when it is decided, and approves it no more', () => {
    const { head, chief, mayor } = onItsWay()
    const review = { revision, step: 's1' }
    head.act('decision.approve', approve('s2', { ahead: ['s1'] }))
    chief.learn(head)
    const now = Date.parse('2026-10-03T01:00:00Z')
    const notices = () => deskOf([stateOf(chief)], { person: chief.person, positions: ['p1'], now }).notices.map(({ step }) => step?.id)
    expect([told(chief, { type: 'document.post-review', body: review }), told(chief, { type: 'decision.approve', body: approve('s1') }), notices()]).toEqual([[], ['step-not-open'], ['s1']])
    mayor.learn(head)
    mayor.act('decision.approve', approve('s3'))
    chief.learn(mayor)
    expect([stateOf(chief).stage, notices()]).toEqual(['decided', ['s1']])
    const read = chief.act('document.post-review', review)
    expect([stateOf(chief).postReviews?.map(({ event }) => event), notices(), told(chief, { type: 'document.post-review', body: review })]).toEqual([[read.id], [], ['nothing-to-post-review']])
  })

  it('4.11 D-02 DC-44 an approval that whoever is away gave meanwhile counts, in any order of arrival', () => {
    const { head, chief } = onItsWay()
    const own = chief.act('decision.approve', approve('s1'))
    const ahead = head.act('decision.approve', approve('s2', { ahead: ['s1'] }))
    const all = [...new Map([...chief.known, ...head.known]).values()]
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (order) => {
        const state = reduceDocument(order, rulesOf([table], undefined, [away]))
        expect([state.current?.steps.map(({ status, act }) => [status, act?.event]), state.conflicts]).toEqual([[['approved', own.id], ['approved', ahead.id], ['open', undefined]], []])
      }),
      { seed: 44, numRuns: 30 },
    )
  })

  it('4.11 D-02 DC-13 DC-44 what is confirmed later went ahead when it was first said', () => {
    const { world, head, mayor } = onItsWay()
    const witness = { policies: [{ witnessHours: 24, from: '2026-04-01', to: null, id: 'p' }] as never, tightenings: [], alone: [] }
    const rules = rulesOf([table], witness, [away])
    const first = head.act('decision.approve', approve('s2', { ahead: ['s1'] }))
    world.pass(60 * 24 * 3)
    mayor.learn(head)
    mayor.act('document.witness', { approvals: [first.id] })
    head.learn(mayor)
    expect(reduceDocument(head.events(), rules).current?.steps.map(({ status, held }) => [status, held?.event])).toEqual([['open', undefined], ['waiting', first.id], ['waiting', undefined]])
    head.act('decision.approve', approve('s2', { confirms: first.id }))
    expect(reduceDocument(head.events(), rules).current?.steps.map(({ status }) => status)).toEqual(['passed', 'approved', 'open'])
  })
})
