// One at a time, in the order asked: two storages must not put together two versions of one wrap at once. And one for many, where all
// that counts is that it begins after each asked.

export type InTurn = <T>(work: () => Promise<T>) => Promise<T>

export function createTurns(): InTurn {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const done = last.then(work)
    last = done.catch(() => null)
    return done
  }
}

/** Whoever asks for a key while nothing of it begins, or while one is under way, shares the next one. */
export function createJoining(work: (key: string) => Promise<void>): (key: string) => Promise<void> {
  const next = new Map<string, Promise<void>>()
  const under = new Map<string, Promise<void>>()
  return (key) => {
    const joined = next.get(key)
    if (joined) return joined
    const mine = (under.get(key) ?? Promise.resolve())
      .catch(() => undefined)
      .then(() => {
        next.delete(key)
        under.set(key, mine)
        return work(key)
      })
      .finally(() => under.get(key) === mine && under.delete(key))
    next.set(key, mine)
    return mine
  }
}
