// Content by need in main: what a person has open goes first, then what a package waits for, then what is wanted kept at hand; that is
// brought in the background, a little at a time, whenever the storage answers. It knows packs by name, never what they hold.

import { err, ok } from '@shared/base/result.ts'
import type { Contract } from '@shared/ipc/contract.ts'
import type { Handlers } from '@shared/ipc/define.ts'
import type { SyncEngine } from '@shared/sync/engine.ts'
import type { ContentReport } from '@shared/sync/content.ts'
import type { Log } from '../ports.ts'
import type { ObjectStore } from './object-store.ts'

export interface ContentDeps {
  readonly log: Log
  /** Null while there is no storage, or while it stopped after a defect. */
  readonly engine: () => SyncEngine | null
  /** Nothing may be brought unasked. */
  readonly paused: () => boolean
  readonly isOpen: () => boolean
  readonly store: () => Promise<Pick<ObjectStore, 'has'> | null>
  readonly came: () => void
}

export interface ContentService {
  readonly vault: Pick<Handlers<Contract, 'vault'>['content'], 'absent' | 'fetch' | 'stop' | 'want' | 'cleared'>
  /** The storage answered: what is wanted may be there now. */
  refill(): void
  /** Ends what is under way, when another storage takes this one's place or the app quits. */
  close(): Promise<void>
}

/** So many at a time, so that what somebody waits for soon has its turn. */
const atATime = 8

const locked = err({ type: 'SessionLocked', retry: 'later' } as const)
const away = err({ type: 'ContentAway', retry: 'later' } as const)
const stopped = err({ type: 'ContentStopped', retry: 'now' } as const)

/** What somebody waits for. */
interface Asked {
  readonly names: readonly string[]
  readonly bulk: boolean
  readonly answer: (fetched: Fetched) => void
  readonly fail: (thrown: unknown) => void
  abort: AbortController
  isStopped: boolean
  /** Something more pressing came while it was under way. */
  isGivingWay: boolean
}

/** What a person opened last, before what they opened earlier, before a whole package. */
function mostPressing(asked: readonly Asked[]): Asked | null {
  return asked.findLast(({ bulk }) => !bulk) ?? asked[0] ?? null
}

export function createContentService(deps: ContentDeps): ContentService {
  let wanted: readonly string[] = []
  let background: { readonly abort: AbortController; readonly done: Promise<void> } | null = null
  /** Somebody asked for it while it was under way, perhaps about to give up. */
  let isDueAgain = false
  const asked: Asked[] = []
  let running: Asked | null = null
  let serving: Promise<void> | null = null
  const absentOf = async (names: readonly string[]): Promise<readonly string[]> => {
    const store = names.length > 0 ? await deps.store() : null
    const absent: string[] = []
    for (const name of names) if (!(await store?.has(name))) absent.push(name)
    return absent
  }
  const refill = (): void => {
    if (background) isDueAgain = true
    if (background || asked.length > 0 || deps.paused() || !deps.engine()) return
    isDueAgain = false
    const abort = new AbortController()
    const done = bring(abort.signal)
      .catch((thrown: unknown) => void deps.log.defect('content', thrown))
      .finally(() => {
        background = null
        if (isDueAgain) refill()
      })
    background = { abort, done }
  }
  const bring = async (signal: AbortSignal): Promise<void> => {
    const nowhere = new Set<string>()
    for (;;) {
      const next = (await absentOf(wanted.filter((name) => !nowhere.has(name)))).slice(0, atATime)
      const engine = deps.engine()
      if (next.length === 0 || !engine || signal.aborted) return
      const report = await engine.fetch(next, signal)
      for (const name of report.missing) nowhere.add(name)
      if (report.missing.length < next.length) deps.came()
      if (report.failure !== null) return
    }
  }
  const stopAsked = (): void => {
    for (const one of asked.splice(0)) {
      one.isStopped = true
      if (one === running) one.abort.abort()
      else one.answer(stopped)
    }
  }
  /** One at a time, the most pressing first; who gives way keeps what came and goes on afterwards. */
  const serve = async (): Promise<void> => {
    for (let next = mostPressing(asked); next; next = mostPressing(asked)) {
      running = next
      next.abort = new AbortController()
      const engine = deps.engine()
      if (!engine) next.answer(away)
      else {
        const report = await engine.fetch(next.names, next.abort.signal).catch((thrown: unknown) => void next.fail(thrown))
        if (report && next.isGivingWay && !next.isStopped && report.missing.length > 0) {
          next.isGivingWay = false
          continue
        }
        if (report) next.answer(answerOf(report))
      }
      if (!next.isStopped) asked.splice(asked.indexOf(next), 1)
    }
    running = null
  }
  const ask = (names: readonly string[], bulk: boolean): Promise<Fetched> =>
    new Promise((answer, fail) => {
      const one: Asked = { names, bulk, answer, fail, abort: new AbortController(), isStopped: false, isGivingWay: false }
      asked.push(one)
      if (running && mostPressing(asked) === one) {
        running.isGivingWay = true
        running.abort.abort()
      }
      serving ??= calm().then(serve).finally(() => {
        serving = null
        refill()
      })
    })
  const calm = async (): Promise<void> => {
    isDueAgain = false
    background?.abort.abort()
    await background?.done
  }
  return {
    vault: {
      absent: async ({ names }) => (deps.isOpen() ? ok({ names: await absentOf(names) }) : locked),
      async fetch({ names, bulk }) {
        if (!deps.isOpen()) return locked
        if ((await absentOf(names)).length === 0) return ok(null)
        return deps.engine() ? ask(names, bulk) : away
      },
      async stop() {
        stopAsked()
        return ok(null)
      },
      async cleared({ names }) {
        if (!deps.isOpen()) return locked
        return ok({ names: (await deps.engine()?.cleared(names)) ?? null })
      },
      async want({ names }) {
        if (!deps.isOpen()) return locked
        wanted = names
        refill()
        return ok(null)
      },
    },
    refill,
    async close() {
      stopAsked()
      await serving
      await calm()
    },
  }
}

type Fetched = Awaited<ReturnType<ContentService['vault']['fetch']>>

function answerOf({ failure, missing }: ContentReport): Fetched {
  if (missing.length === 0) return ok(null)
  if (failure === null || failure.type === 'ObjectRefused') return err({ type: 'ContentNowhere', retry: 'later' })
  if (failure.type === 'StorageCancelled') return stopped
  if (failure.type === 'DiskFull' || failure.type === 'DiskBroken') return err({ type: failure.type, retry: 'later' })
  return away
}
