import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DevicePolicy, WitnessTightening } from '../authority/model.ts'
import { mayAct, type ActingRules } from './may.ts'
import { reduceDocument } from './reduce.ts'
import { rulesOf, type DocumentRules } from './rules.ts'
import type { DocumentState } from './state.ts'
import { createWorld, sampleBlob, sampleRoute, sampleSha, submitted, type Replica, type World } from './testing/replica.ts'

const hour = 60
const rules: DocumentRules = { mergeSamePerson: () => false, mayProxy: () => false, mayPass: () => false, witnessMs: () => 24 * hour * 60_000 }
const revision = sampleSha(1)

interface Town {
  readonly world: World
  readonly drafter: Replica
  readonly one: Replica
  readonly two: Replica
}

/** A document on its way through two steps; each person sits at a machine of their own and knows it. */
function town(): Town {
  const world = createWorld()
  const drafter = submitted(world, sampleRoute(2))
  const [one, two] = [world.replica('one', 'person-1', 'p1'), world.replica('two', 'person-2', 'p2')]
  one.learn(drafter)
  two.learn(drafter)
  return { world, drafter, one, two }
}

function all(...replicas: readonly Replica[]): DocumentState {
  return reduceDocument([...new Map(replicas.flatMap((replica) => [...replica.known])).values()], rules)
}

const approve = (who: Replica, step: string, more: { readonly confirms?: string } = {}) => who.act('decision.approve', { revision, step, comment: '', ...more })
const receive = (who: Replica, from: Replica) => {
  who.learn(from)
  return who.act('document.witness', { approvals: [] })
}
const steps = (state: DocumentState): readonly string[] => (state.current?.steps ?? []).map((step) => [step.status, step.act?.witness, step.held ? 'held' : ''].filter(Boolean).join(' '))
const whys = (state: DocumentState): readonly string[] => state.conflicts.map(({ why }) => why)

