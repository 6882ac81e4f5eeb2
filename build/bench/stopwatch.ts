// Adds up what named parts of a run took. One clock, no output.

import type { Run } from './row.ts'

export interface Stopwatch {
  time<T>(name: string, work: () => T | Promise<T>): Promise<T>
  add(name: string, ms: number): void
  /** The run since the watch was started, each figure divided by `by` (for example, documents). */
  stop(by?: number): Run
}

export function startStopwatch(): Stopwatch {
  const parts = new Map<string, number>()
  const start = performance.now()
  const add = (name: string, ms: number): void => void parts.set(name, (parts.get(name) ?? 0) + ms)
  return {
    add,
    async time(name, work) {
      const begun = performance.now()
      try {
        return await work()
      } finally {
        add(name, performance.now() - begun)
      }
    },
    stop(by = 1) {
      const ms = (performance.now() - start) / by
      return { ms, parts: [...parts].map(([name, total]) => ({ name, ms: total / by })) }
    },
  }
}
