import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Absence, DecisionTable } from '../authority/model.ts'
import { deskOf } from './desk.ts'
import type { BodyOf } from './events.ts'
import { mayAct, positionsToActAs, type ActingRules, type ProposedAct } from './may.ts'
import { reduceDocument } from './reduce.ts'
import { rulesOf } from './rules.ts'
import { createWorld, sampleRoute, sampleSha, sampleSubmit, type Replica } from './testing/replica.ts'

const revision = sampleSha(1)
const table: DecisionTable = {
  id: 't', title: '', classes: [], escalatingFlags: [], concurrenceMode: 'consent', mergeSamePerson: false, senderPosition: 'p2', from: '2026-04-01', to: null,
  proxies: { orders: [{ principal: 'p2', acting: ['p9'] }], notWith: ['important'], longestDays: 31 },
}
const away: Absence = { position: 'p2', acting: 'p9', from: '2026-10-01', to: '2026-10-02', reason: '出張' }
const appointments: ActingRules['appointments'] = ['d p0', 'chief p1', 'head p2', 'deputy p9'].map((one) => one.split(' ')).map(([person = '', position = '']) => ({ id: person, person, position, kind: 'primary', from: '2026-04-01', to: null }))
const acting = (absences: readonly Absence[]): ActingRules => ({ appointments, positions: ['p0', 'p1', 'p2', 'p9'].map((id) => ({ id, title: '', titleEn: '', section: 's', superior: null, mayDecide: id === 'p2' })), table, absences })
const approve = (step: string, more: Partial<BodyOf<'decision.approve'>> = {}): BodyOf<'decision.approve'> => ({ revision, step, comment: '', ...more })

/** On its way over p1 to p2, who decides; the chief has approved unless it is said otherwise. */
function onItsWay({ flags = [] as readonly string[], approved = true } = {}) {
  const world = createWorld()
  const drafter = world.replica('drafter', 'd', 'p0')
  drafter.act('draft.create', { form: 't1', collection: 'c1' })
  const submit = sampleSubmit(1, sampleRoute(2))
  drafter.act('document.submit', { revision: { ...submit.revision, cover: { ...submit.revision.cover, flags: [...flags] } } })
  const chief = world.replica('chief', 'chief', 'p1')
  chief.learn(drafter)
  if (approved) chief.act('decision.approve', approve('s1'))
  const at = (name: string, person: string, position: string): Replica => {
    const replica = world.replica(name, person, position)
    replica.learn(chief)
    return replica
  }
  return { world, deputy: at('deputy', 'deputy', 'p9'), head: at('head', 'head', 'p2') }
}

const stateOf = (replica: Replica, absences: readonly Absence[] = [away]) => reduceDocument(replica.events(), rulesOf([table], undefined, absences))
const told = (replica: Replica, act: ProposedAct, absences: readonly Absence[] = [away], date = '2026-10-01') =>
  mayAct(stateOf(replica, absences), act, { person: { id: 'deputy', familyName: '', givenName: '', reading: '', employment: 'regular' }, position: 'p9', date }, acting(absences)).reasons.map(({ code }) => code)

