// Sync in main: one storage, the engine over this disk's objects, the scheduler. It works while the device is locked, tells the vault
// when something came, and says how things stand. It knows no document and no content key.

import type { StorageDoubt } from '@shared/authority/events.ts'
import { equalBytes, bytesToBase32 } from '@shared/base/bytes.ts'
import { err, ok, type Failure, type Result } from '@shared/base/result.ts'
import type { CryptoHost } from '@shared/crypto/ports.ts'
import type { Contract } from '@shared/ipc/contract.ts'
import type { LineChoice, Metered, SyncStatus, TargetChoice, TargetFailure } from '@shared/ipc/contract/sync.ts'
import type { Handlers } from '@shared/ipc/define.ts'
import { doubtsToBytes, isFrozen, noDoubts, parseDoubts, settle, unsettled, withReport, type Doubts } from '@shared/sync/doubts.ts'
import type { SyncEngine } from '@shared/sync/engine.ts'
import type { SyncMemory } from '@shared/sync/ports.ts'
import type { RoundReport } from '@shared/sync/report.ts'
import type { RoundOptions } from '@shared/sync/round.ts'
import { heard, heardToBytes, parseHeard, silenceOf, type Heard as Watched, type SilenceRule } from '@shared/sync/silence.ts'
import { createSyncScheduler, type Pace, type SyncScheduler, type Timers } from '@shared/sync/scheduler.ts'
import type { Storage } from '@shared/sync/storage.ts'
import type { UploadNote } from '../cloud/s3-parts.ts'
import type { Log, StoragePlace } from '../ports.ts'
import type { Contact } from './contact.ts'
import { createContentService, type ContentService } from './content-service.ts'
import { holdsBack, readLine, undecided, writeLine, type KeptLine } from './line-choice.ts'
import type { ObjectStore } from './object-store.ts'
import { createStorageEngine, type StorageEngineDeps } from './storage-engine.ts'
import { createFileNotes, createUploadNote, publicWords, readTarget, writeTarget, type SyncTarget } from './sync-target.ts'
import type { InTurn } from '@shared/base/turns.ts'

/** What a storage keeps or tells beside its answers. */
export interface Heard {
  readonly uploads: UploadNote | null
  readonly conflict: () => void
}

export interface SyncDeps extends StorageEngineDeps {
  readonly timers: Timers
  readonly log: Log
  /** `founding`: a workspace may be placed there for the first time. */
  readonly openStorage: (target: TargetChoice, workspace: string, founding: boolean, heard: Heard) => Result<Storage, TargetFailure>
  readonly isOpen: () => boolean
  /** SY-48 while somebody sits here. */
  readonly silence: () => SilenceRule | null
  /** Some of the content that the vault wants has come. */
  readonly contentCame: () => void
  readonly contact: Pick<Contact, 'round'>
  /** It was noted that the storage was reached. */
  readonly reached: () => void
  /** What the system says of the line now. */
  readonly metered: () => Promise<Metered>
  /** No other storage writes to this disk meanwhile. */
  readonly inTurn: InTurn
  readonly arrived: () => Promise<void>
  /** SY-25: another machine works with a copy of this profile. Ends before anything else of this machine is sent. */
  readonly copied: () => Promise<void>
  /** SY-120: an administrator calls this very device lost. Nothing more is sent. */
  readonly lostHere: () => void
  readonly changed: (status: SyncStatus) => void
}

export interface SyncService {
  readonly page: Handlers<Contract, 'page'>['sync']
  readonly content: ContentService['vault']
  readonly covered: Handlers<Contract, 'vault'>['snapshots']['covered']
  /** Begins with the storage that was chosen before, if any. */
  start(): Promise<void>
  wrote(name: string): void
  /** The storage in use and how an invitation names it; null while there is none. */
  place(): StoragePlace | null
  /** A workspace was joined there: this is its storage from now on. */
  joined(choice: TargetChoice): Promise<void>
  pace(pace: Pace): void
  /** SY-25: nothing says that a copy of this profile writes the lanes of its seats. */
  isLaneSure(): boolean
  /** What is said of the storage and nobody has looked into. */
  doubts(): readonly StorageDoubt[]
  /** SY-38 a person confirmed that they looked into it: it is not said again while it stays so, and decisions are free. */
  settle(): Promise<Result<null, Failure<'DiskFull'>>>
  /** SY-37: the storage misleads this machine, surely, and nobody has looked into it. */
  isFrozen(): boolean
  /** What a person decided about the line; the limits hold for every question to a server. */
  line(): LineChoice
  /** SY-121: what is known of lost devices changed; the storage is to hear it. */
  tellLost(): void
  /** Ends, whatever is not sent yet. */
  abandon(): Promise<void>
  /** One round now, whatever was decided about rest: somebody waits for it to open a seat. */
  reach(): Promise<void>
  /** Sends what is not sent yet, if the storage answers and nobody wants it to rest, and ends. */
  close(): Promise<void>
}

