// What both sides of the wall know of the row: the names, what the worker is told, what it answers.

export const bench = { workspace: 'w', genesis: '00'.repeat(32), collection: 'c' } as const

export interface Town {
  readonly epochKeys: readonly { readonly collection: string; readonly epoch: number; readonly key: Uint8Array }[]
  readonly docs: readonly string[]
}

/** Milliseconds. */
export interface Wrapped {
  readonly wrapped: number
  readonly ms: number
  /** Of these, until main had taken each book. */
  readonly putting: number
  /** The longest that whoever asks the vault had to wait, and that the page did. */
  readonly vaultHeld: number
  readonly pageHeld: number
}

/** Looks every few milliseconds how late it is: the longest that this thread served nobody else. */
export function watchHeld(): () => number {
  const every = 5
  let [last, most] = [performance.now(), 0]
  const timer = setInterval(() => {
    const now = performance.now()
    most = Math.max(most, now - last - every)
    last = now
  }, every)
  return () => {
    clearInterval(timer)
    return Math.round(Math.max(most, performance.now() - last - every))
  }
}
