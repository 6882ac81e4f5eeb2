// Figures out of samples: medians, spreads, ratios. Pure; it takes no measure itself and never drops a sample.

/** A named share of one run, in milliseconds. */
export interface Part {
  readonly name: string
  readonly ms: number
}

/** Samples in the order taken, milliseconds. */
export interface Spread {
  readonly median: number
  readonly least: number
  readonly most: number
  readonly samples: readonly number[]
}

/** The middle value, or the mean of the two in the middle. Throws on no values. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  if (low === undefined || high === undefined) throw new Error('no samples, no median')
  return (low + high) / 2
}

export function spread(samples: readonly number[]): Spread {
  return { median: round(median(samples)), least: round(Math.min(...samples)), most: round(Math.max(...samples)), samples: samples.map(round) }
}

/** How many times the peer's median the product's is, to two decimals. Throws when the peer took no time. */
export function ratio(product: Spread, peer: Spread): number {
  if (!(peer.median > 0)) throw new Error('a peer that takes no time is no peer')
  return Math.round((product.median / peer.median) * 100) / 100
}

/** The median of each part over the runs that have it, in the order in which parts first appear. */
export function partMedians(runs: readonly (readonly Part[])[]): readonly Part[] {
  const byName = new Map<string, number[]>()
  for (const { name, ms } of runs.flat()) byName.set(name, [...(byName.get(name) ?? []), ms])
  return [...byName].map(([name, values]) => ({ name, ms: round(median(values)) }))
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10
}
