// The editor of the text: a sheet to write on, a toolbar over it, everything also by keyboard. It holds no text of its own.

import { type ReactNode, useEffect, useRef, useState } from 'react'
import { EditorState } from 'prosemirror-state'
import { EditorView } from 'prosemirror-view'
import type { XmlFragment } from 'yjs'
import { useText } from '../../services/use-text.tsx'
import { BodyToolbar } from './body-toolbar.tsx'
import { bodyPlugins } from './body-plugins.ts'
import { bodySchema } from './body-schema.ts'
import './body-editor.css'

export function BodyEditor(props: { readonly fragment: XmlFragment }): ReactNode {
  const text = useText()
  const place = useRef<HTMLDivElement>(null)
  const [view, setView] = useState<EditorView | null>(null)
  const [state, setState] = useState<EditorState | null>(null)
  const label = text('editor.label')

  useEffect(() => {
    if (place.current === null) return undefined
    const made = new EditorView(place.current, {
      state: EditorState.create({ schema: bodySchema, plugins: [...bodyPlugins(props.fragment, () => leave(place.current))] }),
      attributes: { role: 'textbox', 'aria-multiline': 'true', 'aria-label': label, 'aria-describedby': 'body-keys', class: 'body-text', spellcheck: 'false' },
      dispatchTransaction(this: EditorView, tr) {
        this.updateState(this.state.apply(tr))
        setState(this.state)
      },
    })
    setView(made)
    setState(made.state)
    return () => {
      setView(null)
      made.destroy()
    }
  }, [props.fragment, label])

  return (
    <div className="body-editor">
      {view !== null && state !== null && <BodyToolbar view={view} state={state} />}
      <p id="body-keys" className="body-keys">
        {text('editor.keys')}
      </p>
      <div className="body-sheet" ref={place} />
    </div>
  )
}

/** Tab changes levels within items, so Escape is the way out for the keyboard: to the toolbar before the sheet. */
function leave(sheet: HTMLElement | null): void {
  sheet?.parentElement?.querySelector<HTMLElement>('[role="toolbar"] button:not([disabled])')?.focus()
}
