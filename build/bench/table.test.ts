import { describe, expect, it } from 'vitest'
import type { RowResult } from './row.ts'
import { tableLines } from './table.ts'

const row: RowResult = {
  name: 'export',
  facts: { documents: 200, octets: 1234567 },
  product: { what: 'packs', median: 1500, least: 1400, most: 1700.25, samples: [1500, 1400, 1700.25], parts: [{ name: 'hashing', ms: 750 }, { name: 'writing', ms: 300 }] },
  peer: { what: 'copies', median: 500, least: 490, most: 510, samples: [500, 490, 510], parts: [] },
  ratio: 3,
}

describe('the table of the bench', () => {
  it('2.18 shows medians, spread and ratio, and under them where the time goes', () => {
    expect(tableLines([row, { ...row, name: 'x', ratio: 0.5 }]).slice(0, 11)).toEqual([
      'row       product                       peer                  ratio',
      'export  1500.0 ms  (1400.0-1700.3)  500.0 ms  (490.0-510.0)  × 3.00',
      'x       1500.0 ms  (1400.0-1700.3)  500.0 ms  (490.0-510.0)  × 0.50',
      '',
      'export (documents 200, octets 1,234,567)',
      '  product: packs',
      '    hashing  750.0 ms  50 %',
      '    writing  300.0 ms  20 %',
      '  peer: copies',
      '',
      'x (documents 200, octets 1,234,567)',
    ])
  })

  it('2.18 says nothing where there is nothing', () => {
    expect(tableLines([])).toEqual(['row  product    peer    ratio'])
  })
})