interface Running {
  readonly storage: Storage
  readonly target: SyncTarget
  readonly device: string
  readonly engine: SyncEngine
  readonly scheduler: SyncScheduler
  readonly abort: AbortController
  readonly notes: SyncMemory
  /** Its own beacon was as noted in a whole round since the start, or nothing was ever published there. */
  isLaneSure: boolean
  doubts: Doubts
  heard: Watched | null
  /** The listing met copies that only a copied machine makes. */
  readonly conflicts: { met: boolean }
  last: RoundReport | null
  /** By the notes, where it began resting. */
  lacking: number | null
  completeAt: number | null
  defect: boolean
}

export function createSyncService(deps: SyncDeps): SyncService {
  let running: Running | null = null
  let pace: Pace = 'locked'
  let kept: KeptLine = undecided
  let metered: Metered = 'unknown'
  const content = createContentService({
    log: deps.log,
    engine: () => (running && !running.defect ? running.engine : null),
    paused: () => (running?.scheduler.state().paused ?? true) || holdsBack(kept.line, metered),
    isOpen: deps.isOpen,
    store: () => storeNow(deps),
    came: deps.contentCame,
  })
  const status = (): SyncStatus => statusOf(running, kept.line, metered)
  const tell = (): void => deps.changed(status())
  const decide = async (next: KeptLine): Promise<Result<null, Failure<'DiskFull'>>> => {
    try {
      await writeLine(deps.profile, next)
    } catch {
      return err({ type: 'DiskFull', retry: 'later' })
    }
    kept = next
    tell()
    return ok(null)
  }
  const options = async ({ asked, thorough }: { readonly asked: boolean; readonly thorough: boolean }): Promise<RoundOptions> => {
    if (kept.line.metered === 'told') metered = await deps.metered()
    return { thorough, looking: !asked && holdsBack(kept.line, metered) }
  }
  const begin = async (target: SyncTarget, founding: boolean): Promise<void> => {
    const conflicts = { met: false }
    const record = await deps.profile.load()
    const storage = typeof record === 'string' ? null : deps.openStorage(target, record.workspace, founding, { uploads: createUploadNote(deps.profile, target.id), conflict: () => void (conflicts.met = true) })
    if (typeof record === 'string' || !storage?.ok) return
    const notes = createFileNotes(deps.profile, target.id)
    const engine = await createStorageEngine(deps, record, storage.value, target.id, true)
    const abort = new AbortController()
    const now: Running = { target, device: record.device.id, storage: storage.value, engine, abort, conflicts, notes, isLaneSure: (await notes.read('self')) === null, doubts: parseDoubts(await notes.read(doubtsNote)), heard: parseHeard(await notes.read(heardNote)), last: null, lacking: null, completeAt: null, defect: false, scheduler: createSyncScheduler({ clock: deps.clock, random: deps.host.random, timers: deps.timers, run: async (wanted) => round(deps, now, await options(wanted), content.refill), changed: tell }) }
    // While it rests no round says how much is not sent; the notes do.
    if (kept.pausedUntil > deps.clock.now()) now.lacking = await engine.lacking().catch(() => null)
    running = now
    now.scheduler.pace(pace)
    now.scheduler.pause(kept.pausedUntil)
    now.scheduler.soon()
    tell()
  }
  /** SY-38 choosing anew is not looking into it: what was said stays said. */
  const goOnSaying = async ({ open }: Doubts): Promise<void> => {
    if (!running || open.length === 0) return
    running.doubts = { ...running.doubts, open }
    await running.notes.write(doubtsNote, doubtsToBytes(running.doubts))
    tell()
  }
  const end = async (): Promise<void> => {
    const before = running
    running = null
    before?.abort.abort()
    await content.close()
    await before?.scheduler.stop()
  }
  const probe = async (target: TargetChoice): Promise<Result<null, TargetFailure>> => {
    const record = await deps.profile.load()
    if (!deps.isOpen() || typeof record === 'string') return err({ type: 'SessionLocked', retry: 'later' })
    const storage = deps.openStorage(target, record.workspace, true, { uploads: null, conflict: () => undefined })
    return storage.ok ? tryStorage(deps.host, storage.value) : storage
  }
  return {
    content: content.vault,
    covered: async () => (deps.isOpen() ? ok(running && !running.defect ? Object.fromEntries(await running.engine.covered()) : null) : err({ type: 'SessionLocked', retry: 'later' })),
    page: {
      status: async () => ok(status()),
      async now() {
        await running?.scheduler.now()
        return ok(null)
      },
      async pause({ paused, minutes }) {
        const pausedUntil = !paused ? 0 : minutes === null ? Infinity : deps.clock.now() + minutes * 60_000
        const decided = await decide({ ...kept, pausedUntil })
        if (decided.ok) running?.scheduler.pause(pausedUntil)
        content.refill()
        return decided
      },
      async setLine(line) {
        metered = await deps.metered()
        const decided = await decide({ ...kept, line })
        if (decided.ok) running?.scheduler.soon()
        content.refill()
        return decided
      },
      async reached({ segment }) {
        return ok(running && !running.defect ? await running.engine.reached(segment).catch(() => []) : [])
      },
      testTarget: probe,
      async setTarget(chosen) {
        const probed = await probe(chosen)
        if (!probed.ok) return probed
        const target: SyncTarget = { v: 1, id: bytesToBase32(deps.host.random.bytes(10)), ...chosen }
        try {
          await writeTarget(deps.profile, target)
        } catch {
          return err({ type: 'DiskFull', retry: 'later' })
        }
        const said = running?.doubts ?? noDoubts
        await end()
        await begin(target, true)
        await goOnSaying(said)
        return ok(null)
      },
    },
    async start() {
      kept = await readLine(deps.profile)
      const target = await readTarget(deps.profile)
      if (!target) return
      await begin(target, false)
      // Before somebody sits down: whether a copy of this profile is at work. Where a person wants rest, not by asking in their name.
      if (kept.pausedUntil <= deps.clock.now() && kept.line.metered === 'never') void running?.scheduler.now()
    },
    wrote(name) {
      const isFirst = status().unsent === 0
      running?.engine.wrote(name)
      running?.scheduler.soon()
      // From now on nobody may read that everything was sent; while it rests no round tells how much is not.
      if (isFirst || running?.scheduler.state().paused) tell()
    },
    line: () => kept.line,
    place: () => running && { storage: running.storage, target: publicWords(running.target) },
    async joined(choice) {
      const target: SyncTarget = { v: 1, id: bytesToBase32(deps.host.random.bytes(10)), ...choice }
      await writeTarget(deps.profile, target)
      await end()
      await begin(target, false)
    },
    doubts: () => (running ? said(running) : []),
    async settle() {
      if (!running) return ok(null)
      const next = settle(running.doubts, running.last)
      const written = await running.notes.write(doubtsNote, doubtsToBytes(next))
      if (!written.ok) return err({ type: 'DiskFull', retry: 'later' })
      running.doubts = next
      await running.engine.settle()
      tell()
      return ok(null)
    },
    tellLost() {
      void running?.engine.tell().then(() => running?.scheduler.soon())
    },
    abandon: end,
    reach: async () => running?.scheduler.now(),
    isLaneSure: () => running === null || running.isLaneSure,
    isFrozen: () => running !== null && isFrozen(running.doubts),
    pace(next) {
      pace = next
      running?.scheduler.pace(next)
    },
    async close() {
      const { unsent, paused, heldBack } = status()
      if (running?.last && running.last.failure === null && !running.last.isLost && unsent !== 0 && !paused && !heldBack) await running.scheduler.now()
      await end()
    },
  }
}

