import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { reduceDocument } from './reduce.ts'
import type { DocumentRules } from './rules.ts'
import { createWorld, sampleBlob, sampleRoute, sampleSha, sampleSubmit, submitted, type Replica, type World } from './testing/replica.ts'

const strict: DocumentRules = { mergeSamePerson: () => false, mayProxy: () => false, mayPass: () => false, witnessMs: () => null }
const revision = sampleSha(1)

function stateOf(...replicas: readonly Replica[]) {
  const all = new Map(replicas.flatMap((replica) => [...replica.known]))
  return reduceDocument([...all.values()], strict)
}

function at(world: World, drafter: Replica, n: number, name = `m${n}`): Replica {
  const replica = world.replica(name, `person-${n}`, `p${n}`)
  replica.learn(drafter)
  return replica
}

const approve = (n: number) => ({ revision, step: `s${n}`, comment: '' })
const because = (n: number) => ({ revision, step: `s${n}`, reason: '理由' })

describe('the way of a document', () => {
  it('2.10 goes from draft through its steps to decided and filed', () => {
    const world = createWorld()
    const drafter = submitted(world)
    expect(stateOf(drafter).stage).toBe('in-route')
    const one = at(world, drafter, 1)
    one.act('decision.approve', { ...approve(1), comment: '異議なし' })
    expect(stateOf(one).current?.steps.map((step) => step.status)).toEqual(['approved', 'open', 'waiting'])
    const two = at(world, one, 2)
    two.act('decision.approve', approve(2))
    const three = at(world, two, 3)
    const last = three.act('decision.approve', approve(3))
    const decided = stateOf(three)
    expect(decided).toMatchObject({ stage: 'decided', decidedAt: last.event.at, conflicts: [] })
    expect(decided.current?.steps[0]?.act?.text).toBe('異議なし')
    drafter.learn(three)
    drafter.act('record.file', { volume: 'v1', eventDate: '2026-10-01', basis: 'decision' })
    expect(stateOf(drafter)).toMatchObject({ stage: 'filed', filed: { volume: 'v1' } })
  })

  it('2.9 keeps concurrent different values of a field until a person chooses', () => {
    const world = createWorld()
    const a = world.replica('a', 'd', 'p0')
    a.act('draft.create', { form: 't1', collection: 'c1' })
    const b = world.replica('b', 'd', 'p0')
    b.learn(a)
    a.act('draft.cover', { field: 'title', value: '甲案' })
    b.act('draft.cover', { field: 'title', value: '乙案' })
    b.act('draft.cover', { field: 'title', value: '乙案改' })
    expect(stateOf(a, b).cover['title']).toEqual({ values: ['甲案', '乙案改'], conflict: true, by: [[{ person: 'd', at: '2026-10-01T00:02:00.000Z' }], [{ person: 'd', at: '2026-10-01T00:04:00.000Z' }]] })
    a.learn(b)
    a.act('draft.cover', { field: 'title', value: '決まり' })
    expect(stateOf(a, b).cover['title']).toEqual({ values: ['決まり'], conflict: false, by: [] })
  })

  it('2.9 removes an attachment only where its adding was known', () => {
    const world = createWorld()
    const a = world.replica('a', 'd', 'p0')
    a.act('draft.create', { form: 't1', collection: 'c1' })
    const attachment = (id: string) => ({ attachment: { id, name: `${id}.pdf`, mediaType: 'application/pdf', size: 1, sha256: sampleSha(7), blob: sampleBlob(7) } })
    a.act('draft.attach', attachment('x'))
    const b = world.replica('b', 'd', 'p0')
    b.learn(a)
    a.act('draft.detach', { id: 'x' })
    b.act('draft.attach', attachment('y'))
    expect(stateOf(a, b).attachments.map(({ id }) => id)).toEqual(['y'])
  })

  it('2.6c keeps events of unknown types and shows them', () => {
    const world = createWorld()
    const drafter = submitted(world)
    const strange = drafter.write('document.weigh', { grams: 3 })
    expect(stateOf(drafter).unknown.map(({ id }) => id)).toEqual([strange.id])
    expect(stateOf(drafter).stage).toBe('in-route')
  })
})

