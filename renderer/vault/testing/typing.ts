// What an editor would send, for tests: one paragraph with a text, as an incremental Yjs update.

import * as Y from 'yjs'
import { bodyFragment } from '../body-json.ts'

/** `id`: the clientID it is typed under; a random one without an owner where none is given. */
export function typedUpdate(text: string, id?: number): Uint8Array {
  const doc = new Y.Doc()
  if (id !== undefined) doc.clientID = id
  const paragraph = new Y.XmlElement('paragraph')
  paragraph.insert(0, [new Y.XmlText(text)])
  doc.getXmlFragment(bodyFragment).insert(0, [paragraph])
  return Y.encodeStateAsUpdateV2(doc)
}
