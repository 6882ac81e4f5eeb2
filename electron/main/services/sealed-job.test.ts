import { describe, expect, it } from 'vitest'
import { err, ok } from '@shared/base/result.ts'
import type { ExportJob } from './export-sink.ts'
import { nodeHost } from './node-host.ts'
import { createSealedJob } from './sealed-job.ts'

function innerJob(refuses = false) {
  const written = new Map<string, number>()
  let isCancelled = false
  const job: ExportJob = {
    path: '/out/share',
    async put(path, chunks) {
      let size = 0
      for await (const chunk of chunks) size += chunk.length
      written.set(path, size)
      return refuses ? err({ type: 'TargetFull', retry: 'never' }) : ok(size)
    },
    finish: async () => ok({ path: '/out/share', files: written.size, octets: 0 }),
    cancel: async () => void (isCancelled = true),
  }
  return { job, written, wasCancelled: () => isCancelled }
}

const clock = { now: () => Date.parse('2026-11-29T00:00:00Z') }
const sealing = (job: ExportJob) => createSealedJob(job, { random: nodeHost.random, clock }, new TextEncoder().encode('guide'))

describe('a package that leaves sealed', () => {
  it('4.11 AR-80 nothing is written before all of it is sealed, and then the one file and the guide', async () => {
    const { job, written } = innerJob()
    const sealed = sealing(job)
    expect(await sealed.put('bagit.txt', new Uint8Array(100))).toEqual(ok(null))
    expect([...written.keys()]).toEqual([])
    expect(await sealed.finish()).toMatchObject({ ok: true, value: { path: '/out/share', passphrase: expect.stringMatching(/^([0-9a-z]{5}-){3}[0-9a-z]{5}$/) } })
    expect([...written.keys()]).toEqual(['share.p7m', 'how-to-open.txt'])
  })

  it('4.11 AR-80 a place that takes nothing is said, with no passphrase, and stopping leaves nothing', async () => {
    const full = innerJob(true)
    expect(await sealing(full.job).finish()).toMatchObject({ ok: false, error: { type: 'TargetFull' } })
    const stopped = innerJob()
    const sealed = sealing(stopped.job)
    await sealed.put('bagit.txt', new Uint8Array(1))
    await sealed.cancel()
    expect([stopped.wasCancelled(), [...stopped.written.keys()]]).toEqual([true, []])
  })

  it('4.11 AR-80 more than half a gigabyte is refused before memory runs out', async () => {
    const { job } = innerJob()
    const sealed = sealing(job)
    const claimed = { length: 600 * 1024 * 1024 } as Uint8Array
    expect(await sealed.put('data/large', claimed)).toMatchObject({ ok: false, error: { type: 'ShareTooLarge' } })
  })
})
