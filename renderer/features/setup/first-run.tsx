// What a device without a workspace shows: making a new one, or joining one that exists. A request that was made before goes on.

import { type ReactNode, useEffect, useState } from 'react'
import type { Joining } from '@shared/ipc/contract/enrol.ts'
import type { RecoverySheets } from '../../services/session-api.ts'
import { useSession } from '../../services/use-services.tsx'
import { JoinPage } from './join-page.tsx'
import { JoinWaiting } from './join-waiting.tsx'
import { SetupPage } from './setup-page.tsx'

export interface FirstRunProps {
  readonly keystore: 'os' | 'none'
  /** When this device was erased because it was called lost (milliseconds since 1970 UTC). */
  readonly erasedAt: number | null
  readonly onCreated: (sheets: RecoverySheets) => void
}

export function FirstRun({ keystore, erasedAt, onCreated }: FirstRunProps): ReactNode {
  const session = useSession()
  const [joining, setJoining] = useState<Joining | null | undefined>(undefined)
  const [way, setWay] = useState<'make' | 'join'>('make')
  useEffect(() => {
    void session.joining().then(setJoining)
  }, [session])
  if (joining === undefined) return null
  if (joining !== null) return <JoinWaiting joining={joining} onLeft={() => setJoining(null)} />
  if (way === 'join') return <JoinPage onAsked={setJoining} onBack={() => setWay('make')} />
  return <SetupPage keystore={keystore} erasedAt={erasedAt} onCreated={onCreated} onJoin={() => setWay('join')} />
}
