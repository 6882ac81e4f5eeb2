// Reads the register of a view into memory when it is opened: state, heads, rows and the events of collection zero. It answers
// null when anything does not open or is of another schema: such a view is thrown away, never repaired.

import * as v from 'valibot'
import type { KnownEvent, Hlc } from '@shared/log/event.ts'
import { collectionZero } from '@shared/log/names.ts'
import type { Forks, Quarantined } from '@shared/judge/ports.ts'
import type { RowSealer } from '../row-sealer.ts'
import type { KnownHead, RegisterRow } from '../view.ts'
import { viewSchema, type SealedRow, type ViewDatabase } from './database.ts'

/** What whoever sits here reads. */
export interface ReadBy {
  readonly collections: readonly string[]
  readonly given: string
}

export interface LoadedView {
  readonly stateHash: string
  readonly clock: Hlc
  readonly forks: Forks
  readonly heads: readonly KnownHead[]
  readonly rows: readonly RegisterRow[]
  readonly authority: readonly KnownEvent[]
  readonly quarantined: readonly Quarantined[]
}

export interface ViewState {
  readonly schema: number
  readonly stateHash: string
  readonly clock: Hlc
  readonly forks: Readonly<Record<string, number>>
  /** Which single documents it was made with (`VaultKeys.givenWord`); absent = none. */
  readonly given?: string
}

const stateSchema = v.strictObject({ schema: v.literal(viewSchema), stateHash: v.string(), clock: v.strictObject({ ms: v.number(), n: v.number() }), forks: v.record(v.string(), v.number()), given: v.optional(v.string()) })
const pageSize = 500

/** `empty` for a database in which nothing was ever committed. A view of other single documents than `given` says is none: what it passed over it would have to read. */
export async function loadView(database: ViewDatabase, sealer: RowSealer, { collections, given }: ReadBy): Promise<LoadedView | 'empty' | null> {
  const sealed = await database.meta.get('state')
  if (!sealed) return (await database.heads.count()) === 0 ? 'empty' : null
  const state = v.safeParse(stateSchema, await sealer.open(collectionZero, 'meta', 'state', sealed.ct))
  if (!state.success || (state.output.given ?? '') !== given) return null
  const zero = (): string => collectionZero
  const heads = await readAll(database.heads, 'heads', sealer, zero)
  const quarantined = await readAll(database.quarantine, 'quarantine', sealer, zero)
  const groups = new Map<string, string>()
  for (const collection of collections) groups.set(await sealer.name(collection, 'rows', ''), collection)
  const rows = await readAll(database.rows, 'rows', sealer, (row) => groups.get((row as SealedRow & { g: string }).g) ?? null)
  const events = await database.events.where('g').equals(await sealer.name(collectionZero, 'events', '')).toArray()
  const authority = await Promise.all(events.map((row) => sealer.open(collectionZero, 'events', row.pk, row.ct)))
  if (!heads || !rows || !quarantined || authority.includes(null)) return null
  return {
    stateHash: state.output.stateHash,
    clock: state.output.clock,
    forks: new Map(Object.entries(state.output.forks)),
    heads: heads as readonly KnownHead[],
    rows: rows as readonly RegisterRow[],
    authority: (authority as KnownEvent[][]).flat(),
    quarantined: quarantined as readonly Quarantined[],
  }
}

interface Pages {
  where(index: 'pk'): { above(key: string): { limit(count: number): { toArray(): Promise<SealedRow[]> } } }
}

/** Null when a row does not open; rows of collections that `collectionOf` does not know are left alone. */
async function readAll(table: Pages, name: string, sealer: RowSealer, collectionOf: (row: SealedRow) => string | null): Promise<readonly unknown[] | null> {
  const values: unknown[] = []
  for (let last = ''; ; ) {
    const page = await table.where('pk').above(last).limit(pageSize).toArray()
    if (page.length === 0) return values
    last = page.at(-1)?.pk ?? last
    const opened = await Promise.all(
      page.map((row) => {
        const collection = collectionOf(row)
        return collection === null ? undefined : sealer.open(collection, name, row.pk, row.ct)
      }),
    )
    if (opened.includes(null)) return null
    values.push(...opened.filter((value) => value !== undefined))
  }
}
