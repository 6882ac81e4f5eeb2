import { describe, expect, it } from 'vitest'
import { costOf, towns, type MeasuredSizes } from './cost.ts'

const sizes: MeasuredSizes = { pollBytes: 1000, pollBytesPerMachine: 250, editPuts: 2, editBytes: 6000, followGets: 2, followBytes: 6000, storedPerEdit: 3000, coldDocuments: 2000, coldRequests: 5, coldBytes: 6_000_000 }

describe('the cost of sync', () => {
  it('3.16 counts polls, pushes and fetches of a day, and the bill of a month, from the sizes it is given', () => {
    const [small] = towns
    const cost = costOf(small!, sizes)
    expect(cost.documents).toBe(100_000)
    expect(cost.perDeviceDay).toMatchObject({ lists: 480, listBytes: 480 * (1000 + 250 * 50), puts: 60, gets: 30 * 49 * 2 + 7 * 2, getBytes: 30 * 49 * 6000 + 7 * 750_000 })
    expect(cost.perMonth.requests).toBe(Math.round(((50 * 250) / 12) * (480 + 60 + 2954)))
    expect(cost.newDevice.bytes).toBe(50 * 1250 * 30 * 3000)
    expect(cost.storedBytes).toBe(100_000 * 750_000 + 2 * 50 * 1250 * 30 * 3000)
  })

  it('3.16 forty workspaces cost forty times one, and a device in a larger one more', () => {
    const [small, large] = towns.map((town) => costOf(town, sizes))
    const one = costOf({ ...towns[1]!, workspaces: 1 }, sizes)
    expect(large!.storedBytes).toBeCloseTo(one.storedBytes * 40, -3)
    expect(large!.newDevice).toEqual(one.newDevice)
    expect(large!.perMonth.perDevice).toBeGreaterThan(small!.perMonth.perDevice)
  })
})
