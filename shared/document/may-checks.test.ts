import { describe, expect, it } from 'vitest'
import type { Appointment, DecisionTable, Person, Position } from '../authority/model.ts'
import { mayAct, positionsToActAs, type ActingRules, type Actor, type ProposedAct } from './may.ts'
import { reduceDocument } from './reduce.ts'
import { rulesOf } from './rules.ts'
import type { Act, DocumentState, Stage, StepState } from './state.ts'
import { createWorld, sampleBlob, sampleRoute, sampleSha, submitted } from './testing/replica.ts'

const revision = sampleSha(1)
const stages: readonly Stage[] = ['draft', 'in-route', 'returned', 'withdrawn', 'refused', 'decided', 'filed', 'abandoned', 'needs-decision']
const appointments = ['d p0', 'one p1', 'two p2', 'ono p9'].map((of, n): Appointment => ({ id: `a${n}`, person: of.split(' ')[0] ?? '', position: of.split(' ')[1] ?? '', kind: 'primary', from: '2026-04-01', to: null }))
const positions = ['p0', 'p1', 'p2', 'p9'].map((id): Position => ({ id, title: '', titleEn: '', section: 's', superior: null, mayDecide: id === 'p2' }))
const table: DecisionTable = { id: 't', title: '', classes: [], escalatingFlags: [], concurrenceMode: 'consent', mergeSamePerson: true, senderPosition: 'p2', from: '2026-04-01', to: null }
const rules: ActingRules = { appointments, positions, table }

const who = (person: string, position: string | null, employment: Person['employment'] = 'regular'): Actor => ({ person: { id: person, familyName: '', givenName: '', reading: '', employment }, position, date: '2026-10-01' })
const [drafter, one, two] = [who('d', 'p0'), who('one', 'p1'), who('two', 'p2')]

/** In the route, at its first of two steps. */
function inRoute(cover: Record<string, string[]> = {}): DocumentState {
  const state = reduceDocument(submitted(createWorld(), sampleRoute(2)).events(), rulesOf([]))
  return changed({ ...state, drafter: { person: 'd', position: 'p0' } }, (step) => step, cover)
}

/** The same document with steps and cover as these. */
function changed(state: DocumentState, change: (step: StepState) => StepState, cover: Record<string, string[]> = {}): DocumentState {
  const revisions = state.revisions.map((one) => ({ ...one, frozen: { ...one.frozen, cover: { ...one.frozen.cover, ...cover } }, steps: one.steps.map(change) }))
  return { ...state, revisions, current: revisions.at(-1) ?? null }
}

const inStage = (stage: Stage, more: Partial<DocumentState> = {}): DocumentState => ({ ...inRoute(), stage, ...more })

function codes(state: DocumentState, act: ProposedAct, actor: Actor, by: ActingRules = rules): readonly string[] {
  return mayAct(state, act, actor, by).reasons.map(({ code }) => code)
}

const approve = (step = 's1', more: object = {}): ProposedAct => ({ type: 'decision.approve', body: { revision, step, comment: '', ...more } })
const giveBack = (step = 's1', type: 'decision.return' | 'decision.refuse' = 'decision.return'): ProposedAct => ({ type, body: { revision, step, reason: 'r' } })
const withdraw = (reason = 'r', of = revision): ProposedAct => ({ type: 'document.withdraw', body: { revision: of, reason } })
const mark = (step: string | null, of = revision): ProposedAct => ({ type: 'rendition.append', body: { revision: of, file: sampleBlob(2), previous: null, step } })
const file: ProposedAct = { type: 'record.file' }

