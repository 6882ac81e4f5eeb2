// How far this clock is from what others said: servers that answered say the time in a header of their answer (RFC 9110, 6.6.1). Whoever
// answers may say anything, so the median of the last few counts, and nothing here changes the clock.

import type { Clock } from '@shared/base/ports.ts'

const kept = 5
/** The header is in whole seconds: on the average half of one has passed. */
const roundingMs = 500
/** When it was written is not known better than that. */
const longestMs = 10_000

export interface HeardClock {
  /** An answer with this header came just now, so many milliseconds after it was asked for. */
  readonly hear: (date: string | null, tookMs: number) => void
  /** Positive: this clock is ahead. Null while nothing was heard. */
  readonly skewMs: () => number | null
}

export function createHeardClock(clock: Clock): HeardClock {
  const skews: number[] = []
  return {
    hear(date, tookMs) {
      const said = date !== null && /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(date) ? Date.parse(date) : Number.NaN
      if (Number.isNaN(said) || tookMs > longestMs) return
      skews.push(Math.round(clock.now() - tookMs / 2 - said - roundingMs))
      if (skews.length > kept) skews.shift()
    },
    skewMs: () => skews.toSorted((a, b) => a - b)[Math.floor((skews.length - 1) / 2)] ?? null,
  }
}
