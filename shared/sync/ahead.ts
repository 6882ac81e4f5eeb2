// A few requests on their way at once, their answers dealt with one by one in the order asked: a slow line is kept full, and nothing
// is taken in twice or out of turn. And writes side by side, where only the sum of them counts: a disk forces eight in the time of two.

const atOnce = 3

/** Begins `work` on the next few while the caller deals with one. When the caller stops, what was begun is waited for. */
export async function* inTurn<A, V>(all: readonly A[], work: (one: A) => Promise<V>): AsyncGenerator<{ readonly of: A; readonly value: V }, void, undefined> {
  const begun: Promise<V | null>[] = []
  try {
    for (const [i, of] of all.entries()) {
      for (let next = begun.length; next < Math.min(all.length, i + atOnce); next++) {
        const working = work(all[next] as A)
        // Whoever fails first is told of; the others of that moment are only waited for.
        working.catch(() => undefined)
        begun.push(working)
      }
      const value = (await begun[i]) as V
      begun[i] = Promise.resolve(null)
      yield { of, value }
    }
  } finally {
    await Promise.allSettled(begun)
  }
}

const lanes = 8

/** Nothing more begins after an answer that is not `fine`; that one is answered. What was begun has always ended. */
export async function sideBySide<A, V>(all: readonly A[], fine: V, work: (one: A) => Promise<V>): Promise<V> {
  const left = all.values()
  let answer = fine
  const lane = async (): Promise<void> => {
    for (let next = left.next(); !next.done && answer === fine; next = left.next()) {
      const said = await work(next.value)
      if (answer === fine) answer = said
    }
  }
  const ended = await Promise.allSettled(Array.from({ length: Math.min(lanes, all.length) }, lane))
  for (const end of ended) if (end.status === 'rejected') throw end.reason
  return answer
}
