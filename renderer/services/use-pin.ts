// Is a volume or a document to be opened here without a connection, how far is it here, and the switch for it.

import type { OfflineShare } from './view-models.ts'
import { useCommand, useLive } from './use-services.tsx'

export interface Pinned {
  /** Undefined until it is known. */
  readonly on: boolean | undefined
  /** How much of it is here; null where it is not wanted. */
  readonly share: OfflineShare | null
  readonly busy: boolean
  readonly failure: ReturnType<typeof useCommand<'pin'>>['failure']
  readonly toggle: () => void
}

export function usePin(what: 'volume' | 'document', id: string): Pinned {
  const offline = useLive('offline', null)
  const { run, busy, failure } = useCommand('pin')
  const share = (what === 'volume' ? offline?.volumes : offline?.documents)?.find((one) => one.id === id) ?? null
  const on = offline === undefined ? undefined : share !== null
  return { on, share, busy, failure, toggle: () => void run({ what, id, on: on !== true }) }
}
