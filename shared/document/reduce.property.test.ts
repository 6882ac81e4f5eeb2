import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { KnownEvent } from '../log/event.ts'
import { parseDocumentEvent, type DocumentEvent } from './events.ts'
import { mayAct, type ActingRules } from './may.ts'
import { reduceDocument } from './reduce.ts'
import type { DocumentRules } from './rules.ts'
import { createWorld, sampleBlob, sampleSha, sampleSubmit, submitted, type Replica } from './testing/replica.ts'

const rules: DocumentRules = { mergeSamePerson: () => true, mayProxy: (principal, acting) => principal === 'p3' && acting === 'p1', mayPass: () => false, witnessMs: () => null }

function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length < 2) return [items]
  return items.flatMap((item, i) => permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]))
}

/** What someone may try, allowed or not; `learnFrom` makes knowledge flow. */
type Move =
  | { readonly kind: 'learn'; readonly who: number; readonly from: number }
  | { readonly kind: 'act'; readonly who: number; readonly what: number; readonly revision: number; readonly step: number }

const move: fc.Arbitrary<Move> = fc.oneof(
  fc.record({ kind: fc.constant('learn' as const), who: fc.nat(3), from: fc.nat(3) }),
  fc.record({ kind: fc.constant('act' as const), who: fc.nat(3), what: fc.nat(10), revision: fc.integer({ min: 1, max: 3 }), step: fc.integer({ min: 1, max: 3 }) }),
)

function play(moves: readonly Move[]): readonly KnownEvent[] {
  const world = createWorld()
  const drafter = submitted(world)
  const replicas = [drafter, ...[1, 2, 3].map((n) => world.replica(`m${n}`, `person-${n}`, `p${n}`))]
  for (const replica of replicas.slice(1)) replica.learn(drafter)
  for (const one of moves) {
    const who = replicas[one.who] as Replica
    if (one.kind === 'learn') who.learn(replicas[one.from] as Replica)
    else tryAct(who, one)
  }
  return [...new Map(replicas.flatMap((replica) => [...replica.known])).values()]
}

function tryAct(who: Replica, { what, revision: n, step: s }: Extract<Move, { kind: 'act' }>): void {
  const revision = sampleSha(n)
  const step = `s${s}`
  switch (what) {
    case 0: case 1: case 2: return void who.act('decision.approve', { revision, step, comment: '', ...(n === 3 ? { also: [{ step: 's2', position: 'p2' }] } : {}) })
    case 3: return void who.act('decision.return', { revision, step, reason: 'r' })
    case 4: return void who.act('decision.refuse', { revision, step, reason: 'r' })
    case 5: return void who.act('document.withdraw', { revision, reason: 'r' })
    case 6: return void who.act('document.submit', sampleSubmit(n))
    case 7: return void who.act('record.file', { volume: `v${s}`, eventDate: '2026-10-01', basis: 'decision' })
    case 8: return void who.act('draft.abandon', { reason: 'r' })
    case 9: return void who.act('draft.adopt', { of: n === 1 ? 'person-1' : 'drafter', reason: 'r' })
    default:
      who.act('draft.cover', { field: 'title', value: `${n}` })
      who.act('rendition.append', { revision, file: sampleBlob(100 + n * 10 + s), previous: s === 1 ? null : sampleSha(100 + n * 10 + s - 1), step })
  }
}

