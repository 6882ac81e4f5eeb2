// Sync in main: one storage, the engine over this disk's objects, the scheduler. It works while the device is locked, tells the vault
// when something came, and says how things stand. It knows no document and no content key.

import { equalBytes, bytesToBase32 } from '@shared/base/bytes.ts'
import type { Clock } from '@shared/base/ports.ts'
import { err, ok, type Result } from '@shared/base/result.ts'
import { createSigner } from '@shared/crypto/keys.ts'
import type { CryptoHost } from '@shared/crypto/ports.ts'
import type { Contract } from '@shared/ipc/contract.ts'
import type { SyncStatus, TargetChoice, TargetFailure } from '@shared/ipc/contract/sync.ts'
import type { Handlers } from '@shared/ipc/define.ts'
import { doubtsToBytes, isFrozen, parseDoubts, settle, unsettled, withReport, type Doubts } from '@shared/sync/doubts.ts'
import { createSyncEngine, type SyncEngine } from '@shared/sync/engine.ts'
import type { KnownDevices, SyncMemory } from '@shared/sync/ports.ts'
import type { RoundReport } from '@shared/sync/report.ts'
import { createSyncScheduler, type Pace, type SyncScheduler, type Timers } from '@shared/sync/scheduler.ts'
import type { Storage } from '@shared/sync/storage.ts'
import { collectionHandle, collectionZero } from '@shared/log/names.ts'
import type { Log, StoragePlace, StorageTarget } from '../ports.ts'
import { createContentService, type ContentService } from './content-service.ts'
import type { ObjectStore } from './object-store.ts'
import { pairOf } from './open-session.ts'
import type { Profile } from './profile.ts'
import { createFileNotes, readTarget, writeTarget, type SyncTarget } from './sync-target.ts'

export interface SyncDeps {
  readonly host: CryptoHost
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  readonly profile: Profile
  readonly storeOf: (workspace: string) => ObjectStore
  readonly devices: KnownDevices
  /** `founding`: a workspace may be placed there for the first time. */
  readonly openStorage: (target: TargetChoice, workspace: string, founding: boolean) => Result<Storage, TargetFailure>
  readonly isOpen: () => boolean
  /** Some of the content that the vault wants has come. */
  readonly contentCame: () => void
  readonly arrived: () => Promise<void>
  /** SY-25: another machine works with a copy of this profile. Ends before anything else of this machine is sent. */
  readonly copied: () => Promise<void>
  readonly changed: (status: SyncStatus) => void
}

export interface SyncService {
  readonly page: Handlers<Contract, 'page'>['sync']
  readonly content: ContentService['vault']
  /** Begins with the storage that was chosen before, if any. */
  start(): Promise<void>
  wrote(name: string): void
  /** The storage in use and how an invitation names it; null while there is none. */
  place(): StoragePlace | null
  /** A workspace was joined there: this is its storage from now on. */
  joined(target: StorageTarget): Promise<void>
  pace(pace: Pace): void
  /** SY-25: nothing says that a copy of this profile writes the lanes of its seats. */
  isLaneSure(): boolean
  /** SY-37: the storage misleads this machine, surely, and nobody has looked into it. */
  isFrozen(): boolean
  /** Sends what is not sent yet, if the storage answers, and ends. */
  close(): Promise<void>
}

interface Running {
  readonly storage: Storage
  readonly target: SyncTarget
  readonly engine: SyncEngine
  readonly scheduler: SyncScheduler
  readonly abort: AbortController
  readonly notes: SyncMemory
  /** Its own beacon was as noted in a whole round since the start, or nothing was ever published there. */
  isLaneSure: boolean
  doubts: Doubts
  last: RoundReport | null
  completeAt: number | null
  defect: boolean
}

