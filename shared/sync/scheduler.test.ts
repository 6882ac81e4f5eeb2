import { describe, expect, it } from 'vitest'
import type { RoundReport } from './report.ts'
import { createSyncScheduler, quietMs } from './scheduler.ts'

const quiet: RoundReport = { at: 0, failure: null, sent: { objects: 0, parcels: 0, bytes: 0 }, received: { objects: 0, parcels: 0, bytes: 0 }, unsent: 0, missing: [], strangers: [], suspicions: [], publishers: [], completeAt: 0, isLost: false, requests: 1 }
const busy = (retryAfterMs?: number): RoundReport => ({ ...quiet, failure: { type: 'StorageBusy', retry: 'later', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }, completeAt: null })

/** Time moves only here; `byte` is what chance gives: 128 for no jitter. */
function desk(answer: () => RoundReport = () => quiet, byte = 128) {
  let now = 1_000_000
  let timers: { readonly at: number; readonly act: () => void }[] = []
  const rounds: { readonly at: number; readonly thorough: boolean }[] = []
  let release: (() => void) | null = null
  let held = false
  const scheduler = createSyncScheduler({
    clock: { now: () => now },
    random: { bytes: (length) => new Uint8Array(length).fill(byte) },
    timers: {
      after(ms, act) {
        const timer = { at: now + ms, act }
        timers.push(timer)
        return () => void (timers = timers.filter((t) => t !== timer))
      },
    },
    async run({ thorough }) {
      rounds.push({ at: now, thorough })
      if (held) await new Promise<void>((resolve) => (release = resolve))
      return answer()
    },
    changed: () => undefined,
  })
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 20; i++) await Promise.resolve()
  }
  return {
    scheduler,
    rounds,
    now: () => now,
    hold: () => void (held = true),
    async release() {
      held = false
      release?.()
      await settle()
    },
    /** Lets time pass, with every timer at its moment. */
    async pass(ms: number) {
      const end = now + ms
      for (;;) {
        const next = timers.filter((t) => t.at <= end).sort((a, b) => a.at - b.at)[0]
        if (!next) break
        timers = timers.filter((t) => t !== next)
        now = next.at
        next.act()
        await settle()
      }
      now = end
    },
  }
}

describe('3.5 the scheduler', () => {
  it('3.5 polls often while somebody works, seldom when nobody does', async () => {
    const d = desk()
    await d.scheduler.now()
    await d.pass(5 * 60_000)
    expect(d.rounds).toHaveLength(1 + 9)
    d.scheduler.pace('locked')
    await d.pass(3 * 3_600_000)
    expect(d.rounds).toHaveLength(1 + 9 + 6)
    d.scheduler.pace('idle')
    await d.pass(60 * 60_000)
    expect(d.rounds.length).toBeGreaterThanOrEqual(1 + 9 + 6 + 11)
  })

  it('3.5 spreads devices by chance, a fifth to either side', async () => {
    for (const [byte, ms] of [[0, 24_000], [255, 36_000]] as const) {
      const d = desk(() => quiet, byte)
      await d.scheduler.now()
      expect((d.scheduler.state().nextAt ?? 0) - d.now()).toBe(ms)
    }
  })

  it('3.5 sends a change after a short quiet, a burst as one', async () => {
    const d = desk()
    await d.scheduler.now()
    for (let i = 0; i < 5; i++) {
      d.scheduler.soon()
      await d.pass(quietMs / 2)
    }
    expect(d.rounds).toHaveLength(1)
    await d.pass(quietMs)
    expect(d.rounds).toHaveLength(2)
  })

  it('3.5 sends what changed while a round was under way in the next one', async () => {
    const d = desk()
    d.hold()
    void d.scheduler.now()
    d.scheduler.soon()
    await d.pass(60_000)
    expect(d.rounds).toHaveLength(1)
    await d.release()
    await d.pass(quietMs)
    expect(d.rounds).toHaveLength(2)
  })

  it('3.5 backs off twice as long each time, to a quarter of an hour, and forgets it after a success', async () => {
    let isUp = false
    const d = desk(() => (isUp ? quiet : { ...busy(), unsent: 1 }))
    await d.scheduler.now()
    const waits: number[] = []
    for (let i = 0; i < 10; i++) {
      const wait = (d.scheduler.state().nextAt ?? 0) - d.now()
      waits.push(Math.round(wait / 1000))
      await d.pass(wait)
    }
    expect(waits).toEqual([3, 6, 12, 24, 48, 96, 192, 384, 769, 901])
    isUp = true
    await d.pass(1_000_000)
    expect(d.scheduler.state()).toMatchObject({ failures: 0 })
    expect((d.scheduler.state().nextAt ?? 0) - d.now()).toBeLessThanOrEqual(36_000)
  })

  it('3.6 asks at least once a minute, give or take, while nobody answers at all', async () => {
    const d = desk(() => ({ ...quiet, failure: { type: 'StorageUnreachable', retry: 'later' }, unsent: 1 }), 255)
    await d.scheduler.now()
    await d.pass(10 * 60_000)
    const before = d.rounds.length
    await d.pass(60 * 60_000)
    expect(d.rounds.length - before).toBe(Math.floor(3600 / 72))
  })

  it('3.5 never comes back before the storage said, whatever chance gives and whatever changed', async () => {
    let isUp = false
    const d = desk(() => (isUp ? quiet : busy(120_000)), 0)
    await d.scheduler.now()
    isUp = true
    d.scheduler.soon()
    await d.pass(119_999)
    expect(d.rounds).toHaveLength(1)
    await d.pass(1)
    expect(d.rounds).toHaveLength(2)
  })

  it('3.5 rests for an hour when asked to, says until when, and goes on by itself with what was written meanwhile', async () => {
    const d = desk()
    const until = d.now() + 3_600_000
    d.scheduler.pause(until)
    d.scheduler.soon()
    expect(d.scheduler.state()).toMatchObject({ paused: true, resumesAt: until, nextAt: until })
    await d.pass(3_599_999)
    expect(d.rounds).toEqual([])
    await d.pass(1)
    expect(d.rounds.map(({ at }) => at)).toEqual([until])
    expect(d.scheduler.state()).toMatchObject({ paused: false, resumesAt: null })
  })

  it('3.5 rests while paused but for a person, and goes on afterwards', async () => {
    const d = desk()
    d.scheduler.pause(Infinity)
    d.scheduler.soon()
    await d.pass(3_600_000)
    expect(d.rounds).toHaveLength(0)
    await d.scheduler.now()
    expect(d.rounds).toEqual([{ at: d.now(), thorough: true }])
    expect(d.scheduler.state()).toMatchObject({ paused: true, nextAt: null })
    d.scheduler.pause(0)
    await d.pass(30_200)
    expect(d.rounds).toHaveLength(2)
  })

  it('3.5 asks for every beacon now and then, whatever the listing says', async () => {
    const d = desk()
    d.scheduler.soon()
    await d.pass(40 * 30_200)
    expect(d.rounds.filter((round) => round.thorough).length).toBe(Math.floor(d.rounds.length / 20))
    expect(d.rounds.length).toBeGreaterThan(20)
  })

  it('3.6 ends after the round under way and begins no other', async () => {
    const d = desk()
    d.hold()
    void d.scheduler.now()
    const stopped = d.scheduler.stop()
    await d.release()
    await stopped
    d.scheduler.soon()
    await d.scheduler.now()
    await d.pass(3_600_000)
    expect(d.rounds).toHaveLength(1)
    expect(d.scheduler.state()).toMatchObject({ running: false, nextAt: null })
  })
})
