// SY-110 to SY-117: takes away from the storage what this publisher listed once and lists no more: parcels that were put together, snapshots
// that gave way, and content that a new key took the place of. It is written down, signed and waited for first; nothing is taken that anybody lists, asks for, or might
// still come for, and no object of which this is the last place. A record is never taken away.

import { bytesToHex } from '../base/bytes.ts'
import { digest, sha256Hex } from '../crypto/hash.ts'
import { parcelName, snapshotPlace } from '../log/names.ts'
import { openIndex, type ParcelIndex } from '../log/parcel.ts'
import { createRemoval, mostRemoved, parseRemoval, verifyRemoval } from '../log/removal.ts'
import { isReplaceable } from './ledger.ts'
import type { Former, Planned, Self } from './memory.ts'
import { withdraw } from './own-place.ts'
import type { Round } from './round.ts'
import type { Standing } from './standing.ts'

/** Data: from how many on small parcels are put together, how often what was written since is rolled up, how long what is to go stays, and after how long a silent machine is waited for no more. */
export interface UpkeepRule {
  readonly foldFrom: number
  /** Milliseconds, as below. */
  readonly rollMs: number
  readonly keepMs: number
  readonly staleMs: number
}

const dayMs = 24 * 60 * 60 * 1000
export const usualUpkeep: UpkeepRule = { foldFrom: 16, rollMs: 30 * dayMs, keepMs: 30 * dayMs, staleMs: 60 * dayMs }

/** So many are taken away in a round at most. */
const mostAtOnce = 64

/** What one round knows of where objects lie besides. */
interface Elsewhere {
  /** Object and hash → a parcel that is listed now, one of this machine's own before others'. */
  readonly places: ReadonlyMap<string, string>
  /** Parcel → it was read back in this round, whole and true. */
  readonly proven: Map<string, boolean>
}

export async function clearAway(standing: Standing, round: Round): Promise<void> {
  const rule = standing.deps.upkeep ?? usualUpkeep
  if (!isSure(standing, round)) return
  await plan(standing, round)
  const due = standing.self.removals.filter((planned) => {
    const time = timeSince(standing, round, planned)
    return planned.at + rule.keepMs <= time && isKnownToAll(standing, planned.serial, time, rule)
  })
  if (due.length === 0 || standing.keepsAll) return
  const elsewhere = { places: await placesOf(standing, round), proven: new Map<string, boolean>() }
  let left = mostAtOnce
  for (const planned of due) {
    if (left > 0 && round.failure === null && !standing.keepsAll) left -= await carryOut(standing, round, planned, elsewhere, left)
  }
}

/** SY-111 only in a round that asked for everything, heard everybody, and met nothing that is not as it should be. */
export function isSure({ self, read, facts, claims }: Standing, round: Round): boolean {
  const isCalm = round.thorough && !round.looking && round.failure === null && !round.held && round.met.size === 0 && round.missing.length === 0 && round.strangers.length === 0
  const isAlone = facts.every(({ code }) => code !== 'beacon-forked' && code !== 'profile-copied')
  // Somebody may have read further than this machine was shown; what is told in this very round is suspected in the next only.
  const isShown = [...claims.values()].every((theirs) => Object.entries(theirs).every(([other, serial]) => serial <= (other === self.publisher ? self.serial : (read.get(other)?.serial ?? 0))))
  return isCalm && isAlone && isShown && self.confirmed && [...read].every(([publisher, { isGone }]) => publisher === self.publisher || isGone || round.tags.has(publisher))
}

/** SY-113 what time it is, as this machine and, where anybody else was heard of since, somebody else says: one wrong clock hurries nothing. */
function timeSince({ self, read }: Standing, round: Round, planned: Planned): number {
  const newest = Math.max(0, ...[...read].flatMap(([publisher, { at }]) => (publisher === self.publisher ? [] : [at])))
  return newest > planned.at ? Math.min(round.at, newest) : round.at
}

/** SY-113 each publisher that was heard of within this time has read a list without it. */
function isKnownToAll({ self, read, claims }: Standing, serial: number, time: number, { staleMs }: UpkeepRule): boolean {
  return [...read].every(([publisher, { at }]) => publisher === self.publisher || at + staleMs < time || (claims.get(publisher)?.[self.publisher] ?? 0) >= serial)
}