describe('2.10 as what somebody acts', () => {
  const acts = [{ type: 'document.submit' }, withdraw(), approve(), giveBack(), giveBack('s1', 'decision.refuse'), file] as const

  it.each(acts)('2.10 $type needs a position that is said and held', (act) => {
    expect(mayAct(inRoute(), act, who('one', null), rules)).toMatchObject({ outcome: 'fail', reasons: expect.arrayContaining([{ code: 'position-not-said', facts: { held: 1 } }]) })
    expect(mayAct(inRoute(), act, who('nobody', null), rules).reasons).toContainEqual({ code: 'no-position', facts: { held: 0 } })
    expect(mayAct(inRoute(), act, who('one', 'p2'), rules).reasons).toContainEqual({ code: 'position-not-held', facts: { position: 'p2' } })
  })

  it('2.10 drafting needs none, but one that is said is held', () => {
    for (const type of ['draft.cover', 'draft.body', 'draft.attach', 'draft.detach', 'draft.abandon'] as const) expect(codes(inStage('draft'), { type }, who('d', null))).toEqual([])
    expect(codes(inStage('draft'), { type: 'draft.body' }, who('d', 'p1'))).toEqual(['position-not-held'])
  })

  it('2.10 D-12 a contractor decides nothing, marks nothing, and submits and files with an employee only, whether the position is said or not', () => {
    const codeOf = (act: ProposedAct, actor: Actor): readonly string[] => codes(inRoute(), act, actor).filter((code) => code.startsWith('contractor'))
    for (const position of ['p9', null]) {
      for (const act of [approve(), giveBack(), giveBack('s1', 'decision.refuse')]) expect(codeOf(act, who('ono', position, 'contractor'))).toEqual(['contractor-never-decides'])
      for (const act of [file, { type: 'document.submit' } as const]) expect(codeOf(act, who('ono', position, 'contractor'))).toEqual(['contractor-needs-employee'])
      for (const act of [withdraw(), { type: 'draft.body' } as const]) expect(codeOf(act, who('ono', position, 'contractor'))).toEqual([])
      for (const act of acts) expect(codeOf(act, who('ono', position))).toEqual([])
    }
    expect(codeOf(mark('s1'), who('ono', 'p9', 'contractor'))).toEqual(['contractor-never-decides'])
  })
})

describe('2.10 what can be done at which stage', () => {
  const table = (act: ProposedAct, actor: Actor): Record<string, readonly string[]> => Object.fromEntries(stages.map((stage) => [stage, codes(inStage(stage), act, actor)]))
  const all = (code: string): Record<string, readonly string[]> => Object.fromEntries(stages.map((stage) => [stage, [code]]))

  it('2.10 a draft is begun once', () => {
    expect(codes(inStage('draft', { createdAt: null }), { type: 'draft.create' }, drafter)).toEqual([])
    expect(codes(inStage('draft'), { type: 'draft.create' }, drafter)).toEqual(['already-created'])
  })

  it.each(['draft.cover', 'draft.body', 'draft.attach', 'draft.detach', 'draft.abandon', 'document.submit'] as const)('2.10 %s while it is written, and never after the decision', (type) => {
    expect(table({ type }, drafter)).toEqual({
      draft: [], returned: [], withdrawn: [], 'needs-decision': [],
      'in-route': ['in-route-withdraw-first'], decided: ['already-decided-redraft'], filed: ['already-decided-redraft'], refused: ['refused'], abandoned: ['abandoned'],
    })
  })

  it('2.10 withdrawing on the route, filing what is decided, deciding on the route; a question is answered by closing it', () => {
    expect(table(withdraw(), drafter)).toEqual({ ...all('not-in-route'), 'in-route': [], 'needs-decision': [], decided: ['already-decided'], filed: ['already-decided'] })
    expect(table(file, drafter)).toEqual({ ...all('not-decided'), decided: [], filed: ['already-filed'] })
    expect(codes(inStage('needs-decision', { openQuestion: 'two-volumes' }), file, drafter)).toEqual([])
    expect(codes(inStage('needs-decision', { openQuestion: 'two-revisions' }), file, drafter)).toEqual(['not-decided'])
    const decided = { decided: ['already-decided'], filed: ['already-decided'] }
    expect(table(approve(), one)).toEqual({ ...all('not-in-route'), 'in-route': [], ...decided })
    for (const type of ['decision.return', 'decision.refuse'] as const) {
      expect(table(giveBack('s1', type), one)).toEqual({ ...all('not-in-route'), 'in-route': [], 'needs-decision': [], ...decided })
      expect(codes(inRoute(), giveBack('s2', type), two)).toEqual(['step-not-open'])
      expect(codes(inStage('needs-decision'), giveBack('s2', type), two)).toEqual([])
    }
  })

  it('2.10 a withdrawal has a reason, is of this revision and by who drafted it; a draft of nobody is anybody’s', () => {
    expect(codes(inRoute(), withdraw(' \u3000'), drafter)).toEqual(['reason-needed'])
    expect(codes(inRoute(), withdraw('r', sampleSha(2)), drafter)).toEqual(['revision-mismatch'])
    expect(codes(inRoute(), withdraw(), one)).toEqual(['not-the-drafter'])
    for (const type of ['document.submit', 'draft.abandon'] as const) {
      expect(codes(inStage('draft'), { type }, one)).toEqual(['not-the-drafter'])
      expect(codes(inStage('draft', { drafter: null }), { type }, one)).toEqual([])
    }
  })
})

