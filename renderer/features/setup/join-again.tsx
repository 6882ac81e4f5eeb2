// A device whose keys in hardware work no more asks to join its own workspace again: the same steps as a new one, over the records it holds.

import { type ReactNode, useEffect, useState } from 'react'
import type { Joining } from '@shared/ipc/contract/enrol.ts'
import { useSession } from '../../services/use-services.tsx'
import { JoinPage } from './join-page.tsx'
import { JoinWaiting } from './join-waiting.tsx'

export function JoinAgain({ onBack }: { readonly onBack: () => void }): ReactNode {
  const session = useSession()
  const [joining, setJoining] = useState<Joining | null | undefined>(undefined)
  useEffect(() => {
    void session.joining().then(setJoining)
  }, [session])
  if (joining === undefined) return null
  if (joining !== null) return <JoinWaiting joining={joining} onLeft={() => setJoining(null)} />
  return <JoinPage again onAsked={setJoining} onBack={onBack} />
}
