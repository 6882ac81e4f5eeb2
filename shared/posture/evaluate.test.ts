import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sampleTown } from '../authority/sample-town.ts'
import type { DevicePolicy } from '../authority/model.ts'
import { daysLeft, evaluateAct, gateDecisions, isLetThrough, needsConsent, type ActFacts, type SignInFacts } from './evaluate.ts'
import { checkIds, protectionLevels, systems, type ActRule, type CheckException } from './model.ts'
import type { CheckReading, PostureStatement } from './statement.ts'

const policy = sampleTown.policies[0] as DevicePolicy
const hour = 60 * 60 * 1000
const day = 24 * hour
/** Noon in Japan. */
const at = Date.UTC(2026, 9, 1, 3)
const unknown = { at, posture: null, token: null, exceptions: [], employment: 'regular' } as const

const passing: CheckReading = { id: 'disk.enc', verdict: 'pass', reason: null, trust: 'self', at: at - hour, since: at - hour, evidence: null }
const failing: CheckReading = { ...passing, verdict: 'fail', reason: 'disk-plain', since: at - 3 * day }
const statement: PostureStatement = { schema: 1, kind: 'posture', device: 'dev1', system: 'linux', version: '1.0.0', level: 'L1', at: at - hour, checks: [passing] }
const with_ = (...checks: readonly CheckReading[]): PostureStatement => ({ ...statement, checks })
const token: SignInFacts = { at: at - hour, provenAt: at - 2 * hour, contexts: ['c20'], methods: ['pwd', 'mfa'] }
const rule: ActRule = { id: 'r', acts: ['decision.*'], level: null, checks: [{ check: 'disk.enc', systems: null, maxAgeHours: 24, unknown: 'fail' }], signIn: null, otherwise: 'deny', graceDays: 0 }

function ask(rules: readonly ActRule[], over: Partial<ActFacts> = {}) {
  return evaluateAct({ ...policy, kind: 'enforced', rules }, { type: 'decision.approve', ...unknown, ...over })
}
function says(rules: readonly ActRule[], over: Partial<ActFacts> = {}): string {
  const { decision, reasons } = ask(rules, over)
  return [decision, ...reasons.map(({ code }) => code)].join(' ')
}

describe('the policy', () => {
  it('2.6d PO-3 PO-4 trial lets unknown posture and token through, and says that they are unknown', () => {
    const answer = evaluateAct(policy, { type: 'draft.cover', ...unknown })
    expect(answer.decision).toBe('notice')
    expect(answer.reasons.map((reason) => reason.code)).toEqual(['posture-unknown', 'token-unknown'])
    expect(evaluateAct(policy, { type: 'draft.cover', ...unknown, posture: statement, token })).toEqual({ decision: 'allow', reasons: [] })
  })

  it('2.6d PO-4 every act that decides, exports or changes who may do what needs consent', () => {
    for (const type of ['decision.approve', 'decision.return', 'decision.refuse', 'document.withdraw', 'document.export', 'grant.put', 'grant.remove', 'seat.add', 'seat.remove']) expect([type, needsConsent(policy, type)]).toEqual([type, true])
    for (const type of ['draft.body', 'document.open', 'session.unlock', 'rendition.append']) expect([type, needsConsent(policy, type)]).toEqual([type, false])
    expect(needsConsent(null, 'decision.approve')).toBe(false)
    expect([needsConsent(null, 'session.leave'), needsConsent({ ...policy, consentFor: [] }, 'session.leave')]).toEqual([true, true])
  })

  it('2.6d PO-2 without a policy in force nothing is allowed', () => {
    expect(evaluateAct(null, { type: 'draft.cover', ...unknown })).toEqual({ decision: 'deny', reasons: [{ code: 'policy-missing' }] })
  })

  it('PO-4 a pattern stands for its noun only', () => {
    const narrow = { ...policy, consentFor: ['decision.*'] }
    expect([needsConsent(narrow, 'decisions.list'), needsConsent(narrow, 'decision.approve')]).toEqual([false, true])
  })

  it('2.13 PO-5 the sample town keeps export from contractors, as data; a policy that says nothing of it withholds nothing', () => {
    const contractor = { ...unknown, employment: 'contractor' } as const
    expect(evaluateAct(policy, { type: 'document.export', ...contractor })).toEqual({ decision: 'deny', reasons: [{ code: 'withheld-from-employment', facts: { type: 'document.export' } }] })
    expect(evaluateAct(policy, { type: 'document.export', ...unknown }).decision).toBe('notice')
    expect(evaluateAct(policy, { type: 'draft.body', ...contractor }).decision).toBe('notice')
    const { withheld: _none, ...silent } = policy
    expect(evaluateAct(silent, { type: 'document.export', ...contractor }).decision).toBe('notice')
  })
})

