// LG-70: the hybrid logical clock of one replica. It never goes back and never decides validity.

import type { Clock } from '../base/ports.ts'
import { compareHlc, type Hlc } from './event.ts'

export interface HybridClock {
  /** A time later than everything ticked or seen before. */
  tick(): Hlc
  /** Takes note of a time met in somebody's event. */
  see(hlc: Hlc): void
}

export function createHybridClock(clock: Clock, start: Hlc = { ms: 0, n: 0 }): HybridClock {
  let last = start
  return {
    tick() {
      const now = clock.now()
      last = now > last.ms ? { ms: now, n: 0 } : { ms: last.ms, n: last.n + 1 }
      return last
    },
    see(hlc) {
      if (compareHlc(hlc, last) > 0) last = hlc
    },
  }
}
