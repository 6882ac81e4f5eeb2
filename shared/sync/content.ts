// SY-90 to SY-94: packs by need. Which parcel holds a pack is learnt from the parcels' indexes, the newest first and only as many as it
// takes; of the parcel come the bytes that were asked for. Every byte is proven before a pack gets its name here. It runs beside the
// rounds and changes nothing of what this machine holds out.

import { bytesToHex } from '../base/bytes.ts'
import { err, ok, type Result } from '../base/result.ts'
import { digest } from '../crypto/hash.ts'
import type { ParcelEntry } from '../log/beacon.ts'
import { packName, parcelName } from '../log/names.ts'
import type { ParcelIndex, ParcelItem } from '../log/parcel.ts'
import { inTurn } from './ahead.ts'
import type { Leaf } from './memory.ts'
import type { KeepFailure } from './ports.ts'
import type { Round } from './round.ts'
import { isPack } from './publish.ts'
import { proveIndex } from './receive.ts'
import { addPlaces, type Standing } from './standing.ts'
import type { StorageFailure } from './storage.ts'

export interface ContentReport {
  /** What ended it early; null when it came to its end. */
  readonly failure: StorageFailure | KeepFailure | null
  /** Packs that were asked for and are still not here. */
  readonly missing: readonly string[]
  readonly requests: number
  readonly bytes: number
}

interface Course {
  readonly standing: Standing
  readonly signal: AbortSignal
  /** Parcels of packs that anybody holds out, the newest first. */
  readonly listed: ReadonlyMap<string, ParcelEntry>
  /** Parcels that gave nothing in this course. */
  readonly spoilt: Set<string>
  failure: ContentReport['failure']
  requests: number
  bytes: number
}

/** Packs near each other come with one request, up to this many bytes. */
const longestRun = 4 * 1024 * 1024
const widestGap = 32 * 1024

/** `told` hears how many bytes have come. Throws only on defects. */
export async function fetchContent(standing: Standing, names: readonly string[], signal: AbortSignal, told: (bytes: number) => void): Promise<ContentReport> {
  const course: Course = { standing, signal, listed: listedContent(standing), spoilt: new Set(), failure: null, requests: 0, bytes: 0 }
  let left = await absentOf(standing, names)
  while (left.length > 0 && course.failure === null) {
    await learnUntil(course, () => left.every((name) => placesOf(course, name).length > 0))
    const runs = course.failure === null ? runsOf(course, left) : []
    if (runs.length === 0) break
    for await (const { of: run, value: bytes } of inTurn(runs, (one) => fetchRun(course, one))) {
      if (bytes && !(await takeRun(course, run, bytes))) break
      told(course.bytes)
      if (course.failure !== null) break
    }
    left = await absentOf(standing, left)
  }
  return { failure: course.failure, missing: left, requests: course.requests, bytes: course.bytes }
}

/** The indexes of all parcels of packs that anybody holds out: false where one of them did not come, or is none. */
export async function learnContent(standing: Standing, round: Round): Promise<boolean> {
  const course: Course = { standing, signal: round.signal, listed: listedContent(standing), spoilt: new Set(), failure: null, requests: 0, bytes: 0 }
  await learnUntil(course, () => false)
  if (course.failure !== null) round.take(err(course.failure))
  round.received.bytes += course.bytes
  return course.failure === null && course.spoilt.size === 0
}

/** SY-94 looks again at what was lost: it may be there now, be here from elsewhere, or be listed by nobody any more. False when the storage stopped answering. */
export async function lookForLost(standing: Standing, round: Round): Promise<boolean> {
  const { lost, leaves } = standing
  const listed = listedContent(standing)
  for (const [sha256, how] of lost) {
    const entry = listed.get(sha256)
    const items = leaves.get(sha256)?.index.items
    if (!entry || (items && (await absentOf(standing, items.map(({ name }) => name))).length === 0)) lost.delete(sha256)
    else if (how === 'parcel-missing') {
      const got = round.take(await round.storage.get(parcelName(sha256), round.signal, { at: 0, length: entry.index }))
      if (!got) return false
      const index = got.value && (await proveIndex(standing, entry, got.value))
      if (index === 'damaged') lost.set(sha256, 'parcel-damaged')
      else if (index) lost.delete(sha256)
    }
  }
  for (const [sha256, how] of lost) {
    round.suspect(how, sha256)
    round.missing.push(sha256)
  }
  return true
}

export function listedContent({ read, self }: Standing): ReadonlyMap<string, ParcelEntry> {
  const all = [...[...read.values()].flatMap(({ content }) => content), ...self.parcels.filter(({ content }) => content)]
  return new Map(all.reverse().map((entry) => [entry.sha256, entry]))
}

async function absentOf({ deps }: Standing, names: readonly string[]): Promise<readonly string[]> {
  const absent: string[] = []
  for (const name of new Set(names)) if (isPack(name) && !(await deps.local.has(name))) absent.push(name)
  return absent
}

function placesOf({ standing, listed, spoilt }: Course, name: string): readonly string[] {
  return (standing.places.get(name) ?? []).filter((sha256) => listed.has(sha256) && !spoilt.has(sha256))
}

