// SY-40 to SY-44: fetches what everybody needs and is missing, and nothing else: small or wholly new parcels in one piece, others index
// first and then the bytes from the first missing object to the last. A few are on their way at once; they are taken in one by one, in
// order. Every byte is proven before an object gets its name here.

import type { ParcelEntry } from '../log/beacon.ts'
import { parcelName } from '../log/names.ts'
import { digest, sha256Hex } from '../crypto/hash.ts'
import { hasSize, largestParcelBytes, openIndex, type NamedObject, type ParcelIndex, type ParcelItem } from '../log/parcel.ts'
import { bytesToHex } from '../base/bytes.ts'
import { inTurn, sideBySide } from './ahead.ts'
import { versionOfItem } from './ledger.ts'
import { noteFact, type Offer, type Round } from './round.ts'
import type { EngineDeps, Standing } from './standing.ts'
import { fitsName, takeObject, travels, twinOf } from './take-object.ts'

/** Up to this it is cheaper to fetch a parcel whole than to ask twice. */
const smallParcel = 256 * 1024

/** False when the storage or this disk stopped answering. */
export async function receive(standing: Standing, round: Round): Promise<boolean> {
  const lacking = new Set<string>()
  const wanted = new Map<string, Offer>()
  // SY-43 what everybody needs to know what there is comes before content.
  const offers = round.offers.toSorted((a, b) => Number(a.entry.content ?? false) - Number(b.entry.content ?? false))
  for (const offer of offers) if (wanted.get(offer.entry.sha256)?.isOlder ?? true) wanted.set(offer.entry.sha256, offer)
  for await (const { of: offer, value: fetched } of inTurn([...wanted.values()], (one) => fetchParcel(standing, round, one))) {
    const index = fetched !== null && fetched !== 'stopped' ? await takeParcel(standing, round, offer.entry, fetched) : fetched
    if (index === 'stopped') return false
    // An older list may name what was put together since.
    if (index === null && offer.isOlder) continue
    if (index === null) {
      round.missing.push(offer.entry.sha256)
      for (const { publisher, entry } of round.offers) if (entry.sha256 === offer.entry.sha256) lacking.add(publisher)
      continue
    }
    // R7 here too: the objects are durable before the note that says so.
    if (!round.take(await standing.notes.saveSlip(index))) return false
    standing.slips.add(index.sha256)
    round.received.parcels += 1
  }
  for (const [publisher, tag] of round.tags) {
    const read = standing.read.get(publisher)
    if (read && !lacking.has(publisher)) standing.read.set(publisher, { ...read, tag })
  }
  return true
}

/** A parcel's proven index and its bytes from `from` on, as far as they are needed. */
interface Fetched {
  readonly index: ParcelIndex
  readonly body: Uint8Array
  readonly from: number
}

/** Null: not there, or not whole. */
async function fetchParcel(standing: Standing, round: Round, { entry, first, isOlder }: Offer): Promise<Fetched | null | 'stopped'> {
  if (entry.size > largestParcelBytes || entry.index > entry.size) return unreadable(standing, entry)
  const whole = first || entry.size <= smallParcel
  const head = await fetchBytes(round, entry, 0, whole ? entry.size : entry.index, isOlder)
  if (head === 'stopped' || head === null) return head
  const index = await proveIndex(standing, entry, head)
  if (index === 'damaged') return isOlder ? null : damaged(round, entry)
  if (index === 'unreadable') return unreadable(standing, entry)
  const missing = await missingOf(standing, index)
  const from = missing[0]?.at ?? 0
  const last = missing.at(-1)
  const to = last ? last.at + last.size : 0
  const body = whole ? head.subarray(from) : to > from ? await fetchBytes(round, entry, from, to - from, isOlder) : new Uint8Array()
  return body === 'stopped' || body === null ? body : { index, body, from }
}

