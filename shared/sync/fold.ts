// SY-70, SY-71: what this publisher holds out in many parcels it holds out in one: the same objects byte for byte, so that nothing is
// proven anew. The ones it takes the place of stay where they are until they are cleared away.

import { parcelName } from '../log/names.ts'
import { createParcel, type NamedObject, type ParcelIndex } from '../log/parcel.ts'
import { usualUpkeep, type UpkeepRule } from './clear-away.ts'
import type { Self } from './memory.ts'
import { entryOf, hold, inSending, targetOf } from './publish.ts'
import type { Round } from './round.ts'
import type { Standing } from './standing.ts'

type Entries = Self['parcels']

/** True when its list changed. */
export async function foldParcels(standing: Standing, round: Round): Promise<boolean> {
  return (await rollUp(standing, round)) || (round.failure === null && (await replace(standing, round, smallParcels(standing, targetOf(round)), upkeepOf(standing).foldFrom)))
}

/** SY-70 bytes below which a parcel is small, step by step, so that no object is put together more often than there are steps. */
const foldBelow = [64 * 1024, 1024 * 1024, 8 * 1024 * 1024] as const

/** Of one kind, and only such whose objects are all here: none must fall out of the list. */
function smallParcels(standing: Standing, target: number): Entries {
  const { self, slips } = standing
  for (const content of [false, true]) {
    for (const below of foldBelow) {
      const small = self.parcels.filter((entry) => !entry.snapshot && (entry.content ?? false) === content && entry.size < below && slips.has(entry.sha256))
      if (small.length >= upkeepOf(standing).foldFrom) return upTo(small, target)
    }
  }
  return []
}

/** SY-71 what was held out a month ago, and since then, is rolled up; what is held out now is noted for the next time. */
async function rollUp(standing: Standing, round: Round): Promise<boolean> {
  const { self, slips } = standing
  const since = round.at - self.month.at
  if (self.parcels.length === 0 || (since >= 0 && since < upkeepOf(standing).rollMs)) return false
  const due = self.parcels.filter((entry) => since >= 0 && slips.has(entry.sha256) && self.month.parcels.includes(entry.sha256))
  const isChanged = await replace(standing, round, upTo(due, targetOf(round)), 2)
  if (round.failure !== null) return isChanged
  const before = new Set(self.parcels.map(({ sha256 }) => sha256))
  const rolled = standing.self.parcels.flatMap(({ sha256 }) => (self.month.rolled.includes(sha256) || !before.has(sha256) ? [sha256] : []))
  const parcels = standing.self.parcels.filter((entry) => isOfRecords(entry) && !rolled.includes(entry.sha256)).map(({ sha256 }) => sha256)
  standing.self = { ...standing.self, month: { at: round.at, parcels, rolled } }
  round.take(await standing.notes.saveSelf(standing.self))
  return isChanged
}

function isOfRecords({ content, snapshot }: Entries[number]): boolean {
  return !content && !snapshot
}

function upTo(entries: Entries, target: number): Entries {
  let size = 0
  return entries.filter((entry) => (size += entry.size) <= target)
}

/** One parcel in the place of at least so many. */
async function replace(standing: Standing, round: Round, chosen: Entries, from: number): Promise<boolean> {
  const slips: ParcelIndex[] = []
  for (const { sha256 } of chosen) {
    const slip = await standing.notes.slip(sha256)
    if (slip) slips.push(slip)
  }
  if (slips.length < from) return false
  const objects = await objectsOf(standing, slips)
  const { index, bytes } = await createParcel(standing.deps.host, standing.deps.workspace, [...objects].sort((a, b) => inSending(standing, a.name, b.name)))
  if (!round.take(await round.storage.put(parcelName(index.sha256), bytes, round.signal))) return false
  round.sent.parcels += 1
  round.sent.bytes += bytes.length
  const gone = new Set([...slips.map((slip) => slip.sha256), index.sha256])
  const firstGone = standing.self.parcels.findIndex((entry) => gone.has(entry.sha256))
  const kept = standing.self.parcels.filter((entry) => !gone.has(entry.sha256))
  return hold(standing, round, index, [...kept.slice(0, firstGone), entryOf(index), ...kept.slice(firstGone)])
}

function upkeepOf({ deps }: Standing): UpkeepRule {
  return deps.upkeep ?? usualUpkeep
}

/** The objects of these parcels as they are here, each once, in order. Objects that are not here are left out. */
export async function objectsOf({ deps }: Standing, slips: readonly ParcelIndex[]): Promise<readonly NamedObject[]> {
  const objects: NamedObject[] = []
  for (const name of new Set(slips.flatMap((slip) => slip.items.map((item) => item.name)))) {
    const bytes = await deps.local.get(name)
    if (bytes) objects.push({ name, bytes })
  }
  return objects
}
