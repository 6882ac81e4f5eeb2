// SY-20 to SY-24: does the storage still show what this machine wrote last? If it shows something newer under this name, the profile
// was copied or put back; if it shows something older or nothing, the storage lost it, and whatever is gone is held out anew.

import { equalBytes } from '../base/bytes.ts'
import * as v from 'valibot'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import type { Result } from '../base/result.ts'
import { parseBeacon, verifyBeacon } from '../log/beacon.ts'
import { beaconName, formatName, parcelName, parcelPrefix } from '../log/names.ts'
import type { Self } from './memory.ts'
import type { KeepFailure } from './ports.ts'
import { newTelling } from './reach.ts'
import { noteFact, type Round } from './round.ts'
import { newSelf, type Standing } from './standing.ts'
import type { StoredEntry } from './storage.ts'

const format = encodeCbor({ z: 1, min: 1 })
const formatSchema = v.looseObject({ z: v.number(), min: v.number() })

export async function findOwnPlace(standing: Standing, round: Round, listed: ReadonlyMap<string, StoredEntry>): Promise<void> {
  const { self } = standing
  const name = beaconName(self.publisher)
  // Nothing was written here yet: what lies there all the same was written by a copy.
  if (!self.beacon && !listed.has(name)) return
  if (!announced(self)) round.rewrite = true
  const shown = listed.get(name)?.tag ?? null
  if (!round.thorough && self.confirmed && shown !== null && shown === self.tag) return
  const got = round.take(await round.storage.get(name, round.signal))
  if (!got) return void (round.held = true)
  if (got.value && self.beacon && equalBytes(got.value, self.beacon)) {
    standing.self = { ...self, confirmed: true, tag: shown }
    return
  }
  if (got.value && (await wroteAsMe(standing, got.value))) return startAnew(standing, round, got.value)
  if (!self.beacon) return
  if (!(await formatStands(round, false))) return void (round.held = true)
  round.rewrite = true
  // A beacon that the storage never said it took is not lost but late.
  if (!self.confirmed) return
  round.suspect('own-beacon-lost', self.publisher)
  await withdrawLost(standing, round)
}

/** False after a kill between a parcel and the beacon that should have named it. */
function announced({ parcels, beacon }: Self): boolean {
  const told = beacon ? (parseBeacon(beacon)?.beacon.parcels ?? []) : []
  return told.length === parcels.length && told.every((entry, i) => entry.sha256 === parcels[i]?.sha256)
}

/** Before the first writing here the format is laid down, unless there is one that this app may not write. */
export async function layFormat(standing: Standing, round: Round): Promise<void> {
  if (!standing.self.beacon && !(await formatStands(round, true))) round.held = true
}

/** SY-21 an error is not a version, and a place where nobody's beacon is left is not ours to fill again unasked. */
async function formatStands(round: Round, lay: boolean): Promise<boolean> {
  const got = round.take(await round.storage.get(formatName, round.signal))
  if (!got) return false
  if (got.value === null) {
    if (lay || round.witnessed) return round.take(await round.storage.put(formatName, format, round.signal)) !== null
    round.suspect('storage-emptied', formatName)
    return false
  }
  const read = v.safeParse(formatSchema, decodeCbor(got.value))
  if (read.success && read.output.min <= 1) return true
  round.suspect(read.success ? 'storage-newer' : 'beacon-unreadable', formatName)
  return false
}

/** SY-22 signed by this device, for this name, later than or beside what is noted here. A forgery is only a loss. */
async function wroteAsMe(standing: Standing, object: Uint8Array): Promise<boolean> {
  const { device, workspace } = standing.deps
  const signed = parseBeacon(object)
  if (!signed || signed.beacon.publisher !== standing.self.publisher || signed.beacon.workspace !== workspace) return false
  return signed.beacon.serial >= standing.self.serial && (await verifyBeacon(standing.verify, signed, device.signer.publicKey))
}

/** SY-23 a new publisher takes over what only this one holds out; the parcels lie there already. */
async function startAnew(standing: Standing, round: Round, theirs: Uint8Array): Promise<void> {
  const { self, deps } = standing
  const held = new Set(parseBeacon(theirs)?.beacon.parcels.map((entry) => entry.sha256))
  noteFact(standing, 'profile-copied', self.publisher)
  for (const [publisher, read] of standing.read) standing.read.set(publisher, { ...read, verified: 0 })
  standing.self = { ...newSelf(deps.host), generation: self.generation, parcels: self.parcels.filter((entry) => !held.has(entry.sha256)) }
  standing.telling = newTelling(standing.self.publisher)
  if (!round.take(await standing.notes.saveSelf(standing.self))) return
  // The other one may have cleared some of them away since.
  await withdrawLost(standing, round)
}

/** SY-24 before a beacon is written again, what it holds out must be there. */
async function withdrawLost(standing: Standing, round: Round): Promise<void> {
  const list = round.take(await round.storage.list(parcelPrefix, round.signal))
  if (!list) return
  const there = new Set(list.value.map((entry) => entry.name))
  for (const entry of standing.self.parcels.filter(({ sha256 }) => !there.has(parcelName(sha256)))) {
    const got = round.take(await round.storage.get(parcelName(entry.sha256), round.signal, { at: 0, length: 1 }))
    if (!got) return
    if (got.value === null && !round.take(await withdraw(standing, entry.sha256))) return
  }
}

/** Takes a parcel back: its objects go out again in another one. The slip goes first, so that a kill in between only repeats it. */
export async function withdraw(standing: Standing, sha256: string): Promise<Result<null, KeepFailure>> {
  const slip = await standing.notes.slip(sha256)
  const dropped = await standing.notes.dropSlip(sha256)
  if (!dropped.ok) return dropped
  standing.slips.delete(sha256)
  standing.self = { ...standing.self, parcels: standing.self.parcels.filter((entry) => entry.sha256 !== sha256) }
  for (const { name } of slip?.items ?? []) {
    standing.ledger.drop(name)
    standing.pending.add(name)
  }
  return dropped
}
