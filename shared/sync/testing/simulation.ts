// A town of machines around one bad storage, driven by one seed: who acts next, what is written, what the storage does, where a kill
// strikes. Every request and every writing to a disk is a point at which another machine may go on or this one may die.

import { utf8ToBytes } from '../../base/bytes.ts'
import { err } from '../../base/result.ts'
import { sha256Hex } from '../../crypto/hash.ts'
import type { NamedObject } from '../../log/parcel.ts'
import { parseEpochWraps } from '../../log/wraps.ts'
import type { UpkeepRule } from '../clear-away.ts'
import type { SyncEngine } from '../engine.ts'
import type { Storage } from '../storage.ts'
import { createBadStorage } from './bad-storage.ts'
import { createChance } from './chance.ts'
import { atRest, checkEnd, checkQuiet, checkRound, floorsOf, watchPut, watchRemove } from './invariants.ts'
import { epochWrapsOf, laterSegmentOf, packOf, segmentOf, sessionOf, startEngine } from './machine.ts'
import { createMemoryDisk, createSyncNotes } from './memory-parts.ts'
import { clone, moveClock, restore, takeSnapshot } from './mishaps.ts'
import { storageProfiles } from './storage-profiles.ts'
import { never } from './town.ts'
import { createProcess, type Staff, type Process, type World } from './world.ts'

export interface Outcome {
  readonly seed: number
  /** The storage's profile. */
  readonly storage: string
  /** SHA-256 (hex) of everything that happened, in order. */
  readonly trace: string
  readonly steps: number
  /** What does not hold; empty when all does. */
  readonly broken: readonly string[]
  readonly faults: ReadonlyMap<string, number>
}

class Killed extends Error {}

const killRate = 0.03
/** Passes of all machines in which a storage that is honest again must bring everything everywhere (I15). */
const passesToRest = 16

/** `seatStaff`: who sits at the machines and acts; without them objects say nothing. `length`: so many times the usual steps. */
export async function simulate(seed: number, seatStaff?: (world: World) => Promise<Staff>, length = 1): Promise<Outcome> {
  const chance = createChance(seed)
  const profile = storageProfiles[seed % storageProfiles.length] as (typeof storageProfiles)[number]
  const storage = createBadStorage(profile, chance)
  const processes = Array.from({ length: 2 + chance.below(3) }, (_, i) => createProcess(`m${i}`, `m${i}`, i === 1 && seed % 3 > 0))
  const world: World = { seed, chance, storage, profile, processes, saved: new Map(), people: new Set(), either: new Map(), keep: (process, object) => keep(world, process, object), atRisk: new Set(), writers: new Map(), taken: new Map(), cleared: new Set(), broken: new Set(), trace: [], staff: null, isHonest: false, isFree: false, now: 1_790_000_000_000 }
  world.staff = (await seatStaff?.(world)) ?? null
  for (const object of world.staff?.founding ?? []) found(world, object)
  const steps = (120 + chance.below(120)) * length
  for (let i = 0; i < steps; i++) await act(world, chance.pick(processes))
  await comeToRest(world)
  return { seed, storage: profile.name, trace: sha256Hex(utf8ToBytes(world.trace.join('\n'))), steps: world.trace.length, broken: [...world.broken], faults: storage.faults }
}

async function act(world: World, process: Process): Promise<void> {
  const { chance } = world
  world.now += chance.happens(0.01) ? chance.below(10 * 24 * 60 * 60 * 1000) : chance.below(60_000)
  if (process.isBusy) return goOn(world, process, chance.happens(killRate))
  if (world.staff && chance.happens(0.5)) return deed(world, process, world.staff)
  if (chance.happens(world.staff ? 0.1 : 0.45)) return write(world, process)
  if (chance.happens(0.06)) return mishap(world, process)
  world.storage.meanwhile(world.processes.map(({ id }) => id))
  await (process.byNeed && chance.happens(0.3) ? want(world, process) : begin(world, process))
}

