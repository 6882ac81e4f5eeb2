// Export from the vault's side of the wall: begun by a consent that was given for export, into a folder the person chose in the
// system's own dialog. Files arrive one by one and go to the sink, which makes the package appear whole or not at all.

import { join } from 'node:path'
import { err, ok } from '@shared/base/result.ts'
import type { Contract } from '@shared/ipc/contract.ts'
import type { Handlers } from '@shared/ipc/define.ts'
import type { SaveDialog } from '../ports.ts'
import type { ConsentTickets } from './consent-tickets.ts'
import type { ExportJob, ExportSink } from './export-sink.ts'

export interface ExportService {
  readonly handlers: Handlers<Contract, 'vault'>['export']
  /** Ends every export under way; nothing half written stays. */
  cancelAll(): Promise<void>
}

const cancelled = { type: 'ExportCancelled', retry: 'never' } as const

export function createExportService(deps: { readonly sink: ExportSink; readonly dialog: SaveDialog; readonly tickets: ConsentTickets; readonly newId: () => string }): ExportService {
  const jobs = new Map<string, ExportJob>()
  return {
    handlers: {
      async begin({ consent, name }) {
        if (!deps.tickets.take(consent, 'export')) return err({ type: 'ConsentMissing', act: 'document.export', retry: 'never' })
        const folder = await deps.dialog.chooseFolder()
        if (folder === null) return ok(null)
        const begun = await deps.sink.begin(join(folder, name))
        if (!begun.ok) return begun
        const job = deps.newId()
        jobs.set(job, begun.value)
        return ok({ job, path: begun.value.path })
      },
      async put({ job, path, bytes }) {
        const put = await jobs.get(job)?.put(path, [bytes])
        if (!put) return err(cancelled)
        return put.ok ? ok(null) : put
      },
      async finish({ job }) {
        const finished = await jobs.get(job)?.finish()
        jobs.delete(job)
        if (!finished) return err(cancelled)
        return finished.ok ? ok({ path: finished.value.path }) : finished
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