async function learnUntil(course: Course, isEnough: () => boolean): Promise<void> {
  if (isEnough()) return
  const unknown = [...course.listed.values()].filter(({ sha256 }) => !course.standing.leaves.has(sha256) && !course.spoilt.has(sha256))
  for await (const { of: entry, value: index } of inTurn(unknown, (one) => fetchIndex(course, one))) {
    if (index) await learn(course, { index, taken: [] })
    else course.spoilt.add(entry.sha256)
    if (course.failure !== null || isEnough()) return
  }
}

async function learn(course: Course, leaf: Leaf): Promise<void> {
  take(course, await noteLeaf(course.standing, leaf))
}

/** Rounds and what is fetched by need learn beside each other: what was taken out of it meanwhile stays noted. */
export async function noteLeaf(standing: Standing, leaf: Leaf): Promise<Result<null, KeepFailure>> {
  if (standing.leaves.has(leaf.index.sha256)) return ok(null)
  standing.leaves.set(leaf.index.sha256, leaf)
  addPlaces(standing.places, leaf)
  return standing.notes.saveLeaf(leaf)
}

/** Null: not there, not whole, or not a parcel of packs. */
async function fetchIndex(course: Course, entry: ParcelEntry): Promise<ParcelIndex | null> {
  const { standing } = course
  const known = standing.slips.has(entry.sha256) ? await standing.notes.slip(entry.sha256) : null
  const head = known ? known.bytes : await ask(course, entry.sha256, 0, entry.index)
  const index = head && (await proveIndex(standing, entry, head))
  if (index === 'damaged') standing.lost.set(entry.sha256, 'parcel-damaged')
  return index && typeof index !== 'string' && index.items.every(({ name }) => isPack(name)) ? index : null
}

interface Run {
  readonly sha256: string
  readonly items: readonly { readonly place: number; readonly item: ParcelItem }[]
  readonly at: number
  readonly end: number
}

/** What is to be fetched of which parcel, in pieces. */
function runsOf(course: Course, names: readonly string[]): readonly Run[] {
  const wanted = new Map<string, Set<string>>()
  for (const name of names) {
    const [sha256] = placesOf(course, name)
    if (sha256 !== undefined) wanted.set(sha256, (wanted.get(sha256) ?? new Set()).add(name))
  }
  const runs: Run[] = []
  for (const [sha256, within] of wanted) {
    for (const [place, item] of (course.standing.leaves.get(sha256)?.index.items ?? []).entries()) {
      if (!within.has(item.name)) continue
      const [last, end] = [runs.at(-1), item.at + item.size]
      if (last?.sha256 === sha256 && item.at - last.end <= widestGap && end - last.at <= longestRun) runs[runs.length - 1] = { ...last, items: [...last.items, { place, item }], end }
      else runs.push({ sha256, items: [{ place, item }], at: item.at, end })
    }
  }
  return runs
}

async function fetchRun(course: Course, { sha256, at, end }: Run): Promise<Uint8Array | null> {
  const bytes = await ask(course, sha256, at, end - at)
  if (!bytes) course.spoilt.add(sha256)
  return bytes
}

/** False when this disk does not take it. What is not whole is asked of another parcel, if there is one. */
async function takeRun(course: Course, run: Run, bytes: Uint8Array): Promise<boolean> {
  const { standing } = course
  const { host, local } = standing.deps
  const leaf = standing.leaves.get(run.sha256) as Leaf
  const taken = new Set(leaf.taken)
  for (const { place, item } of run.items) {
    const pack = bytes.slice(item.at - run.at, item.at - run.at + item.size)
    if (pack.length !== item.size || bytesToHex(await digest(host, pack)) !== item.sha256 || item.name !== packName(item.sha256)) {
      standing.lost.set(run.sha256, 'parcel-damaged')
      course.spoilt.add(run.sha256)
      continue
    }
    if (!take(course, await local.put(item.name, pack))) return false
    standing.ledger.add(item.name, null)
    taken.add(place)
  }
  const next: Leaf = { index: leaf.index, taken: [...taken].sort((a, b) => a - b) }
  standing.leaves.set(run.sha256, next)
  if (!course.spoilt.has(run.sha256)) standing.lost.delete(run.sha256)
  return take(course, await standing.notes.saveLeaf(next)) && (taken.size < leaf.index.items.length || (await keepSlip(course, leaf.index)))
}

/** Everything of it is here: it can be put again byte for byte when somebody asks. */
async function keepSlip(course: Course, index: ParcelIndex): Promise<boolean> {
  const { standing } = course
  if (!take(course, await standing.notes.saveSlip(index))) return false
  standing.slips.add(index.sha256)
  return true
}

async function ask(course: Course, sha256: string, at: number, length: number): Promise<Uint8Array | null> {
  const { standing, signal } = course
  if (course.failure !== null) return null
  if (signal.aborted) {
    take(course, err<StorageFailure>({ type: 'StorageCancelled', retry: 'now' }))
    return null
  }
  course.requests += 1
  const got = await standing.deps.storage.get(parcelName(sha256), signal, { at, length })
  if (!take(course, got)) return null
  if (got.ok && got.value) course.bytes += got.value.length
  else standing.lost.set(sha256, 'parcel-missing')
  return got.ok ? got.value : null
}

function take<V>(course: Course, answer: Result<V, Exclude<ContentReport['failure'], null>>): boolean {
  if (!answer.ok) course.failure ??= answer.error
  return answer.ok
}
