import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeCbor } from '../base/cbor.ts'
import { isTakenIn, progressOf, reachOf } from './cover.ts'
import { isSnapshotDue, usualRule } from './due.ts'
import { parseRows, rowsToBytes, type SnapshotRow } from './rows.ts'

const lane = fc.constantFrom('a.1', 'b.1', 'c.1', 'd.1')
const reach = fc.dictionary(lane, fc.integer({ min: 1, max: 50 }))

describe('what a snapshot is good for', () => {
  it('3.8 SN-10 a row stands until everything within its reach was taken in, and never again after', () => {
    fc.assert(
      fc.property(reach, reach, (of, heads) => {
        const headOf = (one: string): number => heads[one] ?? 0
        expect(isTakenIn(of, headOf)).toBe(Object.entries(of).every(([one, seq]) => headOf(one) >= seq))
        // Lanes only grow.
        if (isTakenIn(of, headOf)) expect(isTakenIn(of, (one) => headOf(one) + 1)).toBe(true)
      }),
      { seed: 1 },
    )
  })

  it('3.8 SN-13 counts the records that were taken in, of those that it covers', () => {
    const whole = reachOf({ lanes: { 'a.1': [4, 'x'], 'b.1': [6, 'y'] } })
    expect(progressOf(whole, (one) => (one === 'a.1' ? 9 : 2))).toEqual({ taken: 6, total: 10 })
    expect(progressOf(whole, () => 0)).toEqual({ taken: 0, total: 10 })
  })

  it('3.8 SN-11 rows come back as they were, each with its reach; a row twice, a lane too many or other bytes are no rows', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(fc.constantFrom('document', 'volume'), fc.string(), fc.jsonValue(), reach), { selector: ([table, key]) => `${table}\n${key}` }), (all) => {
        const rows = all.map(([table, key, value, of]): SnapshotRow => ({ table, key, value: { value }, reach: of }))
        expect(parseRows(rowsToBytes(rows))?.map(({ table, key, reach: of }) => [table, key, of])).toEqual(rows.map(({ table, key, reach: of }) => [table, key, of]))
      }),
      { seed: 2, numRuns: 60 },
    )
    const one: SnapshotRow = { table: 'document', key: 'x', value: 1, reach: { 'a.1': 1 } }
    expect(parseRows(rowsToBytes([one, one]))).toBeNull()
    expect(parseRows(encodeCbor({ lanes: [], rows: [['document', 'x', 1, [[0, 1]]]] }))).toBeNull()
    expect(parseRows(encodeCbor({ lanes: ['a.1'], rows: [['document', 'x', 1, [[0, 0]]]] }))).toBeNull()
    expect(parseRows(new Uint8Array(3))).toBeNull()
  })

  it('3.8 SN-20 is due after 200 records and a tenth of all there are: all snapshots of a growing collection weigh eleven times the last', () => {
    expect(isSnapshotDue(usualRule, 199, 0)).toBe(false)
    expect(isSnapshotDue(usualRule, 200, 0)).toBe(true)
    expect(isSnapshotDue(usualRule, 10_900, 10_000)).toBe(false)
    expect(isSnapshotDue(usualRule, 11_112, 10_000)).toBe(true)
    let [covered, written] = [0, 0]
    for (let here = 1; here <= 50_000; here++) {
      if (!isSnapshotDue(usualRule, here, covered)) continue
      covered = here
      written += here
    }
    expect(written / covered).toBeLessThan(11)
  })
})
