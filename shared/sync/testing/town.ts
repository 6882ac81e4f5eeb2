// Machines around one storage, each with a disk and notes that outlive its engine; for tests that play the scenes by hand.

import { bytesToHex } from '../../base/bytes.ts'
import type { ContentReport } from '../content.ts'
import type { SyncEngine } from '../engine.ts'
import type { NamedObject } from '../../log/parcel.ts'
import type { RoundReport } from '../report.ts'
import type { Storage } from '../storage.ts'
import { packOf, segmentOf, sessionOf, startEngine } from './machine.ts'
import { createMemoryDisk, createMemoryStorage, createSyncNotes, type MemoryDisk } from './memory-parts.ts'

export interface Machine {
  readonly disk: MemoryDisk
  readonly notes: Map<string, Uint8Array>
  /** Pack → packs that hold its files since, as somebody at this machine found. */
  readonly replaced: Map<string, readonly string[]>
  /** Stops here and begins again over the same disk and notes. */
  restart(): void
  settle(): Promise<void>
  engine(): SyncEngine
  write(...objects: readonly NamedObject[]): void
  fetch(names: readonly string[], signal?: AbortSignal): Promise<ContentReport>
  round(options?: { readonly thorough?: boolean; readonly signal?: AbortSignal }): Promise<RoundReport>
}

export const never = { aborted: false, throwIfAborted: () => undefined } as unknown as AbortSignal
export const already = { aborted: true, throwIfAborted: () => undefined } as unknown as AbortSignal

export interface Town {
  readonly storage: ReturnType<typeof createMemoryStorage>
  readonly clock: { now(): number; advance(ms: number): void }
  /** `through` stands between this machine and the storage. */
  machine(device: string, through?: (storage: Storage) => Storage, strangers?: ReadonlySet<string>): Machine
  /** One that fetches packs when they are asked for. */
  byNeed(device: string, through?: (storage: Storage) => Storage): Machine
  /** Another machine with a copy of everything that the first one has. */
  copyOf(machine: Machine, device: string): Machine
}

export function createTown(): Town {
  const storage = createMemoryStorage()
  let now = Date.parse('2026-10-01T00:00:00.000Z')
  const clock = {
    now: () => now,
    advance(ms: number) {
      now += ms
    },
  }
  let starts = 0
  const build = (device: string, disk: MemoryDisk, notes: Map<string, Uint8Array>, through: (storage: Storage) => Storage, strangers: ReadonlySet<string>, byNeed = false): Machine => {
    const replaced = new Map<string, readonly string[]>()
    const start = (): SyncEngine => startEngine({ device, seed: `${device}/${starts++}`, clock, storage: through(storage), local: disk, memory: createSyncNotes(notes), strangers, byNeed, replaced: { list: async () => new Map(replaced) } })
    let engine = start()
    return {
      disk,
      notes,
      replaced,
      restart() {
        engine = start()
      },
      settle: () => engine.settle(),
      engine: () => engine,
      write(...objects) {
        for (const { name, bytes } of objects) {
          disk.objects.set(name, bytes)
          engine.wrote(name)
        }
      },
      fetch: (wanted, signal = never) => engine.fetch(wanted, signal),
      round: ({ signal = never, ...options } = {}) => engine.round(signal, options),
    }
  }
  return {
    storage,
    clock,
    machine: (device, through = (s) => s, strangers = new Set()) => build(device, createMemoryDisk(), new Map(), through, strangers),
    byNeed: (device, through = (s) => s) => build(device, createMemoryDisk(), new Map(), through, new Set(), true),
    copyOf: (machine, device) => build(device, createMemoryDisk(new Map(machine.disk.objects)), new Map(machine.notes), (s) => s, new Set()),
  }
}

export async function pair(): Promise<{ readonly town: Town; readonly one: Machine; readonly two: Machine }> {
  const town = createTown()
  const [one, two] = [town.machine('one'), town.machine('two')]
  one.write(sessionOf('one', 'seat'), segmentOf('seat.inc', 1, 'a'), packOf('pages'))
  await one.round()
  await two.round()
  return { town, one, two }
}

export function names(machine: Machine): readonly string[] {
  return [...machine.disk.objects.keys()].sort()
}

export function contents(machine: Machine): readonly string[] {
  return [...machine.disk.objects].map(([name, bytes]) => `${name} ${bytesToHex(bytes)}`).sort()
}

export function stored(town: Town, prefix: string): readonly string[] {
  return [...town.storage.objects.keys()].filter((name) => name.startsWith(prefix))
}

/** A question mark where it is not certain yet. */
export function codes(report: RoundReport): readonly string[] {
  return report.suspicions.map(({ code, certain }) => `${code}${certain ? '' : '?'}`)
}

/** A storage of which acts can be changed while a scene is played. */
export function bent(): { readonly through: (storage: Storage) => Storage; bend: Partial<Storage> } {
  const scene: ReturnType<typeof bent> = {
    bend: {},
    through: (storage) => ({
      resumes: storage.resumes,
      list: (...all) => (scene.bend.list ?? storage.list)(...all),
      get: (...all) => (scene.bend.get ?? storage.get)(...all),
      put: (...all) => (scene.bend.put ?? storage.put)(...all),
      remove: (...all) => (scene.bend.remove ?? storage.remove)(...all),
    }),
  }
  return scene
}
