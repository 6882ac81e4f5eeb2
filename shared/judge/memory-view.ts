// A view in memory: the whole one for main's copy of collection zero and for a trail being verified, and the reference that the
// Dexie view is measured against. It holds what was accepted and nothing else.

import type { KnownEvent } from '../log/event.ts'
import { collectionZero } from '../log/names.ts'
import { emptyStateHash } from '../log/state-hash.ts'
import type { Change, DoorView, Forks, LaneHead, Quarantined, StateRow } from './ports.ts'

export interface MemoryView extends DoorView {
  readonly heads: ReadonlyMap<string, LaneHead>
}

/** What a view of collection zero begins with: its heads by lane, and events that were accepted before. */
export interface MemoryStart {
  readonly heads: ReadonlyMap<string, LaneHead>
  readonly events: readonly KnownEvent[]
  readonly stateHash: string
  readonly forks: Forks
}

/** Head keys are `<lane>/<collection>`. */
export function createMemoryView(start: MemoryStart = { heads: new Map(), events: [], stateHash: emptyStateHash, forks: new Map() }): MemoryView {
  const heads = new Map([...start.heads].map(([lane, head]) => [`${lane}/${collectionZero}`, head]))
  const rows = new Map<string, StateRow>()
  const quarantined = new Map<string, Quarantined>()
  let { stateHash, forks } = start
  const rowKey = (row: { readonly table: string; readonly key: string }): string => `${row.table}\n${row.key}`
  const docKey = (collection: string, doc: string): string => `${collection}\n${doc}`
  const events = new Map([[docKey(collectionZero, ''), [...start.events]]])
  return {
    heads,
    quarantined: async () => [...quarantined.values()],
    head: async (collection, lane) => heads.get(`${lane}/${collection}`) ?? null,
    stateHash: async () => stateHash,
    authorityEvents: async () => events.get(docKey(collectionZero, '')) ?? [],
    documentEvents: async (collection, doc) => events.get(docKey(collection, doc)) ?? [],
    rows: async (keys) => keys.flatMap((key) => rows.get(rowKey(key)) ?? []),
    async commit(change: Change) {
      heads.set(`${change.lane}/${change.collection}`, change.head)
      for (const known of change.events) {
        const key = docKey(change.collection, known.event.doc ?? '')
        const held = events.get(key)
        if (held) held.push(known)
        else events.set(key, [known])
      }
      for (const row of change.rows) rows.set(rowKey(row), row)
      if (change.quarantined) quarantined.set(change.quarantined.name, change.quarantined)
      for (const name of change.released) quarantined.delete(name)
      stateHash = change.stateHash
    },
    forks: async () => forks,
    async restart(next) {
      for (const kept of [heads, rows, quarantined, events]) kept.clear()
      stateHash = emptyStateHash
      forks = next
    },
  }
}
