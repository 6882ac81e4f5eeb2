// What has been ticked in one list before it is stored: kept here until the store says the same, so that every tick of several quick
// ones stands on the one before.

import { useCallback, useEffect, useState } from 'react'

export interface ListDraft {
  readonly values: readonly string[]
  readonly change: (values: readonly string[]) => void
}

export function useListDraft(stored: readonly string[], store: (values: readonly string[]) => void): ListDraft {
  const [ticked, setTicked] = useState<readonly string[] | null>(null)
  const same = ticked !== null && ticked.length === stored.length && ticked.every((value, i) => value === stored[i])
  useEffect(() => {
    if (same) setTicked(null)
  }, [same])
  const change = useCallback(
    (next: readonly string[]) => {
      setTicked(next)
      store(next)
    },
    [store],
  )
  return { values: ticked ?? stored, change }
}
