// LG-70: the hybrid logical clock of one replica. Within a session it never goes back; it never decides validity.

import type { Clock } from '../base/ports.ts'
import { compareHlc, type Hlc } from './event.ts'

export interface HybridClock {
  /** A time later than everything ticked or followed before. */
  tick(): Hlc
  /** Takes note of a time met in somebody's event. One that lies further ahead of this machine's clock than `driftMs` is not followed: one wrong clock in the town would keep everybody from writing. */
  see(hlc: Hlc): void
}

/** How far (milliseconds) two clocks may be apart: the gate and the judge allow as much. */
export const driftMs = 5 * 60 * 1000

/** `start`: the latest time met so far, followed under the same condition: a clock that was ahead and was put right can write again. */
export function createHybridClock(clock: Clock, start: Hlc = { ms: 0, n: 0 }): HybridClock {
  let last: Hlc = { ms: 0, n: 0 }
  const see = (hlc: Hlc): void => {
    if (compareHlc(hlc, last) > 0 && hlc.ms <= clock.now() + driftMs) last = hlc
  }
  see(start)
  return {
    see,
    tick() {
      const now = clock.now()
      last = now > last.ms ? { ms: now, n: 0 } : { ms: last.ms, n: last.n + 1 }
      return last
    },
  }
}