/** One round, and what follows from it. A defect stops this storage and nothing else; it is told. */
async function round(deps: SyncDeps, running: Running, options: RoundOptions, answered: () => void): Promise<RoundReport> {
  running.conflicts.met = false
  const report = await deps.inTurn(() => running.engine.round(running.abort.signal, options)).catch((thrown: unknown) => {
    deps.log.defect('sync', thrown)
    running.defect = true
    running.scheduler.pause(Infinity)
    return { ...nothingDone, at: deps.clock.now() }
  })
  return follow(deps, running, await withSilence(deps, running, report), answered)
}

/** SY-48 what the others' silence says goes with what the round says. */
async function withSilence(deps: SyncDeps, running: Running, report: RoundReport): Promise<RoundReport> {
  const known = heard(running.heard, report, deps.isOpen() ? deps.silence() : null)
  // Minutes that are not noted are watched again.
  if (known && (known.since !== running.heard?.since || Math.floor(known.watched / notedMs) !== Math.floor(running.heard.watched / notedMs))) await running.notes.write(heardNote, heardToBytes(known))
  running.heard = known
  const silent = silenceOf(known, report.at)
  return silent ? { ...report, suspicions: [...report.suspicions, silent] } : report
}

async function follow(deps: SyncDeps, running: Running, report: RoundReport, answered: () => void): Promise<RoundReport> {
  running.last = report
  if (report.isLost) {
    deps.lostHere()
    return report
  }
  const doubts = withReport(running.doubts, report)
  // A note that cannot be written is made again with the next round's report.
  if (JSON.stringify(doubts) !== JSON.stringify(running.doubts)) await running.notes.write(doubtsNote, doubtsToBytes(doubts))
  const isCopied = doubts.open.some(({ code, subject }) => code === 'profile-copied' && !running.doubts.open.some((one) => one.code === code && one.subject === subject))
  running.doubts = doubts
  if (report.failure === null) running.isLaneSure = true
  if (isCopied) await deps.copied()
  running.completeAt = report.completeAt ?? running.completeAt
  if (report.received.objects > 0) await deps.arrived()
  if (await deps.contact.round(report)) deps.reached()
  if (report.failure === null) answered()
  return report
}

