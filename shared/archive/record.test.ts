import { describe, expect, it } from 'vitest'
import type { Appointment, DecisionTable, HeldAbsence, NumberSeries } from '../authority/model.ts'
import { reduceAuthority, type AuthorityState } from '../authority/reduce.ts'
import type { Step } from '../document/events.ts'
import { createWorld, sampleBlob, sampleRoute, sampleSha, sampleSubmit, type Replica } from '../document/testing/replica.ts'
import type { KnownEvent } from '../log/event.ts'
import { decidedAt, toRecord, type DocumentRecord } from './record.ts'
import type { ProvenEvent } from './verify-trail.ts'

const appointment = (person: string, position: string, to: string | null = null): Appointment => ({ id: `${person} ${position}`, person, position, kind: 'primary', from: '2026-04-01', to })
const appointments = [appointment('one', 'p1'), appointment('two', 'p2'), appointment('former', 'p2', '2026-09-30'), appointment('both', 'p1'), appointment('both', 'p2')]
const series: NumberSeries = { id: 's', kind: 'outgoing', symbol: '総', periodKind: 'fiscalYear', section: null, pattern: '{symbol}第{n}号', blockSize: 10, from: '2026-04-01', to: null }
const authority: AuthorityState = { ...reduceAuthority([]), appointments: new Map(appointments.map((one) => [one.id, one])), series: new Map([['s', series]]) }

const revision = sampleSha(1)
type Why = Partial<Pick<ProvenEvent, 'counted' | 'why'>>

/** A document that was submitted, and what people do on it; `proven` says of each act whether it counts. */
function open(route: readonly Step[] = sampleRoute(2)) {
  const world = createWorld()
  const replica = world.replica('lane', 'd', 'p0')
  replica.act('draft.create', { form: 't1', collection: 'c1' })
  replica.act('document.submit', sampleSubmit(1, route))
  const whys = new Map<string, Why>()
  const act = (...[type, body, as, why]: [...Parameters<Replica['write']>, Why?]): KnownEvent => {
    const known = replica.write(type, body, as)
    whys.set(known.id, why ?? {})
    return known
  }
  const approve = (who: string, step: string, more: object = {}, why?: Why) => act('decision.approve', { revision, step, comment: '', ...more }, { person: who.split(' ')[0] ?? '', position: who.split(' ')[1] ?? null }, why)
  const append = (person: string, file: number, previous: number | null, step: string | null, why?: Why) => act('rendition.append', { revision, file: sampleBlob(file), previous: previous === null ? null : sampleSha(previous), step }, { person }, why)
  const proven = (): readonly ProvenEvent[] => replica.events().map((known) => ({ known, seat: known.event.person, counted: true, why: [], device: null, ...whys.get(known.id) }))
  const record = (town = authority): DocumentRecord => toRecord('doc-1', proven(), town) ?? expect.fail('a record')
  return { replica, act, approve, append, record, pass: world.pass }
}

function decided(): ReturnType<typeof open> {
  const document = open()
  document.approve('one p1', 's1')
  document.approve('two p2', 's2')
  return document
}

const refused: Why = { counted: false, why: [{ code: 'role-missing' }] }
const held: Why = { counted: false, why: [{ code: 'approval-held' }] }

