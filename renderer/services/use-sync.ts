// How things stand with the storage, for whoever shows it: asked once, then told. Nothing is guessed while no answer is there.

import { useEffect, useState } from 'react'
import type { SyncState } from './session-api.ts'
import { useSession } from './use-services.tsx'

export function useSync(): SyncState | null {
  const session = useSession()
  const [state, setState] = useState<SyncState | null>(null)
  useEffect(() => {
    let isOver = false
    const end = session.onSync(setState)
    void session.sync().then((asked) => {
      if (!isOver) setState((told) => told ?? asked)
    })
    return () => {
      isOver = true
      end()
    }
  }, [session])
  return state
}
