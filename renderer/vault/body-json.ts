// Reads the text of a draft out of its Yjs document as the plain tree of nodes that the editor writes (ProseMirror's JSON).
// It never changes a document; nodes it does not know are carried along as they are.

import * as Y from 'yjs'

/** The name of the text within the Yjs document. */
export const bodyFragment = 'body'

export interface BodyNode {
  readonly type: string
  readonly attrs?: Readonly<Record<string, unknown>>
  readonly content?: readonly BodyNode[]
  readonly text?: string
  readonly marks?: readonly { readonly type: string; readonly attrs?: Readonly<Record<string, unknown>> }[]
}

export function bodyToJson(doc: Y.Doc): BodyNode {
  return { type: 'doc', content: doc.getXmlFragment(bodyFragment).toArray().flatMap(nodesOf) }
}

function nodesOf(item: Y.XmlElement | Y.XmlText | Y.XmlHook): readonly BodyNode[] {
  if (item instanceof Y.XmlText) return textNodes(item)
  if (!(item instanceof Y.XmlElement)) return []
  const attrs = item.getAttributes() as Record<string, unknown>
  const content = item.toArray().flatMap((child) => nodesOf(child as Y.XmlElement | Y.XmlText))
  return [{ type: item.nodeName, ...(Object.keys(attrs).length > 0 ? { attrs } : {}), ...(content.length > 0 ? { content } : {}) }]
}

interface Run {
  readonly insert: unknown
  readonly attributes?: Readonly<Record<string, unknown>>
}

function textNodes(text: Y.XmlText): readonly BodyNode[] {
  return (text.toDelta() as readonly Run[]).flatMap(({ insert, attributes }): readonly BodyNode[] => {
    if (typeof insert !== 'string' || insert === '') return []
    const marks = Object.entries(attributes ?? {}).map(([name, value]) => {
      // y-prosemirror appends `--` and a hash to marks that may overlap themselves.
      const type = name.replace(/--.+$/, '')
      return value !== null && typeof value === 'object' && Object.keys(value).length > 0 ? { type, attrs: value as Record<string, unknown> } : { type }
    })
    return [{ type: 'text', text: insert, ...(marks.length > 0 ? { marks } : {}) }]
  })
}

/** The same text as one update in which everything is inserted under one clientID: what others wrote elsewhere is not signed in their name here. */
export function copiedBody(doc: Y.Doc, clientId: number): Uint8Array {
  const copy = new Y.Doc()
  copy.clientID = clientId
  const nodes = doc.getXmlFragment(bodyFragment).toArray().map((node) => node.clone() as Y.XmlElement | Y.XmlText)
  copy.getXmlFragment(bodyFragment).insert(0, nodes)
  return Y.encodeStateAsUpdateV2(copy)
}

/** The text alone, a line for each block: for searching. */
export function bodyToText(node: BodyNode): string {
  if (node.text !== undefined) return node.text
  const inner = (node.content ?? []).map(bodyToText)
  return inner.join((node.content ?? []).some((child) => child.text !== undefined) ? '' : '\n')
}
