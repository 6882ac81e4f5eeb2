// The sync engine of one storage: one round lists the beacons, reads what is new, fetches what is missing, and holds out what this
// disk has more. Whatever it is told it verifies; it resumes from what is on the disk, removes nothing from it and needs no content key.

import { err, type Result } from '../base/result.ts'
import { SignerSilent } from '../crypto/keys.ts'
import { clearAway } from './clear-away.ts'
import { fetchContent, lookForLost, type ContentReport } from './content.ts'
import { foldParcels } from './fold.ts'
import { adoptOrphans, answerWants, isSurelyMissing, withdrawOwnLost } from './heal.ts'
import { isReplaceable } from './ledger.ts'
import type { KeepFailure } from './ports.ts'
import { findOwnPlace, layFormat } from './own-place.ts'
import { announce, publish } from './publish.ts'
import { listBeacons, readBeacons } from './read-beacons.ts'
import { clearedOf, lookForReplaced, shedReplaced, takeReplaced } from './replaced.ts'
import { receive } from './receive.ts'
import { reachedBy } from './reach.ts'
import type { RoundReport } from './report.ts'
import { beginRound, reportOf, type Round, type RoundOptions } from './round.ts'
import { coveredBy, fetchSnapshots } from './snapshots.ts'
import { openStanding, type EngineDeps, type Standing } from './standing.ts'
import { travels } from './take-object.ts'

export interface SyncEngine {
  /**
   * One at a time; a second call waits for the first. `thorough` asks for every beacon, whatever the listing says; `looking` moves
   * no document: it reads what is new there and leaves it. Throws only on defects.
   */
  round(signal: AbortSignal, options?: RoundOptions): Promise<RoundReport>
  /**
   * Packs by need: those of these that are not here. One at a time, beside the rounds; `told` hears the bytes that have come so far.
   * Throws only on defects.
   */
  fetch(names: readonly string[], signal: AbortSignal, told?: (bytes: number) => void): Promise<ContentReport>
  /** An object was written or replaced on this disk: the next round looks at it. */
  wrote(name: string): void
  /** SY-39: a person knows which beacons are gone now; they are waited for no more. */
  settle(): Promise<void>
  /** What this machine holds out of lost devices changed: the next round says so. */
  tell(): Promise<void>
  /** How many of those no round has looked at yet. */
  unseen(): number
  /** SY-47: devices that are known to have this segment. */
  reached(name: string): Promise<readonly string[]>
  /** What is still to be moved, as far as the round under way or the last one knows. */
  left(): Left
  /** SY-134: those of these packs that the storage surely does not hold any more; null: it was not looked for since the start. */
  cleared(names: readonly string[]): Promise<readonly string[] | null>
  /** Collection (handle) → records of the furthest snapshot that is held out here, by the notes alone. */
  covered(): Promise<ReadonlyMap<string, number>>
  /** Objects on this disk that the storage is not known to hold, by the notes alone: nothing is asked of it. */
  lacking(): Promise<number>
}

export interface Left {
  /** Objects that go out. */
  readonly objects: number
  /** Bytes of parcels that come in. */
  readonly bytes: number
}

/** More wants than this are told of later. */
const mostWants = 64

