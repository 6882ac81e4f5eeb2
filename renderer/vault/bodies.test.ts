import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { ok } from '@shared/base/result.ts'
import { bodyToJson, bodyToText, copiedBody } from './body-json.ts'
import { firstTextId } from '@shared/document/text-ids.ts'
import { largestTextUpdate, readTextUpdate } from '@shared/document/text-update.ts'
import { createBodies, type BodySource } from './bodies.ts'
import { failed } from './failure.ts'
import { typedUpdate } from './testing/typing.ts'

/** Keeps what is saved; each save waits until the test lets it go, and may be told to fail. */
function disk(kept: readonly Uint8Array[] = []) {
  const saved: Uint8Array[] = []
  const going: (() => void)[] = []
  let failures = 0
  const source: BodySource = {
    lane: 'here.1',
    updatesOf: async () => kept,
    // The window: long enough for everything that was called before it.
    async wait() {
      for (let i = 0; i < 50; i++) await Promise.resolve()
    },
    async save(_doc, update) {
      await new Promise<void>((resolve) => going.push(resolve))
      if (failures > 0) {
        failures -= 1
        return failed('DiskFull', 'later')
      }
      saved.push(update)
      return ok(null)
    },
  }
  const goOn = async (): Promise<void> => {
    while (going.length === 0) await Promise.resolve()
    going.shift()?.()
  }
  return { source, saved, goOn, failNext: () => void (failures += 1) }
}

function lines(...updates: readonly Uint8Array[]): readonly string[] {
  const text = new Y.Doc()
  for (const update of updates) Y.applyUpdateV2(text, update)
  return bodyToText(bodyToJson(text)).split('\n').toSorted()
}

describe('texts being written', () => {
  it('2.9 makes one event of what arrives together, and one of what arrives during a commit', async () => {
    const { source, saved, goOn } = disk()
    const bodies = createBodies(source)
    const first = ['あ', 'い', 'う'].map((text) => bodies.update('d', typedUpdate(text)))
    await goOn()
    const later = ['え', 'お'].map((text) => bodies.update('d', typedUpdate(text)))
    expect(await Promise.all(first)).toEqual([ok(null), ok(null), ok(null)])
    await goOn()
    expect(await Promise.all(later)).toEqual([ok(null), ok(null)])
    expect(saved).toHaveLength(2)
    expect(lines(...saved)).toEqual(['あ', 'い', 'う', 'え', 'お'])
  })

  it('2.9 keeps what could not be saved and saves it with the next', async () => {
    const { source, saved, goOn, failNext } = disk()
    const bodies = createBodies(source)
    failNext()
    const first = bodies.update('d', typedUpdate('一'))
    await goOn()
    expect((await first).ok).toBe(false)
    const second = bodies.update('d', typedUpdate('二'))
    await goOn()
    expect(await second).toEqual(ok(null))
    expect(lines(...saved)).toEqual(['一', '二'])
  })

  it('2.9 starts from the events, merges what others wrote, and refuses what is no update', async () => {
    const kept = [typedUpdate('前から'), Uint8Array.of(9, 9, 9)]
    const { source } = disk(kept)
    const bodies = createBodies(source)
    expect(lines(await bodies.state('d'))).toEqual(['前から'])
    const event = { v: 1, type: 'draft.body', doc: 'd', deps: [], hlc: { ms: 1, n: 0 }, at: '', person: 'b', position: null, body: {}, salt: new Uint8Array(16) } as const
    kept.push(typedUpdate('隣から'))
    bodies.take([{ id: 'e', event, lane: 'b.1/c1', seq: 1 }])
    expect(lines(await bodies.state('d'))).toEqual(['前から', '隣から'])
    expect(await bodies.update('d', Uint8Array.of(1, 2, 3))).toMatchObject({ error: { type: 'UpdateUnreadable' } })
    expect(await bodies.update('d', new Uint8Array(largestTextUpdate + 1))).toMatchObject({ error: { type: 'UpdateTooLarge' } })
  })
})

describe('whose text it is', () => {
  it('3.9 takes from the editor only what is inserted in the name of this lane; deleting what others wrote is allowed', async () => {
    const theirs = typedUpdate('隣の文', firstTextId('there.1'))
    const { source, saved, goOn } = disk([theirs])
    const bodies = createBodies(source)
    expect(await bodies.update('d', typedUpdate('偽', firstTextId('there.1') + 1))).toMatchObject({ error: { type: 'UpdateNotOwn' } })
    expect(lines(await bodies.state('d'))).toEqual(['隣の文'])
    const own = bodies.update('d', typedUpdate('自分の文', firstTextId('here.1') + 5))
    await goOn()
    expect(await own).toEqual(ok(null))
    const doc = new Y.Doc()
    Y.applyUpdateV2(doc, theirs)
    doc.getXmlFragment('body').delete(0, 1)
    const deleting = bodies.update('d', Y.encodeStateAsUpdateV2(doc, Y.encodeStateVectorFromUpdateV2(theirs)))
    await goOn()
    expect(await deleting).toEqual(ok(null))
    expect(lines(theirs, ...saved)).toEqual(['自分の文'])
  })

  it('3.9 a text copied into a document that follows is inserted under one id of the copier, and reads the same', async () => {
    const { source } = disk([typedUpdate('朝の文', firstTextId('there.1')), typedUpdate('夕の文', firstTextId('here.1'))])
    const bodies = createBodies(source)
    const id = firstTextId('here.1') + 9
    const copy = await bodies.read('d', (text) => copiedBody(text, id))
    expect(readTextUpdate(copy)).toMatchObject({ problem: null, ids: [id] })
    expect(lines(copy)).toEqual(lines(await bodies.state('d')))
  })
})

describe('the text as JSON', () => {
  it('2.9 reads nodes, attributes and marks as the editor wrote them', () => {
    const doc = new Y.Doc()
    const item = new Y.XmlElement<{ level: number }>('item')
    item.setAttribute('level', 2)
    const text = new Y.XmlText()
    text.insert(0, '太字と', { bold: {} })
    text.insert(3, '下線', { 'underline--0a1b': {} })
    item.insert(0, [text, new Y.XmlElement('hard_break')])
    doc.getXmlFragment('body').insert(0, [item as unknown as Y.XmlElement, new Y.XmlElement('ki')])
    expect(bodyToJson(doc)).toEqual({
      type: 'doc',
      content: [
        { type: 'item', attrs: { level: 2 }, content: [{ type: 'text', text: '太字と', marks: [{ type: 'bold' }] }, { type: 'text', text: '下線', marks: [{ type: 'underline' }] }, { type: 'hard_break' }] },
        { type: 'ki' },
      ],
    })
  })
})
