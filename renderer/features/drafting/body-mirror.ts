// Sends what is typed to the vault: at most one call under way, everything typed meanwhile merged into the next. Nothing is dropped:
// an update that was refused stays and goes again with the next one or when asked.

import type { Result } from '@shared/base/result.ts'
import type { CommandFailure } from '../../services/vault-api.ts'

export interface BodyMirrorPorts {
  readonly send: (update: Uint8Array) => Promise<Result<null, CommandFailure>>
  /** Joins updates in order into one. */
  readonly merge: (updates: Uint8Array[]) => Uint8Array
  /** Called when the state changes: whether something is not on disk yet, and why the last call failed. */
  readonly report: (state: MirrorState) => void
}

export interface MirrorState {
  readonly pending: boolean
  readonly failure: CommandFailure | null
}

export interface BodyMirror {
  readonly push: (update: Uint8Array) => void
  /** Resolves when everything pushed so far is on disk, or has failed. */
  readonly settle: () => Promise<void>
}

export function createBodyMirror(ports: BodyMirrorPorts): BodyMirror {
  let waiting: Uint8Array[] = []
  let running: Promise<void> | null = null

  const drain = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting.length === 1 && waiting[0] !== undefined ? waiting[0] : ports.merge(waiting)
      waiting = []
      const done = await ports.send(batch)
      if (!done.ok) {
        waiting = [batch, ...waiting]
        ports.report({ pending: true, failure: done.error })
        return
      }
    }
    ports.report({ pending: false, failure: null })
  }
  const start = (): Promise<void> => {
    running ??= drain().finally(() => {
      running = null
    })
    return running
  }
  return {
    push: (update) => {
      waiting.push(update)
      ports.report({ pending: true, failure: null })
      void start()
    },
    settle: async () => {
      await running
      if (waiting.length > 0) await start()
    },
  }
}
