// The view in IndexedDB: what the door accepted, sealed row by row, with the register held in memory beside it. One transaction a
// segment, or one for a run of segments; memory is then ahead of the tables, and a crash leaves them at the run before. It judges nothing.

import { keepLatest } from '@shared/base/keep-latest.ts'
import type { Change, Forks, LaneHead, Quarantined } from '@shared/judge/ports.ts'
import { compareHlc, type Hlc, type KnownEvent } from '@shared/log/event.ts'
import { collectionZero } from '@shared/log/names.ts'
import { emptyStateHash, rowHash, updateStateHash } from '@shared/log/state-hash.ts'
import type { RowSealer } from '../row-sealer.ts'
import type { KnownHead, RegisterRow, SearchText, View } from '../view.ts'
import { createBlobCache } from './blob-cache.ts'
import { openDatabase, viewSchema, type IndexedDb, type ViewDatabase } from './database.ts'
import { loadView, type LoadedView, type ReadBy, type ViewState } from './load-view.ts'
import { addChange, byDocument, documentKey, emptyWrite, headKey, removeAll, rowKey, withChange, writeAll, type Write } from './write.ts'

/** Documents whose events stay in memory. */
const heldDocuments = 64

interface Memory {
  given: string
  stateHash: string
  clock: Hlc
  forks: Forks
  readonly heads: Map<string, KnownHead>
  readonly rows: Map<string, RegisterRow>
  authority: readonly KnownEvent[]
  readonly documents: Map<string, readonly KnownEvent[]>
  readonly quarantined: Map<string, Quarantined>
  /** What a run has taken in and the tables have not yet. */
  pending: Write
  running: boolean
  /** Events that come while their document is being read. */
  readonly reading: Map<string, KnownEvent[][]>
}

/** Opens the seat's view. `discarded` says that there was one which could not be used and is gone now. */
export async function openDexieView(seat: string, sealer: RowSealer, reads: ReadBy, indexedDb: IndexedDb): Promise<{ readonly view: View; readonly discarded: boolean }> {
  let database = openDatabase(seat, indexedDb)
  let loaded = await loadView(database, sealer, reads).catch(() => null)
  const discarded = loaded === null
  if (loaded === null) {
    await database.delete()
    database = openDatabase(seat, indexedDb)
    loaded = 'empty'
  }
  return { view: viewOf(database, sealer, memoryOf(loaded, reads.given)), discarded }
}

