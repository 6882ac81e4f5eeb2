import { describe, expect, it } from 'vitest'
import { err } from '@shared/base/result.ts'
import type { Storage } from '@shared/sync/storage.ts'
import { packOf, segmentOf, startEngine } from '@shared/sync/testing/machine.ts'
import { createMemoryDisk, createSyncNotes } from '@shared/sync/testing/memory-parts.ts'
import { bent, createTown, never } from '@shared/sync/testing/town.ts'
import { createContentService } from './content-service.ts'

const packs = Array.from({ length: 20 }, (_, i) => packOf(`pages ${i}`, 1_000 + i))
const names = packs.map(({ name }) => name)

/** A storage with twenty packs that another machine sent, and this machine's service over an engine that fetches by need. */
async function office(options: { readonly open?: boolean; readonly paused?: boolean } = {}) {
  const town = createTown()
  const one = town.machine('one')
  one.write(segmentOf('seat.inc', 1, 'a'), ...packs)
  await one.round()
  const scene = bent()
  const disk = createMemoryDisk()
  const engine = startEngine({ device: 'two', seed: 'two', clock: town.clock, storage: scene.through(town.storage), local: disk, memory: createSyncNotes(), byNeed: true })
  await engine.round(never)
  const heard: number[] = []
  const defects: unknown[] = []
  let came: () => void = () => undefined
  const service = createContentService({
    log: { note: () => undefined, defect: (_where, thrown) => (defects.push(thrown), 'd') },
    engine: () => engine,
    paused: () => options.paused ?? false,
    isOpen: () => options.open ?? true,
    store: async () => disk,
    came: () => (heard.push(disk.objects.size), came()),
  })
  /** Resolves when so many objects are on the disk, told by the service itself. */
  const until = (count: number): Promise<void> => new Promise((resolve) => {
    came = () => disk.objects.size >= count && resolve()
    came()
  })
  return { town, scene, disk, service, heard, defects, until }
}

function hanging(town: { readonly storage: Storage }, signals: AbortSignal[]): Storage['get'] {
  return (name, signal, range) =>
    new Promise((resolve) => {
      signals.push(signal)
      signal.addEventListener('abort', () => resolve(err({ type: 'StorageCancelled', retry: 'now' })))
      if (signal.aborted) void town.storage.get(name, signal, range).then(resolve)
    })
}

