// Carrying by hand in main: a stick or disk that comes and goes, both directions in one act, with notes of its own for each medium. It
// stands beside the one storage, or alone. Pulled out half-way it says so and goes on the next time.

import * as v from 'valibot'
import { decodeCbor, encodeCbor } from '@shared/base/cbor.ts'
import { err, ok, type Result } from '@shared/base/result.ts'
import type { Contract } from '@shared/ipc/contract.ts'
import type { CarryFailure, CarryLeft, CarryOutcome, CarryStatus } from '@shared/ipc/contract/carry.ts'
import type { TargetFailure } from '@shared/ipc/contract/sync.ts'
import type { Handlers } from '@shared/ipc/define.ts'
import { carry, layMedium, readMedium, type Carried } from '@shared/sync/carry.ts'
import type { SyncEngine } from '@shared/sync/engine.ts'
import type { RoundReport } from '@shared/sync/report.ts'
import type { Timers } from '@shared/sync/scheduler.ts'
import type { Storage, StorageFailure } from '@shared/sync/storage.ts'
import type { Log } from '../ports.ts'
import type { Contact } from './contact.ts'
import type { ProfileRecord } from './profile.ts'
import { createStorageEngine, type StorageEngineDeps } from './storage-engine.ts'
import type { InTurn } from '@shared/base/turns.ts'

export interface CarryDeps extends StorageEngineDeps {
  readonly log: Log
  readonly timers: Timers
  /** `founding`: the workspace may be placed there for the first time. */
  readonly openFolder: (address: string, workspace: string, founding: boolean) => Result<Storage, TargetFailure>
  readonly isOpen: () => boolean
  /** No other storage writes to this disk meanwhile. */
  readonly inTurn: InTurn
  readonly arrived: () => Promise<void>
  readonly contact: Pick<Contact, 'carried'>
  /** SY-120 as for the storage. */
  readonly lostHere: () => void
  readonly changed: (status: CarryStatus) => void
}

export interface CarryService {
  readonly page: Handlers<Contract, 'page'>['carry']
  /** Takes up what is known of the medium used last. */
  start(): Promise<void>
  wrote(name: string): void
  /** Ends a carrying under way; resolves when nothing is written any more. */
  stop(): Promise<void>
}

const noteSchema = v.strictObject({ v: v.literal(1), media: v.array(v.strictObject({ id: v.string(), address: v.string(), at: v.nullable(v.number()) })) })
type Medium = v.InferOutput<typeof noteSchema>['media'][number]
const mostMedia = 16
const tellingMs = 100

interface Known {
  readonly medium: Medium
  readonly engine: SyncEngine
}

const nothingLeft: CarryLeft = { objects: 0, bytes: 0 }