describe('2.10 who decides', () => {
  const approvedBy = (person: string) => (step: StepState): StepState => (step.id === 's1' ? { ...step, status: 'approved', act: actOf({ person }) } : { ...step, status: 'open' })

  it('2.10 only a position that may decide does at the deciding step; the others need not', () => {
    const atLast = changed(inRoute(), approvedBy('one'))
    expect(codes(atLast, approve('s2'), two)).toEqual([])
    const none: ActingRules = { ...rules, positions: positions.map((position) => ({ ...position, mayDecide: false })) }
    expect(mayAct(atLast, approve('s2'), two, none).reasons).toEqual([{ code: 'position-may-not-decide', facts: { position: 'p2' } }])
    expect(codes(inRoute(), approve(), one, none)).toEqual([])
  })

  it('2.10 nobody decides what they drafted about themselves; another does, and so do they what is about nobody', () => {
    const own = { flags: ['own-interest'] }
    const drafting = { drafter: { person: 'one', position: 'p1' } }
    expect(codes({ ...inRoute(own), ...drafting }, approve(), one)).toEqual(['own-interest'])
    expect(codes(inRoute(own), approve(), one)).toEqual([])
    expect(codes({ ...inRoute({ flags: ['budget'] }), ...drafting }, approve(), one)).toEqual([])
  })

  it('2.10 several steps at once follow each other, and their positions are held', () => {
    const both: ActingRules = { ...rules, appointments: [...appointments, { id: 'b', person: 'one', position: 'p2', kind: 'primary', from: '2026-04-01', to: null }] }
    const also = (...steps: readonly string[]): ProposedAct => approve('s1', { also: steps.map((step) => ({ step, position: 'p2' })) })
    expect(codes(inRoute(), also('s2'), one, both)).toEqual([])
    expect(codes(inRoute(), also('s2'), one)).toEqual(['position-not-held'])
    expect(codes(inRoute(), also('s2', 's2'), one, both)).toEqual(['step-not-open'])
    expect(codes(inRoute(), also('s7'), one, both)).toEqual(['step-not-open'])
    const three = reduceDocument(submitted(createWorld(), sampleRoute(3)).events(), rulesOf([]))
    const all: ActingRules = { ...both, appointments: [...both.appointments, { id: 'c', person: 'one', position: 'p3', kind: 'primary', from: '2026-04-01', to: null }] }
    expect(codes(three, approve('s1', { also: [{ step: 's2', position: 'p2' }, { step: 's3', position: 'p3' }] }), one, all)).toEqual([])
  })

  it('2.10 a mark is appended by who approved the step, to a revision that is here; a time stamp by anyone', () => {
    const approved = changed(inRoute(), approvedBy('one'))
    expect(codes(approved, mark('s1'), one)).toEqual([])
    expect(codes(approved, mark('s1'), two)).toEqual(['step-not-approved-by-this-person'])
    expect(codes(approved, mark('s1', sampleSha(9)), one)).toEqual(['revision-mismatch'])
    expect(codes(approved, mark(null), two)).toEqual([])
    const givenBack = changed(inRoute(), (step) => ({ ...step, status: 'returned', act: actOf({ person: 'one' }) }))
    expect(codes(givenBack, mark('s1'), one)).toEqual(['step-not-approved-by-this-person'])
  })

  it('2.10 asks as which of the positions that are held only for steps that are open, on the route', () => {
    const places = (state: DocumentState, ...held: readonly string[]): readonly string[] => positionsToActAs(state, held).map(({ position }) => position)
    expect(places(inRoute(), 'p1', 'p2')).toEqual(['p1'])
    expect(places(inRoute(), 'p2')).toEqual([])
    for (const stage of stages) if (stage !== 'in-route') expect([stage, places(inStage(stage), 'p1', 'p2')]).toEqual([stage, []])
  })
})

