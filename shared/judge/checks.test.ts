// Each check of the judge alone: a segment against which nothing stands, then the same with one thing that must not be.

import { describe, expect, it } from 'vitest'
import type { AuthorityBodies, AuthorityType } from '../authority/events.ts'
import { isAdmin } from '../authority/ask.ts'
import type { Role } from '../authority/model.ts'
import { reduceAuthority } from '../authority/reduce.ts'
import type { ActRule } from '../posture/model.ts'
import type { SignInFacts } from '../posture/evaluate.ts'
import type { CheckReading, PostureStatement } from '../posture/statement.ts'
import { sampleTown } from '../authority/sample-town.ts'
import type { KnownEvent, LogEvent } from '../log/event.ts'
import { collectionZero } from '../log/names.ts'
import type { SessionBody, SessionCertificate } from '../log/session.ts'
import { judgeSegment, type JudgedSegment } from './judge.ts'

const noon = Date.parse('2026-10-01T03:00:00.000Z')
const genesis = 'ab'.repeat(32)
const held = { from: '2026-04-01', to: null }
const hour = 60 * 60 * 1000
const key = new Uint8Array(65)

function eventOf(type: string, over: Partial<LogEvent> = {}): LogEvent {
  return { v: 1, type, doc: 'doc', deps: [], hlc: { ms: noon, n: 0 }, at: '2026-10-01T03:00:00.000Z', person: 'anna', position: 'clerk', body: {}, salt: new Uint8Array(16), ...over }
}

let count = 0
function put<T extends AuthorityType>(type: T, body: AuthorityBodies[T], over: Partial<LogEvent> = {}): KnownEvent {
  count += 1
  return { id: String(count).padStart(64, '0'), event: eventOf(type, { doc: null, body, hlc: { ms: noon - 100_000 + count, n: 0 }, ...over }), lane: 'seat.inc/zero', seq: 1 }
}

const grant = (role: Role, collection: string | null = 'coll', over: object = {}): KnownEvent => put('grant.put', { id: `${role}-${collection}`, person: 'anna', collection, role, reason: '', reviewBy: '2026-12-31', ...held, ...over })
const policy = put('policy.put', { ...sampleTown.policies[0]!, withheld: [{ employment: 'contractor', acts: ['document.export'] }] })
const person = (employment: 'regular' | 'contractor'): KnownEvent => put('person.put', { id: 'anna', familyName: '', givenName: '', reading: '', employment })
const seat = { id: 'seat', person: 'anna', device: 'device', signingKey: key, exchangeKey: key, certificate: key }
/** What stands in one segment with it was founded: it takes no second voice (AU-4). */
const founding = put('workspace.genesis', { workspace: 'town', kind: 'practice', rootKey: key, recoverySigningKey: key, recoveryExchangeKey: key, epoch: '' })
const town: readonly KnownEvent[] = [
  founding,
  policy,
  person('regular'),
  put('position.put', { id: 'clerk', title: '', titleEn: '', section: '', superior: null, mayDecide: false }),
  put('position.put', { id: 'mayor', title: '', titleEn: '', section: '', superior: null, mayDecide: true }),
  put('appointment.put', { id: 'a', person: 'anna', position: 'clerk', kind: 'primary', ...held }),
  put('appointment.put', { id: 'b', person: 'ben', position: 'mayor', kind: 'primary', ...held }),
  put('device.add', { id: 'device', signingKey: key, level: 'L0' }),
  put('seat.add', seat),
  grant('writer'),
]

const session: SessionBody = { suite: 1, schema: 1, kind: 'session', workspace: 'town', seat: 'seat', device: 'device', person: 'anna', incarnation: 'inc', n: 1, sessionKey: key, notBefore: noon - hour, notAfter: noon + hour, policy: '', authority: {}, token: null, posture: null }

interface Case extends Partial<Omit<JudgedSegment, 'header' | 'session' | 'events'>> {
  readonly header?: Partial<JudgedSegment['header']>
  readonly session?: Partial<SessionBody>
  readonly events?: readonly { readonly id: string; readonly event: LogEvent }[]
  readonly event?: LogEvent
  readonly authority?: readonly KnownEvent[]
}

