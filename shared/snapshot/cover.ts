// SN-10 to SN-13: what a snapshot is good for while its records come in: a row stands until its own records were taken in, and how
// much of it was taken in so far.

import type { SnapshotHeader } from '../log/snapshot.ts'
import type { Reach } from './rows.ts'

/** How far a lane was taken in here, whatever became of its segments; 0 for a lane that is not known. */
export type HeadOf = (lane: string) => number

/** Everything within this reach was taken in. */
export function isTakenIn(reach: Reach, headOf: HeadOf): boolean {
  return Object.entries(reach).every(([lane, seq]) => headOf(lane) >= seq)
}

export function reachOf({ lanes }: Pick<SnapshotHeader, 'lanes'>): Reach {
  return Object.fromEntries(Object.entries(lanes).map(([lane, [seq]]) => [lane, seq]))
}

export interface Progress {
  readonly taken: number
  readonly total: number
}

/** Records of the snapshot that were taken in. */
export function progressOf(reach: Reach, headOf: HeadOf): Progress {
  let [taken, total] = [0, 0]
  for (const [lane, seq] of Object.entries(reach)) {
    taken += Math.min(seq, headOf(lane))
    total += seq
  }
  return { taken, total }
}
