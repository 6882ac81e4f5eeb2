// A package that leaves for somebody outside: what would lie open in a folder is gathered here and written as one sealed file, beside the
// words that say how it is opened. It is held in memory until then: nothing of it lies readable on the disk.

import type { Clock, Random } from '@shared/base/ports.ts'
import { err, ok, type Result } from '@shared/base/result.ts'
import { concatBytes } from '@shared/base/bytes.ts'
import type { ShareTooLarge } from '@shared/ipc/contract/export.ts'
import type { ExportCancelled, ExportJob, SinkFailure } from './export-sink.ts'
import { drawPassphrase, sealShare, type ShareFile } from './seal-share.ts'

/** So much is sealed in one file at most. */
const largestShare = 512 * 1024 * 1024

export interface SealedJob {
  readonly put: (path: string, bytes: Uint8Array) => Promise<Result<null, ShareTooLarge>>
  /** The passphrase is nowhere but in this answer. */
  readonly finish: () => Promise<Result<{ readonly path: string; readonly passphrase: string }, SinkFailure | ExportCancelled>>
  readonly cancel: () => Promise<void>
}

/** `guide`: the words beside it, UTF-8. Unpacked, the package is a folder of its own: a stray file among its own would spoil it as a bag. */
export function createSealedJob(inner: ExportJob, { random, clock }: { readonly random: Random; readonly clock: Clock }, guide: Uint8Array): SealedJob {
  const files: ShareFile[] = []
  let size = 0
  return {
    async put(path, bytes) {
      size += bytes.length
      if (size > largestShare) return err({ type: 'ShareTooLarge', retry: 'never' })
      files.push({ path: `share/${path}`, bytes: concatBytes(bytes) })
      return ok(null)
    },
    async finish() {
      const passphrase = drawPassphrase(random)
      const sealed = await sealShare(random, files, passphrase, Math.floor(clock.now() / 1000))
      for (const [path, bytes] of [['share.p7m', sealed], ['how-to-open.txt', guide]] as const) {
        const put = await inner.put(path, [bytes])
        if (!put.ok) return put
      }
      const finished = await inner.finish()
      return finished.ok ? ok({ path: finished.value.path, passphrase }) : finished
    },
    async cancel() {
      files.length = 0
      await inner.cancel()
    },
  }
}
