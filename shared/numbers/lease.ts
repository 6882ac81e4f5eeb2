// Which of two leases stands. The order never changes when more becomes known, and whoever acts in knowledge of a lease comes before
// it: an administrator's takeover wins over hand-overs it did not know, the longer line wins, then the lower id. No clock is asked.

import type { Claim, Lease } from './state.ts'

/** Negative: `a` stands before `b`. */
export function compareLeases(a: Lease, b: Lease): number {
  return b.takeovers - a.takeovers || b.depth - a.depth || compareIds(a, b)
}

/** Who keeps a number that was given twice: what comes from the lease that stands. */
export function compareClaims(a: Claim, b: Claim): number {
  return compareLeases(a.lease, b.lease) || compareIds(a, b)
}

/**
 * Which of its numbers a document keeps: one of a block, because a person at hand gave it, before one that the registrar's machine
 * gave by itself.
 */
export function compareForDocument(a: Claim, b: Claim): number {
  const series = a.series < b.series ? -1 : a.series > b.series ? 1 : 0
  return Number(a.block === null) - Number(b.block === null) || series || compareClaims(a, b)
}

export function compareIds(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

export function bestOf<T>(values: readonly T[], compare: (a: T, b: T) => number): T | null {
  let best: T | null = null
  for (const value of values) if (best === null || compare(value, best) < 0) best = value
  return best
}