describe('2.14 what the proven events of a document say', () => {
  it('2.14 AR-50 a step is approved by its own position, held on that day, in an act that counts, on this revision', () => {
    expect(decided().record().status).toBe('decided')
    const statusAfter = (...[who, step, more, why]: Parameters<ReturnType<typeof open>['approve']>): string => {
      const document = open()
      document.approve('one p1', 's1')
      document.approve(who, step, more, why)
      return document.record().status
    }
    expect(statusAfter('two p2', 's2')).toBe('decided')
    for (const [who, step, more, why] of [['two p2', 's1'], ['two p1', 's2'], ['one p1', 's2'], ['one p2', 's2'], ['former p2', 's2'], ['two p9', 's9'], ['two p2', 's2', {}, refused], ['two p2', 's2', {}, held], ['two p2', 's2', { revision: sampleSha(9) }]] as const) expect([who, step, statusAfter(who, step, more, why)]).toEqual([who, step, 'open'])
    const atOnce = (who: string, position = 'p2'): string => {
      const document = open()
      document.approve(who, 's1', { also: [{ step: 's2', position }] })
      return document.record().status
    }
    expect([atOnce('both p1'), atOnce('one p1'), atOnce('both p1', 'p1')]).toEqual(['decided', 'open', 'open'])
  })

  it('4.11 AR-50 DC-40 who decides in the place of whoever is away approves the step that decides, on those days, and confirms it afterwards', () => {
    const away = (over: Partial<HeldAbsence> = {}): AuthorityState => ({ ...authority, absences: new Map([['a', { id: 'a', person: 'two', position: 'p2', acting: 'p1', from: '2026-10-01', to: '2026-10-01', reason: '出張', ...over }]]) })
    const document = open()
    document.approve('one p1', 's1')
    const decision = document.approve('one p1', 's2')
    expect(document.record(away())).toMatchObject({ status: 'decided', acts: [{}, {}, { positionTitle: null, judged: { outcome: 'pass' } }] })
    for (const over of [{ acting: null }, { position: 'p9' }, { from: '2026-10-02', to: '2026-10-02' }]) expect(document.record(away(over))).toMatchObject({ status: 'open', acts: [{}, {}, { judged: { outcome: 'fail', reasons: [{ code: 'position-not-on-step' }] } }] })
    document.pass(3 * 24 * 60)
    document.approve('one p1', 's2', { confirms: decision.id })
    document.approve('one p1', 's2')
    expect(document.record(away()).acts.map(({ judged }) => judged.outcome)).toEqual(['pass', 'pass', 'pass', 'pass', 'fail'])
    // Nobody stands in at a step before the decision.
    const before = open()
    before.approve('two p2', 's1')
    expect(before.record(away({ position: 'p1', acting: 'p2' })).acts.at(-1)?.judged.outcome).toBe('fail')
  })

  it('4.11 D-02 AR-50 DC-44 a step that a counting approval went ahead of needs none, while its position was away, and never the decision', () => {
    const table: DecisionTable = { id: 't', title: '', classes: [], escalatingFlags: [], concurrenceMode: 'consent', mergeSamePerson: false, senderPosition: 'p2', from: '2026-04-01', to: null, proxies: { orders: [], notWith: [], longestDays: 31, passesAway: true } }
    const away = (position = 'p1', to = '2026-10-01', tables: readonly DecisionTable[] = [table]): AuthorityState => ({ ...authority, decisionTables: new Map(tables.map((one) => [one.id, one])), absences: new Map([['a', { id: 'a', person: 'one', position, acting: null, from: '2026-10-01', to, reason: '出張' }]]) })
    const ahead = (step: string, why?: Why, who = 'two p2') => {
      const document = open()
      return { document, first: document.approve(who, step, { ahead: ['s1'] }, why) }
    }
    expect([away(), away('p2'), away('p1', '2026-09-30'), away('p1', '2026-10-01', [])].map((town) => ahead('s2').document.record(town).status)).toEqual(['decided', 'open', 'open', 'open'])
    expect([refused, held].map((why) => ahead('s2', why).document.record(away()).status)).toEqual(['open', 'open'])
    expect(ahead('s2', undefined, 'one p1').document.record(away()).status).toBe('open')
    const late = ahead('s2', held)
    late.document.pass(3 * 24 * 60)
    late.document.approve('two p2', 's2', { confirms: late.first.id })
    expect(late.document.record(away()).status).toBe('decided')
    const decision = open()
    decision.approve('one p1', 's1', { ahead: ['s2'] })
    expect(decision.record(away('p2')).status).toBe('open')
  })

  it('3.9 AR-57 a confirmed approval is told as one, and the document is dated by what was confirmed', () => {
    const document = open()
    document.approve('one p1', 's1')
    const first = document.approve('two p2', 's2', {}, held)
    const second = document.approve('two p2', 's2', { confirms: first.id }, held)
    expect(decidedAt(document.record())).toBeNull()
    const third = document.approve('two p2', 's2', { confirms: second.id })
    document.approve('one p1', 's1', { confirms: third.id })
    const record = document.record()
    expect(decidedAt(record)).toBe(first.event.at)
    expect(record.acts.map(({ kind, confirms }) => [kind, confirms])).toEqual([['submit', undefined], ['approve', undefined], ['approve', undefined], ['approve', first.id], ['approve', second.id], ['approve', third.id]])
    const plain = decided().record()
    expect(decidedAt(plain)).toBe(plain.acts.at(-1)?.at)
    expect(decidedAt({ ...record, status: 'contested' })).toBeNull()
    // What somebody else wrote, or what was refused, dates nothing.
    const other = open()
    const [early, forged] = [other.approve('one p1', 's1'), other.approve('two p2', 's2', {}, refused)]
    const own = other.approve('two p2', 's2', { confirms: forged.id })
    expect([decidedAt(other.record()), early.event.at]).not.toContain(forged.event.at)
    expect(decidedAt(other.record())).toBe(own.event.at)
  })

  it('2.14 AR-50 AR-56 each act is judged as the judge did, and by its step; what is only held is unknown', () => {
    const document = open()
    document.approve('two p2', 's2', {}, refused)
    document.approve('two p2', 's2', {}, held)
    document.approve('two p2', 's2', {}, { counted: false, why: [...(held.why ?? []), ...(refused.why ?? [])] })
    document.approve('one p1', 's2')
    document.approve('one p1', 's7')
    document.act('decision.return', { revision, step: 's2', reason: 'r' }, { person: 'one', position: 'p1' })
    document.act('decision.return', { revision, step: 's7', reason: 'r' }, { person: 'one', position: 'p1' })
    expect(document.record().acts.map(({ kind, judged }) => [kind, judged.outcome, ...judged.reasons.map(({ code }) => code)])).toEqual([
      ['submit', 'pass'],
      ['approve', 'fail', 'role-missing'],
      ['approve', 'unknown', 'approval-held'],
      ['approve', 'fail', 'approval-held', 'role-missing'],
      ['approve', 'fail', 'position-not-on-step'],
      ['approve', 'fail', 'step-unknown'],
      ['return', 'pass'],
      ['return', 'fail', 'step-unknown'],
    ])
  })

  it('2.14 AR-55 a return, a refusal or a withdrawal that counts stands against it, on the same revision', () => {
    for (const [type, body] of [['decision.return', { step: 's2', reason: 'r' }], ['decision.refuse', { step: 's2', reason: 'r' }], ['document.withdraw', { reason: 'r' }]] as const) {
      for (const [of, why, status] of [[revision, {}, 'contested'], [revision, refused, 'decided'], [sampleSha(9), {}, 'decided']] as const) {
        const document = decided()
        document.act(type, { revision: of, ...body }, { person: 'two', position: 'p2' }, why)
        expect([type, document.record().status]).toEqual([type, status])
      }
    }
    const undecided = open()
    undecided.act('decision.return', { revision, step: 's1', reason: 'r' }, { person: 'one', position: 'p1' })
    expect(undecided.record().status).toBe('open')
  })

  it('2.14 AR-55 of several revisions the decided one is told, with its own acts only; two decided ones are for a person', () => {
    const document = decided()
    document.act('document.submit', sampleSubmit(2, sampleRoute(1)))
    expect(document.record()).toMatchObject({ frozen: { revision: 1 }, status: 'decided' })
    expect(document.record().acts).toHaveLength(3)
    document.approve('one p1', 's1', { revision: sampleSha(2) })
    expect(document.record()).toMatchObject({ frozen: { revision: 2 }, status: 'contested' })
    const open2 = open()
    open2.act('document.submit', sampleSubmit(2, sampleRoute(1)))
    expect(open2.record()).toMatchObject({ frozen: { revision: 2 }, status: 'open' })
    expect(toRecord('doc-1', [], authority)).toBeNull()
  })

  it('2.14 AR-50 filing counts where it counts, the last one', () => {
    const document = decided()
    const file = (volume: string, why?: Why) => document.act('record.file', { volume, eventDate: '2026-10-01', basis: 'decision' }, {}, why)
    expect(document.record().filed).toBeNull()
    file('v1')
    file('v2', refused)
    expect(document.record().filed?.volume).toBe('v1')
    file('v3')
    expect(document.record().filed?.volume).toBe('v3')
  })

  it('2.14 AR-41 says the number that was given and not cancelled, if it counts', () => {
    const numberAfter = (...acts: readonly (readonly [type: string, body: object, why?: Why])[]): string | null => {
      const document = decided()
      for (const [type, body, why] of acts) document.act(type, { series: 's', period: 2026, n: 12, ...body }, {}, why)
      return document.record().number
    }
    const given = ['number.assign', { doc: 'doc-1', block: null }] as const
    const cancelled = (more: object = {}, why: Why = {}) => ['number.void', { reason: 'r', again: true, ...more }, why] as const
    expect([numberAfter(), numberAfter(given), numberAfter([...given, refused]), numberAfter(['number.assign', { doc: 'doc-1', block: null, series: 'x' }])]).toEqual([null, '総第12号', null, null])
    expect([numberAfter(given, cancelled()), numberAfter(given, cancelled({}, refused))]).toEqual([null, '総第12号'])
    for (const other of [{ series: 't' }, { period: 2025 }, { n: 13 }]) expect([other, numberAfter(given, cancelled(other))]).toEqual([other, '総第12号'])
    expect(numberAfter(given, cancelled(), ['number.assign', { doc: 'doc-1', block: null, n: 14 }])).toBe('総第14号')
  })
})