/** SY-112 what goes is written down and signed as soon as the storage has a list without it. */
async function plan(standing: Standing, round: Round): Promise<void> {
  const { former } = standing.self
  const due = former.filter(({ serial }) => serial > 0).slice(0, mostRemoved)
  if (due.length === 0) return
  const gone = new Set(due.map(({ sha256 }) => sha256))
  await writeDown(standing, round, [...gone], Math.max(...due.map(({ serial }) => serial)), (planned, self) => ({ former: self.former.filter(({ sha256 }) => !gone.has(sha256)), removals: [...self.removals, planned] }))
}

/** Noted before it is put: what a kill leaves out is not there when its time comes, and is written down then (SY-114). */
async function writeDown(standing: Standing, round: Round, parcels: readonly string[], serial: number, change: (planned: Planned, self: Self) => Partial<Self>): Promise<void> {
  const { deps, self } = standing
  const { name, bytes } = await createRemoval({ workspace: deps.workspace, publisher: self.publisher, device: deps.device.id, at: round.at, serial, parcels }, deps.device.signer)
  standing.self = { ...self, ...change({ name, at: round.at, serial, parcels }, self) }
  if (round.take(await standing.notes.saveSelf(standing.self))) round.take(await round.storage.put(name, bytes, round.signal))
}

/** How many were taken away; what is left of a plan is gone on with the next time. */
async function carryOut(standing: Standing, round: Round, planned: Planned, elsewhere: Elsewhere, most: number): Promise<number> {
  const got = round.take(await round.storage.get(planned.name, round.signal))
  if (!got) return 0
  // SY-114 what the storage does not show as it was written down is written down anew, and waits again.
  if (!got.value || !(await isAsPlanned(standing, planned, got.value))) {
    await end(standing, round, planned, planned.parcels)
    return 0
  }
  let taken = 0
  const waiting: string[] = []
  for (const sha256 of planned.parcels) {
    if (taken >= most) return taken
    const how = await standingOf(standing, round, elsewhere, sha256)
    if (round.failure !== null) return taken
    if (how === 'waits') waiting.push(sha256)
    if (how !== 'spare') continue
    if (!(await takeAway(standing, round, parcelName(sha256))) || !round.take(await standing.notes.dropSlip(sha256))) return taken
    standing.slips.delete(sha256)
    taken += 1
  }
  await end(standing, round, planned, waiting)
  return taken
}

/** SY-117 what cannot be taken away is no failure of a round: everything is where it should be. */
async function takeAway(standing: Standing, round: Round, name: string): Promise<boolean> {
  const removed = await round.storage.remove(name, round.signal)
  if (!removed.ok) standing.keepsAll = true
  return removed.ok
}

/** The plan goes last; what could not be taken yet is written down anew. */
async function end(standing: Standing, round: Round, planned: Planned, waiting: readonly string[]): Promise<void> {
  if (!(await takeAway(standing, round, planned.name))) return
  const others = (self: Self): readonly Planned[] => self.removals.filter(({ name }) => name !== planned.name)
  if (waiting.length > 0) return writeDown(standing, round, waiting, planned.serial, (again, self) => ({ removals: [...others(self), again] }))
  standing.self = { ...standing.self, removals: others(standing.self) }
  round.take(await standing.notes.saveSelf(standing.self))
}

async function isAsPlanned({ deps, self, verify }: Standing, planned: Planned, object: Uint8Array): Promise<boolean> {
  const signed = parseRemoval(object)
  if (!signed || !(await verifyRemoval(verify, signed, deps.device.signer.publicKey))) return false
  const { workspace, publisher, device, at, serial, parcels } = signed.removal
  return workspace === deps.workspace && publisher === self.publisher && device === deps.device.id && at === planned.at && serial === planned.serial && parcels.join() === planned.parcels.join()
}

/** SY-115 what somebody lists stays for good, what somebody asks for until nobody does; of what there is no slip nothing is known. */
async function standingOf(standing: Standing, round: Round, elsewhere: Elsewhere, sha256: string): Promise<'stays' | 'waits' | 'spare'> {
  const isListed = round.heldOut.has(sha256) || standing.self.parcels.some((entry) => entry.sha256 === sha256)
  const slip = !isListed && standing.slips.has(sha256) ? await standing.notes.slip(sha256) : null
  if (!slip) return 'stays'
  return !round.wanted.has(sha256) && (await isSpare(standing, round, elsewhere, slip)) ? 'spare' : 'waits'
}

