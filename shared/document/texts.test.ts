import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { reduceDocument } from './reduce.ts'
import type { DocumentRules } from './rules.ts'
import { sharedDraft } from './testing/replica.ts'
import { firstTextId, textIdsPerLane } from './text-ids.ts'
import { largestTextUpdate, mostTextPieces, readTextUpdate } from './text-update.ts'

const rules: DocumentRules = { mergeSamePerson: () => false, mayProxy: () => false, mayPass: () => false, witnessMs: () => null }

/** An update that inserts one paragraph at the top under a clientID. */
function typed(text: string, client: number, before: readonly Uint8Array[] = []): Uint8Array<ArrayBuffer> {
  const doc = new Y.Doc()
  for (const update of before) Y.applyUpdateV2(doc, update)
  const known = Y.encodeStateVector(doc)
  doc.clientID = client
  const paragraph = new Y.XmlElement('paragraph')
  paragraph.insert(0, [new Y.XmlText(text)])
  doc.getXmlFragment('body').insert(0, [paragraph])
  return new Uint8Array(Y.encodeStateAsUpdateV2(doc, known))
}

function bodyOf(updates: readonly Uint8Array[]): string {
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdateV2(doc, update)
  return doc.getXmlFragment('body').toString()
}

const own = (name: string, n = 0): number => firstTextId(`${name}.1`) + n

function whys(events: Parameters<typeof reduceDocument>[0]): readonly string[] {
  return reduceDocument(events, rules).conflicts.map(({ event, why }) => `${event} ${why}`)
}

describe('whose clientIDs are whose', () => {
  it('3.9 DC-1 a lane owns a block of ids that its name alone tells, and no two lanes of a town share one', () => {
    const lanes = Array.from({ length: 500 }, (_, n) => `seat${n}.1`)
    const firsts = lanes.map(firstTextId)
    expect(new Set(firsts).size).toBe(500)
    for (const first of firsts) expect([first >= 2 ** 52, first + textIdsPerLane - 1 <= Number.MAX_SAFE_INTEGER, first % textIdsPerLane]).toEqual([true, true, 0])
    expect(firstTextId('seat0.1')).toBe(firsts[0])
  })
})

