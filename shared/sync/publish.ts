// SY-50 to SY-56: holds out what this disk has and the storage lacks: parcels first, then the beacon that names them. A small edit is
// one parcel and one beacon. Nothing is ever removed here.

import type { ParcelEntry } from '../log/beacon.ts'
import { createBeacon } from '../log/beacon.ts'
import { mostNotices } from '../log/lost-notice.ts'
import { beaconName, parcelName, snapshotPlace } from '../log/names.ts'
import { createParcel, parcelTarget, partedTarget, storedSize, type NamedObject, type ParcelIndex } from '../log/parcel.ts'
import { inTurn } from './ahead.ts'
import { withFormer } from './clear-away.ts'
import { versionOf, versionOfItem } from './ledger.ts'
import { withTold } from './reach.ts'
import type { Round } from './round.ts'
import type { Standing } from './standing.ts'

/** So many parcels go out before a beacon tells of them: others need not wait for the last. */
const parcelsPerBeacon = 8
/** Bytes from which a kill in the middle is worth remembering. */
const largeParcel = 8 * 1024 * 1024
/** A device that is there says so at least this often. */
export const heartbeatMs = 4 * 60 * 60 * 1000

/** Targets before what refers to them: packs, certificates, wraps, segments, those of the first collection before all others; snapshots after the records they cover. */
const order = ['p', 'c', 'u', 'k', 'j', 'x', 's']

export async function publish(standing: Standing, round: Round, wants: readonly string[]): Promise<void> {
  let batch: NamedObject[] = []
  let size = 0
  let silent = 0
  const send = async (): Promise<boolean> => {
    if (batch.length === 0) return true
    const sent = await putParcel(standing, round, batch)
    if (!sent) for (const { name } of batch) standing.pending.add(name)
    batch = []
    size = 0
    silent += 1
    if (!sent || silent < parcelsPerBeacon) return sent
    silent = 0
    return announce(standing, round, wants)
  }
  const read = (name: string): Promise<Uint8Array | null> => standing.deps.local.get(name)
  for await (const { of: name, value: bytes } of inTurn(await goingOn(standing), read)) {
    if (bytes) batch.push({ name, bytes })
    standing.pending.delete(name)
  }
  if (!(await send())) return
  for await (const { of: name, value: bytes } of inTurn(inOrder(standing), read)) {
    // Out of the set before it is sent: what is written meanwhile puts it in again.
    standing.pending.delete(name)
    if (!bytes || standing.ledger.holds(name, versionOf(name, bytes))) continue
    if (standing.replaced.has(name)) continue // SY-130
    if (snapshotPlace(name) && isSuperseded(standing, name)) continue
    const isApart = batch.length > 0 && apartOf(name) !== apartOf(batch[0]?.name ?? '')
    if ((isApart || size + bytes.length > targetOf(round)) && !(await send())) return void standing.pending.add(name)
    batch.push({ name, bytes })
    size += bytes.length
  }
  if (!(await send())) return
  const { self } = standing
  const isDue = self.beacon ? round.at - self.at >= heartbeatMs : self.parcels.length > 0
  if (silent > 0 || round.rewrite || isDue || wants.join() !== self.wants.join()) await announce(standing, round, wants)
}

/** SY-54 bytes of the objects of one parcel. */
export function targetOf({ storage }: Round): number {
  return storage.resumes ? partedTarget : parcelTarget
}

/** SY-53 a storage that takes parts has some of them already: the same objects in the same order are the same parcel (LG-56). */
async function goingOn({ notes, pending, replaced }: Standing): Promise<readonly string[]> {
  const names = await notes.sending()
  return names.every((name) => pending.has(name) && !replaced.has(name)) ? names : []
}

/** What is content and is fetched by need, so that it travels apart from what everybody needs. */
export function isPack(name: string): boolean {
  return name.startsWith('p/')
}

/** Packs travel with packs, each snapshot by itself, everything else together. */
function apartOf(name: string): string {
  return isPack(name) ? 'p' : snapshotPlace(name) ? name : ''
}

/** SY-101 of each collection a publisher holds out the snapshot that covers most. */
function isSuperseded({ self }: Standing, name: string): boolean {
  const place = snapshotPlace(name)
  return self.parcels.some(({ snapshot }) => snapshot?.of === place?.of && (snapshot?.records ?? 0) >= (place?.records ?? 0))
}

function inOrder(standing: Standing): readonly string[] {
  return [...standing.pending].sort((a, b) => inSending(standing, a, b))
}

/** SY-50 which of two objects goes before the other: by what refers to what, then by name, so that a lane's segments stand together. */
export function inSending({ deps }: Standing, a: string, b: string): number {
  const rank = (name: string): number => order.indexOf(name.slice(0, 1)) - (deps.first !== undefined && name.startsWith(`j/${deps.first}/`) ? 0.5 : 0)
  return rank(a) - rank(b) || (a < b ? -1 : 1)
}

