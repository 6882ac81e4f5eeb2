// SY-60 to SY-63: what others ask for because the storage lost or spoilt it is put there again by whoever can, byte for byte; where
// that is no longer possible its publisher, or whoever has them, holds the objects out in a new parcel.

import { parcelName, snapshotPlace } from '../log/names.ts'
import { createParcel, type ParcelIndex } from '../log/parcel.ts'
import { formerOf } from './clear-away.ts'
import { objectsOf } from './fold.ts'
import { withdraw } from './own-place.ts'
import { isPack } from './publish.ts'
import { isReplaceable, versionOf, versionOfItem } from './ledger.ts'
import { certainAfter, isSurelyOlder, type Round } from './round.ts'
import type { Standing } from './standing.ts'

export async function answerWants(standing: Standing, round: Round): Promise<void> {
  for (const [sha256, askings] of round.wanted) {
    if (askings.every((asking) => standing.answered.has(asking))) continue
    const slip = standing.slips.has(sha256) ? await standing.notes.slip(sha256) : null
    const objects = slip ? await objectsOf(standing, [slip]) : []
    const parcel = objects.length > 0 ? await createParcel(standing.deps.host, standing.deps.workspace, objects) : null
    if (parcel?.index.sha256 === sha256) {
      if (!round.take(await round.storage.put(parcelName(sha256), parcel.bytes, round.signal))) return
      round.sent.parcels += 1
      round.sent.bytes += parcel.bytes.length
      for (const asking of askings) standing.answered.add(asking)
    } else if (standing.self.parcels.some((entry) => entry.sha256 === sha256)) {
      if (!round.take(await withdraw(standing, sha256))) return
    } else if (slip) await holdOutAnew(standing, slip)
  }
}

/** SY-62 of a parcel of somebody else, who may never hear of it (a profile that was put back is another publisher since): once. */
async function holdOutAnew({ self, notes, deps, ledger, pending }: Standing, slip: ParcelIndex): Promise<void> {
  const own = new Set<string>()
  for (const { sha256 } of self.parcels) for (const { name } of (await notes.slip(sha256))?.items ?? []) own.add(name)
  for (const { name } of slip.items) {
    if (own.has(name) || !(await deps.local.has(name))) continue
    ledger.drop(name)
    pending.add(name)
  }
}

/** Its beacon was not there three rounds in a row. */
export function isSurelyMissing(met: ReadonlyMap<string, number>, publisher: string): boolean {
  return (met.get(`beacon-missing ${publisher}`) ?? 0) >= certainAfter
}

/** SY-62 for what this machine itself misses of its own parcels: it was put back to an earlier day, and the storage lost them. */
export async function withdrawOwnLost(standing: Standing, round: Round): Promise<void> {
  for (const [sha256, how] of standing.lost) {
    const isOwn = standing.self.parcels.some((entry) => entry.sha256 === sha256)
    if (isOwn && (round.met.get(`${how} ${sha256}`) ?? 0) >= certainAfter && !round.take(await withdraw(standing, sha256))) return
  }
}

/** SY-63 a publisher whose beacon is gone for good is heard no more, and a list may be written over by another copy of its profile: what nobody holds out goes out from whoever has it. */
export async function adoptOrphans(standing: Standing, round: Round): Promise<void> {
  const { deps, self, read, slips, leaves, notes, ledger, pending } = standing
  if (!round.thorough) return
  const isGone = (publisher: string): boolean => read.get(publisher)?.isGone === true || isSurelyMissing(round.met, publisher) || isSurelyOlder(round.met, publisher)
  const others = [...read.keys()].filter((publisher) => publisher !== self.publisher)
  // Only where everybody else was heard in this round is it known what is held out.
  const hasTwoLists = standing.facts.some(({ code }) => code === 'beacon-forked')
  const heldOut = new Set([...round.heldOut, ...self.parcels.map(({ sha256 }) => sha256)])
  const isSure = others.some(isGone) || hasTwoLists
  // Once nothing is missing every index is known here of records, and of content too where it is not fetched by need.
  const former = formerOf(self)
  const isDropped = round.missing.length === 0 && [...slips].some((sha256) => !heldOut.has(sha256) && !former.has(sha256))
  const knowsContent = isSure || !deps.byNeed
  if (!(isSure || isDropped) || others.some((publisher) => !isGone(publisher) && !round.tags.has(publisher))) return
  const there = new Set<string>()
  const orphans: ParcelIndex[] = []
  for (const [sha256, { index }] of leaves) if (heldOut.has(sha256)) for (const { name } of index.items) there.add(`${name} null`)
  for (const sha256 of slips) {
    // What this machine put together itself lies in another of its parcels.
    const slip = former.has(sha256) && !heldOut.has(sha256) ? null : await notes.slip(sha256)
    if (slip && heldOut.has(sha256)) for (const item of slip.items) there.add(`${item.name} ${versionOfItem(item)}`)
    else if (slip && !slip.items.every(({ name }) => snapshotPlace(name)) && (knowsContent || !slip.items.every(({ name }) => isPack(name)))) orphans.push(slip)
  }
  for (const [sha256, { index, taken }] of isSure ? leaves : []) {
    if (heldOut.has(sha256) || taken.length === 0) continue
    const leaf = { index, taken: [] }
    if (!round.take(await notes.saveLeaf(leaf))) return
    leaves.set(sha256, leaf)
    for (const { name } of taken.flatMap((i) => index.items[i] ?? [])) {
      if (there.has(`${name} null`)) continue
      ledger.drop(name)
      pending.add(name)
    }
  }
  for (const { sha256, items } of orphans) {
    if (!round.take(await notes.dropSlip(sha256))) return
    slips.delete(sha256)
    for (const item of items) {
      // A wrap grew since: as it is here now it may be held out.
      const bytes = isReplaceable(item.name) ? await deps.local.get(item.name) : null
      if (there.has(`${item.name} ${versionOfItem(item)}`) || (bytes && there.has(`${item.name} ${versionOf(item.name, bytes)}`))) continue
      ledger.drop(item.name)
      pending.add(item.name)
    }
  }
}