describe('concurrent acts', () => {
  it('2.10 D-09 return wins over a concurrent approval of the same step, which is kept and shown', () => {
    const world = createWorld()
    const drafter = submitted(world)
    const one = at(world, drafter, 1)
    one.act('decision.approve', approve(1))
    const a = at(world, one, 2, 'a')
    const b = at(world, one, 2, 'b')
    const lost = a.act('decision.approve', approve(2))
    const won = b.act('decision.return', because(2))
    const state = stateOf(a, b)
    expect(state.stage).toBe('returned')
    expect(state.conflicts).toMatchObject([{ event: lost.id, why: 'lost-to-return', against: [won.id], person: 'person-2' }])
    expect(state.current?.steps.map((step) => step.status)).toEqual(['approved', 'returned', 'waiting'])
  })

  it('2.10 return wins over going forward, up to the decision', () => {
    const world = createWorld()
    const drafter = submitted(world)
    const a = at(world, drafter, 1, 'a')
    a.act('decision.approve', approve(1))
    const two = at(world, a, 2)
    two.act('decision.approve', approve(2))
    const three = at(world, two, 3)
    three.act('decision.approve', approve(3))
    const b = at(world, drafter, 1, 'b')
    b.act('decision.return', because(1))
    const state = stateOf(three, b)
    expect(state.stage).toBe('returned')
    expect(state.decidedAt).toBeNull()
    expect(state.conflicts).toHaveLength(3)
    expect(state.current?.steps.map((step) => step.status)).toEqual(['returned', 'needs-review', 'needs-review'])
  })

  it('2.10 refusal and withdrawal win over approval', () => {
    const world = createWorld()
    const drafter = submitted(world)
    const a = at(world, drafter, 1, 'a')
    a.act('decision.approve', approve(1))
    const b = at(world, drafter, 1, 'b')
    b.act('decision.refuse', because(1))
    expect(stateOf(a, b)).toMatchObject({ stage: 'refused', conflicts: [{ why: 'lost-to-refusal' }] })
    drafter.act('document.withdraw', { revision, reason: '誤り' })
    expect(stateOf(a, drafter)).toMatchObject({ stage: 'withdrawn', conflicts: [{ why: 'lost-to-withdrawal' }] })
  })

  it('2.10 approving the same step twice counts once', () => {
    const world = createWorld()
    const drafter = submitted(world)
    const a = at(world, drafter, 1, 'a')
    const b = at(world, drafter, 1, 'b')
    const first = a.act('decision.approve', approve(1))
    b.act('decision.approve', approve(1))
    const state = stateOf(b, a)
    expect(state.current?.steps[0]).toMatchObject({ status: 'approved', act: { event: first.id } })
    expect(state.conflicts).toMatchObject([{ why: 'same-step-twice', against: [first.id] }])
    expect(state.stage).toBe('in-route')
  })

  it('2.10 the principal wins over the proxy', () => {
    const rules: DocumentRules = { ...strict, mayProxy: (principal, acting) => principal === 'p3' && acting === 'p9' }
    const world = createWorld()
    const drafter = submitted(world)
    const one = at(world, drafter, 1)
    one.act('decision.approve', approve(1))
    const two = at(world, one, 2)
    two.act('decision.approve', approve(2))
    const proxy = world.replica('proxy', 'deputy', 'p9')
    proxy.learn(two)
    const byProxy = proxy.act('decision.approve', approve(3))
    expect(reduceDocument(proxy.events(), rules).current?.steps[2]).toMatchObject({ status: 'approved', act: { proxy: true } })
    const principal = at(world, two, 3)
    const own = principal.act('decision.approve', approve(3))
    principal.learn(proxy)
    const state = reduceDocument(principal.events(), rules)
    expect(state.current?.steps[2]?.act?.event).toBe(own.id)
    expect(state.conflicts).toMatchObject([{ event: byProxy.id, why: 'lost-to-principal' }])
    expect(stateOf(proxy).conflicts).toMatchObject([{ why: 'position-not-on-step' }])
  })

  it('2.10 asks a person when no rule ranks what happened, and a later word answers', () => {
    const world = createWorld()
    const drafter = submitted(world)
    const a = at(world, drafter, 1, 'a')
    a.act('decision.return', because(1))
    const b = at(world, drafter, 1, 'b')
    b.act('decision.refuse', because(1))
    expect(stateOf(a, b)).toMatchObject({ stage: 'needs-decision', openQuestion: 'mixed-closing' })
    a.learn(b)
    a.act('decision.refuse', because(1))
    const state = stateOf(a, b)
    expect(state.stage).toBe('refused')
    expect(state.conflicts.map(({ why }) => why)).toEqual(['lost-to-later-word', 'lost-to-later-word'])
  })

  it('2.10 two revisions submitted apart are an open question until one is withdrawn', () => {
    const world = createWorld()
    const drafter = submitted(world)
    drafter.act('document.withdraw', { revision, reason: '修正' })
    const a = world.replica('a', 'd', 'p0')
    const b = world.replica('b', 'd', 'p0')
    a.learn(drafter)
    b.learn(drafter)
    a.act('document.submit', sampleSubmit(2))
    b.act('document.submit', sampleSubmit(3))
    expect(stateOf(a, b)).toMatchObject({ stage: 'needs-decision', openQuestion: 'two-revisions' })
    a.learn(b)
    a.act('document.withdraw', { revision: sampleSha(3), reason: '重複' })
    const state = stateOf(a, b)
    expect(state.stage).toBe('in-route')
    expect(state.current?.sha256).toBe(sampleSha(2))
  })

  it('2.10 filing what was returned elsewhere is an open question', () => {
    const world = createWorld()
    const drafter = submitted(world, sampleRoute(1))
    const a = at(world, drafter, 1, 'a')
    const b = at(world, drafter, 1, 'b')
    a.act('decision.approve', approve(1))
    a.act('record.file', { volume: 'v1', eventDate: '2026-10-01', basis: 'decision' })
    b.act('decision.return', because(1))
    expect(stateOf(a, b)).toMatchObject({ stage: 'needs-decision', openQuestion: 'filed-and-closed' })
  })

  it('2.10 abandoning in one place and submitting in another is an open question', () => {
    const world = createWorld()
    const drafter = submitted(world)
    drafter.act('document.withdraw', { revision, reason: '修正' })
    const other = world.replica('other', 'd', 'p0')
    other.learn(drafter)
    drafter.act('draft.abandon', { reason: '中止' })
    other.act('document.submit', sampleSubmit(2))
    expect(stateOf(drafter)).toMatchObject({ stage: 'abandoned', abandoned: { reason: '中止' } })
    expect(stateOf(drafter, other)).toMatchObject({ stage: 'needs-decision', openQuestion: 'abandoned-elsewhere' })
  })
})

