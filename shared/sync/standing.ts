// How one storage stands, as the engine holds it between two rounds: built from the notes and the disk at the first round, so that a
// kill anywhere costs nothing but reading them again.

import { bytesToBase32 } from '../base/bytes.ts'
import type { Clock } from '../base/ports.ts'
import type { CryptoHost, Signer } from '../crypto/ports.ts'
import { createVerify, type Verify } from '../crypto/sign.ts'
import { snapshotPlace } from '../log/names.ts'
import type { ParcelItem } from '../log/parcel.ts'
import type { UpkeepRule } from './clear-away.ts'
import { createLedger, isReplaceable, versionOf, versionOfItem, type Ledger } from './ledger.ts'
import { createNotes, type Fact, type Leaf, type Notes, type Read, type Self } from './memory.ts'
import { newTelling, type Telling } from './reach.ts'
import type { KnownDevices, LocalObjects, LostDevices, ReplacedContent, SyncMemory } from './ports.ts'
import type { Storage } from './storage.ts'
import { travels } from './take-object.ts'

export interface EngineDeps {
  readonly host: CryptoHost
  readonly clock: Clock
  readonly workspace: string
  readonly storage: Storage
  readonly local: LocalObjects
  /** The collection (its handle) without which nobody can read the others; goes out first. */
  readonly first?: string
  /** True: rounds leave parcels of packs where they are. Otherwise they fetch them too, after everything else. */
  readonly byNeed?: boolean
  /** As usual where it is left out. */
  readonly upkeep?: UpkeepRule
  /** A snapshot came, and what it covers has not come yet. */
  readonly snapshotCame?: () => Promise<void>
  readonly memory: SyncMemory
  readonly devices: KnownDevices
  readonly lost?: LostDevices
  readonly replaced?: ReplacedContent
  /** Signs beacons; its key is what `devices` answers for `id` elsewhere. */
  readonly device: { readonly id: string; readonly signer: Signer }
}

export interface Standing {
  readonly deps: EngineDeps
  readonly notes: Notes
  readonly verify: Verify
  readonly ledger: Ledger
  /** Parcels whose objects are here. */
  readonly slips: Set<string>
  readonly read: Map<string, Read>
  facts: readonly Fact[]
  telling: Telling
  self: Self
  /** Objects to be looked at: written here and perhaps not there. */
  readonly pending: Set<string>
  /** Publisher → what its newest beacon says that it verified of whom, itself included. */
  readonly claims: Map<string, Readonly<Record<string, number>>>
  /** A person said something that the own beacon does not say yet. */
  isStale: boolean
  /** Askings for a parcel that were answered: who asks and is never heard again is answered once. */
  readonly answered: Set<string>
  /** Parcels of packs whose index is known. */
  readonly leaves: Map<string, Leaf>
  /** Pack → parcels whose index names it. */
  readonly places: Map<string, readonly string[]>
  /** Parcels of packs that did not come whole when they were needed last, and how. */
  readonly lost: Map<string, 'parcel-missing' | 'parcel-damaged'>
  /** SY-130 as of this round. */
  replaced: ReadonlyMap<string, readonly string[]>
  /** SY-134 parcels that held some of them and that the storage says it does not have; null until it was asked. */
  vanished: ReadonlySet<string> | null
  /** Parcels that nobody lists and in which there is no pack. */
  readonly withoutPacks: Set<string>
  /** The storage did not take something away: it is not asked to again before the next start. */
  keepsAll: boolean
  /** Suspicion → rounds in a row that met it. */
  met: ReadonlyMap<string, number>
}

export function newSelf(host: CryptoHost): Self {
  return { publisher: bytesToBase32(host.random.bytes(10)), generation: bytesToBase32(host.random.bytes(10)), serial: 0, parcels: [], beacon: null, at: 0, wants: [], confirmed: false, tag: null, former: [], removals: [], month: { at: 0, parcels: [], rolled: [] } }
}

export async function openStanding(deps: EngineDeps): Promise<Standing> {
  const notes = createNotes(deps.workspace, deps.memory)
  const ledger = createLedger()
  const slips = new Set<string>()
  const noted = await notes.self()
  // SY-5 without the list of what this machine holds out, no slip says that anybody holds it out: a new generation knows none.
  const self = noted ?? newSelf(deps.host)
  if (!noted) await notes.saveSelf(self)
  let isWhole = noted !== null
  const names = new Set(await deps.local.names())
  for (const sha256 of await notes.slips()) {
    const slip = await notes.slip(sha256)
    const here = slip?.items.filter((item) => names.has(item.name)) ?? []
    for (const item of here) ledger.add(item.name, versionOfItem(item))
    // A snapshot that a later one took the place of is not missing.
    if (here.length === slip?.items.length || slip?.items.every(({ name }) => snapshotPlace(name))) slips.add(sha256)
    // Something of it is gone from this disk: every beacon is asked for again, and with it what is missing.
    else isWhole = false
  }
  const leaves = new Map<string, Leaf>()
  for (const sha256 of await notes.leaves()) {
    const leaf = await notes.leaf(sha256)
    if (leaf) leaves.set(sha256, leaf)
    for (const item of takenOf(leaf)) if (names.has(item.name)) ledger.add(item.name, null)
  }
  const { read, facts } = await notes.others()
  const noticed = await notes.telling()
  const telling = noticed?.publisher === self.publisher ? noticed : newTelling(self.publisher)
  const pending = new Set<string>()
  const replaced = (await deps.replaced?.list()) ?? new Map<string, readonly string[]>()
  for (const name of names) if (travels(name) && !replaced.has(name) && !(await isThere(deps.local, ledger, name))) pending.add(name)
  const places = new Map<string, readonly string[]>()
  for (const leaf of leaves.values()) addPlaces(places, leaf)
  return { deps, notes, verify: createVerify(deps.host), ledger, slips, leaves, places, lost: new Map(), read: new Map(Object.entries(read).map(([publisher, known]) => [publisher, isWhole ? known : { ...known, tag: null }])), facts, telling, self, pending, claims: new Map(), isStale: false, answered: new Set(), replaced, vanished: null, withoutPacks: new Set(), keepsAll: false, met: new Map() }
}

function takenOf(leaf: Leaf | null): readonly ParcelItem[] {
  return leaf?.taken.flatMap((i) => leaf.index.items[i] ?? []) ?? []
}

export function addPlaces(places: Map<string, readonly string[]>, { index }: Leaf): void {
  for (const { name } of index.items) places.set(name, [...(places.get(name) ?? []), index.sha256])
}

const documentWrap = /^k\/[^/]+\/d\//

/** Wraps that people and epochs share are compared by their bytes; a document's wrap is noticed when it is replaced. */
async function isThere(local: LocalObjects, ledger: Ledger, name: string): Promise<boolean> {
  if (!ledger.holdsName(name)) return false
  if (!isReplaceable(name) || documentWrap.test(name)) return true
  const bytes = await local.get(name)
  return !bytes || ledger.holds(name, versionOf(name, bytes))
}
