// SY-100 to SY-105: a snapshot comes before the records that it covers where those are much more, so that somebody at a new machine
// sees what there is at once. It takes nobody's place: what is not there, not whole or not true costs its bytes and nothing else.

import { bytesToHex } from '../base/bytes.ts'
import { digest } from '../crypto/hash.ts'
import type { ParcelEntry } from '../log/beacon.ts'
import { parcelName } from '../log/names.ts'
import { largestParcelBytes } from '../log/parcel.ts'
import { proveIndex } from './receive.ts'
import type { Round } from './round.ts'
import type { Standing } from './standing.ts'
import { fitsName, takeObject } from './take-object.ts'

/** SY-102 records that are missing must weigh so many times what the snapshots do. */
const worthIt = 2

/** Collection (handle) → records of the furthest snapshot that anybody, this machine too, is known to hold out. */
export function coveredBy(standing: Standing): ReadonlyMap<string, number> {
  return new Map([...furthest([...offered(standing), ...standing.self.parcels])].map(([of, entry]) => [of, entry.snapshot?.records ?? 0]))
}

/** False when the storage or this disk stopped answering. */
export async function fetchSnapshots(standing: Standing, round: Round): Promise<boolean> {
  const chosen = [...furthest(offered(standing)).values()].filter(({ sha256 }) => !standing.slips.has(sha256))
  const weight = chosen.reduce((sum, { size }) => sum + size, 0)
  const missing = new Map(round.offers.filter(({ entry }) => !entry.content && !standing.slips.has(entry.sha256)).map(({ entry }) => [entry.sha256, entry.size]))
  if (chosen.length === 0 || [...missing.values()].reduce((sum, size) => sum + size, 0) < worthIt * weight) return true
  let came = false
  for (const entry of chosen) {
    const taken = await fetchSnapshot(standing, round, entry)
    if (taken === 'stopped') return false
    came ||= taken
  }
  if (came) await standing.deps.snapshotCame?.()
  return true
}

function offered({ read }: Standing): readonly ParcelEntry[] {
  return [...read.values()].flatMap(({ snapshots }) => snapshots)
}

function furthest(entries: readonly ParcelEntry[]): ReadonlyMap<string, ParcelEntry> {
  const best = new Map<string, ParcelEntry>()
  for (const entry of entries) {
    const { snapshot } = entry
    if (snapshot && snapshot.records > (best.get(snapshot.of)?.snapshot?.records ?? -1)) best.set(snapshot.of, entry)
  }
  return best
}

/** Like any parcel, but nobody waits for it: what does not come whole is left. */
async function fetchSnapshot(standing: Standing, round: Round, entry: ParcelEntry): Promise<boolean | 'stopped'> {
  const { host, local } = standing.deps
  if (entry.size > largestParcelBytes || entry.index > entry.size) return false
  const got = round.take(await round.storage.get(parcelName(entry.sha256), round.signal))
  if (!got) return 'stopped'
  round.received.bytes += got.value?.length ?? 0
  const index = got.value && (await proveIndex(standing, entry, got.value))
  const item = index && typeof index !== 'string' ? index.items[0] : undefined
  if (!got.value || !item || !index || typeof index === 'string' || index.items.length !== 1) return false
  const object = { name: item.name, bytes: got.value.slice(item.at, item.at + item.size) }
  if (object.bytes.length !== item.size || bytesToHex(await digest(host, object.bytes)) !== item.sha256 || !object.name.startsWith('s/') || !fitsName(object)) return false
  const taken = round.take(await takeObject(local, object))
  if (!taken || !round.take(await standing.notes.saveSlip(index))) return 'stopped'
  standing.ledger.add(item.name, null)
  standing.slips.add(index.sha256)
  return true
}