function memoryOf(loaded: LoadedView | 'empty', given: string): Memory {
  const empty = { stateHash: emptyStateHash, clock: { ms: 0, n: 0 }, forks: new Map(), heads: [], rows: [], authority: [], quarantined: [] }
  const { heads, rows, quarantined, ...rest } = loaded === 'empty' ? empty : loaded
  return {
    ...rest,
    given,
    heads: new Map(heads.map((head) => [headKey(head.collection, head.lane), head])),
    rows: new Map(rows.map((row) => [rowKey(row), row])),
    quarantined: new Map(quarantined.map((segment) => [segment.name, segment])),
    documents: new Map(),
    pending: emptyWrite(),
    running: false,
    reading: new Map(),
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
    async inRun(work) {
      memory.running = true
      try {
        return await work()
      } finally {
        memory.running = false
        await flush(database, sealer, memory, memory.pending, memory)
      }
    },
    async replaceRows(rows, stateHash) {
      const named = rows.map((row) => [rowKey(row), row] as const)
      const write = { ...memory.pending, rows: new Map([...memory.pending.rows, ...named]) }
      if (memory.running) memory.pending = write
      else await flush(database, sealer, memory, write, { ...memory, stateHash })
      for (const [key, row] of named) memory.rows.set(key, row)
      memory.stateHash = stateHash
    },
    forks: async () => memory.forks,
    knownForks: () => memory.forks,
    async restart(forks) {
      await database.transaction('rw', [database.heads, database.events, database.rows, database.quarantine, database.meta], () =>
        Promise.all([database.heads, database.events, database.rows, database.quarantine, database.meta].map((table) => table.clear())),
      )
      for (const kept of [memory.heads, memory.rows, memory.documents, memory.quarantined]) kept.clear()
      memory.authority = []
      memory.pending = emptyWrite()
      memory.stateHash = emptyStateHash
      memory.forks = forks
    },
    async forget(collections, given) {
      await flush(database, sealer, memory, memory.pending, memory)
      memory.given = given
      await forgetCollections(database, sealer, memory, new Set(collections))
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

async function forgetCollections(database: ViewDatabase, sealer: RowSealer, memory: Memory, collections: ReadonlySet<string>): Promise<void> {
  const isOf = ({ collection }: { readonly collection: string }): boolean => collections.has(collection)
  const gone = { heads: [...memory.heads.values()].filter(isOf), rows: [...memory.rows.values()].filter(isOf), quarantined: [...memory.quarantined.values()].filter(isOf) }
  memory.stateHash = updateStateHash(memory.stateHash, gone.rows.map((row) => rowHash(row.table, row.key, row.value)), [])
  await removeAll(database, sealer, gone, stateOf(memory))
  for (const head of gone.heads) memory.heads.delete(headKey(head.collection, head.lane))
  for (const row of gone.rows) {
    memory.rows.delete(rowKey(row))
    memory.documents.delete(documentKey(row.collection, row.key))
  }
  for (const { name } of gone.quarantined) memory.quarantined.delete(name)
  // Whoever reads meanwhile reads again.
  memory.forks = new Map(memory.forks)
}

function stateOf({ stateHash, clock, forks, given }: Pick<Memory, 'stateHash' | 'clock' | 'forks' | 'given'>): ViewState {
  return { schema: viewSchema, stateHash, clock, forks: Object.fromEntries(forks), ...(given === '' ? {} : { given }) }
}

async function commit(database: ViewDatabase, sealer: RowSealer, memory: Memory, change: Change): Promise<void> {
  const clock = change.events.reduce((latest, { event }) => (compareHlc(event.hlc, latest) > 0 ? event.hlc : latest), memory.clock)
  const { collection, stateHash } = change
  if (memory.running) addChange(memory.pending, change)
  else await flush(database, sealer, memory, withChange(memory.pending, change), { ...memory, stateHash, clock })
  const { heads, rows } = withChange(emptyWrite(), change)
  memory.stateHash = stateHash
  memory.clock = clock
  for (const [key, head] of heads) memory.heads.set(key, head)
  for (const [key, row] of rows) memory.rows.set(key, row)
  if (change.quarantined) memory.quarantined.set(change.quarantined.name, change.quarantined)
  for (const name of change.released) memory.quarantined.delete(name)
  for (const [doc, known] of byDocument(change.events)) {
    if (collection === collectionZero) memory.authority = [...memory.authority, ...known]
    else {
      const key = documentKey(collection, doc)
      const held = memory.documents.get(key)
      if (held) memory.documents.set(key, [...held, ...known])
      for (const late of memory.reading.get(key) ?? []) late.push(...known)
    }
  }
}

/** What fails here stays pending and goes with the next write: the tables never miss a segment in the middle. */
async function flush(database: ViewDatabase, sealer: RowSealer, memory: Memory, write: Write, state: Pick<Memory, 'stateHash' | 'clock' | 'forks' | 'given'>): Promise<void> {
  if (write.heads.size === 0 && write.rows.size === 0) return
  await writeAll(database, sealer, write, stateOf(state))
  memory.pending = emptyWrite()
}

async function documentEvents(database: ViewDatabase, sealer: RowSealer, memory: Memory, collection: string, doc: string): Promise<readonly KnownEvent[]> {
  const key = documentKey(collection, doc)
  const held = memory.documents.get(key)
  if (held) {
    keepLatest(memory.documents, key, held, heldDocuments)
    return held
  }
  const { forks } = memory
  const late: KnownEvent[] = []
  const readers = memory.reading.get(key) ?? []
  memory.reading.set(key, [...readers, late])
  try {
    const pending = memory.pending.events.get(key) ?? []
    const rows = await database.events.where('g').equals(await sealer.name(collection, 'events', doc)).toArray()
    const opened = await Promise.all(rows.map((row) => sealer.open(collection, 'events', row.pk, row.ct)))
    if (opened.includes(null)) throw new Error('defect: events of the view do not open')
    const events = [...(opened as KnownEvent[][]).flat(), ...pending, ...late]
    const once = [...new Map(events.map((known) => [`${known.id} ${known.lane} ${known.seq}`, known])).values()]
    // Read before everything began anew: what counts now is to be read again.
    if (memory.forks !== forks) return await documentEvents(database, sealer, memory, collection, doc)
    keepLatest(memory.documents, key, once, heldDocuments)
    return once
  } finally {
    const left = (memory.reading.get(key) ?? []).filter((one) => one !== late)
    if (left.length > 0) memory.reading.set(key, left)
    else memory.reading.delete(key)
  }
}
