// The rows and the state hash that events leave in the view, given what it holds already.

import { changesAuthority } from '../authority/events.ts'
import type { KnownEvent } from '../log/event.ts'
import { collectionZero } from '../log/names.ts'
import { rowHash, updateStateHash } from '../log/state-hash.ts'
import type { Change, DoorView, StateRow } from './ports.ts'

export interface RowDeps {
  readonly view: DoorView
  readonly rowsOf: (collection: string, doc: string, events: readonly KnownEvent[]) => readonly StateRow[]
}

/** The events with the rows and the state that come of them. */
export async function reduced(deps: RowDeps, collection: string, events: readonly KnownEvent[]): Promise<Pick<Change, 'events' | 'rows' | 'stateHash'>> {
  const rows = collection === collectionZero ? authorityRows(events) : await documentRows(deps, collection, events)
  const before = await deps.view.rows(rows.map(({ table, key }) => ({ table, key })))
  const hashes = (list: readonly StateRow[]): string[] => list.map((row) => rowHash(row.table, row.key, row.value))
  return { events, rows, stateHash: updateStateHash(await deps.view.stateHash(), hashes(before), hashes(rows)) }
}

/** What somebody did at one machine alone (`session.*`) is kept and shown, but it is no state. */
export function authorityRows(known: readonly KnownEvent[]): readonly StateRow[] {
  return known.filter(({ event }) => changesAuthority(event.type)).map(({ id, event }) => ({ table: 'authority', key: id, value: event.type }))
}

async function documentRows(deps: RowDeps, collection: string, known: readonly KnownEvent[]): Promise<readonly StateRow[]> {
  const rows: StateRow[] = []
  for (const doc of new Set(known.map((k) => k.event.doc as string))) {
    const before = await deps.view.documentEvents(collection, doc)
    rows.push(...deps.rowsOf(collection, doc, [...before, ...known.filter((k) => k.event.doc === doc)]))
  }
  return rows
}
