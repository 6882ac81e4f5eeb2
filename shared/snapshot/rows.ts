// The rows of a snapshot before they are packed small: each with how far it reaches into which lanes, so that a row can give way to
// the records as soon as its own records are here.

import * as v from 'valibot'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'

/** Lane → number of its last segment that has anything to do with the row. */
export type Reach = Readonly<Record<string, number>>

export interface SnapshotRow {
  readonly table: string
  readonly key: string
  /** Plain data. */
  readonly value: unknown
  readonly reach: Reach
}

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const schema = v.strictObject({
  lanes: v.array(v.string()),
  rows: v.array(v.strictTuple([v.string(), v.string(), v.unknown(), v.array(v.strictTuple([count, v.pipe(count, v.minValue(1))]))])),
})

export function rowsToBytes(rows: readonly SnapshotRow[]): Uint8Array {
  const lanes = [...new Set(rows.flatMap(({ reach }) => Object.keys(reach)))].sort()
  const places = new Map(lanes.map((lane, i) => [lane, i]))
  return encodeCbor({ lanes, rows: rows.map(({ table, key, value, reach }) => [table, key, value, Object.entries(reach).map(([lane, seq]) => [places.get(lane) ?? 0, seq])]) })
}

/** Null for bytes that are no rows, or name a row twice. */
export function parseRows(bytes: Uint8Array): readonly SnapshotRow[] | null {
  const parsed = v.safeParse(schema, decodeCbor(bytes))
  if (!parsed.success) return null
  const { lanes, rows } = parsed.output
  if (rows.some(([, , , reach]) => reach.some(([place]) => place >= lanes.length))) return null
  if (new Set(rows.map(([table, key]) => `${table}\n${key}`)).size < rows.length) return null
  return rows.map(([table, key, value, reach]) => ({ table, key, value, reach: Object.fromEntries(reach.map(([place, seq]) => [lanes[place] as string, seq])) }))
}
