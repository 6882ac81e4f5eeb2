// The toolbar of the editor: the kind of block, levels, signs, tables, marks, undo. Arrow keys move within it.

import type { ReactNode } from 'react'
import { toggleMark } from 'prosemirror-commands'
import type { MarkType } from 'prosemirror-model'
import type { Command, EditorState } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import { Group, Toolbar } from 'react-aria-components'
import { redo, undo, yUndoPluginKey } from 'y-prosemirror'
import { itemNumber } from '@shared/document/outline.ts'
import { useText } from '../../services/use-text.tsx'
import type { TextKey } from '../../text/translate.ts'
import { Button } from '../../ui/button.tsx'
import type { IconName } from '../../ui/icon.tsx'
import { changeTable, currentBlock, insertSign, insertTable, setLevel, shiftLevel } from './body-commands.ts'
import { bodySchema, deepestLevel } from './body-schema.ts'

const levelSigns = Array.from({ length: deepestLevel + 1 }, (_, level) => itemNumber(level, 1))

export function BodyToolbar({ view, state }: { readonly view: EditorView; readonly state: EditorState }): ReactNode {
  const text = useText()
  const block = currentBlock(state)
  const run = (command: Command): void => {
    command(view.state, view.dispatch, view)
    view.focus()
  }
  const act = (name: TextKey, command: Command, icon?: IconName, pressed?: boolean, disabled?: boolean): ReactNode => (
    <Button kind="quiet" key={name} onPress={() => run(command)} pressed={pressed} disabled={disabled ?? false} {...(icon === undefined ? {} : { icon, label: text(name) })}>
      {icon === undefined ? text(name) : undefined}
    </Button>
  )
  return (
    <Toolbar className="body-toolbar" aria-label={text('editor.toolbar')}>
      <Group className="body-group" aria-label={text('editor.groupBlock')}>
        {act('editor.paragraph', setLevel(null), undefined, block.type === 'paragraph')}
        {levelSigns.map((sign, level) => (
          <Button key={sign} kind="quiet" label={text('editor.level', { sign })} pressed={block.type === 'item' && block.level === level} onPress={() => run(setLevel(level))}>
            {sign}
          </Button>
        ))}
        {act('editor.outdent', shiftLevel(-1, true), 'outdent', undefined, block.type !== 'item')}
        {act('editor.indent', shiftLevel(1, true), 'indent', undefined, block.type === 'item' && block.level === deepestLevel)}
      </Group>
      <Group className="body-group" aria-label={text('editor.groupInsert')}>
        {act('editor.ki', insertSign('ki'))}
        {act('editor.ijo', insertSign('ijo'))}
        {act('editor.table', insertTable(3, 3), 'table', undefined, block.type === 'cell')}
      </Group>
      {block.type === 'cell' && (
        <Group className="body-group" aria-label={text('editor.groupTable')}>
          {act('editor.addRow', changeTable('addRow'))}
          {act('editor.addColumn', changeTable('addColumn'))}
          {act('editor.removeRow', changeTable('removeRow'))}
          {act('editor.removeColumn', changeTable('removeColumn'))}
          {act('editor.removeTable', changeTable('remove'))}
        </Group>
      )}
      <Group className="body-group" aria-label={text('editor.groupMark')}>
        {act('editor.bold', toggleMark(bodySchema.marks.bold), 'bold', hasMark(state, bodySchema.marks.bold))}
        {act('editor.underline', toggleMark(bodySchema.marks.underline), 'underline', hasMark(state, bodySchema.marks.underline))}
        {act('editor.undo', undo, 'undo', undefined, !mayUndo(state, 'undoStack'))}
        {act('editor.redo', redo, 'redo', undefined, !mayUndo(state, 'redoStack'))}
      </Group>
    </Toolbar>
  )
}

function hasMark(state: EditorState, mark: MarkType): boolean {
  const { from, to, empty, $from } = state.selection
  if (empty) return mark.isInSet(state.storedMarks ?? $from.marks()) !== undefined
  return state.doc.rangeHasMark(from, to, mark)
}

function mayUndo(state: EditorState, stack: 'undoStack' | 'redoStack'): boolean {
  const held = yUndoPluginKey.getState(state) as { readonly undoManager?: Record<typeof stack, readonly unknown[]> } | undefined
  return (held?.undoManager?.[stack].length ?? 0) > 0
}
