import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { cheats, coverageLines, faults, invariants } from './coverage.mjs'
import { allMutants } from './mutants/all.mjs'
import { lostMutants } from './mutants/find.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))

describe('3.14 what proves what', () => {
  it('3.14 every fault and every invariant is simulated, proven by a test that exists, or said to be missing', () => {
    expect(faults.map(({ id }) => id)).toEqual(Array.from({ length: 34 }, (_, i) => `F${i + 1}`))
    expect(cheats.map(({ id }) => id)).toEqual(['P1', 'P2', 'P3', 'P4', 'P5'])
    expect(invariants.map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, i) => `I${i + 1}`))
    for (const { id, simulated, elsewhere, missing } of [...faults, ...cheats, ...invariants]) {
      expect([id, [simulated, elsewhere, missing].some((way) => way !== undefined)]).toEqual([id, true])
      for (const [file, title] of elsewhere ?? []) expect([id, readFileSync(`${root}${file}`, 'utf8').includes(title)]).toEqual([id, true])
    }
    expect(coverageLines(new Map([['F6 reply lost', 1200], ['F6 half of a put', 34], ['F61', 5]])).find((line) => line.startsWith('F6 '))).toMatch(/1,234$/)
  })

  it('3.14 every check that the mutants take out stands where their tables say', () => {
    expect(lostMutants(root, allMutants)).toEqual([])
  })
})
