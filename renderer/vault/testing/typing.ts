// What an editor would send, for tests: one paragraph with a text, as an incremental Yjs update.

import * as Y from 'yjs'
import { bodyFragment } from '../body-json.ts'

export function typedUpdate(text: string): Uint8Array {
  const doc = new Y.Doc()
  const paragraph = new Y.XmlElement('paragraph')
  paragraph.insert(0, [new Y.XmlText(text)])
  doc.getXmlFragment(bodyFragment).insert(0, [paragraph])
  return Y.encodeStateAsUpdateV2(doc)
}
