import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { KnownEvent } from '../log/event.ts'
import { policyOn } from './ask.ts'
import { alwaysConfirmed, confirmedGroups, groupsOf, isConfirmed, type ConfirmedActs } from './confirmed-acts.ts'
import { authoritySchemas, changesAuthority } from './events.ts'
import { usualThresholds } from '../posture/checks/model.ts'
import type { DevicePolicy } from './model.ts'
import { actOfPolicy, changesOfAct, policyChanges, policyFields, policyRanges, policyValues, type PolicyChange, type PolicyValues } from './policy-change.ts'
import { ownRule, type RuleWords } from './own-rules.ts'
import { reduceAuthority } from './reduce.ts'
import { standardNames, standardRules } from './standard-rules.ts'
import type { ActRule } from '../posture/model.ts'
import { chosenOf, createCouncil, policyOf, shuffled, type Council } from './testing/council.ts'

const date = '2026-10-01'
const fresh = { id: 'fresh', reason: '庁内の決定' }
const always = confirmedGroups.flatMap(({ name, always: is }): readonly ConfirmedActs[] => (is ? [name] : []))
const free = confirmedGroups.flatMap(({ name, always: is }): readonly ConfirmedActs[] => (is ? [] : [name]))
const confirmed = (...chosen: readonly ConfirmedActs[]): readonly ConfirmedActs[] => confirmedGroups.map(({ name }) => name).filter((name) => always.includes(name) || chosen.includes(name))
const founded: PolicyValues = { idleLockMinutes: 10, sessionHours: 12, recoveryHours: 72, silentHours: 24, witnessHours: null, policyLagHours: null, contactDays: null, massDocuments: 200, ...usualThresholds, confirmed: confirmed('submit'), asked: [], own: [] }
const values = (over: Partial<PolicyValues>): PolicyValues => ({ ...founded, ...over })
const anyField = (field: keyof typeof policyRanges): fc.Arbitrary<number | null> => {
  const { from, to, mayBeNone } = policyRanges[field]
  return mayBeNone ? fc.option(fc.integer({ min: from, max: to })) : fc.integer({ min: from, max: to })
}
/** Rules that a town could have made. */
const towns = [{ acts: ['draft.*'], level: null, checks: [{ check: 'fw.on', systems: null, maxAgeHours: 24, unknown: 'fail' }], signIn: null, otherwise: 'hold', graceDays: 0 }, { acts: ['decision.*', 'record.file'], level: 'L1', checks: [], signIn: { maxAgeHours: 8, sameDay: true, context: 'c1' }, otherwise: 'deny', graceDays: 0 }].map((words) => ownRule(words as RuleWords) as ActRule).toSorted((a, b) => (a.id < b.id ? -1 : 1))
const anyValues = fc.record({ ...Object.fromEntries(policyFields.map((field) => [field, anyField(field)])), confirmed: fc.subarray(free).map((chosen) => confirmed(...chosen)), asked: fc.subarray([...standardNames]), own: fc.subarray([...towns]) }) as unknown as fc.Arbitrary<PolicyValues>

const now = (events: readonly KnownEvent[]): PolicyValues => policyValues(policyOn(reduceAuthority(events), date) as DevicePolicy)

function change(council: Council, by: string, before: readonly KnownEvent[], to: PolicyValues): KnownEvent {
  const act = actOfPolicy(reduceAuthority(before), '2020-01-01', to, fresh)
  if (typeof act === 'string') throw new Error(act)
  return act.type === 'policy.put' ? council.act(by, act.type, act.body) : council.act(by, act.type, act.body)
}