describe('3.7 content in main', () => {
  it('3.7 says what is not here and brings what is asked for', async () => {
    const { service, disk } = await office()
    expect(await service.vault.absent({ names })).toEqual({ ok: true, value: { names } })
    expect(await service.vault.fetch({ names: names.slice(0, 2), bulk: false })).toEqual({ ok: true, value: null })
    expect(await service.vault.absent({ names })).toEqual({ ok: true, value: { names: names.slice(2) } })
    expect(disk.objects.get(names[0]!)).toEqual(packs[0]!.bytes)
    expect(await service.vault.fetch({ names: [packOf('nowhere').name], bulk: false })).toMatchObject({ ok: false, error: { type: 'ContentNowhere' } })
  })

  it('3.7 brings what is wanted in the background, a little at a time, tells of it, and ends when it is here', async () => {
    const { service, heard, until, defects, disk } = await office()
    await service.vault.want({ names })
    await until(21)
    expect(heard.length).toBeGreaterThan(2)
    expect(disk.objects.size).toBe(21)
    service.refill()
    await service.close()
    expect(defects).toEqual([])
  })

  it('3.7 begins nothing unasked while paused, but brings what somebody waits for', async () => {
    const { service, disk } = await office({ paused: true })
    await service.vault.want({ names })
    expect(disk.objects.size).toBe(1)
    expect(await service.vault.fetch({ names: names.slice(0, 1), bulk: false })).toMatchObject({ ok: true })
    expect(disk.objects.size).toBe(2)
  })

  it('3.7 says that the storage does not answer, and goes on with what is wanted when it does', async () => {
    const { service, scene, until } = await office()
    scene.bend = { get: async () => err({ type: 'StorageUnreachable', retry: 'later' }) }
    expect(await service.vault.fetch({ names, bulk: false })).toMatchObject({ ok: false, error: { type: 'ContentAway' } })
    await service.vault.want({ names })
    scene.bend = {}
    service.refill()
    await until(21)
    expect(await service.vault.fetch({ names, bulk: false })).toMatchObject({ ok: true })
  })

  it('3.7 lets what somebody waits for go before the background, and stops it when nobody waits any more', async () => {
    const { service, scene, town } = await office()
    const signals: AbortSignal[] = []
    scene.bend = { get: hanging(town, signals) }
    await service.vault.want({ names })
    await expect.poll(() => signals.length).toBeGreaterThan(0)
    const inBackground = signals.length
    const asked = service.vault.fetch({ names: names.slice(0, 1), bulk: false })
    await expect.poll(() => signals.length).toBeGreaterThan(inBackground)
    expect(signals[0]?.aborted).toBe(true)
    await service.vault.stop({})
    expect(await asked).toMatchObject({ ok: false, error: { type: 'ContentStopped' } })
    await service.close()
  })

  it('3.7 brings what a person opened last before what they opened earlier, that before a package, and all of that before what is only wanted', async () => {
    const { service, scene, town, disk } = await office()
    const gates: (() => void)[] = []
    let isSlow = true
    // A storage so slow that each piece waits until it is let through; who stops waiting is let go.
    scene.bend = {
      get: (name, signal, range) =>
        new Promise((resolve) => {
          const answer = (): void => void town.storage.get(name, signal, range).then(resolve)
          if (!isSlow) return answer()
          gates.push(answer)
          signal.addEventListener('abort', () => resolve(err({ type: 'StorageCancelled', retry: 'now' })))
        }),
    }
    const asking = async (work: () => unknown): Promise<void> => {
      const before = gates.length
      work()
      await expect.poll(() => gates.length).toBeGreaterThan(before)
    }
    const order: string[] = []
    const asked: Promise<unknown>[] = []
    const fetch = (what: string, at: number, bulk: boolean): void => void asked.push(service.vault.fetch({ names: names.slice(at, at + 2), bulk }).then((answer) => order.push(`${what} ${String(answer.ok)} ${disk.objects.size}`)))
    await asking(() => void service.vault.want({ names }))
    await asking(() => fetch('package', 0, true))
    await asking(() => fetch('opened first', 4, false))
    await asking(() => fetch('opened last', 8, false))
    fetch('another package', 12, true)
    isSlow = false
    for (const open of gates.splice(0)) open()
    await Promise.all(asked)
    expect(order.map((one) => one.replace(/ \d+$/, ''))).toEqual(['opened last true', 'opened first true', 'package true', 'another package true'])
    // Nothing that was only wanted came in between.
    expect(order.map((one) => Number(one.split(' ').at(-1)))).toEqual([3, 5, 7, 9])
    await service.close()
  })

  it('3.7 whoever waits behind something else is answered at once when nobody waits any more', async () => {
    const { service, scene, town } = await office()
    const signals: AbortSignal[] = []
    scene.bend = { get: hanging(town, signals) }
    const opened = service.vault.fetch({ names: names.slice(0, 1), bulk: false })
    const behind = service.vault.fetch({ names: names.slice(4, 5), bulk: true })
    await expect.poll(() => signals.length).toBeGreaterThan(0)
    await service.vault.stop({})
    for (const answer of [await opened, await behind]) expect(answer).toMatchObject({ ok: false, error: { type: 'ContentStopped' } })
    scene.bend = {}
    expect(await service.vault.fetch({ names: names.slice(0, 1), bulk: false })).toMatchObject({ ok: true })
    await service.close()
  })

  it('3.7 goes on after the storage was changed', async () => {
    const { service } = await office()
    await service.close()
    expect(await service.vault.fetch({ names, bulk: false })).toEqual({ ok: true, value: null })
  })

  it('3.7 answers nobody while no seat is open', async () => {
    const { service } = await office({ open: false })
    for (const answer of [await service.vault.absent({ names }), await service.vault.fetch({ names, bulk: false }), await service.vault.want({ names })]) expect(answer).toMatchObject({ ok: false, error: { type: 'SessionLocked' } })
  })
})
