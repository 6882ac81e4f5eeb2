// A town of machines around one bad storage, driven by one seed: who acts next, what is written, what the storage does, where a kill
// strikes. Every request and every writing to a disk is a point at which another machine may go on or this one may die.

import { equalBytes, utf8ToBytes } from '../../base/bytes.ts'
import { sha256Hex } from '../../crypto/hash.ts'
import { parseBeacon } from '../../log/beacon.ts'
import { beaconPrefix, parcelName, parcelPrefix } from '../../log/names.ts'
import type { NamedObject } from '../../log/parcel.ts'
import { parseEpochWraps } from '../../log/wraps.ts'
import type { SyncEngine } from '../engine.ts'
import type { RoundReport } from '../report.ts'
import type { Storage } from '../storage.ts'
import { createBadStorage, storageKinds, type BadStorage, type StorageKind } from './bad-storage.ts'
import { createChance, type Chance } from './chance.ts'
import { epochWrapsOf, packOf, segmentOf, sessionOf, startEngine } from './machine.ts'
import { createMemoryDisk, createSyncNotes } from './memory-parts.ts'
import { never } from './town.ts'

export interface Outcome {
  readonly seed: number
  readonly kind: StorageKind
  /** SHA-256 (hex) of everything that happened, in order. */
  readonly trace: string
  readonly steps: number
  /** What does not hold; empty when all does. */
  readonly broken: readonly string[]
  readonly faults: ReadonlyMap<string, number>
}

class Killed extends Error {}

interface Process {
  readonly id: string
  readonly disk: Map<string, Uint8Array>
  readonly notes: Map<string, Uint8Array>
  engine: SyncEngine | null
  /** Goes on where it waits; null while it does not. */
  go: ((isKilled: boolean) => void) | null
  stopped: () => void
  seq: number
  starts: number
  reports: RoundReport[]
}

interface World {
  readonly chance: Chance
  readonly storage: BadStorage
  readonly kind: StorageKind
  readonly processes: readonly Process[]
  /** Everything that anybody was told is saved: name → bytes; wraps by their recipients. */
  readonly saved: Map<string, Uint8Array>
  readonly people: Set<string>
  readonly writers: Map<string, string>
  readonly broken: Set<string>
  readonly trace: string[]
  isRolledBack: boolean
  isFree: boolean
  now: number
}

const killRate = 0.03
/** Passes of all machines in which a storage that is honest again must bring everything everywhere. */
const passesToRest = 14

export async function simulate(seed: number): Promise<Outcome> {
  const chance = createChance(seed)
  const kind = storageKinds[seed % storageKinds.length] as StorageKind
  const storage = createBadStorage(kind, chance)
  const count = 2 + chance.below(3)
  const processes = Array.from({ length: count }, (_, i): Process => ({ id: `m${i}`, disk: new Map(), notes: new Map(), engine: null, go: null, stopped: () => undefined, seq: 0, starts: 0, reports: [] }))
  const world: World = { chance, storage, kind, processes, saved: new Map(), people: new Set(), writers: new Map(), broken: new Set(), trace: [], isRolledBack: false, isFree: false, now: 1_790_000_000_000 }
  const steps = 120 + chance.below(120)
  for (let i = 0; i < steps; i++) await act(world, chance.pick(processes))
  await comeToRest(world)
  return { seed, kind, trace: sha256Hex(utf8ToBytes(world.trace.join('\n'))), steps: world.trace.length, broken: [...world.broken], faults: storage.faults }
}

async function act(world: World, process: Process): Promise<void> {
  const { chance } = world
  world.now += chance.below(60_000)
  if (process.go) return goOn(world, process, chance.happens(killRate))
  if (chance.happens(0.45)) return write(world, process)
  if (world.kind === 'lying' && chance.happens(0.02)) {
    world.isRolledBack = true
    return world.storage.rollBack()
  }
  await begin(world, process)
}

function write(world: World, process: Process): void {
  const { chance } = world
  const save = ({ name, bytes }: NamedObject): void => {
    process.disk.set(name, bytes)
    world.saved.set(name, bytes)
    process.engine?.wrote(name)
    world.trace.push(`${process.id} writes ${name}`)
  }
  if (chance.happens(0.2)) {
    world.people.add(`person-${process.id}-${process.seq}`)
    const before = parseEpochWraps(process.disk.get('k/coll/0') ?? new Uint8Array())
    return save(epochWrapsOf([...Object.keys(before ?? {}), `person-${process.id}-${process.seq}`].sort()))
  }
  if (chance.happens(0.2)) save(sessionOf(process.id, `seat${process.seq}`))
  if (chance.happens(0.3)) save(packOf(`pages of ${process.id} ${process.seq}`, chance.below(2000)))
  process.seq += 1
  save(segmentOf(`seat.${process.id}`, process.seq, process.id, chance.below(600)))
}

/** Begins a round and stops at its first point. */
async function begin(world: World, process: Process): Promise<void> {
  process.engine ??= start(world, process)
  const stop = new Promise<void>((resolve) => (process.stopped = resolve))
  const thorough = world.isFree || world.chance.happens(0.1)
  void process.engine.round(never, { thorough }).then(
    (report) => {
      process.reports.push(report)
      world.trace.push(`${process.id} round ${report.failure?.type ?? 'whole'} ${report.sent.objects} ${report.received.objects} ${report.suspicions.map((s) => s.code).join()}`)
      process.stopped()
    },
    (thrown: unknown) => {
      process.engine = null
      world.trace.push(`${process.id} killed`)
      if (!(thrown instanceof Killed)) world.broken.add(`a defect: ${String(thrown)}`)
      process.stopped()
    },
  )
  await stop
}