/** Reason codes; none where nothing is given. */
function judge(given: Case): readonly string[] {
  const { header, session: over, events, event, authority, ...rest } = given
  const judged: JudgedSegment = {
    header: { suite: 1, schema: 1, workspace: 'town', collection: 'coll', lane: 'seat.inc', seq: 5, prev: null, session: '', authority: {}, hlc: { ms: noon, n: 9 }, acts: [], ...header },
    session: { body: { ...session, ...over } } as SessionCertificate,
    sessionVerified: true,
    posture: null,
    token: null,
    account: null,
    recoveryVerified: false,
    epoch: 0,
    lies: [],
    events: events ?? [{ id: 'cd'.repeat(32), event: event ?? eventOf('draft.cover') }],
    ...rest,
  }
  return judgeSegment(judged, reduceAuthority(authority ?? town), genesis).map(({ code }) => code)
}

const withRoles = (...roles: readonly Role[]): readonly KnownEvent[] => [...town.slice(0, -1), ...roles.map((role) => grant(role))]
const inZero = { collection: collectionZero }

describe('3.14 the judge, check by check', () => {
  it('4.13 JU-80 only who looks after the records, or answers for the collection, gives a document a new key', () => {
    const given = (role: Role) => judge({ event: eventOf('document.rekey', { body: { key: 'k'.repeat(16), reason: '', files: [] } }), authority: withRoles(role) })
    for (const role of ['records', 'owner', 'admin'] as const) expect([role, given(role)]).toEqual([role, []])
    for (const role of ['reader', 'writer', 'approver'] as const) expect([role, given(role)]).toEqual([role, ['role-missing']])
  })

  it('3.14 JU-5 takes a segment against which nothing stands, and refuses it with any one thing about its session', () => {
    expect(judge({})).toEqual([])
    const cases: readonly (readonly [string, Case])[] = [
      ['header-lies-event-hash', { lies: ['event-hash'] }],
      ['session-signature', { sessionVerified: false }],
      ['session-lane', { session: { workspace: 'other' } }],
      ['session-lane', { session: { incarnation: 'copy' } }],
      ['seat-unknown', { authority: [...town, put('seat.add', { ...seat, person: 'ben' })] }],
      ['device-unknown', { session: { device: 'other' } }],
      ['seat-removed', { authority: [...town, put('seat.remove', { id: 'seat', reason: '' })] }],
      ['session-window', { session: { notBefore: noon + 6 * 60_000 } }],
      ['session-window', { session: { notAfter: noon - 6 * 60_000 } }],
    ]
    for (const [code, given] of cases) expect([code, judge(given)]).toEqual([code, [code]])
    expect(judge({ session: { notBefore: noon + 4 * 60_000, notAfter: noon + hour } })).toEqual([])
    expect(judge({ session: { notAfter: noon - 4 * 60_000 } })).toEqual([])
  })

  it('3.14 JU-5 JU-6 JU-9 refuses an event for its clock, its person, its document, its position and the policy', () => {
    const at = (ms: number, n = 0): { id: string; event: LogEvent } => ({ id: 'cd'.repeat(32), event: eventOf('draft.cover', { hlc: { ms, n } }) })
    const contractor = [...town, person('contractor')]
    const cases: readonly (readonly [string, Case])[] = [
      ['clock-order', { events: [at(noon, 2), at(noon, 1)] }],
      ['clock-order', { events: [at(noon, 10)] }],
      ['person-differs', { event: eventOf('draft.cover', { person: 'ben', position: null }), authority: [...town, put('grant.put', { id: 'ben', person: 'ben', collection: 'coll', role: 'writer', reason: '', reviewBy: '2026-12-31', ...held })] }],
      ['document-missing', { event: eventOf('draft.cover', { doc: null }) }],
      ['document-missing', { header: inZero, event: eventOf('session.unlock') }],
      ['position-not-held', { event: eventOf('draft.cover', { position: 'mayor' }) }],
      ['position-not-held', { event: eventOf('draft.cover'), authority: [...town, put('appointment.put', { id: 'a', person: 'anna', position: 'clerk', kind: 'primary', from: '2026-04-01', to: '2026-09-30' })] }],
      ['position-not-held', { event: eventOf('draft.cover'), authority: [...town, put('appointment.put', { id: 'a', person: 'anna', position: 'clerk', kind: 'primary', from: '2026-10-02', to: null })] }],
      ['policy-denies', { authority: town.slice(1) }],
      ['policy-denies', { event: eventOf('document.export'), authority: contractor }],
    ]
    for (const [code, given] of cases) expect([code, judge(given)[0], judge(given).filter((one) => one !== code && !['policy-missing', 'withheld-from-employment'].includes(one))]).toEqual([code, code, []])
    expect(judge({ event: eventOf('draft.cover', { position: null }), authority: contractor })).toEqual([])
    expect(judge({ events: [at(noon, 1), at(noon, 2), at(noon, 9)] })).toEqual([])
  })

  it('4.9 JU-54 asks what the act’s own time, the device’s state, the sign-in and what is excused say of it', () => {
    const passing: CheckReading = { id: 'disk.enc', verdict: 'pass', reason: null, trust: 'self', at: noon - hour, since: noon - hour, evidence: null }
    const posture: PostureStatement = { schema: 1, kind: 'posture', device: 'device', system: 'linux', version: '1.0.0', level: 'L2', at: noon - hour, checks: [passing] }
    const failing: PostureStatement = { ...posture, checks: [{ ...passing, verdict: 'fail', reason: 'disk-plain', since: noon - 30 * 24 * hour }] }
    const rule: ActRule = { id: 'r', acts: ['draft.*'], level: 'L2', checks: [{ check: 'disk.enc', systems: null, maxAgeHours: 24, unknown: 'fail' }], signIn: { maxAgeHours: 12, sameDay: true, context: 'c20' }, otherwise: 'deny', graceDays: 0 }
    const token: SignInFacts = { at: noon - hour, provenAt: noon - hour, contexts: ['c20'], methods: [] }
    const enforced = put('policy.put', { ...sampleTown.policies[0]!, id: 'enforced', kind: 'enforced', rules: [rule], from: '2026-09-01', to: null })
    const on = (given: Case): readonly string[] => judge({ authority: [...town, enforced], ...given })
    expect(on({ posture, token })).toEqual([])
    expect(on({ posture })).toEqual(['sign-in-needed', 'token-unknown'])
    expect(on({ token })).toEqual(['policy-denies', 'posture-unknown', 'check-unknown'])
    expect(on({ posture: failing, token })).toEqual(['policy-denies', 'check-failed'])
    // The act's own time decides, whenever it is judged.
    expect(on({ posture: { ...posture, checks: [{ ...passing, at: noon - 25 * hour, since: noon - 25 * hour }] }, token })).toEqual(['policy-denies', 'check-old'])
    const excused = put('exception.put', { id: 'e', device: 'device', check: 'disk.enc', reason: '修理', from: '2026-09-25', to: '2026-10-10' })
    const alone = put('vote.cast', { act: excused.id, alone: true })
    expect(on({ posture: failing, token, authority: [...town, enforced, excused, alone] })).toEqual([])
    expect(on({ posture: failing, token, authority: [...town, enforced, { ...excused, event: { ...excused.event, body: { ...(excused.event.body as object), to: '2026-09-30' } } }, alone] })).toEqual(['policy-denies', 'check-failed'])
  })

  it('4.7 JU-55 a policy that nobody can meet is left by the founding’s and the recovery sheets’ seats only', () => {
    const rule: ActRule = { id: 'r', acts: ['policy.*', 'exception.*', 'vote.*', 'section.*', 'workspace.*'], level: 'L3', checks: [], signIn: null, otherwise: 'deny', graceDays: 0 }
    const policy = { ...sampleTown.policies[0]!, id: 'enforced', kind: 'enforced' as const, rules: [rule], from: '2026-09-01', to: null }
    const admin = [...town, put('policy.put', policy), put('grant.put', { id: 'admin', person: 'anna', collection: null, role: 'admin', reason: '', reviewBy: '2026-12-31', ...held })]
    const recover = put('seat.recover', { seat, device: { id: 'device', signingKey: key, level: 'L0' as const }, signature: new Uint8Array(64) })
    const act = (type: string, body: unknown = {}): Case => ({ header: inZero, event: eventOf(type, { doc: null, position: null, body }) })
    const looser = act('policy.put', policy)
    expect(judge({ ...looser, authority: admin })).toEqual(['policy-denies', 'posture-unknown'])
    const later = (given: Case): Case => ({ ...given, authority: [...admin, { ...recover, event: { ...recover.event, hlc: { ms: noon - 100 * hour, n: 0 } } }] })
    expect(judge(later(looser))).toEqual([])
    expect(judge(later(act('exception.put')))).toEqual([])
    expect(judge(later(act('section.put')))).toEqual(['policy-denies', 'posture-unknown'])
  })

  it('3.14 JU-9 asks the policy that began last of those in force', () => {
    const strict = { ...sampleTown.policies[0]!, id: 'strict', withheld: [{ employment: 'regular' as const, acts: ['draft.*'] }] }
    const early = put('policy.put', { ...strict, from: '2020-01-01', to: null })
    const late = put('policy.put', { ...strict, from: '2026-09-01', to: null })
    const over = put('policy.put', { ...strict, from: '2026-09-01', to: '2026-09-30' })
    const coming = put('policy.put', { ...strict, from: '2026-10-02', to: null })
    for (const order of [(all: readonly KnownEvent[]) => all, (all: readonly KnownEvent[]) => all.toReversed()]) {
      expect(judge({ authority: order([early, over, coming, ...town]) })).toEqual([])
      expect(judge({ authority: order([late, early, ...town]) })).toEqual(['policy-denies', 'withheld-from-employment'])
    }
  })

  it('3.14 JU-7 gives each act to its roles and to no other, and asks for a position where one acts for the town', () => {
    const writing = ['writer', 'approver', 'records', 'admin']
    const rights: Readonly<Record<string, readonly [roles: readonly string[], position: boolean]>> = {
      'draft.cover': [writing, false],
      'poem.recite': [writing, false],
      'document.open': [['reader', ...writing], false],
      'document.print': [['reader', ...writing], false],
      'document.export': [['writer', 'records', 'admin'], true],
      'document.submit': [writing, true],
      'document.withdraw': [writing, true],
      'decision.approve': [['approver'], true],
      'decision.return': [['approver'], true],
      'decision.refuse': [['approver'], true],
      'rendition.append': [['approver'], true],
      'document.post-review': [['approver'], true],
      'record.file': [['writer', 'records'], true],
      'volume.create': [['writer', 'records'], true],
      'volume.close': [['records'], true],
    }
    for (const [type, [roles, position]] of Object.entries(rights)) {
      for (const role of ['reader', ...writing] as Role[]) expect([type, role, judge({ event: eventOf(type), authority: withRoles(role) })]).toEqual([type, role, roles.includes(role) ? [] : ['role-missing']])
      expect([type, judge({ event: eventOf(type), authority: withRoles() })]).toEqual([type, ['role-missing']])
      const authority = withRoles(roles.at(-1) as Role)
      expect([type, judge({ event: eventOf(type, { position: null }), authority })]).toEqual([type, position ? ['position-missing'] : []])
    }
  })

  it('3.14 JU-7 a grant holds for its person, its collection, its days and fourteen days past its review', () => {
    const bare = town.slice(0, -1)
    const not: readonly KnownEvent[] = [
      grant('writer', 'other'),
      grant('writer', null),
      grant('writer', 'coll', { person: 'ben' }),
      grant('writer', 'coll', { from: '2026-10-02' }),
      grant('writer', 'coll', { to: '2026-09-30' }),
      grant('writer', 'coll', { reviewBy: '2026-09-16' }),
    ]
    for (const one of not) expect([one.event.body, judge({ authority: [...bare, one] })]).toEqual([one.event.body, ['role-missing']])
    expect(judge({ authority: [...bare, grant('writer', 'coll', { reviewBy: '2026-09-17', from: '2026-10-01', to: '2026-10-01' })] })).toEqual([])
    expect(judge({ authority: [...town, put('grant.remove', { id: 'writer-coll', reason: '' })] })).toEqual(['role-missing'])
    expect(judge({ authority: [put('grant.remove', { id: 'writer-coll', reason: '' }), ...town] })).toEqual(['role-missing'])
  })

  it('3.14 JU-8 leaves collection zero to administrators, its own session acts, the pinned genesis and a recovery', () => {
    const admin = [...town, grant('admin', null)]
    const event = eventOf('town.put', { doc: null })
    const lone = [{ id: 'cd'.repeat(32), event }]
    expect(judge({ header: inZero, event, authority: admin })).toEqual([])
    expect(judge({ header: inZero, event })).toEqual(['not-admin'])
    expect(judge({ header: inZero, event, authority: [...town, grant('reader', null)] })).toEqual(['not-admin'])
    expect(isAdmin(reduceAuthority([...town, grant('reader', null)]), 'anna', '2026-10-01')).toBe(false)
    expect(judge({ header: inZero, event, authority: [...town, grant('admin', 'coll')] })).toEqual(['not-admin'])
    for (const type of ['session.unlock', 'session.lock']) expect(judge({ header: inZero, event: eventOf(type, { doc: null }) })).toEqual([])

    const first = { id: genesis, event: eventOf('workspace.genesis', { doc: null }) }
    const founded = (given: Case): readonly string[] => judge({ header: { ...inZero, seq: 1 }, events: [first, ...lone], authority: [...town, grant('admin', null, { reviewBy: '2020-01-01' })], ...given })
    expect(founded({})).toEqual([])
    expect(founded({ events: [{ ...first, id: 'ef'.repeat(32) }, ...lone] })).toEqual(['not-founding', 'not-admin'])
    expect(founded({ header: { ...inZero, seq: 2 } })).toEqual(['not-founding', 'not-admin'])
    expect(founded({ authority: town })).toEqual(['not-admin'])
    expect(founded({ authority: [...town, grant('admin', null, { person: 'ben' })] })).toEqual(['not-admin'])
    expect(founded({ authority: [...town, grant('reader', null)] })).toEqual(['not-admin'])
    expect(founded({ authority: [...town, grant('admin', null, { to: '2026-09-30' })] })).toEqual(['not-admin'])
    expect(founded({ events: lone })).toEqual(['not-admin'])

    const recovery = { header: { ...inZero, seq: 1 }, event: eventOf('seat.recover', { doc: null }), recoveryVerified: true }
    expect(judge(recovery)).toEqual([])
    expect(judge({ ...recovery, recoveryVerified: false })).toEqual(['not-founding'])
    // JU-55 nothing can be asked of a device before anybody has one.
    const rule: ActRule = { id: 'r', acts: ['seat.*', 'workspace.*', 'section.*'], level: 'L3', checks: [], signIn: null, otherwise: 'deny', graceDays: 0 }
    const enforced = put('policy.put', { ...sampleTown.policies[0]!, id: 'enforced', kind: 'enforced', rules: [rule], from: '2026-09-01', to: null })
    expect(judge({ ...recovery, authority: [...town, enforced] })).toEqual([])
    expect(founded({ authority: [...town, enforced, grant('admin', null)] })).toEqual([])
    expect(judge({ ...recovery, header: { ...inZero, seq: 2 } })).toEqual(['not-founding'])
  })

  it('3.14 the authority keeps the first genesis and root, the later value, and what it cannot read apart', () => {
    const founding = { workspace: 'town', kind: 'practice' as const, rootKey: key, recoverySigningKey: key, recoveryExchangeKey: key, epoch: '' }
    const first = put('workspace.genesis', founding)
    const root = put('workspace.root', { certificate: key, crl: key })
    const later = [put('workspace.genesis', { ...founding, workspace: 'other' }), put('workspace.root', { certificate: new Uint8Array(1), crl: key })]
    const strange = [
      { ...put('section.put', { id: 'new', name: '', nameEn: '' }), event: eventOf('section.put', { doc: null, v: 2, body: { id: 'new' } }) },
      put('device.add', { id: 'x' } as never),
      put('poem.recite' as never, {} as never),
    ]
    const values = [put('section.put', { id: 's', name: '旧', nameEn: '' }), put('section.put', { id: 's', name: '新', nameEn: '' })]
    const all = [first, root, ...later, ...strange, ...values]
    for (const order of [all, all.toReversed()]) {
      const state = reduceAuthority(order)
      expect([state.genesis?.workspace, state.root?.certificate.length, state.sections.get('s')?.name]).toEqual(['town', 65, '新'])
      expect(state.unknown.map(({ id }) => id).toSorted()).toEqual(strange.map(({ id }) => id).toSorted())
      expect([state.sections.has('new'), state.devices.has('x')]).toEqual([false, false])
    }
  })
})
