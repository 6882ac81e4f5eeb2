// One person at one machine, for tests: an unlocked seat with its folder of objects and its own IndexedDB, used through the same
// service as the page uses.

import { assert } from '@shared/base/result.ts'
import type { VaultCommands, VaultQueries } from '../../services/vault-api.ts'
import type { JobState } from '../../services/view-models.ts'
import type { Notice } from '../core.ts'
import type { QueryName } from '../live.ts'
import type { Surroundings } from '../ports.ts'
import { createVaultService, type VaultService } from '../vault-service.ts'
import { createMemoryHost, type MemoryHost } from './memory-host.ts'
import { unlockSeat, type Objects, type Office } from './memory-office.ts'

export interface TestMachine {
  readonly indexedDb: Surroundings['indexedDb']
  readonly font: Surroundings['font']
}

export interface TestSeat {
  readonly host: MemoryHost
  readonly objects: Objects
  readonly service: VaultService
  readonly notices: readonly Notice[]
  readonly jobs: readonly JobState[]
  readonly defects: readonly unknown[]
  /** The value of a command that is expected to be done. */
  done<K extends keyof VaultCommands>(name: K, arg: VaultCommands[K]['arg']): Promise<VaultCommands[K]['value']>
  /** Why a command was not done: its type, and the reason where a rule said no. */
  refused<K extends keyof VaultCommands>(name: K, arg: VaultCommands[K]['arg']): Promise<string>
  /** Until what this seat writes by itself because of what was asked and done so far (openings, receipts, numbers) lies in its folder. */
  settled(): Promise<void>
  /** A query's answer now. */
  ask<K extends QueryName>(name: K, arg: VaultQueries[K]['arg']): Promise<VaultQueries[K]['value']>
}

export async function openTestSeat(office: Office, person: string, objects: Objects, machine: TestMachine, wrap: (host: MemoryHost) => MemoryHost = (host) => host): Promise<TestSeat> {
  const host = wrap(createMemoryHost(office, objects, await unlockSeat(office, objects, person)))
  const notices: Notice[] = []
  const jobs: JobState[] = []
  const defects: unknown[] = []
  const around: Surroundings = { host, crypto: office.crypto, clock: office.clock, wait: async () => undefined, ...machine }
  const service = createVaultService(around, { language: () => 'ja', job: (job) => jobs.push(job), notice: (notice) => notices.push(notice), defect: (thrown) => defects.push(thrown) })
  const opened = await service.open()
  assert(opened.ok, 'a test seat opens')
  return {
    host,
    objects,
    service,
    notices,
    jobs,
    defects,
    async done(name, arg) {
      const answer = await service.command(name, arg)
      if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.error)}`, { cause: defects[0] })
      return answer.value as never
    },
    async refused(name, arg) {
      const answer = await service.command(name, arg)
      assert(!answer.ok, `${name} is not done`)
      return `${answer.error.type} ${answer.error.facts?.['reason'] ?? ''}`.trim()
    },
    // Taking in waits for its turn behind every record that is being written.
    settled: () => service.takeIn(),
    ask: (name, arg) =>
      new Promise((resolve) => {
        const end = service.watch(name, arg, (value) => {
          resolve(value)
          queueMicrotask(() => end())
        })
      }),
  }
}
