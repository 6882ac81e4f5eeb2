// What a dump of a storage holds out to whoever comes now: the objects of the parcels that beacons list, each proven as a machine
// proves it. What several journeys may ask of a storage; assertions stay in the journeys.
import { createHash } from 'node:crypto'
import { parseBeacon } from '@shared/log/beacon.ts'
import { beaconPrefix, parcelName, snapshotPlace } from '@shared/log/names.ts'
import { openIndex } from '@shared/log/parcel.ts'

/**
 * `name SHA-256` of every object that can be fetched whole. A parcel that nobody lists, that is not there or is spoilt holds nothing
 * out. Summaries are left out: a later one takes the place of an earlier one.
 * @param dump bytes by key, as they lie under one workspace
 */
export function heldOut(dump: ReadonlyMap<string, Uint8Array>): ReadonlySet<string> {
  const found = new Set<string>()
  for (const [key, bytes] of dump) {
    const at = key.indexOf(`/${beaconPrefix}`) + 1
    const workspace = key.slice(0, at).split('/').at(-2)
    const beacon = at > 0 ? parseBeacon(bytes)?.beacon : undefined
    if (workspace === undefined || !beacon) continue
    for (const { sha256 } of beacon.parcels) {
      const parcel = dump.get(`${key.slice(0, at)}${parcelName(sha256)}`)
      const index = parcel ? openIndex(workspace, parcel) : null
      if (!parcel || index?.sha256 !== sha256) continue
      for (const item of index.items) {
        const isWhole = createHash('sha256').update(parcel.subarray(item.at, item.at + item.size)).digest('hex') === item.sha256
        if (isWhole && !snapshotPlace(item.name)) found.add(`${item.name} ${item.sha256}`)
      }
    }
  }
  return found
}
