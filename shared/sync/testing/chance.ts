// Chance from a seed: the same seed throws the same dice (mulberry32).

export interface Chance {
  /** 0 up to 1. */
  next(): number
  below(n: number): number
  happens(probability: number): boolean
  pick<T>(items: readonly T[]): T
}

export function createChance(seed: number): Chance {
  let state = (seed * 0x9e3779b1) >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (n: number): number => Math.floor(next() * n)
  return { next, below, happens: (probability) => next() < probability, pick: (items) => items[below(items.length)] as never }
}
