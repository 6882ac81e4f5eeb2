// How many edits the page holds that are not on disk yet: the editor counts them, the status line says so, and main is told,
// because locking and quitting wait for them. When main is about to do either, everything typed is stored at once.

import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { useSession } from './use-services.tsx'

export interface SaveState {
  readonly pending: number
  /** Counts something typed that nobody has been asked to store yet, until the answer is called; `store` stores it without waiting longer. */
  readonly hold: (store?: () => void) => () => void
  /** Counts one piece of work until its promise settles. */
  readonly track: <V>(work: Promise<V>) => Promise<V>
}

const SaveStateContext = createContext<SaveState | null>(null)

export function SaveStateProvider(props: { readonly children: ReactNode }): ReactNode {
  const session = useSession()
  const [pending, setPending] = useState(0)
  const count = useRef(0)
  const held = useRef(new Set<() => void>())
  const step = useCallback(
    (by: number) => {
      count.current += by
      setPending(count.current)
      session.unsaved(count.current)
    },
    [session],
  )
  const track = useCallback(
    async <V,>(work: Promise<V>): Promise<V> => {
      step(1)
      return work.finally(() => step(-1))
    },
    [step],
  )
  const hold = useCallback(
    (store?: () => void) => {
      if (store) held.current.add(store)
      step(1)
      let counted = true
      return () => {
        if (store) held.current.delete(store)
        if (counted) step(-1)
        counted = false
      }
    },
    [step],
  )
  useEffect(
    () =>
      session.onSaveNow(() => {
        for (const store of [...held.current]) store()
      }),
    [session],
  )
  const value = useMemo(() => ({ pending, hold, track }), [pending, hold, track])
  return <SaveStateContext value={value}>{props.children}</SaveStateContext>
}

export function useSaveState(): SaveState {
  const state = useContext(SaveStateContext)
  if (state === null) throw new Error('defect: a screen outside the save state')
  return state
}
