// Writes a snapshot of each collection when so many records came since the last one that it is worth its bytes, or when somebody is
// about to join: then what is newest is worth most. Nobody is asked who writes; two that do it at once do no harm.

import { sha256Hex } from '@shared/crypto/hash.ts'
import { collectionHandle, collectionZero, snapshotName, snapshotPlace } from '@shared/log/names.ts'
import { largestSnapshotBytes, recordsOf, sealSnapshot, snapshotHeaderToBytes, type SnapshotHeader } from '@shared/log/snapshot.ts'
import { isSnapshotDue, usualRule } from '@shared/snapshot/due.ts'
import { rowsToBytes, type SnapshotRow } from '@shared/snapshot/rows.ts'
import type { VaultCore } from './core.ts'
import { viewSchema } from './dexie/database.ts'
import { documentTable, volumeTable } from './document-rows.ts'
import { pack } from './packing.ts'
import { isWithin, laneOf } from './snapshot-check.ts'
import type { KnownHead, RegisterRow } from './view.ts'

export interface SnapshotWriter {
  /** Something was taken in: looks after a while whether a snapshot is due. */
  changed(): void
  /** Writes now whatever nobody's snapshot covers yet, however little. */
  now(): Promise<void>
}

/** Machines that see the same records at the same time do not all look at once. */
const [soonest, spread] = [30_000, 120_000]

/** `isWhole`: nothing shown here comes from a snapshot itself. */
export function createSnapshotWriter(core: VaultCore, isWhole: () => boolean, defect: (thrown: unknown) => void): SnapshotWriter {
  let isWaiting = false
  let writing: Promise<unknown> = Promise.resolve()
  const write = (isAsked: boolean): Promise<void> => {
    const done = writing.then(() => (isWhole() ? writeWhatIsDue(core, isAsked) : undefined))
    writing = done.catch(() => undefined)
    return done
  }
  return {
    changed() {
      if (isWaiting) return
      isWaiting = true
      const [chance = 0] = core.around.crypto.random.bytes(1)
      void core.around
        .wait(soonest + (spread * chance) / 256)
        .then(() => {
          isWaiting = false
          return write(false)
        })
        .catch(defect)
    },
    now: () => write(true),
  }
}

async function writeWhatIsDue(core: VaultCore, isAsked: boolean): Promise<void> {
  const { host } = core.around
  const covered = await host.snapshots.covered({})
  if (!covered.ok || covered.value === null) return
  for (const collection of core.keys.collections) {
    if (collection === collectionZero) continue
    const of = collectionHandle(core.seat.genesis, collection)
    const kept = await host.snapshots.list({ of })
    const furthest = Math.max(covered.value[of] ?? 0, snapshotPlace((kept.ok && kept.value[0]) || '')?.records ?? 0)
    const here = core.view.heads().reduce((sum, head) => sum + (head.collection === collection ? head.seq : 0), 0)
    if (isAsked ? here > furthest : isSnapshotDue(usualRule, here, furthest)) await writeSnapshot(core, collection)
  }
}

interface Moment {
  readonly heads: readonly KnownHead[]
  readonly rows: readonly RegisterRow[]
  readonly authority: SnapshotHeader['authority']
  readonly isJudged: boolean
}

async function writeSnapshot(core: VaultCore, collection: string): Promise<void> {
  const { around, seat, keys, view } = core
  const latest = keys.latest(collection, (epoch) => core.authority().epochs.has(`${collection}/${epoch}`))
  const { heads, rows, authority, isJudged } = await core.still(() => momentOf(core, collection))
  // What is not judged yet, or cannot be read here, is nobody's to summarise.
  if (!latest || !isJudged || heads.length === 0) return
  const lanes = Object.fromEntries(heads.map(({ lane, seq, hash }) => [lane, [seq, hash] as const]))
  const whole = Object.fromEntries(heads.map(({ lane, seq }) => [lane, seq]))
  const reaching: SnapshotRow[] = []
  for (const { table, key, value } of rows) {
    const reach: Record<string, number> = {}
    for (const known of await view.documentEvents(collection, key)) if (isWithin(known, whole)) reach[laneOf(known.lane)] = Math.max(reach[laneOf(known.lane)] ?? 0, known.seq)
    reaching.push({ table, key, value, reach })
  }
  const packed = await pack(rowsToBytes(reaching))
  const header: SnapshotHeader = { suite: 1, schema: 1, kind: 'snapshot', workspace: seat.workspace, collection, lane: seat.lane, session: seat.session, at: around.clock.now(), authority, lanes, rows: viewSchema, sha256: sha256Hex(packed) }
  const body = snapshotHeaderToBytes(header)
  const signed = await around.host.snapshots.sign({ header: body })
  if (!signed.ok) return
  const bytes = await sealSnapshot(around.crypto, { ...latest, workspace: seat.workspace, collection }, { body, signature: signed.value.signature, session: signed.value.session, rows: packed })
  if (bytes.length > largestSnapshotBytes) return
  // A full disk keeps none: it is written again when it is due again.
  await around.host.snapshots.keep({ name: snapshotName(collectionHandle(seat.genesis, collection), recordsOf(header), sha256Hex(bytes)), bytes })
}

async function momentOf({ view }: VaultCore, collection: string): Promise<Moment> {
  const heads = view.heads().filter((head) => head.collection === collection)
  const rows = [...view.register(documentTable), ...view.register(volumeTable)].filter((row) => row.collection === collection)
  const authority = { ...view.zeroVector() }
  const waits = (await view.quarantined()).some((one) => one.collection === collection)
  return { heads, rows, authority, isJudged: !waits && !heads.some(({ opaque }) => opaque) }
}