async function placesOf({ self, slips, leaves, notes }: Standing, round: Round): Promise<ReadonlyMap<string, string>> {
  const places = new Map<string, string>()
  for (const sha256 of new Set([...self.parcels.map((entry) => entry.sha256), ...round.heldOut])) {
    const index = slips.has(sha256) ? await notes.slip(sha256) : leaves.get(sha256)?.index
    for (const item of index?.items ?? []) if (!places.has(keyOf(item.name, item.sha256))) places.set(keyOf(item.name, item.sha256), sha256)
  }
  return places
}

/** Also of names that are written once: two segments may have taken one (SY-14). */
function keyOf(name: string, hash: string): string {
  return `${name} ${hash}`
}

/** SY-116 each of its objects lies on this disk and, as it is here now, in a listed parcel that was read back; a snapshot need not. */
async function isSpare(standing: Standing, round: Round, { places, proven }: Elsewhere, slip: ParcelIndex): Promise<boolean> {
  const { local } = standing.deps
  const covers = new Set<string>()
  for (const { name, sha256 } of slip.items) {
    if (snapshotPlace(name)) continue
    if (standing.replaced.has(name)) {
      const instead = await coversInstead(standing, places, name)
      if (!instead) return false
      for (const cover of instead) covers.add(cover)
      continue
    }
    // A wrap may have grown since.
    const bytes = isReplaceable(name) ? await local.get(name) : null
    const cover = places.get(keyOf(name, bytes ? sha256Hex(bytes) : sha256))
    if (cover === undefined || !(await local.has(name))) return false
    covers.add(cover)
  }
  for (const cover of covers) {
    if (!proven.has(cover)) proven.set(cover, await isThere(standing, round, cover))
    if (proven.get(cover) !== true) return false
  }
  return true
}

/** SY-132 it lies on this disk, and so does what holds its files since, which lies in these parcels as well; null where one of them does not. */
async function coversInstead({ deps, replaced }: Standing, places: Elsewhere['places'], name: string): Promise<readonly string[] | null> {
  const packs = replaced.get(name) ?? []
  for (const pack of [name, ...packs]) if (!(await deps.local.has(pack))) return null
  const covers = packs.flatMap((pack) => places.get(keyOf(pack, pack.slice(-64))) ?? [])
  return covers.length === packs.length ? covers : null
}

/** Read back whole: what the storage said when it took it is not enough to take away the place where it lay before. */
async function isThere(standing: Standing, round: Round, sha256: string): Promise<boolean> {
  const { deps, self } = standing
  const got = round.take(await round.storage.get(parcelName(sha256), round.signal))
  if (!got) return false
  round.received.bytes += got.value?.length ?? 0
  if (got.value && (await isWhole(deps, sha256, got.value))) return true
  round.suspect(got.value ? 'parcel-damaged' : 'parcel-missing', sha256)
  if (self.parcels.some((entry) => entry.sha256 === sha256)) round.take(await withdraw(standing, sha256))
  return false
}

async function isWhole({ host, workspace }: Standing['deps'], sha256: string, bytes: Uint8Array): Promise<boolean> {
  const index = openIndex(workspace, bytes)
  if (index?.sha256 !== sha256) return false
  for (const item of index.items) if (bytesToHex(await digest(host, bytes.subarray(item.at, item.at + item.size))) !== item.sha256) return false
  return true
}

/** Parcels that this publisher listed once; nobody need hold them out again. */
export function formerOf({ former, removals }: Self): ReadonlySet<string> {
  return new Set([...former.map(({ sha256 }) => sha256), ...removals.flatMap(({ parcels }) => parcels)])
}

/** Parcels that a list named and the next does not. */
export function withFormer(former: readonly Former[], before: readonly { readonly sha256: string }[], after: readonly { readonly sha256: string }[]): readonly Former[] {
  const listed = new Set(after.map(({ sha256 }) => sha256))
  const gone = before.filter(({ sha256 }) => !listed.has(sha256) && !former.some((one) => one.sha256 === sha256))
  return [...former.filter(({ sha256 }) => !listed.has(sha256)), ...gone.map(({ sha256 }) => ({ sha256, serial: 0 }))]
}