/** What stays said, and what is surely so now. */
function said({ doubts, last }: Running): readonly StorageDoubt[] {
  const known = new Set(doubts.open.map(({ code }) => code))
  const now = unsettled(doubts, last).filter(({ code, certain }) => certain && !known.has(code))
  return [...doubts.open.map(({ code, at }) => ({ code, at })), ...now.map(({ code }) => ({ code, at: last?.at ?? 0 }))]
}

async function storeNow({ profile, storeOf }: SyncDeps): Promise<ObjectStore | null> {
  const record = await profile.load()
  return typeof record === 'string' ? null : storeOf(record.workspace)
}

const doubtsNote = 'doubts'
const heardNote = 'heard'
const notedMs = 10 * 60 * 1000
const none = { objects: 0, parcels: 0, bytes: 0 }
const nothingDone: RoundReport = { at: 0, failure: null, sent: none, received: none, unsent: 0, missing: [], strangers: [], suspicions: [], publishers: [], completeAt: null, isLost: false, requests: 0 }

function statusOf(running: Running | null, line: LineChoice, metered: Metered): SyncStatus {
  const last = running?.last ?? null
  const state = running?.scheduler.state()
  const known = last ? last.unsent : state?.paused ? (running?.lacking ?? null) : null
  return {
    target: running ? { kind: running.target.kind, address: running.target.address } : null,
    running: state?.running ?? false,
    paused: state?.paused ?? false,
    resumesAt: state?.resumesAt ?? null,
    line,
    metered,
    heldBack: holdsBack(line, metered),
    waiting: running?.engine.left().bytes ?? 0,
    nextAt: state?.nextAt ?? null,
    unsent: known === null || !running ? null : known + running.engine.unseen(),
    completeAt: running?.completeAt ?? null,
    failure: running?.defect ? 'SyncDefect' : (last?.failure?.type ?? null),
    findings: running ? [...unsettled(running.doubts, last).map(({ code, certain }) => ({ code, certain })), ...(running.conflicts.met ? [{ code: 'conflict-copy', certain: true }] : [])] : [],
    doubts: (running?.doubts.open ?? []).map(({ code, at }) => ({ code, at })),
    frozen: running !== null && isFrozen(running.doubts),
    missing: last?.missing.length ?? 0,
    strangers: last?.strangers.length ?? 0,
    machines: running ? machinesOf(last, running.device) : [],
  }
}

/** One line for each device, however many of its profiles publish there. */
function machinesOf(last: RoundReport | null, own: string): SyncStatus['machines'] {
  const heard = new Map<string, number>()
  for (const { device, at } of last?.publishers ?? []) if (device !== own) heard.set(device, Math.max(heard.get(device) ?? 0, at))
  return [...heard].map(([device, at]) => ({ device, at }))
}

const probeName = 'e/probe'

/** SY-21 a page of something else, a read-only place and a newer format are told now, not at the first loss. */
async function tryStorage(host: CryptoHost, storage: Storage): Promise<Result<null, TargetFailure>> {
  const { signal } = new AbortController()
  const bytes = host.random.bytes(32)
  const name = `${probeName}-${bytesToBase32(host.random.bytes(5))}`
  const put = await storage.put(name, bytes, signal)
  if (!put.ok) return put
  const got = await storage.get(name, signal)
  const removed = await storage.remove(name, signal)
  if (!got.ok) return got
  if (!removed.ok) return removed
  return got.value && equalBytes(got.value, bytes) ? ok(null) : err({ type: 'StorageNonsense', retry: 'later' })
}
