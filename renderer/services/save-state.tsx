// How many edits the page holds that are not on disk yet: the editor counts them, the status line says so.

import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from 'react'

export interface SaveState {
  readonly pending: number
  /** Counts something typed that nobody has been asked to store yet, until the answer is called. */
  readonly hold: () => () => void
  /** Counts one piece of work until its promise settles. */
  readonly track: <V>(work: Promise<V>) => Promise<V>
}

const SaveStateContext = createContext<SaveState | null>(null)

export function SaveStateProvider(props: { readonly children: ReactNode }): ReactNode {
  const [pending, setPending] = useState(0)
  const count = useRef(0)
  const step = useCallback((by: number) => {
    count.current += by
    setPending(count.current)
  }, [])
  const track = useCallback(
    async <V,>(work: Promise<V>): Promise<V> => {
      step(1)
      return work.finally(() => step(-1))
    },
    [step],
  )
  const hold = useCallback(() => {
    let held = true
    step(1)
    return () => {
      if (held) step(-1)
      held = false
    }
  }, [step])
  const value = useMemo(() => ({ pending, hold, track }), [pending, hold, track])
  return <SaveStateContext value={value}>{props.children}</SaveStateContext>
}

export function useSaveState(): SaveState {
  const state = useContext(SaveStateContext)
  if (state === null) throw new Error('defect: a screen outside the save state')
  return state
}