describe('4.11 deciding in the place of whoever is away (代決)', () => {
  it('4.11 DC-40 counts on the days of the absence, as that position, at the deciding step alone', () => {
    const { deputy } = onItsWay()
    const act: ProposedAct = { type: 'decision.approve', body: approve('s2') }
    expect(told(deputy, act)).toEqual([])
    expect(told(deputy, act, [])).toEqual(['position-not-on-step'])
    expect(told(deputy, act, [{ ...away, acting: 'p1' }])).toEqual(['position-not-on-step'])
    expect(told(deputy, act, [{ ...away, position: 'p1' }])).toEqual(['position-not-on-step'])
    expect(told(deputy, act, [{ ...away, acting: null }])).toEqual(['position-not-on-step'])
    expect(told(deputy, act, [away], '2026-10-03')).toEqual(['position-not-on-step'])
    const decision = deputy.act('decision.approve', approve('s2'))
    expect(stateOf(deputy)).toMatchObject({ stage: 'decided', current: { steps: [{}, { status: 'approved', act: { event: decision.id, proxy: true, position: 'p9', person: 'deputy' } }] } })
    for (const other of [[], [{ ...away, to: '2026-09-30' }], [{ ...away, from: '2026-10-02' }]]) expect(stateOf(deputy, other)).toMatchObject({ stage: 'in-route', conflicts: [{ why: 'position-not-on-step' }] })
  })

  it('4.11 DC-40 is of the day that the act claims and of that of the log’s clock: who dates it back, or on, decides for nobody', () => {
    const { deputy } = onItsWay()
    const decision = deputy.act('decision.approve', approve('s2'))
    const later = Date.parse('2026-10-05T00:00:00Z')
    const dated = (over: { readonly at?: string; readonly ms?: number }) =>
      reduceDocument(deputy.events().map((one) => (one.id === decision.id ? { ...one, event: { ...one.event, at: over.at ?? one.event.at, hlc: { ms: over.ms ?? one.event.hlc.ms, n: 0 } } } : one)), rulesOf([table], undefined, [away])).stage
    expect([dated({}), dated({ ms: later }), dated({ at: new Date(later).toISOString() }), dated({ at: '2026-10-40' })]).toEqual(['decided', 'in-route', 'in-route', 'in-route'])
  })

  it('4.11 DC-40 nobody stands in at a step before the decision, whoever is away', () => {
    const { deputy } = onItsWay({ approved: false })
    const absent = [{ ...away, position: 'p1' }]
    expect(told(deputy, { type: 'decision.approve', body: approve('s1') }, absent)).toEqual(['position-not-on-step'])
    expect(positionsToActAs(stateOf(deputy, absent), ['p9'], [{ principal: 'p1', acting: 'p9' }])).toEqual([])
    deputy.act('decision.approve', approve('s1'))
    expect(stateOf(deputy, absent)).toMatchObject({ stage: 'in-route', conflicts: [{ why: 'position-not-on-step' }] })
  })

  it('4.11 DC-41 a matter of weight is decided in somebody’s place only where it is said why it cannot wait; sending it back needs no such word', () => {
    const { deputy } = onItsWay({ flags: ['important'] })
    expect(told(deputy, { type: 'decision.approve', body: approve('s2') })).toEqual(['proxy-urgency'])
    expect(told(deputy, { type: 'decision.approve', body: approve('s2', { urgency: ' ' }) })).toEqual(['proxy-urgency'])
    expect(told(deputy, { type: 'decision.approve', body: approve('s2', { urgency: '特命による' }) })).toEqual([])
    expect(told(deputy, { type: 'decision.return', body: { revision, step: 's2', reason: '町長の判断を待つ' } })).toEqual([])
    const back = onItsWay({ flags: ['important'] }).deputy
    back.act('decision.return', { revision, step: 's2', reason: '町長の判断を待つ' })
    expect(stateOf(back).stage).toBe('returned')
    deputy.act('decision.approve', approve('s2'))
    expect(stateOf(deputy).conflicts).toMatchObject([{ why: 'position-not-on-step' }])
    deputy.act('decision.approve', approve('s2', { urgency: '特命による', comment: '異議なし' }))
    expect(stateOf(deputy)).toMatchObject({ stage: 'decided', current: { steps: [{}, { act: { text: '特命による\n異議なし' } }] } })
  })

  it('4.11 DC-42 it is the turn of whoever stands in, and whoever was away is told afterwards', () => {
    const { deputy } = onItsWay()
    const now = Date.parse('2026-10-01T01:00:00Z')
    const desk = (person: string, position: string, standsFor = [{ principal: 'p2', acting: 'p9' }]) => deskOf([stateOf(deputy)], { person, positions: [position], standsFor, now })
    expect([desk('deputy', 'p9').myTurn.map(({ step }) => step?.id), desk('deputy', 'p9', []).myTurn, desk('head', 'p2').myTurn.length]).toEqual([['s2'], [], 1])
    expect(positionsToActAs(stateOf(deputy), ['p9', 'p5'], [{ principal: 'p2', acting: 'p9' }]).map(({ step, position }) => [step.id, position])).toEqual([['s2', 'p9']])
    deputy.act('decision.approve', approve('s2'))
    expect([desk('head', 'p2').notices.length, desk('deputy', 'p9').notices, desk('chief', 'p1').notices]).toEqual([1, [], []])
  })

  it('4.11 DC-43 who was away says once that they have read it: as the position, knowing of the decision, whatever came in which order', () => {
    const { world, deputy, head } = onItsWay()
    const review = { revision, step: 's2' }
    const now = Date.parse('2026-10-03T01:00:00Z')
    const told = (replica: Replica, person: string, position: string) => mayAct(stateOf(replica), { type: 'document.post-review', body: review }, { person: { id: person, familyName: '', givenName: '', reading: '', employment: 'regular' }, position, date: '2026-10-03' }, acting([away])).reasons.map(({ code }) => code)
    const onDesk = (replica: Replica) => deskOf([stateOf(replica)], { person: 'head', positions: ['p2'], now }).notices.length
    // Said before anything was decided: it is of nothing.
    head.act('document.post-review', review)
    expect([told(head, 'head', 'p2'), stateOf(head).postReviews]).toEqual([['nothing-to-post-review'], undefined])
    deputy.act('decision.approve', approve('s2'))
    deputy.act('document.post-review', review)
    deputy.learn(head)
    head.learn(deputy)
    expect([stateOf(head).postReviews, told(head, 'head', 'p2'), told(head, 'head', 'p1'), told(head, 'deputy', 'p9'), onDesk(head)]).toEqual([undefined, [], ['position-not-held', 'nothing-to-post-review'], ['nothing-to-post-review'], 1])
    world.pass(10)
    const first = head.act('document.post-review', review)
    const second = head.act('document.post-review', review)
    expect(second.id).not.toBe(first.id)
    fc.assert(
      fc.property(fc.shuffledSubarray([...head.events()], { minLength: head.events().length }), (order) => {
        const state = reduceDocument(order, rulesOf([table], undefined, [away]))
        expect([state.postReviews, state.stage, state.conflicts]).toEqual([[{ step: 's2', event: first.id, person: 'head', at: first.event.at }], 'decided', []])
      }),
      { seed: 43, numRuns: 30 },
    )
    expect([told(head, 'head', 'p2'), onDesk(head)]).toEqual([['nothing-to-post-review'], 0])
  })

  it('4.11 DC-43 what was filed meanwhile waits for it too', () => {
    const { deputy, head } = onItsWay()
    deputy.act('decision.approve', approve('s2'))
    deputy.act('record.file', { volume: 'v', eventDate: '2026-10-01', basis: 'decision' })
    head.learn(deputy)
    const onDesk = () => deskOf([stateOf(head)], { person: 'head', positions: ['p2'], now: Date.parse('2026-10-03T01:00:00Z') }).notices.map(({ step }) => step?.id)
    expect([stateOf(head).stage, onDesk()]).toEqual(['filed', ['s2']])
    head.act('document.post-review', { revision, step: 's2' })
    expect([stateOf(head).stage, onDesk()]).toEqual(['filed', []])
  })

  it('4.11 DC-40 the word of whoever was away counts before that of whoever stood in, in any order, and a later confirmation is of the day of the decision', () => {
    const { world, deputy, head } = onItsWay()
    const byDeputy = deputy.act('decision.approve', approve('s2'))
    world.pass(60 * 24 * 3)
    // The absence is over by then.
    const again = deputy.act('decision.approve', approve('s2', { confirms: byDeputy.id }))
    expect(stateOf(deputy)).toMatchObject({ stage: 'decided', current: { steps: [{}, { act: { proxy: true } }] } })
    expect(stateOf(deputy).conflicts.map(({ event, why }) => [event, why])).not.toContainEqual([again.id, 'position-not-on-step'])
    const own = head.act('decision.approve', approve('s2'))
    const all = [...new Map([...deputy.known, ...head.known]).values()]
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (order) => {
        const state = reduceDocument(order, rulesOf([table], undefined, [away]))
        expect(state.current?.steps[1]?.act).toMatchObject({ event: own.id, proxy: false })
        expect(state.conflicts.find(({ event }) => event === byDeputy.id)?.why).toBe('lost-to-principal')
      }),
      { seed: 40, numRuns: 30 },
    )
  })
})