/** The index at the head of these bytes, when it is the one that the entry names. */
export async function proveIndex({ deps }: Standing, entry: ParcelEntry, head: Uint8Array): Promise<ParcelIndex | 'damaged' | 'unreadable'> {
  if (head.length < entry.index || bytesToHex(await digest(deps.host, head.subarray(0, entry.index))) !== entry.sha256) return 'damaged'
  const index = openIndex(deps.workspace, head)
  return index?.sha256 === entry.sha256 && hasSize(index, entry.size) ? index : 'unreadable'
}

async function missingOf({ ledger, deps }: Standing, index: ParcelIndex): Promise<readonly ParcelItem[]> {
  const missing: ParcelItem[] = []
  for (const item of index.items) if (!ledger.holds(item.name, versionOfItem(item)) || (await isSecond(deps, item))) missing.push(item)
  return missing
}

/** SY-14 both go out under names of their own: nobody is to hold the one only because the other was there first. */
async function twinsOf(local: EngineDeps['local'], { name, sha256 }: ParcelItem): Promise<readonly string[]> {
  const here = (await local.get(name)) ?? new Uint8Array()
  return [twinOf(name, sha256Hex(here)), twinOf(name, sha256)].flatMap((twin) => twin ?? [])
}

/** SY-14 a segment of other bytes than the one that lies here under its name, and not kept yet. */
async function isSecond({ host, local }: EngineDeps, { name, sha256 }: ParcelItem): Promise<boolean> {
  const twin = twinOf(name, sha256)
  const bytes = twin === null ? null : await local.get(name)
  return twin !== null && bytes !== null && bytesToHex(await digest(host, bytes)) !== sha256 && !(await local.has(twin))
}

async function takeParcel(standing: Standing, round: Round, entry: ParcelEntry, { index, body, from }: Fetched): Promise<ParcelIndex | null | 'stopped'> {
  const take = (item: ParcelItem): ReturnType<typeof takeItem> => takeItem(standing, round, item, body.subarray(item.at - from, item.at - from + item.size))
  const taken = await sideBySide(await missingOf(standing, index), 'taken', take)
  if (taken === 'stopped') return 'stopped'
  return taken === 'damaged' ? damaged(round, entry) : index
}

async function fetchBytes(round: Round, entry: ParcelEntry, at: number, length: number, isOlder: boolean): Promise<Uint8Array | null | 'stopped'> {
  const name = parcelName(entry.sha256)
  const got = round.take(at === 0 && length === entry.size ? await round.storage.get(name, round.signal) : await round.storage.get(name, round.signal, { at, length }))
  if (!got) return 'stopped'
  if (got.value === null && !isOlder) round.suspect('parcel-missing', entry.sha256)
  round.received.bytes += got.value?.length ?? 0
  return got.value
}

async function takeItem(standing: Standing, round: Round, item: ParcelItem, bytes: Uint8Array): Promise<'taken' | 'damaged' | 'stopped'> {
  const { host, local } = standing.deps
  if (bytes.length !== item.size || bytesToHex(await digest(host, bytes)) !== item.sha256) return 'damaged'
  const object: NamedObject = { name: item.name, bytes: bytes.slice() }
  if (!travels(item.name) || !fitsName(object)) {
    noteFact(standing, 'object-refused', item.name)
    return 'taken'
  }
  const taken = round.take(await takeObject(local, object))
  if (!taken) return 'stopped'
  if (taken.value === 'differs' || taken.value === 'twin') noteFact(standing, 'object-differs', item.name)
  if (taken.value === 'twin') for (const name of await twinsOf(local, item)) standing.pending.add(name)
  if (taken.value === 'new' || taken.value === 'twin') round.received.objects += 1
  standing.ledger.add(item.name, versionOfItem(item))
  return 'taken'
}

function damaged(round: Round, entry: ParcelEntry): null {
  round.suspect('parcel-damaged', entry.sha256)
  return null
}

/** A known device holds out what is no parcel: asking again would not help. */
function unreadable(standing: Standing, entry: ParcelEntry): null {
  noteFact(standing, 'parcel-unreadable', entry.sha256)
  return null
}
