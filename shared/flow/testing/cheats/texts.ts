// Drafts with a text in a simulated town: what somebody writes into one, in their own name or another's, and what can be read of it.

import * as Y from 'yjs'
import { firstTextId, textIdsPerLane } from '../../../document/text-ids.ts'
import type { NamedObject } from '../../../log/parcel.ts'
import { collection } from '../people/council-town.ts'
import { headsOf, type Doer } from '../people/deeds.ts'
import type { Seat } from '../people/seat.ts'
import type { Tried } from './cheating.ts'

/** Documents that are texts have ids of their own kind, and are never sent round. */
const kind = 'text-'

export async function openTexts(seat: Seat): Promise<readonly string[]> {
  return (await seat.documents()).map(({ id }) => id).filter((id) => id.startsWith(kind))
}

/** Words at the top of the text, under this id, after what is there. */
export function typed(words: string, id: number, before: readonly Uint8Array[]): Uint8Array {
  const doc = new Y.Doc()
  for (const update of before) Y.applyUpdateV2(doc, update)
  const known = Y.encodeStateVector(doc)
  doc.clientID = id
  const paragraph = new Y.XmlElement('paragraph')
  paragraph.insert(0, [new Y.XmlText(words)])
  doc.getXmlFragment('body').insert(0, [paragraph])
  return new Uint8Array(Y.encodeStateAsUpdateV2(doc, known))
}

export function wordsOf(updates: readonly Uint8Array[]): ReadonlySet<string> {
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdateV2(doc, update)
  return new Set(doc.getXmlFragment('body').toString().split(/<[^>]*>/))
}

/** Somebody writes a little in their own name: in a text that is there, or a new one. */
export async function writeText({ seat, chance, newId }: Doer, tried: Tried): Promise<readonly NamedObject[]> {
  const words = `語${newId()}`
  const known = await openTexts(seat)
  const isNew = known.length === 0 || chance.happens(0.3)
  const doc = isNew ? `${kind}${newId()}` : chance.pick(known)
  const before = isNew ? [] : ((await seat.documents()).find(({ id }) => id === doc)?.bodyUpdates ?? [])
  const body = { type: 'draft.body', doc, deps: isNew ? [] : headsOf(await seat.eventsOf(doc)), position: null, body: { update: typed(words, firstTextId(seat.lane) + chance.below(textIdsPerLane), before) } }
  const objects = await seat.write(collection, isNew ? [{ type: 'draft.create', doc, deps: [], position: null, body: { form: 't1', collection } }, body] : [body], { newDocument: isNew })
  if (objects.some(({ name }) => name.startsWith('j/'))) tried.honest.set(seat.lastSealed().at(-1) as string, words)
  return objects
}
