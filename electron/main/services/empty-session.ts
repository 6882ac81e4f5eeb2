// The session of a profile that has no workspace: nothing can be unlocked, read or signed, and nothing needs locking.
import { err, ok } from '@shared/base/result.ts'
import type { Contract } from '@shared/ipc/contract.ts'
import type { Keystore } from '@shared/ipc/contract/session.ts'
import type { Handlers } from '@shared/ipc/define.ts'
import type { SessionLock } from '../ports.ts'

export interface EmptySession extends SessionLock {
  readonly page: Pick<Handlers<Contract, 'page'>, 'session' | 'setup'>
  readonly vault: Omit<Handlers<Contract, 'vault'>, 'print'>
}

export function createEmptySession(keystore: Keystore): EmptySession {
  const locked = async () => err({ type: 'SessionLocked', retry: 'later' } as const)
  const cancelled = async () => err({ type: 'ExportCancelled', retry: 'never' } as const)
  return {
    lock: async () => undefined,
    idleMinutes: () => null,
    page: {
      session: {
        status: async () => ok({ state: 'empty', keystore }),
        unlock: async () => err({ type: 'SeatMissing', retry: 'never', waitMs: 0 }),
        lock: async () => ok(null),
        changePin: async () => err({ type: 'BadInput', retry: 'never' }),
      },
      setup: {
        samplePeople: async () => ok([]),
        createWorkspace: async () => err({ type: 'BadInput', retry: 'never' }),
        recoverPeople: async () => err({ type: 'BadCode', retry: 'never' }),
        recover: async () => err({ type: 'BadCode', retry: 'never' }),
        saveSheet: async () => err({ type: 'BadInput', retry: 'never' }),
      },
    },
    vault: {
      vault: { open: locked },
      objects: { get: locked, range: locked, put: locked },
      journal: { lanes: locked, read: locked, commit: locked },
      consent: { request: locked },
      export: { begin: locked, put: cancelled, finish: cancelled, cancel: async () => ok(null) },
    },
  }
}
