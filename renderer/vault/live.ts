// Live queries: each is asked again after a change and told on only when its answer differs. Changes that come together are
// answered once. It knows no query itself.

import type { VaultQueries } from '../services/vault-api.ts'

export type QueryName = keyof VaultQueries
export type Answer = <K extends QueryName>(name: K, arg: VaultQueries[K]['arg']) => Promise<VaultQueries[K]['value']>

export interface Live {
  watch<K extends QueryName>(name: K, arg: VaultQueries[K]['arg'], tell: (value: VaultQueries[K]['value']) => void): () => void
  changed(): void
}

interface Watch {
  readonly ask: () => Promise<void>
}

/** `pause` lies between two rounds of answers, so that a long catching up is not slowed down by being watched. */
export function createLive(answer: Answer, pause: () => Promise<void>, defect: (thrown: unknown) => void): Live {
  const watches = new Set<Watch>()
  let dirty = false
  let running = false
  const run = async (): Promise<void> => {
    if (running) return
    running = true
    while (dirty) {
      dirty = false
      for (const watch of [...watches]) if (watches.has(watch)) await watch.ask().catch(defect)
      await pause()
    }
    running = false
  }
  return {
    watch(name, arg, tell) {
      let last: string | null = null
      const watch: Watch = {
        async ask() {
          const value = await answer(name, arg)
          const key = JSON.stringify(value)
          if (key === last || !watches.has(watch)) return
          last = key
          tell(value)
        },
      }
      watches.add(watch)
      void watch.ask().catch(defect)
      return () => void watches.delete(watch)
    },
    changed() {
      dirty = true
      // A microtask later, so that a burst of changes is answered once.
      queueMicrotask(() => void run())
    },
  }
}
