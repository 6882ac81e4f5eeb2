import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { measureRow } from './row.ts'
import { rows } from './rows.ts'

const app = process.env['FUMIBAKO_APP'] ?? ''
const root = fileURLToPath(new URL('../..', import.meta.url))

describe('the bench, short, in the packaged application', () => {
  for (const row of rows) {
    it(`2.18 ${row.name}: measures product and peer in one run and says where the time goes`, async () => {
      const { product, peer, ratio } = await measureRow(row, { app, root, short: true }, 1, 0)
      expect(ratio).toBeGreaterThan(0)
      for (const { median, parts } of [product, peer]) {
        const named = parts.reduce((sum, { ms }) => sum + ms, 0)
        expect(named).toBeGreaterThan(median * 0.8)
        expect(named).toBeLessThan(median * 1.2)
      }
    })
  }
})
