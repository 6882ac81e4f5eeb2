// Wrong PINs slow down, across restarts: after three the next try waits 2, 4, 8 … seconds, at most five minutes. Never a wipe.

export interface Tries {
  readonly wrong: number
  /** Milliseconds since 1970 UTC of the last wrong try. */
  readonly lastAt: number
}

const longestWaitMs = 5 * 60 * 1000

/** How long until the next try is heard. A clock set back does not shorten it below one full wait. */
export function waitAfter(tries: Tries, now: number): number {
  const wait = tries.wrong < 3 ? 0 : Math.min(longestWaitMs, 1000 * 2 ** (tries.wrong - 2))
  return Math.min(wait, Math.max(0, tries.lastAt + wait - now))
}