describe('a change of the policy', () => {
  it('3.1 AU-13 is one voice’s when nothing becomes looser, and two voices’ when any value does', () => {
    const state = reduceAuthority(createCouncil(['a', 'b']).founding)
    expect(now(createCouncil(['a', 'b']).founding)).toEqual(founded)
    const tightening = { ...fresh, consentFor: [], sessionHours: null, idleLockMinutes: null, recoveryHours: null, silentHours: null }
    expect(actOfPolicy(state, date, values({ idleLockMinutes: 5, recoveryHours: 96 }), fresh)).toEqual({ type: 'policy.tighten', body: { ...tightening, idleLockMinutes: 5, recoveryHours: 96 } })
    expect(actOfPolicy(state, date, values({ witnessHours: 48, confirmed: confirmed('submit', 'file', 'numbers') }), fresh)).toEqual({ type: 'policy.tighten', body: { ...tightening, witnessHours: 48, consentFor: ['record.file', 'number.block', 'number.void', 'number.return'] } })
    for (const looser of [{ idleLockMinutes: 11 }, { recoveryHours: 48 }, { idleLockMinutes: 1, recoveryHours: 71 }, { sessionHours: 8, silentHours: 25 }]) expect(actOfPolicy(state, date, values(looser), fresh)).toMatchObject({ type: 'policy.put', body: { id: 'fresh', from: date, ...looser, consentFor: [...alwaysConfirmed, 'document.submit'].sort() } })
    expect(actOfPolicy(state, date, founded, fresh)).toBe('nothing-changes')
    for (const odd of [{ idleLockMinutes: 0 }, { sessionHours: 13 }, { recoveryHours: 23 }, { idleLockMinutes: 10.5 }, { idleLockMinutes: Number.NaN }, { witnessHours: 0 }, { witnessHours: 169 }, { silentHours: null as unknown as number }]) expect([odd, actOfPolicy(state, date, values(odd), fresh)]).toEqual([odd, 'out-of-range'])
    expect(actOfPolicy(state, '2019-12-31', values({ idleLockMinutes: 5 }), fresh)).toBe('no-policy')
  })

  it('3.1 AU-13 AU-19 the rule of a witness is made shorter or brought in by one voice, made longer or taken away by two, and never made stricter by what waits for a voice', () => {
    const council = createCouncil(['a', 'b'])
    const strict = change(council, 'a', council.founding, values({ witnessHours: 24 }))
    expect(strict.event.type).toBe('policy.tighten')
    const state = reduceAuthority([...council.founding, strict])
    expect(now([...council.founding, strict]).witnessHours).toBe(24)
    expect(actOfPolicy(state, date, values({ witnessHours: 12 }), fresh)).toMatchObject({ type: 'policy.tighten', body: { witnessHours: 12 } })
    expect(actOfPolicy(state, date, values({ witnessHours: 36 }), fresh)).toMatchObject({ type: 'policy.put', body: { witnessHours: 36, replaces: [strict.id] } })
    expect(actOfPolicy(state, date, values({ witnessHours: 12, idleLockMinutes: 20 }), fresh)).toBe('mixed')
    const away = change(council, 'a', [...council.founding, strict], founded)
    expect([away.event.type, Object.keys(away.event.body as object).includes('witnessHours')]).toEqual(['policy.put', false])
    expect([now([...council.founding, strict, away]).witnessHours, now([...council.founding, strict, away, council.vote('b', away)]).witnessHours]).toEqual([24, null])
  })

  it('4.7 AU-13 from which value on a check passes is made stricter by one voice and looser by two, for the days that are its own', () => {
    const council = createCouncil(['a', 'b'])
    const strict = change(council, 'a', council.founding, values({ lockMinutes: 5, freeGigabytes: 4 }))
    expect([strict.event.type, (strict.event.body as DevicePolicy).thresholds]).toEqual(['policy.tighten', { lockMinutes: 5, freeGigabytes: 4 }])
    const after = [...council.founding, strict]
    expect(now(after)).toEqual(values({ lockMinutes: 5, freeGigabytes: 4 }))
    const loose = change(council, 'a', after, values({ lockMinutes: 30, freeGigabytes: 4 }))
    expect([loose.event.type, (loose.event.body as DevicePolicy).thresholds]).toEqual(['policy.put', { lockMinutes: 30, freeGigabytes: 4 }])
    expect([now([...after, loose]).lockMinutes, now([...after, loose, council.vote('b', loose)]).lockMinutes]).toEqual([5, 30])
    const usual = change(council, 'a', after, founded)
    expect(Object.keys(usual.event.body as object)).not.toContain('thresholds')
    expect(now([...after, usual, council.vote('b', usual)])).toEqual(founded)
    for (const [odd, what] of [[{ lockMinutes: 0 }, 'out-of-range'], [{ lockMinutes: 61 }, 'out-of-range'], [{ rebootDays: 1.5 }, 'out-of-range'], [{ rebootDays: 0 }, 'policy.tighten'], [{ freeGigabytes: 2 }, 'policy.tighten'], [{ clockMinutes: 6 }, 'policy.put']] as const) {
      const act = actOfPolicy(reduceAuthority(council.founding), date, values(odd), fresh)
      expect([odd, typeof act === 'string' ? act : act.type]).toEqual([odd, what])
    }
    expect(changesOfAct(reduceAuthority(council.founding), date, { type: 'policy.tighten', body: strict.event.body })).toEqual([
      { kind: 'value', field: 'lockMinutes', before: 15, after: 5, isLooser: false },
      { kind: 'value', field: 'freeGigabytes', before: 1, after: 4, isLooser: false },
    ])
  })

  it('4.7 AU-3 tightenings of values add up to the strictest, in any order', () => {
    const council = createCouncil(['a', 'b'])
    const acts = [{ lockMinutes: 10, patchDays: 20 }, { lockMinutes: 5 }, { patchDays: 25, rebootDays: 3 }].map((thresholds, i) => council.act('a', 'policy.tighten', { id: `t${i}`, consentFor: [], sessionHours: null, idleLockMinutes: null, recoveryHours: null, thresholds }))
    fc.assert(fc.property(fc.shuffledSubarray(acts, { minLength: acts.length }), (order) => {
      expect(now([...order, ...council.founding])).toEqual(values({ lockMinutes: 5, patchDays: 20, rebootDays: 3 }))
    }))
  })

  it('4.7 AU-22 a value of no check, or outside what makes sense, leaves the whole change without effect', () => {
    const council = createCouncil(['a', 'b'])
    for (const thresholds of [{ lockMinutes: 0 }, { lockMinutes: '5' }, { screenMinutes: 5 }, null]) expect([thresholds, now([...council.founding, council.act('a', 'policy.tighten', { id: 't', consentFor: [], sessionHours: 1, idleLockMinutes: null, recoveryHours: null, thresholds } as never)])]).toEqual([thresholds, founded])
  })

  it('3.1 AU-19 a stricter witness rule stands for what is approved from then on, and for its own days where it was replaced', () => {
    const council = createCouncil(['a', 'b'])
    const put = council.act('b', 'policy.tighten', { id: 't', consentFor: [], sessionHours: null, idleLockMinutes: null, recoveryHours: null, witnessHours: 12 })
    const wider = (from: string, replaces: readonly string[]): KnownEvent => council.act('a', 'policy.put', { ...policyOf([]), id: `from ${from}`, from, witnessHours: 36, replaces })
    const [sooner, later, other] = [wider('2026-10-10', [put.id]), wider('2026-10-20', [put.id]), wider('2026-10-15', [])]
    const of = (...acts: readonly KnownEvent[]) => reduceAuthority([...council.founding, ...acts])
    const since = put.event.hlc.ms
    expect(of(put).witnessTightenings).toEqual([{ since, until: null, hours: 12 }])
    expect(of(put).policies.get('policy')?.witnessHours).toBeUndefined()
    expect(of(put, later).witnessTightenings).toEqual([{ since, until: null, hours: 12 }])
    const both = of(put, later, sooner, other, council.vote('b', later), council.vote('b', sooner), council.vote('b', other))
    expect(both.witnessTightenings).toEqual([{ since, until: '2026-10-10', hours: 12 }])
    expect(['2026-10-09', '2026-10-10'].map((day) => policyOn(both, day)?.witnessHours)).toEqual([12, 36])
  })

  it('3.1 AU-18 deciding, exporting and changing who may do what are confirmed whatever is put, and no proposal frees them', () => {
    const council = createCouncil(['a', 'b'])
    const state = reduceAuthority(council.founding)
    for (const name of always) expect([name, actOfPolicy(state, date, values({ confirmed: founded.confirmed.filter((one) => one !== name) }), fresh)]).toEqual([name, 'always-confirmed'])
    const put = council.act('a', 'policy.put', policyOf([]))
    const freed = reduceAuthority([...council.founding, put, council.vote('b', put)]).policies.get('policy')
    expect(freed?.consentFor).toEqual(alwaysConfirmed.toSorted())
    expect(groupsOf(freed?.consentFor ?? [])).toEqual(always)
    expect(changesOfAct(state, date, { type: 'policy.put', body: policyOf([]) })).toEqual([{ kind: 'confirmed', acts: 'submit', isLooser: true }])
    // The founding, what a machine saw of a provider or of the storage, having read the rules and a word about one's own account change nobody's rights.
    expect(Object.keys(authoritySchemas).filter((type) => changesAuthority(type) && !isConfirmed(alwaysConfirmed, type))).toEqual(['workspace.genesis', 'genesis.confirm', 'workspace.root', 'device-rules.acknowledge', 'idp.key', 'identity.claim', 'authority.current', 'brake.lift'])
  })

  it('4.7 AU-13 what devices are asked before acts is added by one voice and dropped by two, rule by rule', () => {
    const council = createCouncil(['a', 'b'])
    const asking = change(council, 'a', council.founding, values({ asked: ['decide'] }))
    expect(asking.event).toMatchObject({ type: 'policy.tighten', body: { consentFor: [], rules: [standardRules.decide] } })
    const asked = [...council.founding, asking]
    expect(now(asked).asked).toEqual(['decide'])
    expect(changesOfAct(reduceAuthority(council.founding), date, asking.event)).toEqual([{ kind: 'asked', rule: 'decide', isLooser: false }])
    const dropping = change(council, 'b', asked, values({ asked: ['export'] }))
    expect(dropping.event).toMatchObject({ type: 'policy.put', body: { kind: 'enforced', rules: [standardRules.export], replaces: [asking.id] } })
    expect(now([...asked, dropping]).asked).toEqual(['decide'])
    expect(now([...asked, dropping, council.vote('a', dropping)]).asked).toEqual(['export'])
    expect(changesOfAct(reduceAuthority(asked), date, dropping.event)).toEqual([{ kind: 'asked', rule: 'decide', isLooser: true }, { kind: 'asked', rule: 'export', isLooser: false }])
    // A rule that is none of the standard ones stays, and that it changes is said.
    const own = { ...standardRules.decide, id: 'own', graceDays: 3 }
    const put = council.act('a', 'policy.put', { ...policyOf([]), rules: [own] })
    const kept = [...council.founding, put, council.vote('b', put)]
    expect(change(council, 'a', kept, { ...now(kept), idleLockMinutes: 60 }).event).toMatchObject({ type: 'policy.put', body: { kind: 'enforced', rules: [own] } })
    expect(changesOfAct(reduceAuthority(council.founding), date, put.event)).toContainEqual({ kind: 'own-rule', rule: own, isLooser: false })
  })

  it('4.7 AU-13 a rule that the town made is added by one voice and dropped by two, and said whole both times', () => {
    const council = createCouncil(['a', 'b'])
    const [first, second] = towns as [ActRule, ActRule]
    const making = change(council, 'a', council.founding, values({ own: [first], asked: ['decide'] }))
    expect(making.event).toMatchObject({ type: 'policy.tighten', body: { rules: [standardRules.decide, first] } })
    const made = [...council.founding, making]
    expect([now(made).own, now(made).asked]).toEqual([[first], ['decide']])
    expect(changesOfAct(reduceAuthority(council.founding), date, making.event)).toEqual([{ kind: 'asked', rule: 'decide', isLooser: false }, { kind: 'own-rule', rule: first, isLooser: false }])
    const dropping = change(council, 'b', made, values({ own: [second], asked: ['decide'] }))
    expect(dropping.event.type).toBe('policy.put')
    expect(changesOfAct(reduceAuthority(made), date, dropping.event)).toEqual([{ kind: 'own-rule', rule: first, isLooser: true }, { kind: 'own-rule', rule: second, isLooser: false }])
    expect([now([...made, dropping]).own, now([...made, dropping, council.vote('a', dropping)]).own]).toEqual([[first], [second]])
  })

  it('3.1 AU-13 acts that need the PIN are added by one voice and freed by two, and what belongs to no group stays as it was put', () => {
    const council = createCouncil(['a', 'b'])
    const founding = council.founding.map((known) => (known.event.type === 'policy.put' ? { ...known, event: { ...known.event, body: policyOf(['draft.attach', 'number.block', 'document.*']) } } : known))
    expect(now(founding).confirmed).toEqual(confirmed('submit'))
    expect(actOfPolicy(reduceAuthority(founding), date, { ...now(founding), confirmed: confirmed('submit', 'file') }, fresh)).toMatchObject({ type: 'policy.tighten', body: { consentFor: ['record.file'] } })
    const act = actOfPolicy(reduceAuthority(founding), date, { ...now(founding), confirmed: confirmed('file') }, fresh)
    if (typeof act === 'string' || act.type !== 'policy.put') throw new Error('a proposal is expected')
    // The pattern of a whole noun that covered the freed group goes with it, and that is told.
    expect(chosenOf(act.body.consentFor)).toEqual(['draft.attach', 'number.block', 'record.file'])
    expect(changesOfAct(reduceAuthority(founding), date, act)).toEqual([
      { kind: 'confirmed', acts: 'submit', isLooser: true },
      { kind: 'confirmed', acts: 'file', isLooser: false },
      { kind: 'confirmed-type', type: 'document.*', isLooser: true },
    ])
  })

  it('3.1 AU-13 whoever gives the second voice is told of what no screen changes', () => {
    const state = reduceAuthority(createCouncil(['a', 'b']).founding)
    const body = { ...policyOf(['draft.attach', 'document.submit']), withheld: [{ employment: 'contractor', acts: ['document.export'] }], to: '2026-12-31', idleLockMinutes: 9 }
    expect(changesOfAct(state, date, { type: 'policy.put', body })).toEqual([
      { kind: 'value', field: 'idleLockMinutes', before: 10, after: 9, isLooser: false },
      { kind: 'confirmed-type', type: 'draft.attach', isLooser: false },
      { kind: 'other', name: 'to', isLooser: true },
      { kind: 'other', name: 'withheld', isLooser: true },
    ])
  })

  it('3.1 AU-13 says value by value what it would change, the same for the page and for the window', () => {
    fc.assert(
      fc.property(anyValues, anyValues, (before, after) => {
        const council = createCouncil(['a', 'b'])
        const { witnessHours, policyLagHours, contactDays, massDocuments, confirmed: groups, asked, own, idleLockMinutes, sessionHours, recoveryHours, silentHours, ...thresholds } = before
        const numbers = { idleLockMinutes, sessionHours, recoveryHours, silentHours, massDocuments, thresholds }
        const consentFor = confirmedGroups.flatMap(({ name, patterns }) => (groups.includes(name) ? patterns : []))
        const founding = council.founding.map((known) => (known.event.type === 'policy.put' ? { ...known, event: { ...known.event, body: { ...policyOf(consentFor), ...numbers, rules: [...own, ...asked.map((name) => standardRules[name])], ...(witnessHours === null ? {} : { witnessHours }), ...(policyLagHours === null ? {} : { policyLagHours }), ...(contactDays === null ? {} : { contactDays }) } } } : known))
        const state = reduceAuthority(founding)
        const act = actOfPolicy(state, date, after, fresh)
        const changes = policyChanges(before, after)
        const isLooser = changes.some((one) => one.isLooser)
        if (act === 'mixed') return void expect([isLooser, changes.filter((one) => one.kind === 'value' && one.field === 'witnessHours').map((one) => one.isLooser)]).toEqual([true, [false]])
        if (typeof act === 'string') return void expect([act, changes]).toEqual(['nothing-changes', []])
        expect(changesOfAct(state, date, act)).toEqual(changes)
        expect(act.type).toBe(isLooser ? 'policy.put' : 'policy.tighten')
        const done = act.type === 'policy.put' ? council.act('a', act.type, act.body) : council.act('a', act.type, act.body)
        expect(now([...founding, done, ...(isLooser ? [council.vote('b', done)] : [])])).toEqual(after)
      }),
      { seed: 31, numRuns: 300 },
    )
  })

  it('3.1 AU-13 AU-3 loosening takes the place of the tightenings it knew; one made at the same time goes on to hold, in any order', () => {
    const council = createCouncil(['a', 'b'])
    const strict = change(council, 'a', council.founding, values({ idleLockMinutes: 5, witnessHours: 24, confirmed: confirmed('submit', 'file') }))
    const known = [...council.founding, strict]
    const stricter = now(known)
    expect(stricter).toEqual(values({ idleLockMinutes: 5, witnessHours: 24, confirmed: confirmed('submit', 'file') }))
    const loose = change(council, 'a', known, { ...stricter, idleLockMinutes: 30, witnessHours: null, confirmed: confirmed() })
    const beside = change(council, 'b', known, { ...stricter, idleLockMinutes: 4, witnessHours: 12, confirmed: confirmed('submit', 'file', 'numbers') })
    const voice = council.vote('b', loose)
    const orders = fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 })
    const of = (acts: readonly KnownEvent[], order: readonly number[]): PolicyValues => now([...shuffled(acts, order), ...council.founding])
    fc.assert(
      fc.property(orders, (order) => {
        expect(of([strict, loose, voice, beside], order)).toEqual(values({ idleLockMinutes: 4, witnessHours: 12, confirmed: confirmed('numbers') }))
        expect(of([strict, loose, voice], order)).toEqual(values({ idleLockMinutes: 30, confirmed: confirmed() }))
        expect(of([strict, loose], order)).toEqual(stricter)
      }),
      { seed: 13, numRuns: 100 },
    )
  })

  it('3.1 AU-3 AU-13 AU-18 whatever two administrators tighten and loosen at the same time, every order ends the same, and nothing is looser than what was not replaced', () => {
    const move = fc.record({ by: fc.constantFrom('a', 'b'), to: anyValues, sees: fc.nat(5), voice: fc.boolean() })
    fc.assert(
      fc.property(fc.array(move, { minLength: 1, maxLength: 6 }), fc.array(fc.nat(1000), { minLength: 12, maxLength: 12 }), (moves, order) => {
        const council = createCouncil(['a', 'b'])
        const acts: KnownEvent[] = []
        for (const { by, to, sees, voice } of moves) {
          const seen = [...council.founding, ...acts.slice(0, sees)]
          const act = actOfPolicy(reduceAuthority(seen), date, to, fresh)
          if (typeof act === 'string') continue
          const done = act.type === 'policy.put' ? council.act(by, act.type, act.body) : council.act(by, act.type, act.body)
          acts.push(done)
          if (voice && act.type === 'policy.put') acts.push(council.vote(by === 'a' ? 'b' : 'a', done))
        }
        const end = reduceAuthority([...council.founding, ...acts])
        const policy = policyOn(end, date) as DevicePolicy
        // The clocks tell only which of two values that were put stands; the acts keep theirs.
        const arrived = [...acts].map((known, i) => ({ known, at: order[i] ?? 0 })).sort((x, y) => x.at - y.at).map(({ known }) => known)
        expect(policyOn(reduceAuthority([...arrived, ...council.founding]), date)).toEqual(policy)
        for (const act of acts.filter(({ id }) => end.tightenings.includes(id))) expect(changesOfAct(end, date, act.event)).toEqual([] satisfies readonly PolicyChange[])
        expect(groupsOf(policy.consentFor)).toEqual(expect.arrayContaining([...always]))
      }),
      { seed: 18, numRuns: 300 },
    )
  })
})