describe('updates of a text', () => {
  it('3.9 DC-2 an update in another lane’s name is kept, shown and never applied; deleting what the other wrote is no forgery', () => {
    const { clerk, colleague } = sharedDraft()
    const first = typed('朝の文', own('clerk'))
    clerk.act('draft.body', { update: first })
    colleague.learn(clerk)
    const forged = colleague.act('draft.body', { update: typed('偽の文', own('clerk', 1), [first]) })
    const doc = new Y.Doc()
    Y.applyUpdateV2(doc, first)
    doc.getXmlFragment('body').delete(0, 1)
    const state = reduceDocument(colleague.events(), rules)
    expect(bodyOf(state.bodyUpdates)).toContain('朝の文')
    expect(bodyOf(state.bodyUpdates)).not.toContain('偽の文')
    expect(whys(colleague.events())).toEqual([`${forged.id} text-not-own`])
    colleague.act('draft.body', { update: new Uint8Array(Y.encodeStateAsUpdateV2(doc, Y.encodeStateVectorFromUpdateV2(first))) })
    expect(bodyOf(reduceDocument(colleague.events(), rules).bodyUpdates)).toBe('')
  })

  it('3.9 DC-3 a draft begun with ids of nobody stays readable, and whoever saw one used does not use it', () => {
    const { clerk, colleague } = sharedDraft()
    clerk.act('draft.body', { update: typed('前からの文', 4711) })
    colleague.learn(clerk)
    const forged = colleague.act('draft.body', { update: typed('続きの文', 4711, [typed('前からの文', 4711)]) })
    colleague.act('draft.body', { update: typed('隣の文', own('colleague')) })
    expect(whys(colleague.events())).toEqual([`${forged.id} text-not-own`])
    expect(bodyOf(reduceDocument(colleague.events(), rules).bodyUpdates)).toMatch(/隣の文.*前からの文|前からの文.*隣の文/)
    const between = clerk.act('draft.body', { update: typed('間の番号', 2 ** 40) })
    expect(whys(clerk.events())).toEqual([`${between.id} text-not-own`])
  })

  it('3.9 DC-4 a huge update, one of very many pieces in few bytes, a truncated one and one that holds a document are refused before they are applied', () => {
    expect(readTextUpdate(new Uint8Array(largestTextUpdate + 1))).toEqual({ problem: 'text-too-large' })
    const many = new Y.Doc()
    many.clientID = own('clerk')
    many.getXmlFragment('body').insert(0, Array.from({ length: mostTextPieces + 1 }, () => new Y.XmlElement('ki')))
    const crowded = Y.encodeStateAsUpdateV2(many)
    expect(crowded.length).toBeLessThan(largestTextUpdate)
    expect(readTextUpdate(crowded)).toEqual({ problem: 'text-too-large' })
    const whole = typed('一文', own('clerk'))
    for (const length of [0, 1, 8, whole.length - 6]) expect(readTextUpdate(whole.slice(0, length))).toEqual({ problem: 'text-unreadable' })
    const nested = new Y.Doc()
    nested.getMap('body').set('inner', new Y.Doc())
    expect(readTextUpdate(Y.encodeStateAsUpdateV2(nested))).toEqual({ problem: 'text-unreadable' })
    const { clerk } = sharedDraft()
    const huge = clerk.act('draft.body', { update: new Uint8Array(largestTextUpdate + 1) })
    const torn = clerk.act('draft.body', { update: whole.slice(0, 8) })
    clerk.act('draft.body', { update: typed('残る文', own('clerk', 7)) })
    expect(whys(clerk.events())).toEqual([`${huge.id} text-too-large`, `${torn.id} text-unreadable`])
    expect(bodyOf(reduceDocument(clerk.events(), rules).bodyUpdates)).toContain('残る文')
  })

  it('3.9 DC-5 in any order of arrival the same updates are applied, the same refused, and the body is the same', () => {
    const step = fc.record({ who: fc.nat(1), kind: fc.constantFrom('own', 'own', 'forge', 'torn', 'unowned', 'learn') })
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 14 }), fc.infiniteStream(fc.nat()), (steps, noise) => {
        const { clerk, colleague } = sharedDraft()
        for (const [n, { who, kind }] of steps.entries()) {
          const [me, other] = who === 0 ? [clerk, colleague] : [colleague, clerk]
          const [mine, theirs] = who === 0 ? ['clerk', 'colleague'] : ['colleague', 'clerk']
          if (kind === 'learn') me.learn(other)
          else if (kind === 'torn') me.act('draft.body', { update: typed(`${n}`, own(mine)).slice(0, 9) })
          else me.act('draft.body', { update: typed(`<${n}>`, kind === 'own' ? own(mine, n) : kind === 'forge' ? own(theirs, 100 + n) : 5 + n) })
        }
        const events = [...new Map([clerk, colleague].flatMap((replica) => [...replica.known])).values()]
        const shuffled = events.map((event) => ({ event, key: noise.next().value as number })).sort((a, b) => a.key - b.key).map(({ event }) => event)
        const [expected, told] = [reduceDocument(events, rules), reduceDocument(shuffled, rules)]
        expect(told).toEqual(expected)
        expect(bodyOf(told.bodyUpdates)).toBe(bodyOf(expected.bodyUpdates.toReversed()))
        for (const [n, { kind }] of steps.entries()) if (kind === 'forge') expect(bodyOf(told.bodyUpdates)).not.toContain(`&lt;${n}&gt;`)
      }),
      { seed: 20261128, numRuns: 150 },
    )
  })

  it('3.9 DC-7 other words at a place that an earlier update of the lane named are never applied, whichever arrives first; the same once more is', () => {
    const { clerk, colleague } = sharedDraft()
    const first = typed('正しい文', own('clerk'))
    clerk.act('draft.body', { update: first })
    const again = clerk.act('draft.body', { update: typed('ほかの文', own('clerk')) })
    clerk.act('draft.body', { update: new Uint8Array(first) })
    const other = clerk.act('draft.body', { update: typed('別の文', own('clerk')) })
    clerk.act('draft.body', { update: typed('次の文', own('clerk', 1), [first]) })
    colleague.learn(clerk)
    for (const events of [clerk.events(), clerk.events().toReversed(), colleague.events()]) {
      const state = reduceDocument(events, rules)
      expect([...whys(events)].sort()).toEqual([`${again.id} text-twice`, `${other.id} text-twice`].sort())
      expect(bodyOf(state.bodyUpdates)).toMatch(/次の文.*正しい文|正しい文.*次の文/)
      expect(bodyOf(state.bodyUpdates.toReversed())).toBe(bodyOf(state.bodyUpdates))
      expect(bodyOf(state.bodyUpdates)).not.toMatch(/ほかの文|別の文/)
    }
  })

  it('3.9 DC-7 the same places are the same however their pieces were cut', () => {
    const client = own('clerk')
    const text = new Y.Doc()
    text.clientID = client
    const updates: Uint8Array[] = []
    text.on('updateV2', (update: Uint8Array) => updates.push(new Uint8Array(update)))
    const line = new Y.XmlText()
    text.getXmlFragment('body').insert(0, [line])
    for (const [at, word] of [...'一二三四五'].entries()) line.insert(at, word)
    line.format(1, 2, { bold: true })
    line.delete(0, 1)
    const { clerk } = sharedDraft()
    for (const update of updates) clerk.act('draft.body', { update: new Uint8Array(update) })
    clerk.act('draft.body', { update: new Uint8Array(Y.mergeUpdatesV2(updates)) })
    clerk.act('draft.body', { update: new Uint8Array(Y.mergeUpdatesV2(updates.slice(2))) })
    expect(whys(clerk.events())).toEqual([])
    expect(bodyOf(reduceDocument(clerk.events(), rules).bodyUpdates)).toBe(text.getXmlFragment('body').toString())
  })

  it('3.9 DC-7 in any order of arrival the same text comes of it, when both branches of a copied lane were brought again', () => {
    const step = fc.record({ id: fc.nat(1), words: fc.constantFrom('甲', '乙', '丙丁') })
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 10 }), fc.infiniteStream(fc.nat()), (steps, noise) => {
        const { clerk, colleague } = sharedDraft()
        for (const { id, words } of steps) clerk.act('draft.body', { update: typed(words, own('clerk', id)) })
        const events = [...new Map([clerk, colleague].flatMap((replica) => [...replica.known])).values()]
        // Two segments under one number: every second one stands where the one before it stands.
        const twofold = events.map((event, n) => (event.event.type === 'draft.body' ? { ...event, seq: 10 + (n >> 1) } : event))
        const shuffled = twofold.map((event) => ({ event, key: noise.next().value as number })).sort((a, b) => a.key - b.key).map(({ event }) => event)
        const [expected, told] = [reduceDocument(twofold, rules), reduceDocument(shuffled, rules)]
        expect(told).toEqual(expected)
        expect(bodyOf(told.bodyUpdates.toReversed())).toBe(bodyOf(expected.bodyUpdates))
      }),
      { seed: 20261129, numRuns: 150 },
    )
  })
})
