// SY-30 to SY-36: whose beacons are new, and which of them are true. A beacon that is absent, older, unreadable or forged never
// lowers what is known of its publisher; it is remembered as a suspicion and asked for again.

import { sha256Hex } from '../crypto/hash.ts'
import { parseBeacon, verifyBeacon, type SignedBeacon } from '../log/beacon.ts'
import { beaconName, beaconPrefix } from '../log/names.ts'
import { isSurelyOlder, noteFact, type Offer, type Round } from './round.ts'
import type { Standing } from './standing.ts'
import type { StoredEntry } from './storage.ts'

const publisherName = /^b\/0\/([0-9a-z]{1,40})$/

/** One request: name → what the storage says of each beacon. Null when it did not answer. */
export async function listBeacons(round: Round): Promise<ReadonlyMap<string, StoredEntry> | null> {
  const list = round.take(await round.storage.list(beaconPrefix, round.signal))
  if (!list) return null
  round.listed = true
  return new Map(list.value.map((entry) => [entry.name, entry]))
}

/** False when the storage stopped answering. */
export async function readBeacons(standing: Standing, round: Round, listed: ReadonlyMap<string, StoredEntry>): Promise<boolean> {
  // What is claimed in this very round may be younger than what was read in it.
  const claimed = new Map<string, number>()
  for (const theirs of standing.claims.values()) for (const [other, serial] of Object.entries(theirs)) claimed.set(other, Math.max(claimed.get(other) ?? 0, serial))
  const named = [...listed.keys()].flatMap((name) => publisherName.exec(name)?.[1] ?? [])
  // SY-31 a publisher that was read before and is not listed is asked for all the same.
  const expected = [...standing.read].flatMap(([publisher, { isGone }]) => (isGone ? [] : [publisher]))
  for (const publisher of new Set([...named, ...expected])) {
    if (publisher === standing.self.publisher) continue
    const tag = listed.get(beaconName(publisher))?.tag ?? null
    if (!round.thorough && tag !== null && tag === standing.read.get(publisher)?.tag) {
      round.witnessed = true
      continue
    }
    const got = round.take(await round.storage.get(beaconName(publisher), round.signal))
    if (!got) return false
    if (got.value === null) round.suspect('beacon-missing', publisher)
    else await readBeacon(standing, round, publisher, got.value, tag)
  }
  for (const [publisher, serial] of claimed) {
    if (publisher !== standing.self.publisher && serial > (standing.read.get(publisher)?.serial ?? 0)) round.suspect('withheld', publisher)
  }
  return true
}

async function readBeacon(standing: Standing, round: Round, publisher: string, object: Uint8Array, tag: string | null): Promise<void> {
  const signed = parseBeacon(object)
  if (!signed) return round.suspect('beacon-unreadable', publisher)
  const { beacon } = signed
  const key = await standing.deps.devices.keyOf(beacon.device)
  if (!key) return void round.strangers.push(publisher)
  const isTheirs = beacon.publisher === publisher && beacon.workspace === standing.deps.workspace
  if (!isTheirs || !(await verifyBeacon(standing.verify, signed, key))) return round.suspect('beacon-forged', publisher)
  const known = standing.read.get(publisher)
  if (known && known.device !== beacon.device) return round.suspect('beacon-forged', publisher)
  if (known && beacon.serial < known.serial) {
    round.suspect('beacon-rolled-back', publisher)
    // SY-46 what it held out then is as proven as ever; its publisher may never come back to write the beacon anew.
    offer(standing, round, beacon, { first: false, isOlder: !isSurelyOlder(round.met, publisher) })
    for (const { sha256 } of beacon.parcels) round.heldOut.add(sha256)
    return
  }
  accept(standing, round, signed, tag)
  for (const notice of beacon.lost ?? []) if (await standing.deps.lost?.heard(notice)) round.isLost = true
}

function accept(standing: Standing, round: Round, { beacon, body }: SignedBeacon, tag: string | null): void {
  const { publisher, device, serial, at } = beacon
  round.witnessed = true
  const hash = sha256Hex(body)
  const known = standing.read.get(publisher)
  if (known?.serial === serial && known.hash !== hash) noteFact(standing, 'beacon-forked', publisher)
  const verified = Math.max(known?.verified ?? 0, beacon.seen[standing.self.publisher] ?? 0)
  standing.read.set(publisher, { device, serial, at, hash, tag: null, verified, content: beacon.parcels.filter((entry) => entry.content), snapshots: beacon.parcels.filter((entry) => entry.snapshot) })
  round.tags.set(publisher, tag)
  standing.claims.set(publisher, { ...beacon.seen, [publisher]: serial })
  for (const sha256 of beacon.wants) round.wanted.set(sha256, [...(round.wanted.get(sha256) ?? []), `${sha256} ${publisher} ${serial}`])
  for (const { sha256 } of beacon.parcels) round.heldOut.add(sha256)
  offer(standing, round, beacon, { first: !known, isOlder: false })
}

function offer(standing: Standing, round: Round, { publisher, parcels }: SignedBeacon['beacon'], how: Pick<Offer, 'first' | 'isOlder'>): void {
  for (const entry of parcels) if (!entry.snapshot && !(entry.content && standing.deps.byNeed) && !standing.slips.has(entry.sha256)) round.offers.push({ publisher, entry, ...how })
}
