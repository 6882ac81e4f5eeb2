// Content by need: whoever wants a file's bytes that are not on this disk has them brought first, is told how much is coming, and can
// stop waiting. What was said to be here stays here, so it is asked for once.

import { ok, type Result } from '@shared/base/result.ts'
import type { BlobRef } from '@shared/log/blob.ts'
import { packName } from '@shared/log/names.ts'
import type { CommandFailure, JobListener } from './listeners.ts'
import { failed, failedBy } from './failure.ts'
import type { VaultHost } from './ports.ts'

export interface Content {
  /** Brings what of these files is not here; `bulk`: behind what a person has open meanwhile. Progress (bytes) as the job `content:<doc>`. */
  bring(doc: string, blobs: readonly BlobRef[], bulk?: boolean): Promise<Result<null, CommandFailure>>
  /** Whoever waits for this job is answered; what came already stays. False: no such job. */
  stop(job: string): boolean
  /** Bytes of these files that are not here. */
  away(blobs: readonly BlobRef[]): Promise<number>
}

/** So many packs are asked for at once: a person sees it move, and stopping costs little. */
const atATime = 8
const largestQuestion = 20_000

export function createContent(host: Pick<VaultHost, 'content'>, onJob: JobListener): Content {
  const here = new Set<string>()
  const waiting = new Set<string>()
  const absentOf = async (names: readonly string[]): Promise<readonly string[]> => {
    const asked = names.filter((name) => !here.has(name))
    const absent: string[] = []
    for (let at = 0; at < asked.length; at += largestQuestion) {
      const answer = await host.content.absent({ names: asked.slice(at, at + largestQuestion) })
      if (!answer.ok) return asked
      absent.push(...answer.value.names)
    }
    const gone = new Set(absent)
    for (const name of asked) if (!gone.has(name)) here.add(name)
    return absent
  }
  return {
    async bring(doc, blobs, bulk = false) {
      const sizes = packsOf(blobs)
      const absent = await absentOf([...sizes.keys()])
      if (absent.length === 0) return ok(null)
      const job = jobOf(doc)
      const total = absent.reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0)
      let done = 0
      waiting.add(job)
      onJob({ id: job, done, total, phase: 'content' })
      try {
        for (let at = 0; at < absent.length; at += atATime) {
          if (!waiting.has(job)) return failed('ContentStopped', 'now')
          const names = absent.slice(at, at + atATime)
          const fetched = await host.content.fetch({ names, bulk })
          if (!fetched.ok) return failedBy(fetched.error)
          for (const name of names) {
            here.add(name)
            done += sizes.get(name) ?? 0
          }
          onJob({ id: job, done, total, phase: 'content' })
        }
        return ok(null)
      } finally {
        waiting.delete(job)
        onJob({ id: job, done: total, total, phase: 'content' })
      }
    },
    stop(job) {
      if (!waiting.delete(job)) return false
      void host.content.stop({})
      return true
    },
    async away(blobs) {
      const sizes = packsOf(blobs)
      return (await absentOf([...sizes.keys()])).reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0)
    },
  }
}

export function jobOf(doc: string): string {
  return `content:${doc}`
}

/** The packs of files, and how many sealed bytes of each they need. */
export function packsOf(blobs: readonly BlobRef[]): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>()
  for (const { chunks } of blobs) for (const { pack, sealed } of chunks) sizes.set(packName(pack), (sizes.get(packName(pack)) ?? 0) + sealed)
  return sizes
}