export function createSyncEngine(deps: EngineDeps): SyncEngine {
  let standing: Promise<Standing> | null = null
  let queue: Promise<unknown> = Promise.resolve()
  let fetching: Promise<unknown> = Promise.resolve()
  const written = new Set<string>()
  let under: { readonly open: Standing; readonly round: Round } | null = null
  const run = async (signal: AbortSignal, options: RoundOptions): Promise<RoundReport> => {
    const open = await (standing ??= openStanding(deps))
    for (const name of written) if (travels(name)) open.pending.add(name)
    written.clear()
    await takeReplaced(open)
    const round = beginRound(open, signal, options)
    under = { open, round }
    await exchange(open, round).catch((thrown: unknown) => {
      // SY-57 nobody could tell of what was sent: what came is here, and the next round tells.
      if (!(thrown instanceof SignerSilent)) throw thrown
      round.take(err({ type: 'DeviceKeySilent', retry: 'later' }))
    })
    // A round that was cut short clears nobody.
    if (round.listed) open.met = round.failure ? new Map([...open.met, ...round.met]) : round.met
    return reportOf(open, round)
  }
  return {
    round(signal, options = {}) {
      const done = queue.then(() => run(signal, options))
      queue = done.catch(() => (standing = null))
      return done
    },
    fetch(names, signal, told = () => undefined) {
      const done = fetching.then(async () => fetchContent(await (standing ??= openStanding(deps)), names, signal, told))
      fetching = done.catch(() => (standing = null))
      return done
    },
    wrote: (name) => void written.add(name),
    settle() {
      const done = queue.then(async () => settle(await (standing ??= openStanding(deps))))
      queue = done.catch(() => (standing = null))
      return done
    },
    async tell() {
      const open = await (standing ??= openStanding(deps))
      open.isStale = true
    },
    async reached(name) {
      const open = await (standing ??= openStanding(deps))
      return reachedBy(open.telling, open.read.values(), name)
    },
    unseen: () => written.size,
    left() {
      const due = under?.round.offers.filter(({ entry }) => !under?.open.slips.has(entry.sha256)) ?? []
      return { objects: (under?.open.pending.size ?? 0) + written.size, bytes: due.reduce((sum, { entry }) => sum + entry.size, 0) }
    },
    cleared: async (names) => clearedOf(await (standing ??= openStanding(deps)), names),
    covered: async () => coveredBy(await (standing ??= openStanding(deps))),
    async lacking() {
      const { pending, ledger } = await (standing ??= openStanding(deps))
      const fresh = [...written].filter((name) => travels(name) && !pending.has(name) && (isReplaceable(name) || !ledger.holdsName(name)))
      return pending.size + fresh.length
    },
  }
}

/** The floor stays: what comes back must not be older than what was read. */
async function settle(standing: Standing): Promise<void> {
  for (const [publisher, known] of standing.read) if (isSurelyMissing(standing.met, publisher)) standing.read.set(publisher, { ...known, isGone: true })
  standing.met = new Map([...standing.met].filter(([key]) => !key.startsWith('beacon-missing ')))
  standing.isStale = standing.self.beacon !== null
  await saveOthers(standing)
}

async function exchange(standing: Standing, round: Round): Promise<void> {
  const listed = await listBeacons(round)
  if (!listed) return
  if (standing.isStale) round.rewrite = true
  const before = JSON.stringify([[...standing.read], standing.facts])
  const isProven = await readBeacons(standing, round, listed)
  if (round.isLost) return
  if (maySend(round)) await findOwnPlace(standing, round, listed)
  const isRead = isProven && !round.looking && maySend(round) && (await lookForLost(standing, round)) && (await fetchSnapshots(standing, round)) && (await receive(standing, round))
  if (JSON.stringify([[...standing.read], standing.facts]) !== before && !round.take(await saveOthers(standing))) return
  if (round.looking) return void (round.waits = round.offers.some(({ entry }) => !standing.slips.has(entry.sha256)))
  if (isRead) await adoptOrphans(standing, round)
  const wants = isRead ? wantsOf(round) : standing.self.wants
  const { self, pending } = standing
  if (pending.size > 0 || wants.length > 0 || self.parcels.length > 0) await layFormat(standing, round)
  if (round.held || !maySend(round)) return
  await answerWants(standing, round)
  if (maySend(round)) await withdrawOwnLost(standing, round)
  if (maySend(round)) await publish(standing, round, wants)
  if (standing.self.confirmed && round.failure === null) standing.isStale = false
  if (round.sent.parcels === 0 && round.failure === null && (await foldParcels(standing, round))) await announce(standing, round, wants)
  if (round.sent.parcels === 0 && (await shedReplaced(standing, round))) await announce(standing, round, wants)
  if (round.sent.parcels === 0) await clearAway(standing, round)
  if (round.sent.parcels === 0) await lookForReplaced(standing, round)
}

function saveOthers({ notes, read, facts }: Standing): Promise<Result<null, KeepFailure>> {
  return notes.saveOthers({ read: Object.fromEntries(read), facts })
}

/** A storage that answers nonsense to one question may still take an object. */
function maySend({ failure }: Round): boolean {
  return failure === null || failure.type === 'StorageNonsense' || failure.type === 'StorageRefused'
}

/** SY-61 what did not come twice in a row is asked for. */
function wantsOf({ missing, met }: Round): readonly string[] {
  const again = (sha256: string): boolean => Math.max(met.get(`parcel-missing ${sha256}`) ?? 0, met.get(`parcel-damaged ${sha256}`) ?? 0) >= 2
  return missing.filter(again).sort().slice(0, mostWants)
}