describe('approvals and who received them', () => {
  it('3.9 DC-10 DC-12 an approval waits until another seat refers to it, and is witnessed when that is in time', () => {
    const { world, one, two } = town()
    approve(one, 's1')
    expect(steps(all(one))).toEqual(['approved waiting', 'open'])
    one.act('document.open', { revision })
    expect(steps(all(one))).toEqual(['approved waiting', 'open'])
    world.pass(23 * hour)
    receive(two, one)
    expect(steps(all(two))).toEqual(['approved witnessed', 'open'])
    world.pass(48 * hour)
    two.act('document.open', { revision })
    expect(steps(all(two))).toEqual(['approved witnessed', 'open'])
  })

  it('3.9 DC-11 F34 an approval that nobody received in time is held: kept with its reason, its step open again, never void', () => {
    const { world, one, two } = town()
    const act = approve(one, 's1')
    world.pass(25 * hour)
    receive(two, one)
    const state = all(two)
    expect(steps(state)).toEqual(['open held', 'waiting'])
    expect(state.conflicts.map(({ event, why }) => [event, why])).toEqual([[act.id, 'late']])
    expect(state.acts).toMatchObject([{ kind: 'approve', counted: false, witness: 'late' }])
    expect(state.stage).toBe('in-route')
    const rejected = approve(two, 's2')
    expect(all(two).conflicts.find(({ event }) => event === rejected.id)?.why).toBe('step-not-open')
  })

  it('3.14 DC-11 who goes on is a witness by that act, each at their own time; whoever only edits is none', () => {
    const { world, one, two } = town()
    approve(one, 's1')
    two.learn(one)
    const three = world.replica('three', 'person-3', 'p2')
    three.learn(one)
    const editor = world.replica('editor', 'person-4', 'p4')
    editor.learn(one)
    editor.write('draft.cover', { field: 'title', value: '件名' })
    expect(steps(all(editor))).toEqual(['approved waiting', 'open'])
    world.pass(23 * hour)
    const early = approve(two, 's2')
    world.pass(2 * hour)
    const late = approve(three, 's2')
    expect(all(three).conflicts.map(({ event, why }) => [event, why])).toContainEqual([late.id, 'step-not-open'])
    const state = all(two, three)
    expect(state.conflicts.find(({ event }) => event === late.id)?.why).toBe('step-not-open')
    expect([state.stage, state.current?.steps[1]?.act?.event]).toEqual(['decided', early.id])
  })

  it('3.9 F34 one that comes to light later but was received in time by a third seat counts', () => {
    const { world, drafter, one, two } = town()
    approve(one, 's1')
    drafter.learn(one)
    drafter.act('document.open', { revision })
    world.pass(30 * hour)
    receive(two, one)
    expect(steps(all(two))).toEqual(['open held', 'waiting'])
    expect(steps(all(two, drafter))).toEqual(['approved witnessed', 'open'])
  })

  it('3.9 4.10 F33 an approval made with the clock set back is held as soon as anybody else refers to it', () => {
    const { world, one, two } = town()
    world.pass(48 * hour)
    two.act('document.open', { revision })
    world.pass(-36 * hour)
    approve(one, 's1')
    world.pass(36 * hour)
    expect(steps(all(one))).toEqual(['approved waiting', 'open'])
    receive(two, one)
    expect(steps(all(one, two))).toEqual(['open held', 'waiting'])
  })

  it('3.9 DC-13 one act of the same person on the same revision and step confirms it, and is itself waiting or witnessed', () => {
    const { world, one, two } = town()
    const first = approve(one, 's1')
    world.pass(25 * hour)
    receive(two, one)
    one.learn(two)
    approve(one, 's1', { confirms: first.id })
    expect([steps(all(one)), whys(all(one))]).toEqual([['approved waiting', 'open'], ['confirmed-again']])
    receive(two, one)
    expect(steps(all(two))).toEqual(['approved witnessed', 'open'])
    approve(two, 's2')
    expect(all(two).stage).toBe('decided')
  })

  it('3.9 DC-13 a confirmed decision keeps the day on which it was made, however often it is confirmed', () => {
    const { world, one, two } = town()
    approve(one, 's1')
    receive(two, one)
    const first = approve(two, 's2')
    world.pass(30 * hour)
    receive(one, two)
    two.learn(one)
    const second = approve(two, 's2', { confirms: first.id })
    world.pass(30 * hour)
    receive(one, two)
    two.learn(one)
    const third = approve(two, 's2', { confirms: second.id })
    receive(one, two)
    const state = all(one)
    expect(state.current?.steps[1]?.act).toMatchObject({ event: third.id, at: third.event.at, decidedAt: first.event.at })
    expect([state.stage, state.decidedAt]).toEqual(['decided', first.event.at])
    expect(state.acts.map(({ event, at, decidedAt }) => [event, decidedAt === at])).toEqual(expect.arrayContaining([[first.id, true], [second.id, false], [third.id, false]]))
    expect(new Set([first, second, third].map(({ event }) => event.at.slice(0, 10))).size).toBe(3)
  })

  it('3.9 it may be confirmed before anybody came late, also once it is decided; then the later word is shown', () => {
    const { world, one, two } = town()
    approve(one, 's1')
    receive(two, one)
    const last = approve(two, 's2')
    world.pass(30 * hour)
    const again = approve(two, 's2', { confirms: last.id })
    const state = all(two)
    expect([state.stage, steps(state), whys(state)]).toEqual(['decided', ['approved witnessed', 'approved waiting'], ['confirmed-again']])
    expect(state.current?.steps[1]?.act?.event).toBe(again.id)
    receive(one, two)
    expect([all(one).stage, steps(all(one))]).toEqual(['decided', ['approved witnessed', 'approved witnessed']])
  })

  it('3.9 nobody confirms what another approved, another step, or what was sent back', () => {
    const { world, one, two } = town()
    const first = approve(one, 's1')
    world.pass(25 * hour)
    receive(two, one)
    one.learn(two)
    const rejected = [two.act('decision.approve', { revision, step: 's1', comment: '', confirms: first.id }, { position: 'p1' }), approve(one, 's1', { confirms: 'nothing' })]
    const returned = world.replica('back', 'person-1', 'p1')
    returned.learn(one)
    returned.act('decision.return', { revision, step: 's1', reason: 'r' })
    rejected.push(approve(returned, 's1', { confirms: first.id }))
    const state = all(one, two, returned)
    for (const { id } of rejected) expect(state.conflicts.find(({ event }) => event === id)?.why).toMatch(/position-not-on-step|not-in-this-stage|lost-to-return/)
    expect(steps(state)[0]).toBe('returned not-needed')
  })

  it('3.14 DC-13 what confirms is refused for the person, the position, the step and the stage, each by itself', () => {
    const because = (act: { readonly id: string }, state: DocumentState): string | undefined => state.conflicts.find(({ event }) => event === act.id)?.why
    const { world, one, two } = town()
    const first = approve(one, 's1')
    two.learn(one)
    const other = two.act('decision.approve', { revision, step: 's1', comment: '', confirms: first.id }, { position: 'p1' })
    expect(because(other, all(one, two))).toBe('position-not-on-step')
    const proxies = { ...rules, mayProxy: () => true }
    const proxy = one.act('decision.approve', { revision, step: 's1', comment: '', confirms: first.id }, { position: 'p9' })
    expect(because(proxy, reduceDocument(one.events(), proxies))).toBe('position-not-on-step')
    const back = world.replica('back', 'person-1', 'p1')
    back.learn(one)
    back.act('decision.refuse', { revision, step: 's2', reason: 'r' }, { person: 'person-2', position: 'p2' })
    expect(because(approve(back, 's1', { confirms: first.id }), all(back))).toBe('not-in-this-stage')

    const both = createWorld()
    const drafter = submitted(both, sampleRoute(2).map((step) => ({ ...step, position: 'p1' })))
    const chief = both.replica('chief', 'person-1', 'p1')
    chief.learn(drafter)
    const own = approve(chief, 's1')
    expect(because(approve(chief, 's2', { confirms: own.id }), all(chief))).toBe('position-not-on-step')
    expect(because(approve(chief, 's1', { confirms: own.id }), all(chief))).not.toBe('position-not-on-step')
  })

  it('3.9 DC-12 a document filed on an approval that proves late becomes a question, and is filed again once it is confirmed', () => {
    const { world, one, two } = town()
    approve(one, 's1')
    receive(two, one)
    const last = approve(two, 's2')
    two.act('record.file', { volume: 'v1', eventDate: '2026-10-01', basis: 'decision' })
    expect(all(two).stage).toBe('filed')
    world.pass(25 * hour)
    receive(one, two)
    expect([all(one).stage, all(one).openQuestion]).toEqual(['needs-decision', 'filed-and-closed'])
    two.learn(one)
    approve(two, 's2', { confirms: last.id })
    expect(all(two).stage).toBe('filed')
  })

  it('3.9 a mark that is in the file stays the mark of the confirmed approval', () => {
    const { world, one, two } = town()
    const first = approve(one, 's1')
    one.act('rendition.append', { revision, file: sampleBlob(50), previous: null, step: 's1' })
    world.pass(25 * hour)
    receive(two, one)
    one.learn(two)
    approve(one, 's1', { confirms: first.id })
    expect(all(one).rendition).toMatchObject({ marked: ['s1'], missing: [] })
  })

  it('3.9 DC-14 without a rule of the town, and while the workspace has one active seat, nothing waits', () => {
    const policy: DevicePolicy = { id: 'p', kind: 'trial', title: '', consentFor: [], sessionHours: 12, idleLockMinutes: 10, from: '2026-01-01', to: null, witnessHours: 24 }
    const from = Date.parse('2026-10-05T00:00:00Z')
    const { witnessMs } = rulesOf([], { policies: [policy], tightenings: [], alone: [{ from: 0, to: from }] })
    expect([witnessMs(from - 1), witnessMs(from), rulesOf([]).witnessMs(from)]).toEqual([null, 86_400_000, null])
    const { witnessHours: _hours, ...before } = policy
    expect(rulesOf([], { policies: [before], tightenings: [], alone: [] }).witnessMs(from)).toBeNull()
    expect(rulesOf([], { policies: [{ ...before, to: '2026-10-06' }, { ...policy, id: 'q', from: '2026-10-07', witnessHours: 48 }], tightenings: [], alone: [] }).witnessMs(Date.parse('2026-10-07T00:00:00Z'))).toBe(172_800_000)
  })

  it('3.1 AU-19 a stricter rule is for what is approved from then on, and for the days until another policy takes its place', () => {
    const policy: DevicePolicy = { id: 'p', kind: 'trial', title: '', consentFor: [], sessionHours: 12, idleLockMinutes: 10, from: '2026-01-01', to: null, witnessHours: 24 }
    const since = Date.parse('2026-10-05T03:00:00Z')
    const hours = (tightenings: readonly WitnessTightening[], iso: string, of: DevicePolicy = policy): number | null => {
      const ms = rulesOf([], { policies: [of], tightenings, alone: [] }).witnessMs(Date.parse(iso))
      return ms === null ? null : ms / 3_600_000
    }
    const twelve: WitnessTightening = { since, until: null, hours: 12 }
    expect([hours([twelve], '2026-10-05T02:59:59Z'), hours([twelve], '2026-10-05T03:00:00Z'), hours([twelve], '2027-01-01T00:00:00Z')]).toEqual([24, 12, 12])
    expect([hours([twelve, { since, until: null, hours: 6 }], '2026-10-06T00:00:00Z'), hours([{ since, until: null, hours: 48 }], '2026-10-06T00:00:00Z')]).toEqual([6, 24])
    const { witnessHours: _none, ...none } = policy
    expect([hours([twelve], '2026-10-05T02:00:00Z', none), hours([twelve], '2026-10-06T00:00:00Z', none)]).toEqual([null, 12])
    // In Japan the eighth begins at three in the afternoon UTC of the seventh.
    const replaced = { ...twelve, until: '2026-10-08' }
    expect([hours([replaced], '2026-10-07T14:59:59Z'), hours([replaced], '2026-10-07T15:00:00Z')]).toEqual([12, 24])
  })
})

