// The plugins of the editor: the shared text of Yjs, undo, keys, what typing at the start of a line turns into, numbers.

import { baseKeymap, chainCommands, toggleMark } from 'prosemirror-commands'
import { InputRule, inputRules } from 'prosemirror-inputrules'
import { keymap } from 'prosemirror-keymap'
import { Plugin } from 'prosemirror-state'
import { redo, undo, ySyncPlugin, yUndoPlugin } from 'y-prosemirror'
import type { XmlFragment } from 'yjs'
import { backspace, breakLine, enter, moveCell, setLevel, shiftLevel, writeSign } from './body-commands.ts'
import { numberingPlugin } from './body-numbering.ts'
import { bodySchema } from './body-schema.ts'

/** A number typed at the start of a paragraph, followed by a space of either width, makes it an item of that level. */
const starts: readonly (readonly [RegExp, number])[] = [
  [/^第[0-9\uff10-\uff19]+[ \u3000]$/, 0],
  [/^[0-9\uff10-\uff19]+[.\uff0e]?[ \u3000]$/, 1],
  [/^[(\uff08][0-9\uff10-\uff19]+[)\uff09][ \u3000]$/, 2],
  [/^ア[ \u3000]$/, 3],
  [/^[(\uff08]ア[)\uff09][ \u3000]$/, 4],
  [/^[a\uff41][ \u3000]$/, 5],
  [/^[(\uff08][a\uff41][)\uff09][ \u3000]$/, 6],
]

function startRules(): readonly InputRule[] {
  return starts.map(
    ([pattern, level]) =>
      new InputRule(pattern, (state, _match, from, to) => {
        const $from = state.doc.resolve(from)
        if ($from.parent.type !== bodySchema.nodes.paragraph || $from.depth !== 1) return null
        return state.tr.delete(from, to).setNodeMarkup($from.before(), bodySchema.nodes.item, { level })
      }),
  )
}

/** 以上 is the last line of most texts: no Enter follows it, the writer just goes elsewhere. */
function signOnLeaving(): Plugin {
  return new Plugin({
    props: {
      handleDOMEvents: {
        blur(view) {
          writeSign(view.state, view.dispatch)
          return false
        },
      },
    },
  })
}

export function bodyPlugins(fragment: XmlFragment, leave: () => void): readonly Plugin[] {
  const bold = toggleMark(bodySchema.marks.bold)
  const underline = toggleMark(bodySchema.marks.underline)
  return [
    ySyncPlugin(fragment),
    yUndoPlugin(),
    inputRules({ rules: [...startRules()] }),
    keymap({
      'Mod-z': undo,
      'Mod-y': redo,
      'Mod-Shift-z': redo,
      'Mod-b': bold,
      'Mod-u': underline,
      'Mod-Alt-0': setLevel(null),
      Tab: chainCommands(moveCell(1), shiftLevel(1, false)),
      'Shift-Tab': chainCommands(moveCell(-1), shiftLevel(-1, false)),
      'Mod-]': shiftLevel(1, true),
      'Mod-[': shiftLevel(-1, true),
      Enter: enter,
      'Shift-Enter': breakLine,
      Backspace: backspace,
      Escape: () => {
        leave()
        return true
      },
    }),
    keymap(baseKeymap),
    numberingPlugin(),
    signOnLeaving(),
  ]
}
