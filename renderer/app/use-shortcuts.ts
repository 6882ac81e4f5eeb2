// The keys that work on every screen. They never take a key that an input or the editor needs.

import { useEffect, useRef } from 'react'

export interface Shortcuts {
  readonly palette: () => void
  readonly back: () => void
  readonly lock: () => void
}

/** Ctrl+K palette, Alt+Left back, Ctrl+Shift+L lock (Command instead of Ctrl on macOS). */
export function useShortcuts(shortcuts: Shortcuts): void {
  const newest = useRef(shortcuts)
  useEffect(() => {
    newest.current = shortcuts
  })
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      if (event.isComposing) return
      const strong = event.ctrlKey || event.metaKey
      const act =
        strong && !event.shiftKey && event.code === 'KeyK' ? newest.current.palette
        : strong && event.shiftKey && event.code === 'KeyL' ? newest.current.lock
        : event.altKey && event.code === 'ArrowLeft' ? newest.current.back
        : null
      if (act === null) return
      event.preventDefault()
      act()
    }
    addEventListener('keydown', hear)
    return () => removeEventListener('keydown', hear)
  }, [])
}
