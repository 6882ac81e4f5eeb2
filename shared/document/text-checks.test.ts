// Each thing that an update of a text must not be, alone.

import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { reduceDocument } from './reduce.ts'
import type { DocumentRules } from './rules.ts'
import { sharedDraft, type Replica } from './testing/replica.ts'
import { firstTextId } from './text-ids.ts'
import { largestTextUpdate, mostTextPieces, readTextUpdate } from './text-update.ts'

const rules: DocumentRules = { mergeSamePerson: () => false, mayProxy: () => false, mayPass: () => false, witnessMs: () => null }
const own = (name: string): number => firstTextId(`${name}.1`)

/** Paragraphs typed one after the other under one id: an update for each. */
function typing(client: number, ...texts: readonly string[]): readonly Uint8Array<ArrayBuffer>[] {
  const doc = new Y.Doc()
  doc.clientID = client
  return texts.map((text) => {
    const before = Y.encodeStateVector(doc)
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [new Y.XmlText(text)])
    doc.getXmlFragment('body').push([paragraph])
    return new Uint8Array(Y.encodeStateAsUpdateV2(doc, before))
  })
}

function refused(...replicas: readonly Replica[]): readonly string[] {
  const all = new Map(replicas.flatMap((replica) => [...replica.known]))
  return reduceDocument([...all.values()], rules).conflicts.map(({ event, why }) => `${event} ${why}`).sort()
}

describe('3.14 an update of a text, check by check', () => {
  it('3.14 DC-3 an id of nobody goes on in the hands of whoever used it, and two who did not know of each other differ in words only', () => {
    const { clerk, colleague } = sharedDraft()
    const [first, second] = typing(5, '一', '二') as [Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>]
    clerk.act('draft.body', { update: first })
    clerk.act('draft.body', { update: second })
    expect(refused(clerk)).toEqual([])
    const beside = colleague.act('draft.body', { update: typing(6, '三')[0] as Uint8Array<ArrayBuffer> })
    const also = clerk.act('draft.body', { update: typing(6, '四')[0] as Uint8Array<ArrayBuffer> })
    expect(refused(clerk, colleague)).toHaveLength(1)
    expect([`${beside.id} text-twice`, `${also.id} text-twice`]).toContain(refused(clerk, colleague)[0])
  })

  it('3.14 DC-7 a forgery claims no place: what the owner writes there is applied', () => {
    const { clerk, colleague } = sharedDraft()
    const forged = colleague.act('draft.body', { update: typing(own('clerk'), '偽')[0] as Uint8Array<ArrayBuffer> })
    clerk.act('draft.body', { update: typing(own('clerk'), '真')[0] as Uint8Array<ArrayBuffer> })
    expect(refused(clerk, colleague)).toEqual([`${forged.id} text-not-own`])
  })

  it('3.14 DC-7 a gap within an update claims no place', () => {
    const { clerk } = sharedDraft()
    const [one, two, three] = typing(own('clerk'), '一', '二', '三') as [Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>]
    clerk.act('draft.body', { update: new Uint8Array(Y.mergeUpdatesV2([one, three])) })
    clerk.act('draft.body', { update: two })
    expect(refused(clerk)).toEqual([])
  })

  it('3.14 DC-4 very many deleted ranges, and what the editor never writes, are refused before they are applied', () => {
    const ranges = 500
    const thinned = (client: number): Uint8Array => {
      const doc = new Y.Doc()
      doc.clientID = client
      const text = doc.getText('body')
      text.insert(0, 'ab'.repeat(ranges))
      const before = Y.encodeStateVector(doc)
      doc.transact(() => {
        for (let at = 0; at < ranges; at++) text.delete(at, 1)
      })
      return Y.encodeStateAsUpdateV2(doc, before)
    }
    const deletes = Y.mergeUpdatesV2(Array.from({ length: mostTextPieces / ranges + 1 }, (_, i) => thinned(i + 1)))
    expect(deletes.length).toBeLessThan(largestTextUpdate)
    expect(readTextUpdate(deletes)).toEqual({ problem: 'text-too-large' })

    const written = (write: (made: Y.Doc) => void): Uint8Array => {
      const made = new Y.Doc()
      write(made)
      return Y.encodeStateAsUpdateV2(made)
    }
    const foreign = [
      written((made) => void made.getMap('body').set('inner', new Y.Doc())),
      written((made) => made.getText('body').insertEmbed(0, { image: 'x' })),
      written((made) => void made.getMap('body').set('bytes', new Uint8Array(3))),
      written((made) => made.transact((transaction) => new Y.Item(Y.createID(made.clientID, 0), null, null, null, null, made.getArray('body'), null, new Y.ContentJSON([1])).integrate(transaction, 0))),
    ]
    for (const update of foreign) expect(readTextUpdate(update)).toEqual({ problem: 'text-unreadable' })
    expect(readTextUpdate(written((made) => made.getText('body').insert(0, '文'))).problem).toBeNull()
  })
})