export function createCarryService(deps: CarryDeps): CarryService {
  let known: Known | null = null
  let last: CarryOutcome | null = null
  let under: { readonly abort: AbortController; readonly done: Promise<void> } | null = null
  let isDue = false
  let isBeginning = false
  const status = async (): Promise<CarryStatus> => ({
    running: under !== null,
    address: known?.medium.address ?? '',
    at: known?.medium.at ?? null,
    unsent: known ? await known.engine.lacking() : null,
    left: known?.engine.left() ?? nothingLeft,
    last,
  })
  const tellNow = async (): Promise<void> => deps.changed(await status())
  /** Thousands of objects in a moment are told once. */
  const tell = (): void => {
    if (isDue) return
    isDue = true
    deps.timers.after(tellingMs, () => {
      isDue = false
      void tellNow()
    })
  }
  const media = async (): Promise<readonly Medium[]> => {
    const read = v.safeParse(noteSchema, decodeCbor((await deps.profile.readNote('media')) ?? new Uint8Array()))
    return read.success ? read.output.media : []
  }
  const remember = async (medium: Medium): Promise<void> => {
    const others = (await media()).filter(({ id }) => id !== medium.id)
    await deps.profile.writeNote('media', encodeCbor({ v: 1, media: [medium, ...others].slice(0, mostMedia) }))
  }
  const know = async (record: ProfileRecord, storage: Storage, medium: Medium): Promise<Known> => {
    known = { medium, engine: await createStorageEngine(deps, record, told(storage, tell), `m-${medium.id}`, false) }
    return known
  }
  const run = async ({ medium, engine }: Known, signal: AbortSignal): Promise<void> => {
    const carried = await carry(inTurns(deps.inTurn, engine), signal, deps.arrived)
    if (carried.last.isLost) deps.lostHere()
    last = outcomeOf(medium.address, carried, engine.left())
    if (last.failure !== null) return
    await deps.contact.carried(last.othersAt)
    known = { medium: { ...medium, at: carried.last.at }, engine }
    await remember(known.medium)
  }
  const begin = async ({ address: typed, fresh }: { readonly address: string; readonly fresh: boolean }): Promise<Result<null, CarryFailure>> => {
    const record = await deps.profile.load()
    if (!deps.isOpen() || typeof record === 'string') return err({ type: 'SessionLocked', retry: 'later' })
    if (under || isBeginning) return err({ type: 'CarryRunning', retry: 'later' })
    isBeginning = true
    return beginAt(record, typed.trim(), fresh).finally(() => (isBeginning = false))
  }
  const beginAt = async (record: ProfileRecord, address: string, fresh: boolean): Promise<Result<null, CarryFailure>> => {
    const [ground, storage] = [deps.openFolder(address, record.workspace, true), deps.openFolder(address, record.workspace, false)]
    if (!ground.ok || !storage.ok) return err({ type: 'MediumAddressUnusable', retry: 'now' })
    const abort = new AbortController()
    const read = await readMedium(ground.value, abort.signal)
    if (!read.ok) return err({ type: mediumFailure(read.error.type), retry: 'now' })
    if (read.value === null && !fresh) return err({ type: 'MediumNew', retry: 'now' })
    const named = read.value === null ? await layMedium(ground.value, deps.host.random, abort.signal) : ok(read.value)
    if (!named.ok) return err({ type: mediumFailure(named.error.type), retry: 'now' })
    const before = (await media()).find(({ id }) => id === named.value)
    const medium: Medium = { id: named.value, address, at: before?.at ?? null }
    try {
      await remember(medium)
    } catch {
      return err({ type: 'DiskFull', retry: 'later' })
    }
    const found = await know(record, storage.value, medium)
    const done = run(found, abort.signal)
      .catch((thrown: unknown) => {
        deps.log.defect('carry', thrown)
        last = { at: deps.clock.now(), address, failure: 'SyncDefect', sent: 0, received: 0, left: found.engine.left(), othersAt: null, findings: [] }
      })
      .finally(() => {
        under = null
        return tellNow()
      })
    last = null
    under = { abort, done }
    await tellNow()
    return ok(null)
  }
  const stop = async (): Promise<void> => {
    under?.abort.abort()
    await under?.done
  }
  return {
    page: {
      status: async () => ok(await status()),
      begin,
      async stop() {
        await stop()
        return ok(null)
      },
    },
    async start() {
      const [medium] = await media()
      const record = await deps.profile.load()
      const storage = medium && typeof record !== 'string' ? deps.openFolder(medium.address, record.workspace, false) : null
      if (medium && storage?.ok && typeof record !== 'string') await know(record, storage.value, medium)
    },
    wrote(name) {
      known?.engine.wrote(name)
      if (known) tell()
    },
    stop,
  }
}

/** A person watches: each object that moved is told. */
function told(storage: Storage, tell: () => void): Storage {
  const after = <T>(answer: Promise<T>): Promise<T> => answer.finally(tell)
  return { ...storage, get: (...asked) => after(storage.get(...asked)), put: (...asked) => after(storage.put(...asked)) }
}

function inTurns(inTurn: InTurn, engine: SyncEngine): SyncEngine {
  return { ...engine, round: (signal, options) => inTurn(() => engine.round(signal, options)) }
}

function outcomeOf(address: string, { sent, received, last }: Carried, left: CarryLeft): CarryOutcome {
  const ats = last.publishers.map(({ at }) => at)
  return {
    at: last.at,
    address,
    failure: failureOf(last.failure),
    sent: sent.objects,
    received: received.objects,
    left,
    othersAt: ats.length > 0 ? Math.max(...ats) : null,
    findings: [...new Set(last.suspicions.map(({ code }) => code))],
  }
}

type MediumFailure = Extract<CarryFailure['type'], `Medium${string}`>

function mediumFailure(type: StorageFailure['type']): MediumFailure {
  return mediumFailures[type]
}

const mediumFailures: Readonly<Record<StorageFailure['type'], MediumFailure>> = {
  StorageUnreachable: 'MediumGone',
  StorageUntrusted: 'MediumGone',
  StorageProxyRefused: 'MediumGone',
  StorageSignInNeeded: 'MediumGone',
  StorageCancelled: 'MediumGone',
  StorageBusy: 'MediumBusy',
  StorageRefused: 'MediumRefused',
  StorageFull: 'MediumFull',
  StorageNonsense: 'MediumNonsense',
}

function failureOf(failure: RoundReport['failure']): string | null {
  if (!failure) return null
  if (failure.type === 'StorageCancelled') return 'CarryStopped'
  return failure.type in mediumFailures ? mediumFailure(failure.type as StorageFailure['type']) : failure.type
}
