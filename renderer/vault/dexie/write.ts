// What is to be written to the view in one transaction: one segment, or a run of them. Everything is sealed before the transaction
// begins, each row and head once however often the run touched it, and inside it there are table calls only.

import type { Change, Quarantined } from '@shared/judge/ports.ts'
import type { KnownEvent } from '@shared/log/event.ts'
import { collectionZero } from '@shared/log/names.ts'
import type { RowSealer } from '../row-sealer.ts'
import type { KnownHead, RegisterRow } from '../view.ts'
import type { GroupedRow, SealedRow, ViewDatabase } from './database.ts'
import type { ViewState } from './load-view.ts'

export interface Write {
  readonly heads: Map<string, KnownHead>
  readonly rows: Map<string, RegisterRow>
  /** By collection and document. */
  readonly events: Map<string, readonly KnownEvent[]>
  /** By name; null where it was released. */
  readonly quarantined: Map<string, Quarantined | null>
}

export function emptyWrite(): Write {
  return { heads: new Map(), rows: new Map(), events: new Map(), quarantined: new Map() }
}

/** The write and one more segment, as a new one. */
export function withChange({ heads, rows, events, quarantined }: Write, change: Change): Write {
  const next: Write = { heads: new Map(heads), rows: new Map(rows), events: new Map(events), quarantined: new Map(quarantined) }
  addChange(next, change)
  return next
}

export function addChange({ heads, rows, events, quarantined }: Write, change: Change): void {
  const { collection, lane } = change
  heads.set(headKey(collection, lane), { ...change.head, collection, lane, opaque: change.opaque })
  for (const row of change.rows) rows.set(rowKey(row), { ...row, collection })
  for (const [doc, known] of byDocument(change.events)) events.set(documentKey(collection, doc), [...(events.get(documentKey(collection, doc)) ?? []), ...known])
  if (change.quarantined) quarantined.set(change.quarantined.name, change.quarantined)
  for (const name of change.released) quarantined.set(name, null)
}

export async function writeAll(database: ViewDatabase, sealer: RowSealer, write: Write, state: ViewState): Promise<void> {
  const heads = await Promise.all([...write.heads.values()].map((head) => sealHead(sealer, head)))
  const events = (await Promise.all([...write.events].map(([key, known]) => sealEvents(sealer, key, known)))).flat()
  const rows = await Promise.all([...write.rows.values()].map((row) => sealRow(sealer, row)))
  const kept = await Promise.all([...write.quarantined.values()].flatMap((one) => (one ? [sealQuarantined(sealer, one)] : [])))
  const released = await Promise.all([...write.quarantined].flatMap(([name, one]) => (one ? [] : [quarantineKey(sealer, name)])))
  const meta = await sealState(sealer, state)
  await database.transaction('rw', [database.heads, database.events, database.rows, database.meta, database.quarantine], () =>
    Promise.all([database.heads.bulkPut(heads), database.events.bulkPut(events), database.rows.bulkPut(rows), database.meta.put(meta), database.quarantine.bulkPut(kept), database.quarantine.bulkDelete(released)]),
  )
}

/** Takes out all there is of some collections, and of their files whatever is near at hand. */
export async function removeAll(database: ViewDatabase, sealer: RowSealer, gone: { readonly heads: readonly KnownHead[]; readonly rows: readonly RegisterRow[]; readonly quarantined: readonly Quarantined[] }, state: ViewState): Promise<void> {
  const heads = await Promise.all(gone.heads.map(({ collection, lane }) => headName(sealer, collection, lane)))
  const rows = await Promise.all(gone.rows.map((row) => rowName(sealer, row)))
  const events = await Promise.all(gone.rows.map(({ collection, key }) => sealer.name(collection, 'events', key)))
  const texts = await Promise.all(gone.rows.map(({ collection, key }) => sealer.name(collection, 'texts', key)))
  const kept = await Promise.all(gone.quarantined.map(({ name }) => quarantineKey(sealer, name)))
  const meta = await sealState(sealer, state)
  await database.transaction('rw', [database.heads, database.events, database.rows, database.meta, database.quarantine, database.texts, database.blobs], () =>
    Promise.all([database.heads.bulkDelete(heads), database.rows.bulkDelete(rows), database.events.where('g').anyOf(events).delete(), database.texts.bulkDelete(texts), database.quarantine.bulkDelete(kept), database.blobs.clear(), database.meta.put(meta)]),
  )
}

export function byDocument(events: readonly KnownEvent[]): ReadonlyMap<string, readonly KnownEvent[]> {
  return grouped(events, ({ event }) => event.doc ?? '')
}

function grouped(events: readonly KnownEvent[], keyOf: (known: KnownEvent) => string): ReadonlyMap<string, readonly KnownEvent[]> {
  const groups = new Map<string, KnownEvent[]>()
  for (const known of events) {
    const group = groups.get(keyOf(known))
    if (group) group.push(known)
    else groups.set(keyOf(known), [known])
  }
  return groups
}

/** One row for each segment of a document, or for that part of a segment that came with another. */
function sealEvents(sealer: RowSealer, key: string, events: readonly KnownEvent[]): Promise<readonly GroupedRow[]> {
  const [collection = '', doc = ''] = key.split('\n')
  const segments = grouped(events, ({ lane, seq }) => `${lane}/${seq}`)
  return Promise.all(
    [...segments].map(async ([segment, known]) => {
      const pk = await sealer.name(collection, 'event', `${segment}/${doc}/${known[0]?.id ?? ''}`)
      return { pk, g: await sealer.name(collection, 'events', doc), ct: await sealer.seal(collection, 'events', pk, known) }
    }),
  )
}

async function sealRow(sealer: RowSealer, row: RegisterRow): Promise<GroupedRow> {
  const pk = await rowName(sealer, row)
  return { pk, g: await sealer.name(row.collection, 'rows', ''), ct: await sealer.seal(row.collection, 'rows', pk, row) }
}

function rowName(sealer: RowSealer, row: RegisterRow): Promise<string> {
  return sealer.name(row.collection, 'row', rowKey(row))
}

async function sealHead(sealer: RowSealer, head: KnownHead): Promise<SealedRow> {
  const pk = await headName(sealer, head.collection, head.lane)
  return { pk, ct: await sealer.seal(collectionZero, 'heads', pk, head) }
}

function headName(sealer: RowSealer, collection: string, lane: string): Promise<string> {
  return sealer.name(collectionZero, 'heads', headKey(collection, lane))
}

async function sealQuarantined(sealer: RowSealer, quarantined: Quarantined): Promise<SealedRow> {
  const pk = await quarantineKey(sealer, quarantined.name)
  return { pk, ct: await sealer.seal(collectionZero, 'quarantine', pk, quarantined) }
}

function quarantineKey(sealer: RowSealer, segment: string): Promise<string> {
  return sealer.name(collectionZero, 'quarantine', segment)
}

async function sealState(sealer: RowSealer, state: ViewState): Promise<SealedRow> {
  return { pk: 'state', ct: await sealer.seal(collectionZero, 'meta', 'state', state) }
}

export function headKey(collection: string, lane: string): string {
  return `${collection}\n${lane}`
}

export function documentKey(collection: string, doc: string): string {
  return `${collection}\n${doc}`
}

export function rowKey(row: { readonly table: string; readonly key: string }): string {
  return `${row.table}\n${row.key}`
}
