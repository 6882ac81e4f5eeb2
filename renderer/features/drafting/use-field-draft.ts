// What is being typed in one field before it is stored: kept here while typing, stored after a pause and on leaving the field.

import { useCallback, useEffect, useRef, useState } from 'react'
import { useSaveState } from '../../services/save-state.tsx'

const pause = 600

export interface FieldDraft {
  readonly typed: string
  readonly change: (typed: string) => void
  readonly leave: () => void
}

/** `store` is called with the newest text, never twice with the same. */
export function useFieldDraft(stored: string, store: (typed: string) => void): FieldDraft {
  const [typed, setTyped] = useState<string | null>(null)
  const newest = useRef<{ readonly typed: string | null; readonly stored: string; readonly store: (typed: string) => void }>({ typed: null, stored, store })
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const { hold } = useSaveState()
  const release = useRef<(() => void) | null>(null)
  useEffect(() => {
    newest.current = { ...newest.current, stored, store }
    if (newest.current.typed === stored) {
      newest.current = { ...newest.current, typed: null }
      setTyped(null)
    }
  }, [stored, store])

  const flush = useCallback(() => {
    if (timer.current !== null) clearTimeout(timer.current)
    timer.current = null
    const { typed: last, stored: before, store: send } = newest.current
    if (last !== null && last !== before) send(last)
    release.current?.()
    release.current = null
  }, [])
  useEffect(() => flush, [flush])

  const change = useCallback(
    (next: string) => {
      newest.current = { ...newest.current, typed: next }
      if (release.current === null) release.current = hold(flush)
      setTyped(next)
      if (timer.current !== null) clearTimeout(timer.current)
      timer.current = setTimeout(flush, pause)
    },
    [flush, hold],
  )
  return { typed: typed ?? stored, change, leave: flush }
}