/** The parcel is in the storage and in this publisher's list, in that order. False when something did not answer. */
async function putParcel(standing: Standing, round: Round, objects: readonly NamedObject[]): Promise<boolean> {
  const { deps } = standing
  const { index, bytes } = await createParcel(deps.host, deps.workspace, objects)
  const isLarge = bytes.length > largeParcel
  if (isLarge && !round.take(await standing.notes.saveSending(objects.map(({ name }) => name)))) return false
  if (!round.take(await round.storage.put(parcelName(index.sha256), bytes, round.signal))) return false
  if (isLarge && !round.take(await standing.notes.saveSending([]))) return false
  round.sent.parcels += 1
  round.sent.objects += objects.length
  round.sent.bytes += bytes.length
  const entry = entryOf(index)
  const entries = standing.self.parcels.filter((other) => other.sha256 !== index.sha256 && (!entry.snapshot || other.snapshot?.of !== entry.snapshot.of))
  return hold(standing, round, index, [...entries, entry])
}

export function entryOf(index: ParcelIndex): ParcelEntry {
  const isContent = index.items.length > 0 && index.items.every(({ name }) => isPack(name))
  const place = index.items.length === 1 ? snapshotPlace(index.items[0]?.name ?? '') : null
  return { sha256: index.sha256, index: index.bytes.length, size: storedSize(index), ...(isContent ? { content: true } : {}), ...(place ? { snapshot: { of: place.of, records: place.records } } : {}) }
}

/** The list before the slip: a kill between the two sends objects twice, never not at all. */
export async function hold(standing: Standing, round: Round, index: ParcelIndex, parcels: readonly ParcelEntry[]): Promise<boolean> {
  standing.self = { ...standing.self, parcels, former: withFormer(standing.self.former, standing.self.parcels, parcels) }
  if (!round.take(await standing.notes.saveSelf(standing.self)) || !round.take(await standing.notes.saveSlip(index))) return false
  standing.slips.add(index.sha256)
  for (const item of index.items) standing.ledger.add(item.name, versionOfItem(item))
  return true
}

/** The next beacon does not list it. */
export async function withoutParcel(standing: Standing, round: Round, sha256: string): Promise<boolean> {
  const parcels = standing.self.parcels.filter((entry) => entry.sha256 !== sha256)
  standing.self = { ...standing.self, parcels, former: withFormer(standing.self.former, standing.self.parcels, parcels) }
  return round.take(await standing.notes.saveSelf(standing.self)) !== null
}

/** R7: everything it names was put before. Noted before it is put. */
export async function announce(standing: Standing, round: Round, wants: readonly string[]): Promise<boolean> {
  const { deps, self } = standing
  // What is not there for this machine either is nobody's to be shown.
  const shown = [...standing.read].filter(([publisher, { isGone }]) => !isGone && !round.met.has(`beacon-missing ${publisher}`))
  const seen = Object.fromEntries(shown.map(([publisher, { serial }]) => [publisher, serial]))
  const at = deps.clock.now()
  const serial = self.serial + 1
  const beacon = await createBeacon({ workspace: deps.workspace, publisher: self.publisher, device: deps.device.id, serial, at, parcels: self.parcels, seen, wants, lost: await heldOutOfLost(deps) }, deps.device.signer)
  const former = self.former.map((one) => (one.serial === 0 ? { ...one, serial } : one))
  standing.self = { ...self, serial, beacon, at, wants, confirmed: false, tag: null, former }
  if (!round.take(await standing.notes.saveSelf(standing.self))) return false
  const put = round.take(await round.storage.put(beaconName(self.publisher), beacon, round.signal))
  if (!put) return false
  round.sent.bytes += beacon.length
  standing.self = { ...standing.self, confirmed: true, tag: put.value.tag }
  await tell(standing, serial)
  return round.take(await standing.notes.saveSelf(standing.self)) !== null
}

/** SY-121 everybody who knows says it on, so that a storage would have to withhold everybody. */
async function heldOutOfLost({ lost }: Standing['deps']): Promise<readonly Uint8Array[]> {
  return ((await lost?.notices()) ?? []).slice(0, mostNotices)
}

/** SY-47 what this beacon was the first to hold out. A note that is lost costs words: it is told with the next one. */
async function tell(standing: Standing, serial: number): Promise<void> {
  const { notes, self, telling } = standing
  const known = new Set(telling.parcels)
  const fresh = await Promise.all(self.parcels.filter(({ sha256, content, snapshot }) => !content && !snapshot && !known.has(sha256)).map(({ sha256 }) => notes.slip(sha256)))
  if (fresh.length === 0) return
  standing.telling = withTold(telling, serial, fresh.filter((index) => index !== null))
  await notes.saveTelling(standing.telling)
}