describe('what a rule asks of the device', () => {
  it('4.7 PO-20 PO-21 a check passes, fails, is unknown, is missing or is old; unknown is never passed', () => {
    expect(says([rule], { posture: statement })).toBe('allow')
    expect(says([rule], { posture: with_(failing) })).toBe('deny check-failed')
    expect(says([rule], { posture: with_({ ...passing, verdict: 'unknown', reason: 'not-readable' }) })).toBe('deny check-unknown')
    expect(says([rule], { posture: with_() })).toBe('deny check-unknown')
    expect(says([rule])).toBe('deny check-unknown')
    const old = { ...passing, at: at - 24 * hour, since: at - 24 * hour }
    expect([says([rule], { posture: with_(old) }), says([rule], { posture: with_({ ...old, at: old.at - 1 }) })]).toEqual(['allow', 'deny check-old'])
    const lenient: ActRule = { ...rule, checks: [{ ...rule.checks[0]!, unknown: 'notice' }] }
    expect([says([lenient]), says([lenient], { posture: with_() }), says([lenient], { posture: with_(failing) })]).toEqual(['notice check-unknown', 'notice check-unknown', 'deny check-failed'])
  })

  it('4.7 PO-20 what is not met is said, held or denied as the rule says, for the acts and systems it speaks of', () => {
    for (const otherwise of ['notice', 'hold', 'deny'] as const) expect(says([{ ...rule, otherwise }], { posture: with_(failing) })).toBe(`${otherwise} check-failed`)
    expect(says([rule], { type: 'draft.body', posture: with_(failing), token })).toBe('allow')
    const windowsOnly: ActRule = { ...rule, checks: [{ ...rule.checks[0]!, systems: ['windows'] }] }
    expect([says([windowsOnly], { posture: with_(failing) }), says([windowsOnly], { posture: { ...with_(failing), system: 'windows' } }), says([windowsOnly])]).toEqual(['allow', 'deny check-failed', 'deny check-unknown'])
  })

  it('4.4 PO-20 the keys are protected at least as well as the rule demands', () => {
    const level: ActRule = { ...rule, checks: [], level: 'L2' }
    expect(protectionLevels.map((one) => says([level], { posture: { ...statement, level: one } }))).toEqual(['deny level-too-low', 'deny level-too-low', 'allow', 'allow'])
    expect(says([level])).toBe('deny posture-unknown')
  })

  it('4.6 PO-23 for the days of grace a check that stopped passing is said only, with the days that are left', () => {
    const graced: ActRule = { ...rule, graceDays: 7 }
    const since = (days: number) => ask([graced], { posture: with_({ ...failing, since: at - days * day }) })
    expect(since(3)).toEqual({ decision: 'notice', reasons: [{ code: 'check-failed-grace', facts: { check: 'disk.enc', days: 4 } }] })
    expect([since(6.5).reasons[0]?.facts?.['days'], since(7).decision, since(8).decision]).toEqual([1, 'deny', 'deny'])
    expect(daysLeft(graced, { since: at - 3 * day }, at)).toBe(4)
    // A clock that runs a little ahead gives no day that the rule does not.
    expect([daysLeft(graced, { since: at + 1000 }, at), daysLeft(rule, { since: at + 1000 }, at)]).toEqual([7, 0])
    expect(says([rule], { posture: with_({ ...failing, at: at + 1000, since: at + 1000 }) })).toBe('deny check-failed')
    // What was never read has no day from which to count.
    expect(says([graced], { posture: with_() })).toBe('deny check-unknown')
  })

  it('4.7 PO-24 an excused check of this device is said on the days it is excused, and no other', () => {
    const excused: CheckException = { id: 'e', device: 'dev1', check: 'disk.enc', reason: '修理中', from: '2026-09-20', to: '2026-10-01' }
    const on = (over: Partial<CheckException>) => says([rule], { posture: with_(failing), exceptions: [{ ...excused, ...over }] })
    expect(on({})).toBe('notice check-excused')
    for (const over of [{ device: 'dev2' }, { check: 'fw.on' }, { to: '2026-09-30' }, { from: '2026-10-02', to: '2026-10-09' }] as const) expect([over, on(over)]).toEqual([over, 'deny check-failed'])
  })

  it('4.10 PO-26 what says that it was read, or vouched for, after the act says nothing of it', () => {
    const later = (ms: number) => says([rule], { posture: with_({ ...passing, at: at + ms, since: at + ms }) })
    expect([later(5 * 60 * 1000), later(5 * 60 * 1000 + 1)]).toEqual(['allow', 'deny check-unknown'])
    const signIn: ActRule = { ...rule, checks: [], signIn: { maxAgeHours: 12, sameDay: false, context: null } }
    expect([says([signIn], { token: { ...token, at: at + 5 * 60 * 1000 } }), says([signIn], { token: { ...token, at: at + 5 * 60 * 1000 + 1 } })]).toEqual(['allow', 'step-up token-unknown'])
  })
})

