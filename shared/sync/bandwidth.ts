// SY-82 a bandwidth limit as a debt: what was moved must be paid for in time before more is moved. Pure: time and timers are handed in.

import type { Clock } from '../base/ports.ts'
import type { Timers } from './scheduler.ts'

/** Resolves when so many bytes may be moved. */
export type Pace = (bytes: number) => Promise<void>

/** Seconds of quiet that may be made good at once. */
const burstSeconds = 1

/** `limit`: bytes in a second, asked each time; 0 = none. */
export function createPace(clock: Clock, timers: Timers, limit: () => number): Pace {
  /** When everything asked so far is paid for. */
  let paidAt = 0
  return async (bytes) => {
    const rate = limit()
    if (rate === 0) return
    const now = clock.now()
    // A clock that was set back owes nothing longer than what was asked last.
    paidAt = Math.max(Math.min(paidAt, now + longestDebtMs), now - burstSeconds * 1000) + (bytes * 1000) / rate
    const wait = paidAt - now
    if (wait > 0) await new Promise<void>((resolve) => void timers.after(Math.ceil(wait), resolve))
  }
}

const longestDebtMs = 60_000