describe('2.14 the line of signed files', () => {
  const line = (document: ReturnType<typeof open>): readonly unknown[] => document.record().marks.map(({ file, person }) => [Number(`0x${file}`), person])

  it('2.14 AR-52 goes from the decided file through every one that was appended', () => {
    const document = decided()
    expect([line(document), document.record().signed]).toEqual([[], null])
    document.append('one', 11, null, 's1')
    document.append('two', 12, 11, 's2')
    expect(line(document)).toEqual([[11, 'one'], [12, 'two']])
    expect(document.record().signed?.sha256).toBe(sampleSha(12))
    document.append('two', 13, 12, 's2', refused)
    document.act('rendition.append', { revision: sampleSha(9), file: sampleBlob(14), previous: sampleSha(12), step: null }, { person: 'one' })
    expect(line(document)).toEqual([[11, 'one'], [12, 'two']])
    document.append('one', 12, null, 's1')
    expect(line(document)).toEqual([[11, 'one'], [12, 'two']])
    const named = decided()
    named.append('one', 11, 1, 's1')
    expect(line(named)).toEqual([[11, 'one']])
  })

  it('2.14 AR-52 of several the one with most steps marked by who approved them, then the longest, and none with a file that is not known', () => {
    const marked = decided()
    marked.append('two', 11, null, 's1')
    marked.append('two', 12, 11, 's2')
    marked.append('one', 13, null, 's1')
    marked.append('two', 14, 13, 's2')
    expect(line(marked)).toEqual([[13, 'one'], [14, 'two']])
    const most = decided()
    for (const [i, previous] of [null, 21, 22].entries()) most.append('one', 21 + i, previous, null)
    most.append('one', 11, null, 's1')
    expect(line(most)).toEqual([[11, 'one']])
    const longest = decided()
    longest.append('one', 11, null, 's1')
    longest.append('one', 21, null, 's1')
    longest.append('one', 22, 21, null)
    expect(line(longest)).toEqual([[21, 'one'], [22, 'one']])
    const unknown = decided()
    unknown.append('one', 31, 30, 's1')
    unknown.append('two', 32, 31, 's2')
    unknown.append('one', 41, null, 's1')
    expect(line(unknown)).toEqual([[41, 'one']])
  })
})
