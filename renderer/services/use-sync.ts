// How things stand with the storage and with what is carried by hand, for whoever shows it: asked once, then told. Nothing is guessed
// while no answer is there.

import { useEffect, useState } from 'react'
import type { CarryState, SessionApi, SyncState } from './session-api.ts'
import { useSession } from './use-services.tsx'

export function useSync(): SyncState | null {
  return useTold(askSync, hearSync)
}

export function useCarry(): CarryState | null {
  return useTold(askCarry, hearCarry)
}

const askSync = (session: SessionApi): Promise<SyncState> => session.sync()
const hearSync = (session: SessionApi, hear: (state: SyncState) => void): (() => void) => session.onSync(hear)
const askCarry = (session: SessionApi): Promise<CarryState> => session.carrying()
const hearCarry = (session: SessionApi, hear: (state: CarryState) => void): (() => void) => session.onCarry(hear)

/** What main tells of itself: asked once, then heard. Null before the first answer. */
export function useTold<S>(ask: (session: SessionApi) => Promise<S>, listen: (session: SessionApi, hear: (state: S) => void) => () => void): S | null {
  const session = useSession()
  const [state, setState] = useState<S | null>(null)
  useEffect(() => {
    let isOver = false
    const end = listen(session, setState)
    void ask(session).then((asked) => {
      if (!isOver) setState((told) => told ?? asked)
    })
    return () => {
      isOver = true
      end()
    }
  }, [session, ask, listen])
  return state
}

/** Devices that a record of this machine is known to have reached, asked again whenever sync tells of itself; null before the first answer. */
export function useReached(record: string | null): readonly string[] | null {
  const session = useSession()
  const state = useSync()
  const [devices, setDevices] = useState<readonly string[] | null>(null)
  useEffect(() => {
    let isOver = false
    if (record !== null) void session.reached(record).then((answer) => (isOver ? undefined : setDevices(answer)))
    return () => {
      isOver = true
    }
  }, [session, record, state])
  return devices
}