describe('a state is a function of the set of events', () => {
  it('2.10 every order of concurrent acts gives the same state', () => {
    const build = (): readonly Replica[] => {
      const world = createWorld()
      const drafter = submitted(world)
      const at = (n: number, name: string, from: Replica): Replica => {
        const replica = world.replica(name, `person-${n}`, `p${n}`)
        replica.learn(from)
        return replica
      }
      const one = at(1, 'one', drafter)
      one.act('decision.approve', { revision: sampleSha(1), step: 's1', comment: '' })
      const [a, b] = [at(2, 'a', one), at(2, 'b', one)]
      a.act('decision.approve', { revision: sampleSha(1), step: 's2', comment: '' })
      b.act('decision.return', { revision: sampleSha(1), step: 's2', reason: 'r' })
      drafter.act('document.withdraw', { revision: sampleSha(1), reason: 'r' })
      return [drafter, a, b]
    }
    const events = [...new Map(build().flatMap((replica) => [...replica.known])).values()]
    expect(events).toHaveLength(7)
    const expected = reduceDocument(events, rules)
    expect(expected.stage).toBe('needs-decision')
    const told = JSON.stringify(expected)
    expect(permutations(events)).toHaveLength(5040)
    expect(new Set(permutations(events).map((order) => JSON.stringify(reduceDocument(order, rules))))).toEqual(new Set([told]))
  })

  it('2.10 any history, told in any order and with repetitions, gives the same state', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 30 }), fc.infiniteStream(fc.nat()), (moves, noise) => {
        const events = play(moves)
        const shuffled = [...events, ...events.slice(0, 3)]
          .map((event) => ({ event, key: noise.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ event }) => event)
        expect(reduceDocument(shuffled, rules)).toEqual(reduceDocument(events, rules))
      }),
      { seed: 20261001, numRuns: 300 },
    )
  })

  it('2.10 no act is lost: each counts or is kept with the reason', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 30 }), (moves) => {
        const events = play(moves)
        const state = reduceDocument(events, rules)
        const conflicts = new Set(state.conflicts.map(({ event }) => event))
        for (const act of state.acts) expect(act.counted).toBe(!conflicts.has(act.event))
        expect(state.acts).toHaveLength(events.filter(({ event }) => /^decision\.|withdraw/.test(event.type)).length)
        if (state.stage === 'decided') expect(state.current?.steps.every((step) => step.status === 'approved')).toBe(true)
        if (state.stage === 'needs-decision') expect(state.openQuestion).not.toBeNull()
      }),
      { seed: 20261002, numRuns: 300 },
    )
  })

  it('2.10 what may.ts allows counts at once, and an act it allowed is never rejected later', () => {
    let tried = 0
    fc.assert(
      fc.property(fc.array(move, { minLength: 12, maxLength: 40 }), (moves) => {
        const world = createWorld()
        const drafter = submitted(world)
        const replicas = [drafter, ...[1, 2, 3].map((n) => world.replica(`m${n}`, `person-${n}`, `p${n}`))]
        const accepted = new Set<string>()
        for (const replica of replicas.slice(1)) replica.learn(drafter)
        for (const one of moves) {
          const who = replicas[one.who] as Replica
          if (one.kind === 'learn') who.learn(replicas[one.from] as Replica)
          else for (const event of allowed(who, one)) accepted.add(event)
        }
        tried += accepted.size
        const events = [...new Map(replicas.flatMap((replica) => [...replica.known])).values()]
        const late = new Set(['unknown-revision', 'superseded-revision', 'step-not-open', 'position-not-on-step', 'merge-not-allowed', 'not-in-this-stage', 'edit-after-decision'])
        const rejected = reduceDocument(events, strict).conflicts.filter(({ why }) => late.has(why)).map(({ event }) => event)
        expect(rejected.filter((event) => accepted.has(event))).toEqual([])
      }),
      { seed: 20261003, numRuns: 200 },
    )
    expect(tried).toBeGreaterThan(300)
  })
})

const strict: DocumentRules = { mergeSamePerson: () => false, mayProxy: () => false, mayPass: () => false, witnessMs: () => null }

const acting: ActingRules = {
  appointments: [0, 1, 2, 3].map((n) => ({ id: `a${n}`, person: n === 0 ? 'd' : `person-${n}`, position: `p${n}`, kind: 'primary', from: '2026-04-01', to: null })),
  positions: [0, 1, 2, 3].map((n) => ({ id: `p${n}`, title: '', titleEn: '', section: 's', superior: null, mayDecide: true })),
  table: { id: 't', title: '', classes: [], escalatingFlags: [], concurrenceMode: 'consent', mergeSamePerson: false, senderPosition: 'p3', from: '2026-04-01', to: null },
}

type Probe = { readonly type: string; readonly body: unknown; readonly act: DocumentEvent } | null

/** What a drawn act writes first, read once: it does not depend on who acts. */
const probes = Array.from({ length: 9 * 3 * 3 }, (_, n): Probe => {
  const draft = createWorld().replica('probe', 'p', 'p')
  tryAct(draft, { kind: 'act', who: 0, what: Math.floor(n / 9), revision: 1 + (Math.floor(n / 3) % 3), step: 1 + (n % 3) })
  const [written] = draft.events()
  const parsed = written ? parseDocumentEvent(written.event) : null
  return written && parsed?.ok && parsed.value ? { type: written.event.type, body: written.event.body, act: parsed.value } : null
})

/** The first act that is allowed, starting at the one drawn; what is written must count in the writer's own eyes. */
function allowed(who: Replica, drawn: Extract<Move, { kind: 'act' }>): readonly string[] {
  const before = reduceDocument(who.events(), strict)
  const person = { id: who.person, familyName: '', givenName: '', reading: '', employment: 'regular' as const }
  for (let i = 0; i < 81; i++) {
    const probe = probes[9 * ((drawn.what + Math.floor(i / 9)) % 9) + 3 * ((drawn.revision + i) % 3) + ((drawn.step + Math.floor(i / 3)) % 3)]
    if (!probe || mayAct(before, probe.act, { person, position: who.position, date: '2026-10-01' }, acting).outcome !== 'pass') continue
    const { id } = who.write(probe.type, probe.body)
    expect(reduceDocument(who.events(), strict).conflicts.map((conflict) => conflict.event)).not.toContain(id)
    return [id]
  }
  return []
}
