// Export (書出・移管): the person confirms, chooses a place, the acts are written down, the package goes out file by file and appears
// whole or not at all. A list of steps without policy.

import { concatBytes } from '../base/bytes.ts'
import { ok, type Failure, type Result } from '../base/result.ts'
import type { PackageFile } from '../archive/ports.ts'

export interface ExportPorts<E extends Failure> {
  /** Shows exactly the acts that will be written; the value names the confirmation. */
  readonly confirm: () => Promise<Result<string, E>>
  /** Asks for the place; null when the person chose none. */
  readonly begin: (consent: string) => Promise<Result<{ readonly job: string } | null, E>>
  /** Writes down that these documents leave: before the first byte does. */
  readonly record: () => Promise<Result<unknown, E>>
  /** The package as it stands with these acts in its trail. */
  readonly files: () => Promise<Result<AsyncIterable<PackageFile>, E>>
  readonly put: (job: string, path: string, bytes: Uint8Array) => Promise<Result<unknown, E>>
  readonly finish: (job: string) => Promise<Result<{ readonly path: string }, E>>
  readonly cancel: (job: string) => Promise<unknown>
  /** Asked between files: does the person want to stop? */
  readonly stopped: (job: string) => Result<null, E>
}

/** Null when no place was chosen: nothing was written then. Whatever fails later leaves nothing half written. */
export async function exportPackage<E extends Failure>(ports: ExportPorts<E>): Promise<Result<{ readonly path: string } | null, E>> {
  const confirmed = await ports.confirm()
  if (!confirmed.ok) return confirmed
  const begun = await ports.begin(confirmed.value)
  if (!begun.ok) return begun
  if (begun.value === null) return ok(null)
  const { job } = begun.value
  const written = await write(ports, job).catch(async (defect: unknown) => {
    await ports.cancel(job)
    throw defect
  })
  if (!written.ok) {
    await ports.cancel(job)
    return written
  }
  return ports.finish(job)
}

async function write<E extends Failure>(ports: ExportPorts<E>, job: string): Promise<Result<null, E>> {
  const recorded = await ports.record()
  if (!recorded.ok) return recorded
  const files = await ports.files()
  if (!files.ok) return files
  for await (const file of files.value) {
    const stopped = ports.stopped(job)
    if (!stopped.ok) return stopped
    const parts: Uint8Array[] = []
    for await (const part of file.chunks) parts.push(part)
    const put = await ports.put(job, file.path, parts.length === 1 ? (parts[0] as Uint8Array) : concatBytes(...parts))
    if (!put.ok) return put
  }
  return ok(null)
}
