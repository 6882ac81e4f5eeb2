// SY-47: which devices are known to have a record: those whose beacon says that they verified the beacon with which it went out first.
// Words for people; nothing that is sent, fetched or kept depends on it.

import type { ParcelIndex } from '../log/parcel.ts'
import type { Read } from './memory.ts'

/** With this number of the own beacon these lanes went out up to these segments: `j/<collection>/<lane>` → number. */
export interface Told {
  readonly serial: number
  readonly ends: Readonly<Record<string, number>>
}

/** What was told so far, as this publisher. */
export interface Telling {
  readonly publisher: string
  /** Parcels (hex SHA-256) that are accounted for. */
  readonly parcels: readonly string[]
  /** Oldest first. */
  readonly told: readonly Told[]
}

const segment = /^(j\/[^/]+\/[^/]+)\/\d{5}\/(\d{8})$/
const mostTold = 400

export function newTelling(publisher: string): Telling {
  return { publisher, parcels: [], told: [] }
}

/** The beacon of this number is there, and it was the first to hold out these parcels. */
export function withTold({ publisher, parcels, told }: Telling, serial: number, fresh: readonly ParcelIndex[]): Telling {
  const ends: Record<string, number> = {}
  for (const { name } of fresh.flatMap(({ items }) => items)) {
    const [, lane, seq] = segment.exec(name) ?? []
    if (lane !== undefined) ends[lane] = Math.max(ends[lane] ?? 0, Number(seq))
  }
  const next = Object.keys(ends).length === 0 ? told : [...told, { serial, ends }]
  return { publisher, parcels: [...parcels, ...fresh.map(({ sha256 }) => sha256)], told: next.length > mostTold ? shortened(next) : next }
}

/** Said later than it was so, never earlier. */
function shortened([oldest, second, ...rest]: readonly Told[]): readonly Told[] {
  if (!oldest || !second) return rest
  const ends = { ...oldest.ends }
  for (const [lane, seq] of Object.entries(second.ends)) ends[lane] = Math.max(ends[lane] ?? 0, seq)
  return [{ serial: second.serial, ends }, ...rest]
}

/** Devices that have verified the beacon with which this segment went out; none while it did not. */
export function reachedBy({ told }: Telling, read: Iterable<Read>, name: string): readonly string[] {
  const [, lane = '', seq] = segment.exec(name) ?? []
  const first = told.find(({ ends }) => (ends[lane] ?? 0) >= Number(seq))
  if (!first) return []
  return [...new Set([...read].filter(({ verified }) => (verified ?? 0) >= first.serial).map(({ device }) => device))].sort()
}