function mishap(world: World, process: Process): void {
  const what = world.chance.pick(['snapshot', 'snapshot', 'restore', 'clone', 'clock', 'notes'] as const)
  if (what === 'snapshot') takeSnapshot(process)
  else if (what === 'restore') restore(world, process)
  else if (what === 'clone') clone(world, process)
  else if (what === 'clock') moveClock(world, process)
  else {
    world.storage.strike('F2 notes lost')
    process.notes.clear()
    process.engine = null
  }
}

/** The same on every disk before anything else. */
function found(world: World, { name, bytes }: NamedObject): void {
  world.saved.set(name, bytes)
  for (const { disk } of world.processes) disk.set(name, bytes)
}

async function deed(world: World, process: Process, staff: Staff): Promise<void> {
  for (const object of await staff.deed(process)) keep(world, process, object)
}

/** Told to be saved. */
function keep(world: World, process: Process, { name, bytes }: NamedObject): void {
  process.disk.set(name, bytes)
  if (process.snapshot) process.sinceSnapshot.add(name)
  world.saved.set(name, bytes)
  process.engine?.wrote(name)
  world.trace.push(`${process.id} writes ${name}`)
}

function write(world: World, process: Process): void {
  const { chance } = world
  const save = (object: NamedObject): void => keep(world, process, object)
  process.wrote += 1
  if (chance.happens(0.2)) {
    const person = `person-${process.id}-${process.wrote}`
    world.people.add(person)
    const before = parseEpochWraps(process.disk.get('k/coll/0') ?? new Uint8Array())
    if (process.snapshot) process.sinceSnapshot.add(person)
    return save(epochWrapsOf([...Object.keys(before ?? {}), person].sort()))
  }
  if (chance.happens(0.2)) save(sessionOf(process.device, `${process.lane}${process.wrote}`))
  if (chance.happens(0.3)) save(packOf(`pages of ${process.lane} ${process.wrote}`, chance.below(2000)))
  process.seq += 1
  if (chance.happens(0.03)) {
    world.storage.strike('F24 a later version wrote')
    return save(laterSegmentOf(process.lane, process.seq, process.id))
  }
  save(segmentOf(process.lane, process.seq, process.id, chance.below(600)))
}

/** Begins a round and stops at its first point. */
async function begin(world: World, process: Process, asked: { readonly thorough?: boolean } = {}): Promise<void> {
  process.engine ??= start(world, process)
  const thorough = asked.thorough ?? (world.isFree || world.chance.happens(isTidy(world) ? 0.5 : 0.1))
  const before = floorsOf(world, process)
  await run(world, process, async (engine) => {
    const report = await engine.round(never, { thorough })
    process.reports.push(report)
    checkRound(world, process, before, report, thorough)
    return `round ${report.failure?.type ?? 'whole'} ${report.sent.objects} ${report.received.objects} ${report.suspicions.map((s) => s.code).join()}`
  })
}

/** Asks for some of the packs that there are, or for all, and stops at its first point. */
async function want(world: World, process: Process): Promise<void> {
  process.engine ??= start(world, process)
  const packs = [...world.saved.keys()].filter((name) => name.startsWith('p/'))
  const wanted = world.isFree ? packs : packs.filter(() => world.chance.happens(0.2))
  await run(world, process, async (engine) => {
    const { failure, missing, requests } = await engine.fetch(wanted, never)
    return `wants ${wanted.length} ${failure?.type ?? 'whole'} ${missing.length} ${requests}`
  })
}

async function run(world: World, process: Process, work: (engine: SyncEngine) => Promise<string>): Promise<void> {
  const before = process.moves
  process.isBusy = true
  const ended = (what: string): void => {
    world.trace.push(`${process.id} ${what}`)
    process.isBusy = false
    process.moves += 1
  }
  void work(process.engine as SyncEngine).then(ended, (thrown: unknown) => {
    process.engine = null
    if (!(thrown instanceof Killed)) world.broken.add(`a defect: ${String(thrown)}`)
    ended('killed')
  })
  await quiet(process, before)
}

