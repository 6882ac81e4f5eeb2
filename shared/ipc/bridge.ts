// What a preload hands to its page: two functions and nothing generic. The preload knows the table's names for its
// audience and refuses every other, so the page cannot reach a channel that is not meant for it.
import type { Events } from './contract.ts'
import type { Listen } from './define.ts'

/** `window.fumibako` in the main page. `call` answers an envelope; `on` returns the function that ends it. */
export interface Bridge {
  readonly call: (channel: string, input: unknown) => Promise<unknown>
  readonly on: (event: string, hear: (payload: unknown) => void) => () => void
}

/** `on` of the bridge, typed by the table. */
export function pageEvents(bridge: Bridge): Listen<Events, 'page'> {
  return (name, hear) => bridge.on(name, hear as (payload: unknown) => void)
}

/** The message with which the preload hands the vault's port to the page's start-up code, once per load. */
export const vaultPortMessage = 'fumibako:vault-port'

/** How the preload asks main for that port, under a name that only this load has: an answer to an earlier load is not taken for its own. */
export const vaultPortRequest = 'fumibako:vault-port-please'
