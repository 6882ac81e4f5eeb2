// A report that whoever makes it signs in main's window: the act that says it was made is written before anything leaves, and the signed
// pages go out with its table and whatever proves it.

import type { PackageFile } from '@shared/archive/ports.ts'
import { ok, type Result } from '@shared/base/result.ts'
import { exportPackage } from '@shared/flow/export.ts'
import type { LogEvent } from '@shared/log/event.ts'
import { collectionZero } from '@shared/log/names.ts'
import { eventToBytes } from '@shared/log/segment.ts'
import type { CommandFailure } from '../../services/vault-api.ts'
import type { VaultCore } from '../core.ts'
import { failedBy } from '../failure.ts'

export interface SignedReport {
  /** Of collection zero, judged; it names the pages and the table by their hash. */
  readonly events: readonly LogEvent[]
  /** As the consent window says it, with the hash of the table under its label. */
  readonly title: string
  readonly table: { readonly label: string; readonly value: string }
  /** The PDF before it is signed, and the field its signature goes into. */
  readonly pages: Uint8Array
  readonly field: string
  /** Name of the folder that it is written to. */
  readonly name: string
  readonly files: (signed: Uint8Array) => Promise<Result<AsyncIterable<PackageFile>, CommandFailure>>
}

/** Where it was written; null when no place was chosen. */
export function writeSignedReport({ around: { host }, commitBuilt }: VaultCore, { events, title, table, pages, field, name, files }: SignedReport): Promise<Result<{ readonly path: string } | null, CommandFailure>> {
  let signed = pages
  return exportPackage<CommandFailure>({
    async confirm() {
      const answer = await host.consent.request({ events: events.map(eventToBytes), title, facts: [table], warnings: [], pdf: pages, signature: { file: pages, field } })
      if (!answer.ok) return failedBy(answer.error)
      signed = answer.value.file ?? pages
      return ok(answer.value.consent)
    },
    begin: async (consent) => told(await host.export.begin({ consent, name })),
    record: () => commitBuilt(collectionZero, events),
    files: () => files(signed),
    put: async (job, path, bytes) => told(await host.export.put({ job, path, bytes })),
    finish: async (job) => told(await host.export.finish({ job })),
    cancel: (job) => host.export.cancel({ job }),
    stopped: () => ok(null),
  })
}

function told<V>(answer: Result<V>): Result<V, CommandFailure> {
  return answer.ok ? answer : failedBy(answer.error)
}