/** Enough turns for whatever was let go to reach its next point, where everything waits for nothing but its turn. */
const turnsToQuiet = 400

async function quiet(process: Process, before: number): Promise<void> {
  for (let turn = 0; turn < turnsToQuiet || (process.isBusy && process.points.length === 0); turn++) {
    if (process.moves > before && !process.isBusy) return
    await null
  }
}

async function goOn(world: World, process: Process, isKilled: boolean): Promise<void> {
  const [point] = process.points.splice(world.chance.below(process.points.length), 1)
  const before = process.moves
  point?.(isKilled)
  // A process dies as a whole.
  if (isKilled) for (const other of process.points.splice(0)) other(true)
  await quiet(process, before)
}

const minute = 60_000
/** Simulated towns live for days, not for months: some of them, where nobody sits, put together and clear away after minutes. */
const soon: UpkeepRule = { foldFrom: 3, rollMs: 12 * minute, keepMs: 10 * minute, staleMs: 60 * minute }

function isTidy({ seed, staff }: World): boolean {
  return staff === null && [3, 6].includes(seed % 8)
}

function start(world: World, process: Process): SyncEngine {
  process.starts += 1
  const view = world.storage.viewOf(process.id)
  /** Waits for its turn; a kill strikes before the act or after it. */
  const inTurn = async <V>(what: string, work: () => Promise<V>, torn: () => void = () => undefined): Promise<V> => {
    const isKilled = await new Promise<boolean>((resolve) => {
      if (world.isFree) return resolve(false)
      process.points.push(resolve)
      process.moves += 1
    })
    if (isKilled) world.storage.strike(`F1 kill at ${what.slice(0, what.indexOf(' '))}`)
    if (isKilled && world.chance.happens(0.5)) throw new Killed()
    const value = await work()
    world.trace.push(`${process.id} ${what}`)
    if (isKilled) torn()
    if (isKilled) throw new Killed()
    return value
  }
  const storage: Storage = {
    resumes: view.resumes,
    list: (prefix, signal) => inTurn(`list ${prefix}`, () => view.list(prefix, signal)),
    get: (name, signal, range) => inTurn(`get ${name}`, () => view.get(name, signal, range)),
    put: (name, bytes, signal) =>
      inTurn(`put ${name}`, async () => {
        watchPut(world, process, name, bytes)
        const answer = await view.put(name, bytes, signal)
        if (answer.ok) world.taken.set(name, bytes)
        return answer
      }),
    remove: (name, signal) =>
      inTurn(`remove ${name}`, async () => {
        watchRemove(world, process, name)
        return view.remove(name, signal)
      }),
  }
  const disk = createMemoryDisk(process.disk)
  const notes = createSyncNotes(process.notes)
  /** F4: a disk that is full now and then. */
  const onDisk = <V>(what: string, work: () => Promise<V>, torn?: () => void): Promise<V> => {
    if (!world.isFree && world.chance.happens(0.01)) {
      world.storage.strike('F4 disk full')
      return inTurn(`full ${what}`, async () => err({ type: 'DiskFull', retry: 'later' }) as V)
    }
    return inTurn(what, work, torn)
  }
  /** F2: what a kill leaves of a note. */
  const tear = (key: string): void => {
    const bytes = process.notes.get(key)
    if (!bytes || !world.chance.happens(0.3)) return
    world.storage.strike('F2 torn note')
    process.notes.set(key, world.chance.happens(0.5) ? bytes.slice(0, bytes.length >> 1) : new Uint8Array(bytes.length))
  }
  const local = { ...disk, put: (name: string, bytes: Uint8Array) => onDisk(`keep ${name}`, () => disk.put(name, bytes)), replace: (name: string, bytes: Uint8Array) => onDisk(`grow ${name}`, () => disk.replace(name, bytes)) }
  const memory = { ...notes, write: (key: string, bytes: Uint8Array) => onDisk(`note ${key}`, () => notes.write(key, bytes), () => tear(key)) }
  return startEngine({ device: process.device, seed: `${process.id}/${process.starts}`, clock: { now: () => Math.max(0, process.frozenAt ?? world.now + process.skew) }, storage, local, memory, byNeed: process.byNeed, ...(isTidy(world) ? { upkeep: soon } : {}) })
}