describe('what a rule asks of the sign-in', () => {
  const signIn: ActRule = { ...rule, checks: [], signIn: { maxAgeHours: 12, sameDay: true, context: 'c20' } }

  it('4.7 PO-22 is recent, of the same day in Japan and in the context that is asked; signing in again is enough', () => {
    expect(says([signIn], { token })).toBe('allow')
    expect(says([signIn])).toBe('step-up token-unknown')
    expect([says([signIn], { token: { ...token, at: at - 12 * hour } }), says([signIn], { token: { ...token, at: at - 12 * hour - 1 } })]).toEqual(['allow', 'step-up sign-in-old'])
    // Midnight in Japan is fifteen o'clock of the day before in UTC.
    expect([says([signIn], { token: { ...token, provenAt: Date.UTC(2026, 8, 30, 15) } }), says([signIn], { token: { ...token, provenAt: Date.UTC(2026, 8, 30, 15) - 1 } })]).toEqual(['allow', 'step-up sign-in-not-today'])
    expect(says([signIn], { token: { ...token, contexts: ['c2'] } })).toBe('step-up context-missing')
    expect(says([{ ...signIn, otherwise: 'notice' }])).toBe('notice token-unknown')
    expect(says([{ ...signIn, signIn: { maxAgeHours: 12, sameDay: false, context: null } }], { token: { ...token, provenAt: 0, contexts: [] } })).toBe('allow')
  })

  it('4.7 PO-25 of several rules the strictest holds, with every reason once', () => {
    const held: ActRule = { ...rule, id: 'h', otherwise: 'hold' }
    expect(says([held, signIn], { posture: with_(failing) })).toBe('hold check-failed token-unknown')
    expect(says([signIn, held], { posture: with_(failing) })).toBe('hold token-unknown check-failed')
    expect(says([held, held, rule], { posture: with_(failing) })).toBe('deny check-failed')
  })
})

const reading = fc.record({ id: fc.constantFrom(...checkIds), verdict: fc.constantFrom('pass', 'fail', 'unknown' as const), at: fc.integer({ min: at - 40 * day, max: at + day }), back: fc.integer({ min: 0, max: 20 * day }) }).map(({ id, verdict, at: read, back }): CheckReading => ({ id, verdict, reason: verdict === 'pass' ? null : 'r', trust: 'self', at: read, since: read - back, evidence: null }))
const posture = fc.option(fc.record({ system: fc.constantFrom(...systems), level: fc.constantFrom(...protectionLevels), checks: fc.uniqueArray(reading, { selector: ({ id }) => id, maxLength: 6 }) }).map((over): PostureStatement => ({ ...statement, ...over })))
const signedIn = fc.option(fc.record({ at: fc.integer({ min: at - 40 * day, max: at + day }), provenAt: fc.integer({ min: at - 40 * day, max: at }), contexts: fc.subarray(['c1', 'c20']), methods: fc.constant([]) }))
const rules = fc.array(
  fc.record({
    id: fc.constant('r'), acts: fc.subarray(['decision.*', 'decision.approve', 'draft.*'], { minLength: 1 }), level: fc.option(fc.constantFrom(...protectionLevels)),
    checks: fc.array(fc.record({ check: fc.constantFrom(...checkIds), systems: fc.option(fc.subarray([...systems], { minLength: 1 })), maxAgeHours: fc.integer({ min: 1, max: 900 }), unknown: fc.constantFrom('notice', 'fail' as const) }), { maxLength: 4 }),
    signIn: fc.option(fc.record({ maxAgeHours: fc.integer({ min: 1, max: 900 }), sameDay: fc.boolean(), context: fc.option(fc.constantFrom('c1', 'c20')) })),
    otherwise: fc.constantFrom('notice', 'hold', 'deny' as const), graceDays: fc.integer({ min: 0, max: 20 }),
  }),
  { maxLength: 4 },
)

describe('evaluating', () => {
  it('4.7 PO-25 one more rule never lets more through, and the order of rules decides nothing', () => {
    const strictness = (given: readonly ActRule[], over: Partial<ActFacts>) => gateDecisions.indexOf(ask(given, over).decision)
    fc.assert(
      fc.property(rules, rules, posture, signedIn, (some, more, state, facts) => {
        const over = { posture: state, token: facts }
        const speaks = some.some(({ acts }) => acts.some((one) => one !== 'draft.*'))
        expect(ask(some, over).decision).toBe(ask(some.toReversed(), over).decision)
        if (speaks) expect(strictness([...some, ...more], over)).toBeGreaterThanOrEqual(strictness(some, over))
      }),
    )
  })

  it('4.7 PO-25 says why whenever it does not simply allow, and lets through only what it allows or notices', () => {
    fc.assert(
      fc.property(rules, posture, signedIn, (given, state, facts) => {
        const answer = ask(given, { posture: state, token: facts })
        expect([answer.decision === 'allow', isLetThrough(answer)]).toEqual([answer.reasons.length === 0, ['allow', 'notice'].includes(answer.decision)])
      }),
    )
  })
})
