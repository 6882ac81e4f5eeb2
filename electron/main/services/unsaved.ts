// How many edits the page holds that nobody has on disk yet, and who waits for there to be none.

export interface Unsaved {
  readonly report: (count: number) => void
  /** Resolves at once when nothing is unsaved, else when the page reports zero. */
  readonly none: () => Promise<void>
}

export function createUnsaved(): Unsaved {
  let count = 0
  let waiting: (() => void)[] = []
  return {
    report(now) {
      count = now
      if (count > 0) return
      for (const resolve of waiting) resolve()
      waiting = []
    },
    none: () => (count === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  }
}