async function goOn(world: World, process: Process, isKilled: boolean): Promise<void> {
  const go = process.go
  process.go = null
  const stop = new Promise<void>((resolve) => (process.stopped = resolve))
  if (isKilled) world.storage.faults.set('kill', (world.storage.faults.get('kill') ?? 0) + 1)
  go?.(isKilled)
  await stop
}

function start(world: World, process: Process): SyncEngine {
  process.starts += 1
  const view = world.storage.viewOf(process.id)
  /** Waits for its turn; a kill strikes before the act or after it. */
  const inTurn = async <V>(what: string, work: () => Promise<V>): Promise<V> => {
    const isKilled = await new Promise<boolean>((resolve) => {
      if (world.isFree) return resolve(false)
      process.go = resolve
      process.stopped()
    })
    if (isKilled && world.chance.happens(0.5)) throw new Killed()
    const value = await work()
    world.trace.push(`${process.id} ${what}`)
    if (isKilled) throw new Killed()
    return value
  }
  const storage: Storage = {
    list: (prefix, signal) => inTurn(`list ${prefix}`, () => view.list(prefix, signal)),
    get: (name, signal, range) => inTurn(`get ${name}`, () => view.get(name, signal, range)),
    put: (name, bytes, signal) =>
      inTurn(`put ${name}`, async () => {
        watchPut(world, process, name, bytes)
        return view.put(name, bytes, signal)
      }),
    remove: async () => {
      throw new Error('the engine removes nothing')
    },
  }
  const disk = createMemoryDisk(process.disk)
  const notes = createSyncNotes(process.notes)
  const local = { ...disk, put: (name: string, bytes: Uint8Array) => inTurn(`keeps ${name}`, () => disk.put(name, bytes)), replace: (name: string, bytes: Uint8Array) => inTurn(`grows ${name}`, () => disk.replace(name, bytes)) }
  const memory = { ...notes, write: (key: string, bytes: Uint8Array) => inTurn(`notes ${key}`, () => notes.write(key, bytes)) }
  return startEngine({ device: process.id, seed: `${process.id}/${process.starts}`, clock: { now: () => world.now }, storage, local, memory })
}

/** One writer for each beacon, one content for each parcel, no reference before its target (R2, R7). */
function watchPut(world: World, process: Process, name: string, bytes: Uint8Array): void {
  if (name.startsWith(beaconPrefix)) {
    const writer = world.writers.get(name) ?? process.id
    world.writers.set(name, writer)
    if (writer !== process.id) world.broken.add(`two machines write ${name}`)
    const parcels = world.kind === 'lying' ? [] : (parseBeacon(bytes)?.beacon.parcels ?? [])
    for (const { sha256 } of parcels) if (!world.storage.objects.has(parcelName(sha256))) world.broken.add(`R7: ${name} names what is not there`)
  }
  const before = name.startsWith(parcelPrefix) ? world.storage.objects.get(name) : undefined
  if (before && !equalBytes(before, bytes)) world.broken.add(`a parcel with other bytes: ${name}`)
}

/** The storage is honest again and everybody is started anew: soon all hold everything, byte for byte, and nobody sends any more. */
async function comeToRest(world: World): Promise<void> {
  for (const process of world.processes) while (process.go) await goOn(world, process, false)
  if (!world.isRolledBack && world.kind === 'strong') checkQuiet(world, 'before the end')
  world.storage.honest()
  world.isFree = true
  for (const process of world.processes) process.engine = null
  let isAtRest = false
  for (let pass = 0; pass < passesToRest && !isAtRest; pass++) {
    isAtRest = true
    for (const process of world.processes) {
      await begin(world, process)
      const report = process.reports.at(-1)
      if (!report || report.failure || report.unsent > 0 || report.missing.length > 0 || report.sent.bytes > 0 || report.received.objects > 0) isAtRest = false
    }
  }
  if (!isAtRest) world.broken.add('no rest')
  for (const process of world.processes) checkDisk(world, process)
}

/** I13: nobody is suspected where nothing but kills happened. */
function checkQuiet({ processes, broken }: World, when: string): void {
  for (const { id, reports } of processes) for (const { suspicions } of reports) for (const { code } of suspicions) broken.add(`${id} suspects ${code} of an honest storage ${when}`)
}

/** I1, I2, and nothing doubled: the same names with the very bytes that were saved; wraps hold everybody. */
function checkDisk({ saved, people, broken }: World, { id, disk }: Process): void {
  for (const [name, bytes] of saved) {
    const here = disk.get(name)
    if (!here) broken.add(`${id} lacks ${name}`)
    else if (name !== 'k/coll/0' && !equalBytes(here, bytes)) broken.add(`${id} has other bytes for ${name}`)
  }
  for (const name of disk.keys()) if (!saved.has(name)) broken.add(`${id} has ${name}, which nobody wrote`)
  const wrapped = Object.keys(parseEpochWraps(disk.get('k/coll/0') ?? new Uint8Array()) ?? {})
  if (wrapped.length !== people.size) broken.add(`${id} has wraps for ${wrapped.length} of ${people.size} people`)
}
