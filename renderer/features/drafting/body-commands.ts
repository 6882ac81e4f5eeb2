// What the keys and the toolbar do to the text: levels, blocks, tables. Each is a ProseMirror command and answers whether it applied.

import { splitBlock } from 'prosemirror-commands'
import type { Node, ResolvedPos } from 'prosemirror-model'
import { type Command, type EditorState, TextSelection } from 'prosemirror-state'
import { bodySchema, deepestLevel, type BlockName } from './body-schema.ts'

const { paragraph, item, ki, ijo, table, table_row: row, table_cell: cell, hard_break: hardBreak } = bodySchema.nodes

/** The blocks of the text that the selection touches, with where they begin. */
function touchedBlocks(state: EditorState): readonly { readonly node: Node; readonly at: number }[] {
  const found: { node: Node; at: number }[] = []
  state.doc.nodesBetween(state.selection.from, state.selection.to, (node, at) => {
    if (node.type === paragraph || node.type === item) found.push({ node, at })
    return node.type === state.schema.topNodeType
  })
  return found
}

export function currentBlock(state: EditorState): { readonly type: BlockName | 'cell' | 'other'; readonly level: number } {
  if (cellAround(state.selection.$from) !== null) return { type: 'cell', level: 0 }
  const node = touchedBlocks(state)[0]?.node
  if (node === undefined) return { type: 'other', level: 0 }
  return { type: node.type === item ? 'item' : 'paragraph', level: Number(node.attrs['level'] ?? 0) }
}

/** Makes the touched blocks paragraphs (level null) or items of one level. */
export function setLevel(level: number | null): Command {
  return (state, dispatch) => {
    const blocks = touchedBlocks(state)
    if (blocks.length === 0) return false
    const tr = state.tr
    for (const { at } of blocks) tr.setNodeMarkup(at, level === null ? paragraph : item, level === null ? null : { level: Math.min(deepestLevel, Math.max(0, level)) })
    dispatch?.(tr.scrollIntoView())
    return true
  }
}

/** Moves items in or out by one level; out of the highest level an item becomes a paragraph. Paragraphs become items only when asked. */
export function shiftLevel(by: 1 | -1, alsoParagraphs: boolean): Command {
  return (state, dispatch) => {
    const blocks = touchedBlocks(state).filter(({ node }) => node.type === item || alsoParagraphs)
    if (blocks.length === 0) return false
    const tr = state.tr
    for (const { node, at } of blocks) {
      const level = node.type === item ? Number(node.attrs['level']) + by : by > 0 ? 1 : -1
      if (level < 0) tr.setNodeMarkup(at, paragraph, null)
      else if (level <= deepestLevel) tr.setNodeMarkup(at, item, { level })
    }
    dispatch?.(tr)
    return true
  }
}

/** A paragraph that says 記 or 以上 and nothing else becomes its sign; writing goes on below. */
export const writeSign: Command = (state, dispatch) => {
  const { $from, empty } = state.selection
  const word = $from.depth === 1 && $from.parent.type === paragraph && empty ? $from.parent.textContent.trim() : ''
  if (word !== '記' && word !== '以上') return false
  const tr = state.tr.replaceWith($from.before(), $from.after(), [word === '記' ? ki.create() : ijo.create(), paragraph.create()])
  dispatch?.(tr.setSelection(TextSelection.near(tr.doc.resolve($from.before() + 1))))
  return true
}

/** Enter: a line 記 or 以上 becomes its sign, an empty item ends the list, an item is followed by one of its level. */
export const enter: Command = (state, dispatch) => {
  const { $from } = state.selection
  const block = $from.parent
  if (cellAround($from) !== null) return breakLine(state, dispatch)
  if (writeSign(state, dispatch && ((tr) => dispatch(tr.scrollIntoView())))) return true
  if (block.type !== item) return splitBlock(state, dispatch)
  if (block.content.size === 0) return setLevel(null)(state, dispatch)
  const tr = state.tr.deleteSelection()
  dispatch?.(tr.split(tr.mapping.map($from.pos), 1, [{ type: item, attrs: block.attrs }]).scrollIntoView())
  return true
}

export const breakLine: Command = (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(hardBreak.create(), false).scrollIntoView())
  return true
}

/** Backspace at the start of an item takes it out by one level. */
export const backspace: Command = (state, dispatch) => {
  const { $from, empty } = state.selection
  if (!empty || $from.parentOffset > 0 || $from.parent.type !== item) return false
  return shiftLevel(-1, false)(state, dispatch)
}

