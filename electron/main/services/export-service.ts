// Export from the vault's side of the wall: begun by a consent that was given for export, into a folder the person chose in the
// system's own dialog. Files arrive one by one and go to the sink, which makes the package appear whole or not at all.

import { join } from 'node:path'
import type { PackageFile } from '@shared/archive/ports.ts'
import { err, ok, type Result } from '@shared/base/result.ts'
import type { ExportCancelled, SinkFailure } from '@shared/ipc/contract/export.ts'
import type { ConsentMissing } from '@shared/ipc/contract/vault.ts'
import type { SaveDialog } from '../ports.ts'
import type { ConsentTickets } from './consent-tickets.ts'
import type { ExportFailure, ExportSink } from './export-sink.ts'

export interface ExportService {
  begin(input: { readonly consent: string; readonly name: string }): Promise<Result<{ readonly job: string; readonly path: string } | null, ConsentMissing | SinkFailure>>
  put(input: { readonly job: string; readonly path: string; readonly bytes: Uint8Array }): Promise<Result<null, SinkFailure | ExportCancelled>>
  finish(input: { readonly job: string }): Promise<Result<{ readonly path: string }, SinkFailure | ExportCancelled>>
  cancel(input: { readonly job: string }): Promise<Result<null>>
  /** Ends every export under way; nothing half written stays. */
  cancelAll(): void
}

/** Hands files to the sink as they come; `ended` answers the sink's outcome. */
interface Job {
  readonly push: (file: PackageFile | null) => Promise<void>
  readonly abort: AbortController
  readonly ended: Promise<Result<string, SinkFailure | ExportCancelled>>
}

const cancelled = { type: 'ExportCancelled', retry: 'never' } as const

export function createExportService(deps: { readonly sink: ExportSink; readonly dialog: SaveDialog; readonly tickets: ConsentTickets; readonly newId: () => string }): ExportService {
  const jobs = new Map<string, Job>()
  const end = async (job: string, last: (found: Job) => void | Promise<void>): Promise<Result<string, SinkFailure | ExportCancelled>> => {
    const found = jobs.get(job)
    if (!found) return err(cancelled)
    await last(found)
    jobs.delete(job)
    return found.ended
  }
  return {
    async begin({ consent, name }) {
      if (!deps.tickets.take(consent, 'export')) return err({ type: 'ConsentMissing', act: 'document.export', retry: 'never' })
      const folder = await deps.dialog.chooseFolder()
      if (folder === null) return ok(null)
      const job = deps.newId()
      const path = join(folder, name)
      jobs.set(job, startJob(deps.sink, path))
      return ok({ job, path })
    },
    async put({ job, path, bytes }) {
      const found = jobs.get(job)
      if (!found) return err(cancelled)
      const taken = await Promise.race([found.push({ path, chunks: [bytes] }).then(() => null), found.ended])
      if (taken === null || taken.ok) return ok(null)
      jobs.delete(job)
      return taken
    },
    async finish({ job }) {
      const ended = await end(job, (found) => found.push(null))
      return ended.ok ? ok({ path: ended.value }) : ended
    },
    async cancel({ job }) {
      await end(job, (found) => found.abort.abort())
      return ok(null)
    },
    cancelAll() {
      for (const job of jobs.values()) job.abort.abort()
      jobs.clear()
    },
  }
}

function startJob(sink: ExportSink, path: string): Job {
  const abort = new AbortController()
  const waiting: { file: PackageFile | null; taken: () => void }[] = []
  let wake: () => void = () => undefined
  const push = (file: PackageFile | null): Promise<void> =>
    new Promise((taken) => {
      waiting.push({ file, taken })
      wake()
    })
  async function* files(): AsyncGenerator<PackageFile> {
    for (;;) {
      const next = waiting.shift()
      if (!next) {
        await new Promise<void>((resolve) => {
          wake = resolve
          abort.signal.addEventListener('abort', () => resolve(), { once: true })
        })
        if (abort.signal.aborted) return
        continue
      }
      if (next.file === null) {
        next.taken()
        return
      }
      yield next.file
      next.taken()
    }
  }
  const ended = sink.write(path, files(), { signal: abort.signal }).then((done) => (done.ok ? ok(done.value.path) : err(toSinkFailure(done.error))))
  return { push, abort, ended }
}

function toSinkFailure(failure: ExportFailure): SinkFailure | ExportCancelled {
  switch (failure.type) {
    case 'ExportTargetFull':
      return { type: 'TargetFull', retry: 'later' }
    case 'ExportTargetReadOnly':
      return { type: 'TargetReadOnly', retry: 'never' }
    case 'ExportTargetGone':
      return { type: 'TargetVanished', retry: 'later' }
    case 'ExportTargetExists':
      return { type: 'TargetExists', retry: 'never' }
    case 'ExportCancelled':
      return cancelled
    default:
      return { type: 'TargetRefused', retry: 'never' }
  }
}