function actOf(more: Partial<Act>): Act {
  return { event: 'e1', kind: 'approve', revision, step: 's1', person: 'one', position: 'p1', at: '', decidedAt: '', text: '', counted: true, proxy: false, seat: 'one', witness: 'waiting', witnessBy: null, ...more }
}

describe('3.9 saying once more that an approval stands', () => {
  const confirm = (event: string, step = 's1', of = revision): ProposedAct => ({ type: 'decision.approve', body: { revision: of, step, comment: '', confirms: event } })
  const withActs = (acts: { readonly act?: Act; readonly held?: Act }, more: Partial<DocumentState> = {}): DocumentState => ({ ...changed(inRoute(), (step) => ({ ...step, status: 'approved', act: acts.act ?? null, held: acts.held ?? null })), ...more })

  it('3.9 by who approved, as the same position, of the same step and revision, as long as nobody received it in time', () => {
    const [waiting, late] = [withActs({ act: actOf({}) }), withActs({ held: actOf({ witness: 'late', counted: false }) })]
    for (const state of [waiting, late]) {
      expect(codes(state, confirm('e1'), one)).toEqual([])
      expect(codes(state, confirm('e2'), one)).toEqual(['not-own-approval'])
      expect(codes(state, confirm('e1', 's1', sampleSha(2)), one)).toEqual(['revision-mismatch'])
      expect(codes(state, confirm('e1', 's2'), one)).toEqual(['not-own-approval'])
      expect(codes(state, confirm('e1'), { ...one, person: two.person, position: 'p2' })).toEqual(['not-own-approval'])
      const both: ActingRules = { ...rules, appointments: [...appointments, { id: 'b', person: 'one', position: 'p2', kind: 'primary', from: '2026-04-01', to: null }, { id: 'c', person: 'two', position: 'p1', kind: 'primary', from: '2026-04-01', to: null }] }
      expect(codes(state, confirm('e1'), who('one', 'p2'), both)).toEqual(['not-own-approval'])
      expect(codes(state, confirm('e1'), who('two', 'p1'), both)).toEqual(['not-own-approval'])
    }
    for (const witness of ['witnessed', 'not-needed'] as const) expect(codes(withActs({ act: actOf({ witness }) }), confirm('e1'), one)).toEqual(['already-witnessed'])
  })

  it('3.9 on the route, when it is decided or filed, and when it was filed and closed at once', () => {
    const at = (stage: Stage, more: Partial<DocumentState> = {}): readonly string[] => codes(withActs({ act: actOf({}) }, { stage, ...more }), confirm('e1'), one)
    for (const stage of stages) expect([stage, at(stage)]).toEqual([stage, ['in-route', 'decided', 'filed'].includes(stage) ? [] : ['not-in-route']])
    expect(at('needs-decision', { openQuestion: 'filed-and-closed' })).toEqual([])
    expect(at('needs-decision', { openQuestion: 'two-volumes' })).toEqual(['not-in-route'])
  })
})