export function createSyncService(deps: SyncDeps): SyncService {
  let running: Running | null = null
  let pace: Pace = 'locked'
  const content = createContentService({
    log: deps.log,
    engine: () => (running && !running.defect ? running.engine : null),
    paused: () => running?.scheduler.state().paused ?? true,
    isOpen: deps.isOpen,
    store: () => storeNow(deps),
    came: deps.contentCame,
  })
  const tell = (): void => deps.changed(statusOf(running))
  const begin = async (target: SyncTarget, founding: boolean): Promise<void> => {
    const record = await deps.profile.load()
    const storage = typeof record === 'string' ? null : deps.openStorage(target, record.workspace, founding)
    if (typeof record === 'string' || !storage?.ok) return
    const signer = await createSigner(deps.host, pairOf(record.device.signing))
    const local = deps.storeOf(record.workspace)
    const devices: KnownDevices = { keyOf: async (id) => (id === record.device.id ? signer.publicKey : deps.devices.keyOf(id)) }
    const notes = createFileNotes(deps.profile, target)
    const engine = createSyncEngine({ host: deps.host, clock: deps.clock, workspace: record.workspace, storage: storage.value, local, memory: notes, first: collectionHandle(record.genesis, collectionZero), byNeed: true, devices, device: { id: record.device.id, signer } })
    const abort = new AbortController()
    const now: Running = { target, storage: storage.value, engine, abort, notes, isLaneSure: (await notes.read('self')) === null, doubts: parseDoubts(await notes.read(doubtsNote)), last: null, completeAt: null, defect: false, scheduler: createSyncScheduler({ clock: deps.clock, random: deps.host.random, timers: deps.timers, run: (options) => round(deps, now, options, content.refill), changed: tell }) }
    running = now
    now.scheduler.pace(pace)
    now.scheduler.soon()
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
    const storage = deps.openStorage(target, record.workspace, true)
    return storage.ok ? tryStorage(deps.host, storage.value) : storage
  }
  return {
    content: content.vault,
    page: {
      status: async () => ok(statusOf(running)),
      async now() {
        await running?.scheduler.now()
        return ok(null)
      },
      async pause({ paused }) {
        running?.scheduler.pause(paused)
        content.refill()
        return ok(null)
      },
      async settle() {
        if (!deps.isOpen()) return err({ type: 'SessionLocked', retry: 'later' })
        if (!running) return ok(null)
        const next = settle(running.doubts, running.last)
        const written = await running.notes.write(doubtsNote, doubtsToBytes(next))
        if (!written.ok) return err({ type: 'DiskFull', retry: 'later' })
        running.doubts = next
        await running.engine.settle()
        tell()
        return ok(null)
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
        await end()
        await begin(target, true)
        return ok(null)
      },
    },
    async start() {
      const target = await readTarget(deps.profile)
      if (!target) return
      await begin(target, false)
      // Before somebody sits down: whether a copy of this profile is at work.
      void running?.scheduler.now()
    },
    wrote(name) {
      const isFirst = statusOf(running).unsent === 0
      running?.engine.wrote(name)
      running?.scheduler.soon()
      // From now on nobody may read that everything was sent.
      if (isFirst) tell()
    },
    place: () => running && { storage: running.storage, target: { kind: running.target.kind, address: running.target.address } },
    async joined({ address }) {
      const target: SyncTarget = { v: 1, id: bytesToBase32(deps.host.random.bytes(10)), kind: 'folder', address: String(address) }
      await writeTarget(deps.profile, target)
      await end()
      await begin(target, false)
    },
    isLaneSure: () => running === null || running.isLaneSure,
    isFrozen: () => running !== null && isFrozen(running.doubts),
    pace(next) {
      pace = next
      running?.scheduler.pace(next)
    },
    async close() {
      if (running?.last && running.last.failure === null && statusOf(running).unsent !== 0) await running.scheduler.now()
      await end()
    },
  }
}

/** One round, and what follows from it. A defect stops this storage and nothing else; it is told. */
async function round(deps: SyncDeps, running: Running, options: { readonly thorough: boolean }, answered: () => void): Promise<RoundReport> {
  const report = await running.engine.round(running.abort.signal, options).catch((thrown: unknown) => {
    deps.log.defect('sync', thrown)
    running.defect = true
    running.scheduler.pause(true)
    return { ...nothingDone, at: deps.clock.now() }
  })
  running.last = report
  const doubts = withReport(running.doubts, report)
  // A note that cannot be written is made again with the next round's report.
  if (JSON.stringify(doubts) !== JSON.stringify(running.doubts)) await running.notes.write(doubtsNote, doubtsToBytes(doubts))
  const isCopied = doubts.open.some(({ code, subject }) => code === 'profile-copied' && !running.doubts.open.some((one) => one.code === code && one.subject === subject))
  running.doubts = doubts
  if (report.failure === null) running.isLaneSure = true
  if (isCopied) await deps.copied()
  running.completeAt = report.completeAt ?? running.completeAt
  if (report.received.objects > 0) await deps.arrived()
  if (report.failure === null) answered()
  return report
}

async function storeNow({ profile, storeOf }: SyncDeps): Promise<ObjectStore | null> {
  const record = await profile.load()
  return typeof record === 'string' ? null : storeOf(record.workspace)
}

const doubtsNote = 'doubts'
const none = { objects: 0, parcels: 0, bytes: 0 }
const nothingDone: RoundReport = { at: 0, failure: null, sent: none, received: none, unsent: 0, missing: [], strangers: [], suspicions: [], publishers: [], completeAt: null, requests: 0 }

function statusOf(running: Running | null): SyncStatus {
  const last = running?.last ?? null
  const state = running?.scheduler.state()
  return {
    target: running ? { kind: running.target.kind, address: running.target.address } : null,
    running: state?.running ?? false,
    paused: state?.paused ?? false,
    nextAt: state?.nextAt ?? null,
    unsent: last ? last.unsent + (running?.engine.unseen() ?? 0) : null,
    completeAt: running?.completeAt ?? null,
    failure: running?.defect ? 'SyncDefect' : (last?.failure?.type ?? null),
    findings: running ? unsettled(running.doubts, last).map(({ code, certain }) => ({ code, certain })) : [],
    doubts: (running?.doubts.open ?? []).map(({ code, at }) => ({ code, at })),
    frozen: running !== null && isFrozen(running.doubts),
    missing: last?.missing.length ?? 0,
    strangers: last?.strangers.length ?? 0,
  }
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
