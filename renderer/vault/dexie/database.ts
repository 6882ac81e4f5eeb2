// The tables of the view in IndexedDB, one database a seat. It never holds a readable value: rows arrive sealed.

import { Dexie, type Table } from 'dexie'
import { first } from './migrations/0001-first.ts'

export interface SealedRow {
  readonly pk: string
  readonly ct: Uint8Array
}

export interface GroupedRow extends SealedRow {
  readonly g: string
}

export interface BlobRow extends SealedRow {
  readonly used: number
  readonly size: number
}

export interface ViewTables {
  readonly meta: Table<SealedRow, string>
  readonly heads: Table<SealedRow, string>
  readonly events: Table<GroupedRow, string>
  readonly rows: Table<GroupedRow, string>
  readonly texts: Table<SealedRow, string>
  readonly quarantine: Table<SealedRow, string>
  readonly blobs: Table<BlobRow, string>
}

export type ViewDatabase = Dexie & ViewTables

/** The schema of what rows mean; a view of another one is thrown away and rebuilt from the journal. */
export const viewSchema = 4

export interface IndexedDb {
  readonly factory: IDBFactory
  readonly keyRange: typeof IDBKeyRange
}

export function openDatabase(seat: string, indexedDb: IndexedDb): ViewDatabase {
  const database = new Dexie(databaseName(seat), { indexedDB: indexedDb.factory, IDBKeyRange: indexedDb.keyRange })
  database.version(1).stores(first)
  return database as ViewDatabase
}

export function databaseName(seat: string): string {
  return `fumibako-${seat}`
}
