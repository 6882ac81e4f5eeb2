// The view in IndexedDB: what the door accepted, sealed row by row, with the register held in memory beside it. One transaction a
// segment; everything is sealed before it begins, and inside it there are table calls only. It judges nothing.

import type { Change, LaneHead, Quarantined } from '@shared/judge/ports.ts'
import { compareHlc, type Hlc, type KnownEvent } from '@shared/log/event.ts'
import { collectionZero } from '@shared/log/names.ts'
import { emptyStateHash } from '@shared/log/state-hash.ts'
import type { RowSealer } from '../row-sealer.ts'
import type { KnownHead, RegisterRow, SearchText, View } from '../view.ts'
import { createBlobCache } from './blob-cache.ts'
import { openDatabase, viewSchema, type GroupedRow, type IndexedDb, type SealedRow, type ViewDatabase } from './database.ts'
import { loadView, type LoadedView, type ViewState } from './load-view.ts'

/** Documents whose events stay in memory. */
const heldDocuments = 64

interface Memory {
  stateHash: string
  clock: Hlc
  readonly heads: Map<string, KnownHead>
  readonly rows: Map<string, RegisterRow>
  authority: readonly KnownEvent[]
  readonly documents: Map<string, readonly KnownEvent[]>
  readonly quarantined: Map<string, Quarantined>
}

/** Opens the seat's view. `discarded` says that there was one which could not be used and is gone now. */
export async function openDexieView(seat: string, sealer: RowSealer, collections: readonly string[], indexedDb: IndexedDb): Promise<{ readonly view: View; readonly discarded: boolean }> {
  let database = openDatabase(seat, indexedDb)
  let loaded = await loadView(database, sealer, collections).catch(() => null)
  const discarded = loaded === null
  if (loaded === null) {
    await database.delete()
    database = openDatabase(seat, indexedDb)
    loaded = 'empty'
  }
  return { view: viewOf(database, sealer, memoryOf(loaded)), discarded }
}

function memoryOf(loaded: LoadedView | 'empty'): Memory {
  const empty = { stateHash: emptyStateHash, clock: { ms: 0, n: 0 }, heads: [], rows: [], authority: [], quarantined: [] }
  const { heads, rows, quarantined, ...rest } = loaded === 'empty' ? empty : loaded
  return {
    ...rest,
    heads: new Map(heads.map((head) => [headKey(head.collection, head.lane), head])),
    rows: new Map(rows.map((row) => [rowKey(row), row])),
    quarantined: new Map(quarantined.map((segment) => [segment.name, segment])),
    documents: new Map(),
  }
}

function viewOf(database: ViewDatabase, sealer: RowSealer, memory: Memory): View {
  const blobs = createBlobCache(database, sealer)
  const heads = (): readonly KnownHead[] => [...memory.heads.values()]
  return {
    isEmpty: () => memory.heads.size === 0,
    heads,
    zeroVector: () => Object.fromEntries(heads().filter((head) => head.collection === collectionZero).map((head) => [head.lane, head.seq])),
    authority: () => memory.authority,
    register: (table) => [...memory.rows.values()].filter((row) => row.table === table),
    row: (table, key) => memory.rows.get(rowKey({ table, key })) ?? null,
    quarantined: async () => [...memory.quarantined.values()],
    clock: () => memory.clock,
    async head(collection, lane): Promise<LaneHead | null> {
      const head = memory.heads.get(headKey(collection, lane))
      return head ? { seq: head.seq, hash: head.hash } : null
    },
    stateHash: async () => memory.stateHash,
    authorityEvents: async () => memory.authority,
    documentEvents: (collection, doc) => documentEvents(database, sealer, memory, collection, doc),
    rows: async (keys) => keys.flatMap((key) => memory.rows.get(rowKey(key)) ?? []),
    commit: (change) => commit(database, sealer, memory, change),
    async replaceRows(rows, stateHash) {
      const state: ViewState = { schema: viewSchema, stateHash, clock: memory.clock }
      const [sealedRows, sealedState] = [await Promise.all(rows.map((row) => sealRow(sealer, row))), await sealState(sealer, state)]
      await database.transaction('rw', [database.rows, database.meta], () => Promise.all([database.rows.bulkPut(sealedRows), database.meta.put(sealedState)]))
      for (const row of rows) memory.rows.set(rowKey(row), row)
      memory.stateHash = stateHash
    },
    async text(collection, doc) {
      const pk = await sealer.name(collection, 'texts', doc)
      const row = await database.texts.get(pk)
      return row ? ((await sealer.open(collection, 'texts', pk, row.ct)) as SearchText | null) : null
    },
    textCount: () => database.texts.count(),
    async putText(collection, doc, text) {
      const pk = await sealer.name(collection, 'texts', doc)
      const ct = await sealer.seal(collection, 'texts', pk, text)
      await database.texts.put({ pk, ct })
    },
    blob: (collection, sha256) => blobs.get(collection, sha256),
    keepBlob: (collection, sha256, bytes) => blobs.put(collection, sha256, bytes),
    close: () => database.close(),
    destroy: () => database.delete(),
  }
}