type Move = { readonly who: number; readonly what: number; readonly minutes: number }

/** People try to approve, confirm, return, open and receive, with hours between; what is allowed is not asked. */
function play(moves: readonly Move[]): readonly Replica[] {
  const { world, drafter, one, two } = town()
  const replicas = [drafter, one, two]
  for (const { who, what, minutes } of moves) {
    world.pass(minutes)
    const me = replicas[who] as Replica
    const step = who === 1 ? 's1' : 's2'
    const mine = me.events().findLast(({ event }) => event.type === 'decision.approve' && event.person === me.person)
    if (what < 3) approve(me, step)
    else if (what === 3 && mine) approve(me, step, { confirms: mine.id })
    else if (what === 4) me.act('decision.return', { revision, step, reason: 'r' })
    else if (what === 5) me.act('document.open', { revision })
    else if (what === 6) me.act('record.file', { volume: 'v1', eventDate: '2026-10-01', basis: 'decision' })
    else receive(me, replicas[(who + what) % 3] as Replica)
  }
  return replicas
}

const move: fc.Arbitrary<Move> = fc.record({ who: fc.nat(2), what: fc.nat(12), minutes: fc.constantFrom(0, 10, 20 * hour, 30 * hour, -10 * hour) })

describe('the witness rule is a function of the set of events', () => {
  it('3.9 any order of arrival gives the same state, and no approval is lost: it counts or is kept with the reason', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(fc.array(move, { maxLength: 24 }), fc.infiniteStream(fc.nat()), (moves, noise) => {
        const events = [...new Map(play(moves).flatMap((replica) => [...replica.known])).values()]
        const shuffled = events.map((event) => ({ event, key: noise.next().value as number })).sort((a, b) => a.key - b.key).map(({ event }) => event)
        const state = reduceDocument(events, rules)
        expect(reduceDocument(shuffled, rules)).toEqual(state)
        const conflicts = new Set(state.conflicts.map(({ event }) => event))
        for (const act of state.acts) expect(act.counted).toBe(!conflicts.has(act.event))
        for (const act of state.acts) if (act.witness === 'late') expect(act.counted).toBe(false)
        if (state.stage === 'decided') expect(state.current?.steps.every(({ act }) => act?.witness === 'waiting' || act?.witness === 'witnessed')).toBe(true)
        for (const { why } of state.conflicts) seen.add(why)
        for (const step of state.current?.steps ?? []) if (step.act) seen.add(step.act.witness)
      }),
      { seed: 20261130, numRuns: 400 },
    )
    expect([...seen]).toEqual(expect.arrayContaining(['late', 'confirmed-again', 'waiting', 'witnessed']))
  })

  it('3.9 what may.ts allows to be confirmed counts in the eyes of who confirmed it', () => {
    let tried = 0
    fc.assert(
      fc.property(fc.array(move, { maxLength: 24 }), (moves) => {
        for (const me of play(moves).slice(1)) {
          const before = reduceDocument(me.events(), rules)
          for (const step of before.current?.steps ?? []) {
            const confirms = (step.held ?? step.act)?.event
            const body = { revision, step: step.id, comment: '', ...(confirms === undefined ? {} : { confirms }) }
            const person = { id: me.person, familyName: '', givenName: '', reading: '', employment: 'regular' as const }
            if (confirms === undefined || mayAct(before, { type: 'decision.approve', body }, { person, position: me.position, date: '2026-10-01' }, acting).outcome !== 'pass') continue
            tried += 1
            const { id } = me.act('decision.approve', body)
            const after = reduceDocument(me.events(), rules)
            expect(after.conflicts.map(({ event }) => event)).not.toContain(id)
            break
          }
        }
      }),
      { seed: 20261131, numRuns: 300 },
    )
    expect(tried).toBeGreaterThan(50)
  })
})

const acting: ActingRules = {
  appointments: [0, 1, 2].map((n) => ({ id: `a${n}`, person: n === 0 ? 'd' : `person-${n}`, position: `p${n}`, kind: 'primary', from: '2026-04-01', to: null })),
  positions: [0, 1, 2].map((n) => ({ id: `p${n}`, title: '', titleEn: '', section: 's', superior: null, mayDecide: true })),
  table: { id: 't', title: '', classes: [], escalatingFlags: [], concurrenceMode: 'consent', mergeSamePerson: false, senderPosition: 'p2', from: '2026-04-01', to: null },
}