describe('acts that never count', () => {
  it('2.10 D-06 a new revision starts with no approvals', () => {
    const world = createWorld()
    const route = [{ id: 's1', order: 1, kind: 'concurrence', position: 'p1', title: '財政課長' }, { id: 's2', order: 2, kind: 'decide', position: 'p2', title: '町長' }] as const
    const drafter = submitted(world, route)
    const one = at(world, drafter, 1)
    one.act('decision.approve', approve(1))
    drafter.learn(one)
    drafter.act('document.withdraw', { revision, reason: '本文の修正' })
    drafter.act('draft.body', { update: new Uint8Array(Y.encodeStateAsUpdateV2(new Y.Doc())) })
    expect(stateOf(drafter).editedSinceRevision).toBe(true)
    drafter.act('document.submit', sampleSubmit(2, route))
    const state = stateOf(drafter)
    expect(state.current?.steps.map((step) => step.status)).toEqual(['open', 'waiting'])
    expect(state.revisions[0]?.steps[0]?.status).toBe('approved')
    one.learn(drafter)
    const late = one.act('decision.approve', approve(1))
    expect(stateOf(one).conflicts).toMatchObject([{ event: late.id, why: 'superseded-revision' }])
    expect(stateOf(one).current?.steps[0]?.status).toBe('open')
  })

  it('2.10 D-07 an edit or a new revision after the decision changes nothing and is kept', () => {
    const world = createWorld()
    const drafter = submitted(world, sampleRoute(1))
    const one = at(world, drafter, 1)
    one.act('decision.approve', approve(1))
    drafter.learn(one)
    drafter.act('draft.cover', { field: 'title', value: '書き換え' })
    drafter.act('document.submit', sampleSubmit(2))
    const state = stateOf(drafter)
    expect(state.stage).toBe('decided')
    expect(state.current?.sha256).toBe(revision)
    expect(state.cover['title']?.values).toEqual(['件名'])
    expect(state.conflicts.map(({ type, why }) => [type, why])).toEqual([
      ['draft.cover', 'edit-after-decision'],
      ['document.submit', 'edit-after-decision'],
    ])
  })

  it('2.12 what is filed is never changed: later edits, attachments and filings are kept without effect', () => {
    const world = createWorld()
    const drafter = submitted(world, sampleRoute(1))
    const one = at(world, drafter, 1)
    one.act('decision.approve', approve(1))
    one.act('record.file', { volume: 'v1', eventDate: '2026-10-01', basis: 'decision' })
    const before = stateOf(one)
    one.act('draft.cover', { field: 'title', value: '書き換え' })
    one.act('draft.attach', { attachment: { id: 'x', name: 'x.pdf', mediaType: 'application/pdf', size: 1, sha256: sampleSha(7), blob: sampleBlob(7) } })
    one.act('record.file', { volume: 'v2', eventDate: '2027-10-01', basis: 'decision' })
    one.act('document.withdraw', { revision, reason: '誤り' })
    const { conflicts, acts, ...after } = stateOf(one)
    expect(conflicts.map(({ why }) => why)).toEqual(['edit-after-decision', 'edit-after-decision', 'not-in-this-stage', 'not-in-this-stage'])
    expect(acts.filter((act) => act.counted)).toEqual(before.acts)
    expect({ ...after, conflicts: [], acts: before.acts }).toEqual(before)
  })

  it('2.10 acts out of turn, for an unknown revision, or of another position do not count', () => {
    const world = createWorld()
    const drafter = submitted(world)
    const two = at(world, drafter, 2)
    two.act('decision.approve', approve(2))
    two.act('decision.approve', { ...approve(1) })
    two.act('decision.approve', { revision: sampleSha(99), step: 's1', comment: '' })
    const state = stateOf(two)
    expect(state.conflicts.map(({ why }) => why)).toEqual(['step-not-open', 'position-not-on-step', 'unknown-revision'])
    expect(state.acts.every((act) => !act.counted)).toBe(true)
  })

  it('3.14 D-10 several steps at once are each the next one, as the position of each', () => {
    const causeOf = (also: readonly { readonly step: string; readonly position: string }[]): readonly string[] => {
      const world = createWorld()
      const one = at(world, submitted(world), 1)
      one.act('decision.approve', { ...approve(1), also })
      return reduceDocument(one.events(), { ...strict, mergeSamePerson: () => true }).conflicts.map(({ why }) => why)
    }
    expect(causeOf([{ step: 's2', position: 'p2' }, { step: 's3', position: 'p3' }])).toEqual([])
    expect(causeOf([{ step: 's3', position: 'p3' }])).toEqual(['step-not-open'])
    expect(causeOf([{ step: 's1', position: 'p1' }])).toEqual(['step-not-open'])
    expect(causeOf([{ step: 's2', position: 'p1' }])).toEqual(['position-not-on-step'])
  })

  it('3.14 nobody goes on with what they know to be refused', () => {
    const world = createWorld()
    const drafter = submitted(world)
    const one = at(world, drafter, 1)
    one.act('decision.approve', approve(1))
    const two = at(world, one, 2)
    two.act('decision.refuse', because(2))
    two.act('decision.approve', approve(2))
    expect(stateOf(two)).toMatchObject({ stage: 'refused', conflicts: [{ why: 'not-in-this-stage' }] })
  })

  it('2.10 D-10 one act satisfies two steps only where the rules say so and both positions are named', () => {
    const world = createWorld()
    const drafter = submitted(world)
    const one = at(world, drafter, 1)
    one.act('decision.approve', { ...approve(1), also: [{ step: 's2', position: 'p2' }] })
    expect(stateOf(one)).toMatchObject({ stage: 'in-route', conflicts: [{ why: 'merge-not-allowed' }] })
    const merged = reduceDocument(one.events(), { ...strict, mergeSamePerson: () => true })
    expect(merged.current?.steps.map((step) => step.status)).toEqual(['approved', 'approved', 'open'])
    expect(merged.conflicts).toEqual([])
  })
})

describe('the signed file', () => {
  it('2.11 where branches meet one line stays and the other marks are missing', () => {
    const world = createWorld()
    const route = sampleRoute(2).map((step) => ({ ...step, order: 1 }))
    const drafter = submitted(world, route)
    const a = at(world, drafter, 1)
    const b = at(world, drafter, 2)
    a.act('decision.approve', approve(1))
    a.act('rendition.append', { revision, file: sampleBlob(51), previous: null, step: 's1' })
    b.act('decision.approve', approve(2))
    b.act('rendition.append', { revision, file: sampleBlob(52), previous: null, step: 's2' })
    const forked = stateOf(a, b).rendition
    expect(forked).toMatchObject({ file: { sha256: sampleSha(51) }, marked: ['s1'], missing: ['s2'], branches: [sampleSha(52)] })
    b.learn(a)
    b.act('rendition.append', { revision, file: sampleBlob(53), previous: sampleSha(51), step: 's2' })
    expect(stateOf(a, b).rendition).toMatchObject({ file: { sha256: sampleSha(53) }, marked: ['s1', 's2'], missing: [] })
  })
})