/** The storage is honest again and everybody is started anew: soon all hold everything, byte for byte, and nobody sends any more. */
async function comeToRest(world: World): Promise<void> {
  for (const process of world.processes) while (process.isBusy) await goOn(world, process, false)
  checkQuiet(world)
  world.storage.honest()
  world.isHonest = true
  world.isFree = true
  // A person chose the emptied place again.
  if (world.storage.wasEmptied()) for (const process of world.processes) process.notes.clear()
  // Twice: wraps that grew together go out at the next start (SY-13).
  for (let start = 0; start < 2; start++) await restFromStart(world)
  for (const pass of isTidy(world) ? [inRace, inPeace] : []) await passTime(world, (others) => pass(world, others))
  // What one hands on another may need first.
  for (let more = await goOnWithout(world); more; more = await goOnWithout(world)) await restFromStart(world)
  for (const process of world.processes) await begin(world, process, { thorough: false })
  checkEnd(world)
  for (const line of (await world.staff?.atRest()) ?? []) world.broken.add(line)
}

/** What people do where a record of theirs is nowhere: one segment after the other. */
async function goOnWithout(world: World): Promise<boolean> {
  let wrote = false
  for (const process of world.staff ? world.processes : []) {
    for (let more = true; more; ) {
      const objects = (await world.staff?.afterRest(process)) ?? []
      for (const object of objects) keep(world, process, object)
      more = objects.some(({ name }) => !name.startsWith('c/'))
      wrote ||= more
    }
  }
  return wrote
}

/** F27 one machine is away, at last for longer than it is waited for, while the others write, put together and clear away; then it comes back. */
async function passTime(world: World, pass: (others: readonly Process[]) => Promise<void>): Promise<void> {
  const [away, ...others] = world.processes
  for (const hours of [0, 0, 1]) {
    if (away) write(world, away)
    for (let time = 0; time < 2; time++) {
      world.now += soon.keepMs + minute + hours * soon.staleMs
      await pass(others)
    }
  }
  for (let start = 0; start < 2; start++) await restFromStart(world)
}

async function inPeace(world: World, others: readonly Process[]): Promise<void> {
  for (const process of others) {
    for (let round = 0; round < 3; round++) {
      if (round < 2) write(world, process)
      await begin(world, process)
    }
  }
}

/** Between each other's requests, with kills and full disks. */
async function inRace(world: World, others: readonly Process[]): Promise<void> {
  world.isFree = false
  for (let turn = 0; turn < 40; turn++) {
    const process = world.chance.pick(others)
    if (process.isBusy) await goOn(world, process, world.chance.happens(killRate / 4))
    else if (world.chance.happens(0.3)) write(world, process)
    else await begin(world, process, { thorough: true })
  }
  for (const process of others) while (process.isBusy) await goOn(world, process, false)
  world.isFree = true
}

async function restFromStart(world: World): Promise<void> {
  for (const process of world.processes) process.engine = null
  let isAtRest = false
  for (let pass = 0; pass < passesToRest && !isAtRest; pass++) {
    isAtRest = true
    for (const process of world.processes) {
      await begin(world, process)
      if (process.byNeed) await want(world, process)
      isAtRest = atRest(world, process) && isAtRest
    }
  }
  if (!isAtRest) world.broken.add('I15 no rest')
}
