// Which objects a storage is known to hold: only what was verified in a parcel or put there in one. It never copies what a storage
// says of itself.

import { sha256Hex } from '../crypto/hash.ts'
import type { ParcelItem } from '../log/parcel.ts'

export interface Ledger {
  /** `hash`: of the bytes, for names that can be replaced. */
  add(name: string, hash: string | null): void
  /** Is this object, with these bytes where the name can be replaced, there already? */
  holds(name: string, hash: string | null): boolean
  /** Enough to say so without reading the object's bytes at every start. */
  holdsName(name: string): boolean
  /** Takes a name out: its parcel was lost. */
  drop(name: string): void
}

const segment = /^(j\/[^/]+\/[^/]+)\/\d{5}\/(\d{8})$/

/** Wraps are the only objects that are ever replaced. */
export function isReplaceable(name: string): boolean {
  return name.startsWith('k/') || name.startsWith('u/')
}

/** Hash by which two versions of a wrap are told apart; null where the name says it all. */
export function versionOf(name: string, bytes: Uint8Array): string | null {
  return isReplaceable(name) ? sha256Hex(bytes) : null
}

export function versionOfItem({ name, sha256 }: ParcelItem): string | null {
  return isReplaceable(name) ? sha256 : null
}

export function createLedger(): Ledger {
  // Lanes are published from 1 upwards: one number stands for most of a lane.
  const lanes = new Map<string, number>()
  const beyond = new Set<string>()
  const names = new Set<string>()
  const versions = new Map<string, Set<string>>()
  const addSegment = (name: string, lane: string, seq: number): void => {
    beyond.add(name)
    const folder = (n: number): string => `${lane}/${String(Math.floor(n / 1000)).padStart(5, '0')}/${String(n).padStart(8, '0')}`
    if (seq !== (lanes.get(lane) ?? 0) + 1) return
    let end = seq
    for (; beyond.delete(folder(end)); end++) lanes.set(lane, end)
  }
  const holdsName = (name: string): boolean => {
    const [, lane, seq] = segment.exec(name) ?? []
    return lane === undefined ? names.has(name) || versions.has(name) : Number(seq) <= (lanes.get(lane) ?? 0) || beyond.has(name)
  }
  return {
    add(name, hash) {
      const [, lane, seq] = segment.exec(name) ?? []
      if (lane !== undefined) {
        if (Number(seq) > (lanes.get(lane) ?? 0)) addSegment(name, lane, Number(seq))
      } else if (hash === null) names.add(name)
      else versions.set(name, (versions.get(name) ?? new Set()).add(hash))
    },
    holds: (name, hash) => (hash === null ? holdsName(name) : (versions.get(name)?.has(hash) ?? false)),
    holdsName,
    drop(name) {
      const [, lane, seq] = segment.exec(name) ?? []
      names.delete(name)
      versions.delete(name)
      beyond.delete(name)
      if (lane === undefined || Number(seq) > (lanes.get(lane) ?? 0)) return
      const end = lanes.get(lane) ?? 0
      lanes.set(lane, Number(seq) - 1)
      for (let n = Number(seq) + 1; n <= end; n++) beyond.add(`${lane}/${String(Math.floor(n / 1000)).padStart(5, '0')}/${String(n).padStart(8, '0')}`)
    },
  }
}
