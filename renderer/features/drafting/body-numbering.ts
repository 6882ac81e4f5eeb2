// The official numbers of items, shown before each: 第1 → 1 → (1) → ア → (ア) → a → (a). They are computed from the order
// of the blocks and never stored; 記 begins a new count.

import type { Node } from 'prosemirror-model'
import { Plugin } from 'prosemirror-state'
import { Decoration, DecorationSet } from 'prosemirror-view'
import { numbersOf } from '@shared/document/outline.ts'

function decorate(doc: Node): DecorationSet {
  const blocks: { readonly from: number; readonly to: number; readonly type: string; readonly attrs: unknown }[] = []
  doc.forEach((node, from) => blocks.push({ from, to: from + node.nodeSize, type: node.type.name, attrs: node.attrs }))
  const numbers = numbersOf(blocks)
  return DecorationSet.create(doc, blocks.flatMap((block, i) => (numbers[i] == null ? [] : [Decoration.node(block.from, block.to, { 'data-number': numbers[i] })])))
}

export function numberingPlugin(): Plugin<DecorationSet> {
  const plugin: Plugin<DecorationSet> = new Plugin({
    state: {
      init: (_, state) => decorate(state.doc),
      apply: (tr, held) => (tr.docChanged ? decorate(tr.doc) : held),
    },
    props: { decorations: (state) => plugin.getState(state) },
  })
  return plugin
}
