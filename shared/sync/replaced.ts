// SY-130 to SY-134: content that a new key took the place of. A publisher holds it out no more once what holds the same files since is held
// out; clearing away does the rest. It stays on this disk, and goes out again when nothing takes its place any more.

import { parcelName, parcelPrefix } from '../log/names.ts'
import { createParcel, openIndex, type ParcelIndex } from '../log/parcel.ts'
import { isSure } from './clear-away.ts'
import { learnContent, listedContent, noteLeaf } from './content.ts'
import { objectsOf } from './fold.ts'
import { entryOf, hold, isPack, withoutParcel } from './publish.ts'
import type { Round } from './round.ts'
import type { Standing } from './standing.ts'

/** So many parcels are made anew in a round at most. */
const mostAtOnce = 8
/** And so many of those that nobody lists looked into, by this many bytes first. */
const mostLearnt = 64
const usualIndex = 64 * 1024

/** SY-133 what nothing takes the place of any more, and nobody holds out, is to go out again. */
export async function takeReplaced(standing: Standing): Promise<void> {
  const before = standing.replaced
  standing.replaced = (await standing.deps.replaced?.list()) ?? before
  const listed = listedContent(standing)
  for (const name of before.keys()) {
    if (standing.replaced.has(name) || (standing.places.get(name) ?? []).some((sha256) => listed.has(sha256)) || !(await standing.deps.local.has(name))) continue
    standing.ledger.drop(name)
    standing.pending.add(name)
  }
}

/** SY-131 its parcels without it: the other objects byte for byte. True when its list changed. */
export async function shedReplaced(standing: Standing, round: Round): Promise<boolean> {
  const { replaced, deps } = standing
  if (replaced.size === 0 || !isSure(standing, round) || !(await learnContent(standing, round))) return false
  let shed = 0
  for (const entry of standing.self.parcels) {
    if (shed === mostAtOnce || round.failure !== null) break
    const slip = entry.content && standing.slips.has(entry.sha256) ? await standing.notes.slip(entry.sha256) : null
    const gone = slip?.items.flatMap(({ name }) => (isHeldOutAnew(standing, round, name) ? [name] : [])) ?? []
    if (!slip || gone.length === 0) continue
    const rest = (await objectsOf(standing, [slip])).filter(({ name }) => !gone.includes(name))
    // What is not here any more stays where it lies.
    if (rest.length + gone.length < slip.items.length) continue
    if (rest.length === 0) {
      if (!(await withoutParcel(standing, round, entry.sha256))) break
    } else {
      const { index, bytes } = await createParcel(deps.host, deps.workspace, rest)
      if (!round.take(await round.storage.put(parcelName(index.sha256), bytes, round.signal))) break
      round.sent.parcels += 1
      round.sent.bytes += bytes.length
      const kept = standing.self.parcels.filter(({ sha256 }) => sha256 !== entry.sha256 && sha256 !== index.sha256)
      if (!(await hold(standing, round, index, [...kept, entryOf(index)]))) break
    }
    shed += 1
  }
  return shed > 0
}

/** SY-131 each pack that holds its files since stands in a parcel that somebody lists. */
function isHeldOutAnew(standing: Standing, round: Round, name: string): boolean {
  const instead = standing.replaced.get(name)
  return instead !== undefined && instead.every((pack) => (standing.places.get(pack) ?? []).some((sha256) => isListed(standing, round, sha256)))
}

function isListed({ self }: Standing, round: Round, sha256: string): boolean {
  return round.heldOut.has(sha256) || self.parcels.some((entry) => entry.sha256 === sha256)
}

/**
 * SY-134 what lies there of it, listed or not: every parcel that the storage shows is one whose index is known, and every one that once held some
 * of it is asked for. Nothing is said before both were done.
 */
export async function lookForReplaced(standing: Standing, round: Round): Promise<void> {
  if (standing.replaced.size === 0 || !isSure(standing, round) || !(await learnContent(standing, round))) return
  const lying = await learnUnlisted(standing, round)
  if (!lying) return
  const vanished = new Set<string>()
  for (const sha256 of new Set([...standing.replaced.keys()].flatMap((name) => standing.places.get(name) ?? []))) {
    if (isListed(standing, round, sha256) || lying.has(sha256)) continue
    // What was asked for once, and is not shown since, is not asked for again in every round.
    if (!standing.vanished?.has(sha256)) {
      const got = round.take(await round.storage.get(parcelName(sha256), round.signal, { at: 0, length: 1 }))
      if (!got) return
      if (got.value !== null) continue
    }
    vanished.add(sha256)
  }
  standing.vanished = vanished
}

/** What the storage shows; null while one of those that nobody lists is not known. */
async function learnUnlisted(standing: Standing, round: Round): Promise<ReadonlySet<string> | null> {
  const list = round.take(await round.storage.list(parcelPrefix, round.signal))
  if (!list) return null
  const lying = new Set(list.value.map(({ name }) => name.slice(-64)))
  const unknown = [...lying].filter((sha256) => !isListed(standing, round, sha256) && !standing.leaves.has(sha256) && !standing.withoutPacks.has(sha256))
  for (const sha256 of unknown.slice(0, mostLearnt)) {
    const index = standing.slips.has(sha256) ? await standing.notes.slip(sha256) : await fetchIndex(standing, round, sha256)
    if (!index) return null
    if (!index.items.some(({ name }) => isPack(name))) standing.withoutPacks.add(sha256)
    else if (!round.take(await noteLeaf(standing, { index, taken: [] }))) return null
  }
  return unknown.length <= mostLearnt ? lying : null
}

async function fetchIndex({ deps }: Standing, round: Round, sha256: string): Promise<ParcelIndex | null> {
  for (const range of [{ at: 0, length: usualIndex }, undefined]) {
    const got = round.take(await round.storage.get(parcelName(sha256), round.signal, range))
    if (!got?.value) return null
    round.received.bytes += got.value.length
    const index = openIndex(deps.workspace, got.value)
    if (index) return index.sha256 === sha256 ? index : null
  }
  return null
}

export function clearedOf({ places, vanished }: Standing, names: readonly string[]): readonly string[] | null {
  return vanished && names.filter((name) => (places.get(name) ?? []).every((sha256) => vanished.has(sha256)))
}
