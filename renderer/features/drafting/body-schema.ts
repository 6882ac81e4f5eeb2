// What the text of a document may consist of: paragraphs, numbered items, 記, 以上, simple tables, bold and underline.
// The node names are those of the stored body; nothing here stores or numbers anything.

import { type DOMOutputSpec, type MarkSpec, type Node, type NodeSpec, Schema } from 'prosemirror-model'

export const deepestLevel = 6

const nodes = {
  doc: { content: 'block+' },
  paragraph: { group: 'block', content: 'inline*', parseDOM: [{ tag: 'p' }], toDOM: (): DOMOutputSpec => ['p', 0] },
  item: {
    group: 'block',
    content: 'inline*',
    attrs: { level: { default: 0, validate: 'number' } },
    parseDOM: [
      { tag: 'p[data-level]', priority: 60, getAttrs: (dom: HTMLElement) => ({ level: levelOf(dom.dataset['level']) }) },
      { tag: 'li', getAttrs: () => ({ level: 1 }) },
    ],
    toDOM: (node: Node): DOMOutputSpec => ['p', { 'data-level': String(node.attrs['level']), class: `body-item body-level-${String(node.attrs['level'])}` }, 0],
  },
  ki: { group: 'block', atom: true, selectable: true, parseDOM: [{ tag: 'p[data-ki]', priority: 60 }], toDOM: (): DOMOutputSpec => ['p', { 'data-ki': '', class: 'body-ki' }, '記'] },
  ijo: { group: 'block', atom: true, selectable: true, parseDOM: [{ tag: 'p[data-ijo]', priority: 60 }], toDOM: (): DOMOutputSpec => ['p', { 'data-ijo': '', class: 'body-ijo' }, '以上'] },
  table: { group: 'block', content: 'table_row+', isolating: true, parseDOM: [{ tag: 'table' }], toDOM: (): DOMOutputSpec => ['table', { class: 'body-table' }, ['tbody', 0]] },
  table_row: { content: 'table_cell+', parseDOM: [{ tag: 'tr' }], toDOM: (): DOMOutputSpec => ['tr', 0] },
  table_cell: { content: 'inline*', isolating: true, parseDOM: [{ tag: 'td' }, { tag: 'th' }], toDOM: (): DOMOutputSpec => ['td', 0] },
  // Pictures of attachments: carried along as they are and shown by their words; what the editor did not know it would erase.
  image: {
    group: 'block',
    atom: true,
    attrs: { attachment: { default: '', validate: 'string' }, alt: { default: '', validate: 'string' } },
    toDOM: (node: Node): DOMOutputSpec => ['p', { class: 'body-image' }, String(node.attrs['alt'])],
  },
  hard_break: { group: 'inline', inline: true, selectable: false, parseDOM: [{ tag: 'br' }], toDOM: (): DOMOutputSpec => ['br'] },
  text: { group: 'inline' },
} satisfies Record<string, NodeSpec>

const marks = {
  bold: { parseDOM: [{ tag: 'strong' }, { tag: 'b' }], toDOM: (): DOMOutputSpec => ['strong', 0] },
  underline: { parseDOM: [{ tag: 'u' }], toDOM: (): DOMOutputSpec => ['u', 0] },
} satisfies Record<string, MarkSpec>

export const bodySchema = new Schema({ nodes, marks })

export type BlockName = 'paragraph' | 'item' | 'ki' | 'ijo' | 'table'

export function levelOf(text: string | undefined): number {
  const level = Number(text)
  return Number.isInteger(level) ? Math.min(deepestLevel, Math.max(0, level)) : 0
}
