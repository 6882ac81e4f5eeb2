// How a screen asks for anything: the session of main, commands and live queries of the vault. Screens hold no results of
// their own: values come up by live query only.

import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import type { Result } from '@shared/base/result.ts'
import type { SessionApi } from './session-api.ts'
import type { CommandFailure, VaultApi, VaultCommands, VaultQueries } from './vault-api.ts'

const SessionContext = createContext<SessionApi | null>(null)
const VaultContext = createContext<VaultApi | null>(null)

export function SessionProvider(props: { readonly session: SessionApi; readonly children: ReactNode }): ReactNode {
  return <SessionContext value={props.session}>{props.children}</SessionContext>
}

export function VaultProvider(props: { readonly vault: VaultApi; readonly children: ReactNode }): ReactNode {
  return <VaultContext value={props.vault}>{props.children}</VaultContext>
}

export function useSession(): SessionApi {
  const session = useContext(SessionContext)
  if (session === null) throw new Error('defect: a screen outside the session')
  return session
}

/** The vault of the unlocked seat; only screens behind the unlock may ask for it. */
export function useVault(): VaultApi {
  const vault = useContext(VaultContext)
  if (vault === null) throw new Error('defect: a screen outside the vault')
  return vault
}

/** The newest value of a live query; undefined until the first one is there. */
export function useLive<K extends keyof VaultQueries>(name: K, arg: VaultQueries[K]['arg']): VaultQueries[K]['value'] | undefined {
  const vault = useVault()
  const argKey = JSON.stringify(arg)
  const [held, setHeld] = useState<{ readonly key: string; readonly value: VaultQueries[K]['value'] } | null>(null)
  useEffect(() => {
    const stable = JSON.parse(argKey) as VaultQueries[K]['arg']
    return vault.watch(name, stable, (value) => setHeld({ key: argKey, value }))
  }, [vault, name, argKey])
  return held?.key === argKey ? held.value : undefined
}

export interface Command<K extends keyof VaultCommands> {
  readonly busy: boolean
  readonly failure: CommandFailure | null
  readonly run: (arg: VaultCommands[K]['arg']) => Promise<Result<VaultCommands[K]['value'], CommandFailure>>
  readonly clear: () => void
}

/** A command with what a screen shows about it: that it is under way, and why it was not done. */
export function useCommand<K extends keyof VaultCommands>(name: K): Command<K> {
  const vault = useVault()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<CommandFailure | null>(null)
  const run = useCallback(
    async (arg: VaultCommands[K]['arg']) => {
      setBusy(true)
      setFailure(null)
      const done = await vault.command(name, arg).finally(() => setBusy(false))
      if (!done.ok) setFailure(done.error)
      return done
    },
    [vault, name],
  )
  const clear = useCallback(() => setFailure(null), [])
  return useMemo(() => ({ busy, failure, run, clear }), [busy, failure, run, clear])
}
