// Counts the work under way so that quitting can wait for it. After `close` nothing new begins; what runs is finished.

export interface Jobs {
  /** Runs the work and counts it; answers false, without beginning, once closed. */
  track<T>(name: string, work: () => Promise<T>): Promise<T> | false
  close(): void
  /** Resolves when nothing runs. */
  idle(): Promise<void>
  /** Names of what runs, for the log. */
  running(): readonly string[]
}

export function createJobs(): Jobs {
  const running = new Map<symbol, string>()
  let waiting: (() => void)[] = []
  let closed = false
  function end(key: symbol): void {
    running.delete(key)
    if (running.size > 0) return
    for (const resolve of waiting) resolve()
    waiting = []
  }
  return {
    track(name, work) {
      if (closed) return false
      const key = Symbol(name)
      running.set(key, name)
      return Promise.resolve()
        .then(work)
        .finally(() => end(key))
    },
    close() {
      closed = true
    },
    idle: () => (running.size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    running: () => [...running.values()],
  }
}
