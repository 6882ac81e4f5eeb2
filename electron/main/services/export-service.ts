// Export from the vault's side of the wall: begun by a consent that was given for export, into a folder the person chose in the
// system's own dialog. Files arrive one by one and go to the sink, which makes the package appear whole or not at all.

import { join } from 'node:path'
import type { Clock, Random } from '@shared/base/ports.ts'
import { err, ok, type Result } from '@shared/base/result.ts'
import type { Contract } from '@shared/ipc/contract.ts'
import type { ExportCancelled, ShareTooLarge, SinkFailure } from '@shared/ipc/contract/export.ts'
import type { Handlers } from '@shared/ipc/define.ts'
import type { SaveDialog } from '../ports.ts'
import type { ConsentTickets } from './consent-tickets.ts'
import type { ExportJob, ExportSink } from './export-sink.ts'
import { createSealedJob, type SealedJob } from './sealed-job.ts'

export interface ExportService {
  readonly handlers: Handlers<Contract, 'vault'>['export']
  /** Ends every export under way; nothing half written stays. */
  cancelAll(): Promise<void>
}

const cancelled = { type: 'ExportCancelled', retry: 'never' } as const

export interface ExportServiceDeps {
  readonly sink: ExportSink
  readonly dialog: SaveDialog
  readonly tickets: ConsentTickets
  readonly random: Random
  readonly clock: Clock
  readonly newId: () => string
}

type Job = Pick<SealedJob, 'cancel'> & {
  readonly put: (path: string, bytes: Uint8Array) => Promise<Result<unknown, SinkFailure | ExportCancelled | ShareTooLarge>>
  readonly finish: () => Promise<Result<{ readonly path: string; readonly passphrase: string | null }, SinkFailure | ExportCancelled>>
}

export function createExportService(deps: ExportServiceDeps): ExportService {
  const jobs = new Map<string, Job>()
  return {
    handlers: {
      async begin({ consent, name, sealed }) {
        if (!(['export', 'report', 'audit'] as const).some((outcome) => deps.tickets.take(consent, outcome))) return err({ type: 'ConsentMissing', act: 'document.export', retry: 'never' })
        const folder = await deps.dialog.chooseFolder()
        if (folder === null) return ok(null)
        const begun = await deps.sink.begin(join(folder, name))
        if (!begun.ok) return begun
        const job = deps.newId()
        jobs.set(job, sealed ? createSealedJob(begun.value, deps, sealed.guide) : openJob(begun.value))
        return ok({ job, path: begun.value.path })
      },
      async put({ job, path, bytes }) {
        const put = await jobs.get(job)?.put(path, bytes)
        if (!put) return err(cancelled)
        return put.ok ? ok(null) : put
      },
      async finish({ job }) {
        const finished = await jobs.get(job)?.finish()
        jobs.delete(job)
        if (!finished) return err(cancelled)
        return finished
      },
      async cancel({ job }) {
        await jobs.get(job)?.cancel()
        jobs.delete(job)
        return ok(null)
      },
    },
    async cancelAll() {
      await Promise.all([...jobs.values()].map((job) => job.cancel()))
      jobs.clear()
    },
  }
}

function openJob(job: ExportJob): Job {
  return {
    put: (path, bytes) => job.put(path, [bytes]),
    async finish() {
      const finished = await job.finish()
      return finished.ok ? ok({ path: finished.value.path, passphrase: null }) : finished
    },
    cancel: () => job.cancel(),
  }
}
