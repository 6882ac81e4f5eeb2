import { describe, expect, it } from 'vitest'
import { median, partMedians, ratio, spread } from './statistics.ts'

describe('figures of the bench', () => {
  it('2.18 the median is the middle sample, whatever the order', () => {
    expect(median([9, 1, 5, 100, 3])).toBe(5)
    expect(median([4, 1, 3, 2])).toBe(2.5)
    expect(median([7])).toBe(7)
    expect(() => median([])).toThrow('no samples')
  })

  it('2.18 one slow sample moves the spread and not the median', () => {
    expect(spread([10.04, 11, 10, 10, 900])).toEqual({ median: 10, least: 10, most: 900, samples: [10, 11, 10, 10, 900] })
  })

  it('2.18 the ratio is of medians and never of a peer that took no time', () => {
    expect(ratio(spread([300, 310, 290]), spread([100, 90, 110]))).toBe(3)
    expect(ratio(spread([1]), spread([3]))).toBe(0.33)
    expect(() => ratio(spread([1]), spread([0]))).toThrow('no peer')
  })

  it('2.18 parts are summed up by name, in the order of the first run', () => {
    const runs = [
      [{ name: 'b', ms: 3 }, { name: 'a', ms: 10 }],
      [{ name: 'a', ms: 30 }, { name: 'b', ms: 1 }],
      [{ name: 'a', ms: 20 }, { name: 'rare', ms: 5 }],
    ]
    expect(partMedians(runs)).toEqual([{ name: 'b', ms: 2 }, { name: 'a', ms: 20 }, { name: 'rare', ms: 5 }])
    expect(partMedians([])).toEqual([])
  })
})
