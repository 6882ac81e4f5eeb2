// What lists show while records are still coming: rows of a colleague's snapshot, each until its own records were taken in. Only lists
// see them. Commands stand on the records alone, and a document whose records are not all here is neither opened nor acted on.

import { createVerify } from '@shared/crypto/sign.ts'
import { collectionHandle, collectionZero } from '@shared/log/names.ts'
import { openSnapshot, type Snapshot } from '@shared/log/snapshot.ts'
import { isTakenIn, progressOf, reachOf, type HeadOf } from '@shared/snapshot/cover.ts'
import { parseRows, type Reach, type SnapshotRow } from '@shared/snapshot/rows.ts'
import { judgeSnapshot } from '@shared/snapshot/trust.ts'
import type { SummarySource } from '../services/view-models.ts'
import type { VaultCore } from './core.ts'
import { viewSchema } from './dexie/database.ts'
import { rowKey } from './dexie/write.ts'
import { documentTable, volumeTable } from './document-rows.ts'
import { unpack } from './packing.ts'
import { differencesFrom } from './snapshot-check.ts'
import { volumesOf } from './views/cabinet-view.ts'
import { deskView } from './views/desk-view.ts'
import { namesOf } from './views/names.ts'
import type { RegisterRow, View } from './view.ts'

export interface Snapshots {
  /** The core as lists are answered from it. */
  readonly shown: VaultCore
  /** A snapshot names it, and not all of its records were taken in. */
  awaits(id: string): boolean
  /** Whose snapshots stand in for records now; null when everything shown comes from records. */
  source(): SummarySource | null
  /** Looks for snapshots on this disk that reach further than what was taken in. */
  load(): Promise<void>
  /** Something was taken in. */
  changed(): void
}

export interface HeldSnapshot {
  readonly snapshot: Snapshot
  readonly rows: ReadonlyMap<string, { readonly row: RegisterRow; readonly reach: Reach }>
}

/** So many of a collection are looked at before the records are waited for. */
const mostLookedAt = 3
const largestRows = 256 * 1024 * 1024

/** `told`: what is shown has changed. */
export function createSnapshots(core: VaultCore, told: () => void, defect: (thrown: unknown) => void): Snapshots {
  const held = new Map<string, HeldSnapshot>()
  const verify = createVerify(core.around.crypto)
  let loading: Promise<void> = Promise.resolve()
  const standing = function* (): Generator<{ readonly row: RegisterRow }> {
    for (const [collection, { rows }] of held) {
      const headOf = headsOf(core.view, collection)
      for (const one of rows.values()) if (!isTakenIn(one.reach, headOf)) yield one
    }
  }
  const view: View = {
    ...core.view,
    register(table) {
      const own = core.view.register(table)
      const instead = new Map([...standing()].flatMap(({ row }) => (row.table === table ? [[row.key, row] as const] : [])))
      return instead.size === 0 ? own : [...own.filter(({ key }) => !instead.has(key)), ...instead.values()]
    },
    row: (table, key) => awaited(core, held, rowKey({ table, key })) ?? core.view.row(table, key),
  }
  const shown: VaultCore = { ...core, view }
  const open = async (collection: string): Promise<void> => {
    const names = await core.around.host.snapshots.list({ of: collectionHandle(core.seat.genesis, collection) })
    for (const name of names.ok ? names.value.slice(0, mostLookedAt) : []) {
      const one = await readSnapshot(core, verify, collection, name)
      if (!one) continue
      if (isTakenIn(reachOf(one.snapshot.header), headsOf(core.view, collection))) return
      held.set(collection, one)
      // Rows that no list can show are nobody's rows.
      if (isShowable(shown)) return told()
      held.delete(collection)
    }
  }
  return {
    shown,
    awaits: (id) => [documentTable, volumeTable].some((table) => awaited(core, held, rowKey({ table, key: id })) !== null),
    source() {
      if (held.size === 0) return null
      const all = [...held].map(([collection, { snapshot }]) => ({ ...snapshot, progress: progressOf(reachOf(snapshot.header), headsOf(core.view, collection)) }))
      const names = namesOf(core.authority())
      return {
        by: [...new Set(all.map(({ session }) => names.person(session.body.person)))],
        at: new Date(Math.min(...all.map(({ header }) => header.at))).toISOString(),
        taken: all.reduce((sum, { progress }) => sum + progress.taken, 0),
        total: all.reduce((sum, { progress }) => sum + progress.total, 0),
      }
    },
    load() {
      loading = loading.then(async () => {
        for (const collection of core.keys.collections) if (collection !== collectionZero && !held.has(collection)) await open(collection)
      })
      return loading
    },
    changed() {
      for (const [collection, one] of held) {
        const { header } = one.snapshot
        const isAllHere = isTakenIn(reachOf(header), headsOf(core.view, collection)) && isTakenIn(header.authority, headsOf(core.view, collectionZero))
        if (!isAllHere) continue
        held.delete(collection)
        void tellDifferences(core, one).catch(defect)
      }
    },
  }
}

/** The log wins; that they differed is told once. */
async function tellDifferences(core: VaultCore, one: HeldSnapshot): Promise<void> {
  const differences = await differencesFrom(core, one)
  if (differences === 0) return
  core.say({ code: 'vault.summary-differs', facts: { name: namesOf(core.authority()).person(one.snapshot.session.body.person), count: differences } })
}

function awaited(core: VaultCore, held: ReadonlyMap<string, HeldSnapshot>, key: string): RegisterRow | null {
  for (const [collection, { rows }] of held) {
    const one = rows.get(key)
    if (one && !isTakenIn(one.reach, headsOf(core.view, collection))) return one.row
  }
  return null
}

export function headsOf(view: View, collection: string): HeadOf {
  const heads = new Map(view.heads().flatMap((head) => (head.collection === collection ? [[head.lane, head.seq] as const] : [])))
  return (lane) => heads.get(lane) ?? 0
}

/** Null for one that is not to be shown: made by somebody who may not, of a later version, or not what it says. */
async function readSnapshot(core: VaultCore, verify: ReturnType<typeof createVerify>, collection: string, name: string): Promise<HeldSnapshot | null> {
  const { around, keys, seat } = core
  const object = await core.object(name)
  const snapshot = object && (await openSnapshot(around.crypto, (epoch) => keys.epochKey(collection, epoch), seat.workspace, collection, object))
  if (!snapshot || snapshot.header.rows !== viewSchema) return null
  if ((await judgeSnapshot(verify, snapshot, core.authority())).length > 0) return null
  const unpacked = await unpack(snapshot.rows, largestRows)
  const rows = unpacked && parseRows(unpacked)
  return rows?.every((row) => isOurs(row, reachOf(snapshot.header))) ? { snapshot, rows: new Map(rows.map(({ reach, ...row }) => [rowKey(row), { row: { ...row, collection }, reach }])) } : null
}

function isOurs({ table, reach }: SnapshotRow, whole: Reach): boolean {
  return (table === documentTable || table === volumeTable) && Object.entries(reach).every(([lane, seq]) => seq <= (whole[lane] ?? 0)) && Object.keys(reach).length > 0
}

function isShowable(shown: VaultCore): boolean {
  try {
    deskView(shown, false)
    volumesOf(shown)
    return true
  } catch {
    return false
  }
}
