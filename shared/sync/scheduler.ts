// When the next round is due: soon after a change here, often while somebody works, seldom otherwise; later and later while the
// storage does not answer, never before it said. Pure: time, chance and timers are handed in.

import type { Clock, Random } from '../base/ports.ts'
import type { RoundReport } from './report.ts'

export interface Timers {
  /** Calls once after about so many milliseconds; the returned function takes it back. */
  after(ms: number, act: () => void): () => void
}

/** `active`: somebody works here. `idle`: the window is away or nobody types. `locked`: nobody sits here. */
export type Pace = 'active' | 'idle' | 'locked'

export interface SchedulerDeps {
  readonly clock: Clock
  readonly random: Random
  readonly timers: Timers
  /** Never called twice at once. */
  readonly run: (options: { readonly thorough: boolean; readonly asked: boolean }) => Promise<RoundReport>
  /** Told after each round and each change of what comes next. */
  readonly changed: () => void
}

export interface SyncScheduler {
  /** Something was written here: a round follows after a short quiet, if the storage answers. */
  soon(): void
  /** A person asks: at once, also while paused or waiting, and for every beacon. Resolves when that round is over. */
  now(): Promise<void>
  pace(pace: Pace): void
  /** Until that moment; `Infinity` until it is taken back, 0 takes it back. */
  pause(until: number): void
  /** No further round begins; resolves when the one under way is over. */
  stop(): Promise<void>
  state(): SchedulerState
}

export interface SchedulerState {
  readonly running: boolean
  readonly paused: boolean
  /** When a pause ends by itself; null without one. */
  readonly resumesAt: number | null
  /** Rounds that failed in a row. */
  readonly failures: number
  /** Milliseconds since 1970 UTC; null while paused without an end, running or stopped. */
  readonly nextAt: number | null
}

const everyMs: Readonly<Record<Pace, number>> = { active: 30_000, idle: 300_000, locked: 1_800_000 }
/** Quiet after a change before it is sent, so that a burst goes out as one. */
export const quietMs = 2_000
const firstBackOffMs = 3_000
const longestBackOffMs = 900_000
/** Asking where nobody answers burdens nobody, and a cable that is back should not wait long. */
const longestUnreachableMs = 60_000
/** Every so many rounds every beacon is read, whatever the listing says of it. */
const thoroughEvery = 20

export function createSyncScheduler(deps: SchedulerDeps): SyncScheduler {
  const { clock } = deps
  let pace: Pace = 'active'
  let pausedUntil = 0
  let isStopped = false
  let running: Promise<void> | null = null
  let failures = 0
  let rounds = 0
  /** Not before this, unless a person asks. */
  let notBefore = 0
  let lastAt = clock.now()
  let wanted = false
  let due: { readonly at: number; readonly cancel: () => void } | null = null

  const plan = (at: number): void => {
    due?.cancel()
    due = null
    const when = Math.max(at, notBefore, pausedUntil, clock.now())
    if (when === Infinity || isStopped || running) return
    due = { at: when, cancel: deps.timers.after(when - clock.now(), () => void begin(false)) }
  }
  const planNext = (): void => plan(wanted ? clock.now() + quietMs : lastAt + jittered(everyMs[pace]))
  const begin = (asked: boolean): Promise<void> => {
    due?.cancel()
    due = null
    running = round(asked).finally(() => {
      running = null
      planNext()
      deps.changed()
    })
    deps.changed()
    return running
  }
  /** When no round is under way, also none that was begun by somebody who waited as well. */
  const over = async (): Promise<void> => {
    if (!running) return
    await running
    await over()
  }
  const round = async (asked: boolean): Promise<void> => {
    wanted = false
    const report = await deps.run({ asked, thorough: asked || rounds % thoroughEvery === thoroughEvery - 1 })
    rounds += 1
    lastAt = clock.now()
    failures = report.failure ? failures + 1 : 0
    const wish = report.failure && 'retryAfterMs' in report.failure ? (report.failure.retryAfterMs ?? 0) : 0
    const backOff = report.failure ? jittered(Math.min(report.failure.type === 'StorageUnreachable' ? longestUnreachableMs : longestBackOffMs, firstBackOffMs * 2 ** (failures - 1))) : 0
    // What is still unsent after a failure needs no new change to be sent.
    wanted ||= report.failure !== null && report.unsent > 0
    notBefore = lastAt + Math.max(wish, backOff)
  }
  /** Up to a fifth more or less, so that devices do not come all at once; a storage's own wish is never cut short. */
  const jittered = (ms: number): number => Math.round(ms * (0.8 + (0.4 * (deps.random.bytes(1)[0] as number)) / 255))

  return {
    soon() {
      wanted = true
      if (!running) plan(clock.now() + quietMs)
    },
    async now() {
      if (running) await over()
      if (!isStopped) await begin(true)
    },
    pace(next) {
      if (pace === next) return
      pace = next
      if (!running) planNext()
      deps.changed()
    },
    pause(until) {
      pausedUntil = until
      if (!running) planNext()
      deps.changed()
    },
    async stop() {
      isStopped = true
      due?.cancel()
      due = null
      await over()
    },
    state: () => ({ running: running !== null, paused: pausedUntil > clock.now(), resumesAt: pausedUntil > clock.now() && pausedUntil < Infinity ? pausedUntil : null, failures, nextAt: due?.at ?? null }),
  }
}