async function commit(database: ViewDatabase, sealer: RowSealer, memory: Memory, change: Change): Promise<void> {
  const { collection, lane, stateHash } = change
  const head: KnownHead = { ...change.head, collection, lane, opaque: change.opaque }
  const clock = change.events.reduce((latest, { event }) => (compareHlc(event.hlc, latest) > 0 ? event.hlc : latest), memory.clock)
  const rows = change.rows.map((row): RegisterRow => ({ ...row, collection }))
  const sealedHead = await sealHead(sealer, head)
  const sealedEvents = await sealEvents(sealer, change)
  const sealedRows = await Promise.all(rows.map((row) => sealRow(sealer, row)))
  const sealedState = await sealState(sealer, { schema: viewSchema, stateHash, clock })
  const quarantined = change.quarantined ? [await sealQuarantined(sealer, change.quarantined)] : []
  const released = await Promise.all(change.released.map((name) => quarantineKey(sealer, name)))
  const { heads, events, meta, quarantine } = database
  await database.transaction('rw', [heads, events, database.rows, meta, quarantine], () =>
    Promise.all([heads.put(sealedHead), events.bulkPut(sealedEvents), database.rows.bulkPut(sealedRows), meta.put(sealedState), quarantine.bulkPut(quarantined), quarantine.bulkDelete(released)]),
  )
  memory.stateHash = stateHash
  memory.clock = clock
  memory.heads.set(headKey(collection, lane), head)
  for (const row of rows) memory.rows.set(rowKey(row), row)
  if (change.quarantined) memory.quarantined.set(change.quarantined.name, change.quarantined)
  for (const name of change.released) memory.quarantined.delete(name)
  for (const [doc, known] of byDocument(change.events)) {
    if (collection === collectionZero) memory.authority = [...memory.authority, ...known]
    else {
      const held = memory.documents.get(headKey(collection, doc))
      if (held) memory.documents.set(headKey(collection, doc), [...held, ...known])
    }
  }
}

async function documentEvents(database: ViewDatabase, sealer: RowSealer, memory: Memory, collection: string, doc: string): Promise<readonly KnownEvent[]> {
  const key = headKey(collection, doc)
  const held = memory.documents.get(key)
  if (held) {
    memory.documents.delete(key)
    memory.documents.set(key, held)
    return held
  }
  const rows = await database.events.where('g').equals(await sealer.name(collection, 'events', doc)).toArray()
  const opened = await Promise.all(rows.map((row) => sealer.open(collection, 'events', row.pk, row.ct)))
  if (opened.includes(null)) throw new Error('defect: events of the view do not open')
  const events = (opened as KnownEvent[][]).flat()
  memory.documents.set(key, events)
  for (const oldest of memory.documents.keys()) {
    if (memory.documents.size <= heldDocuments) break
    memory.documents.delete(oldest)
  }
  return events
}

function grouped(events: readonly KnownEvent[], keyOf: (known: KnownEvent) => string): ReadonlyMap<string, readonly KnownEvent[]> {
  const groups = new Map<string, KnownEvent[]>()
  for (const known of events) groups.set(keyOf(known), [...(groups.get(keyOf(known)) ?? []), known])
  return groups
}

function byDocument(events: readonly KnownEvent[]): ReadonlyMap<string, readonly KnownEvent[]> {
  return grouped(events, ({ event }) => event.doc ?? '')
}

/** One row for each document of a segment. */
function sealEvents(sealer: RowSealer, { collection, events }: Change): Promise<readonly GroupedRow[]> {
  const segments = grouped(events, ({ lane, seq }) => `${lane}/${seq}`)
  return Promise.all(
    [...segments].flatMap(([segment, ofSegment]) =>
      [...byDocument(ofSegment)].map(async ([doc, known]) => {
        const pk = await sealer.name(collection, 'event', `${segment}/${doc}`)
        return { pk, g: await sealer.name(collection, 'events', doc), ct: await sealer.seal(collection, 'events', pk, known) }
      }),
    ),
  )
}

async function sealRow(sealer: RowSealer, row: RegisterRow): Promise<GroupedRow> {
  const pk = await sealer.name(row.collection, 'row', rowKey(row))
  return { pk, g: await sealer.name(row.collection, 'rows', ''), ct: await sealer.seal(row.collection, 'rows', pk, row) }
}

async function sealHead(sealer: RowSealer, head: KnownHead): Promise<SealedRow> {
  const pk = await sealer.name(collectionZero, 'heads', headKey(head.collection, head.lane))
  return { pk, ct: await sealer.seal(collectionZero, 'heads', pk, head) }
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

function headKey(collection: string, lane: string): string {
  return `${collection}\n${lane}`
}

function rowKey(row: { readonly table: string; readonly key: string }): string {
  return `${row.table}\n${row.key}`
}