/** Puts 記 or 以上 after the block of the selection, with a paragraph to go on writing. */
export function insertSign(name: 'ki' | 'ijo'): Command {
  return (state, dispatch) => {
    const after = state.selection.$from.depth === 0 ? state.selection.to : state.selection.$from.after(1)
    const tr = state.tr.insert(after, [bodySchema.nodes[name].create(), paragraph.create()])
    dispatch?.(tr.setSelection(TextSelection.near(tr.doc.resolve(after + 2))).scrollIntoView())
    return true
  }
}

export function insertTable(rows: number, columns: number): Command {
  return (state, dispatch) => {
    if (cellAround(state.selection.$from) !== null) return false
    const after = state.selection.$from.depth === 0 ? state.selection.to : state.selection.$from.after(1)
    const made = table.create(null, Array.from({ length: rows }, () => emptyRow(columns)))
    const tr = state.tr.insert(after, [made, paragraph.create()])
    dispatch?.(tr.setSelection(TextSelection.near(tr.doc.resolve(after + 3))).scrollIntoView())
    return true
  }
}

function emptyRow(columns: number): Node {
  return row.create(null, Array.from({ length: columns }, () => cell.create()))
}

interface Cell {
  readonly table: Node
  readonly tableAt: number
  readonly rowIndex: number
  readonly cellIndex: number
}

export function cellAround($pos: ResolvedPos): Cell | null {
  for (let depth = $pos.depth; depth > 0; depth--) {
    if ($pos.node(depth).type === cell) {
      return { table: $pos.node(depth - 2), tableAt: $pos.before(depth - 2), rowIndex: $pos.index(depth - 2), cellIndex: $pos.index(depth - 1) }
    }
  }
  return null
}

/** Tab and Shift-Tab in a table: the next or the cell before; a row is added after the last. */
export function moveCell(by: 1 | -1): Command {
  return (state, dispatch) => {
    const here = cellAround(state.selection.$from)
    if (here === null) return false
    const columns = here.table.child(here.rowIndex).childCount
    const next = here.rowIndex * columns + here.cellIndex + by
    if (next < 0) return true
    const grown = next >= here.table.childCount * columns
    const tr = grown ? state.tr.insert(here.tableAt + here.table.nodeSize - 1, emptyRow(columns)) : state.tr
    const found = tr.doc.nodeAt(here.tableAt)
    if (found !== null) dispatch?.(tr.setSelection(TextSelection.near(tr.doc.resolve(cellStart(found, here.tableAt, Math.floor(next / columns), next % columns)))).scrollIntoView())
    return true
  }
}

function cellStart(found: Node, tableAt: number, rowIndex: number, cellIndex: number): number {
  let at = tableAt + 1
  for (let i = 0; i < rowIndex; i++) at += found.child(i).nodeSize
  at += 1
  for (let i = 0; i < cellIndex; i++) at += found.child(rowIndex).child(i).nodeSize
  return at + 1
}

/** Adds or removes a row or a column at the cell of the selection; a table without cells goes away. */
export function changeTable(change: 'addRow' | 'addColumn' | 'removeRow' | 'removeColumn' | 'remove'): Command {
  return (state, dispatch) => {
    const here = cellAround(state.selection.$from)
    if (here === null) return false
    const rows: Node[] = []
    here.table.forEach((one) => rows.push(one))
    const changed = change === 'remove' ? [] : changeRows(rows, here, change)
    const end = here.tableAt + here.table.nodeSize
    const tr = changed.length === 0 || changed[0]?.childCount === 0 ? state.tr.delete(here.tableAt, end) : state.tr.replaceWith(here.tableAt, end, table.create(null, changed))
    dispatch?.(tr.setSelection(TextSelection.near(tr.doc.resolve(Math.min(here.tableAt + 3, tr.doc.content.size)))).scrollIntoView())
    return true
  }
}

function changeRows(rows: readonly Node[], here: Cell, change: 'addRow' | 'addColumn' | 'removeRow' | 'removeColumn'): readonly Node[] {
  const columns = rows[here.rowIndex]?.childCount ?? 1
  if (change === 'addRow') return rows.toSpliced(here.rowIndex + 1, 0, emptyRow(columns))
  if (change === 'removeRow') return rows.toSpliced(here.rowIndex, 1)
  return rows.map((one) => {
    const cells: Node[] = []
    one.forEach((each) => cells.push(each))
    return row.create(null, change === 'addColumn' ? cells.toSpliced(here.cellIndex + 1, 0, cell.create()) : cells.toSpliced(here.cellIndex, 1))
  })
}
