import { describe, expect, it } from 'vitest'
import { createPace } from './bandwidth.ts'

/** Time moves only by waiting. */
function desk(limit: () => number) {
  let now = 1_000_000
  const pace = createPace({ now: () => now }, { after: (ms, act) => ((now += ms), act(), () => undefined) }, limit)
  return { pace, passed: () => now - 1_000_000, set: (at: number) => void (now = 1_000_000 + at) }
}

describe('3.5 the bandwidth limit', () => {
  it('3.5 SY-82 moves no more than the limit over any stretch but one second’s worth', async () => {
    const { pace, passed } = desk(() => 100_000)
    let moved = 0
    for (let piece = 0; piece < 200; piece++) {
      await pace(16_384)
      moved += 16_384
      expect(moved).toBeLessThanOrEqual(100_000 * (passed() / 1000 + 1) + 1)
    }
    expect(passed()).toBeGreaterThan(31_000)
    expect(passed()).toBeLessThan(33_000)
  })

  it('3.5 takes a limit of nothing for none, and hears of another one at once', async () => {
    let limit = 0
    const { pace, passed } = desk(() => limit)
    await pace(1e9)
    expect(passed()).toBe(0)
    limit = 1_000
    await pace(3_000)
    expect(passed()).toBe(2_000)
    limit = 0
    await pace(1e9)
    expect(passed()).toBe(2_000)
  })

  it('3.5 does not stand still for a year when the clock is set back by one', async () => {
    const { pace, passed, set } = desk(() => 1_000)
    await pace(2_000)
    set(-365 * 86_400_000)
    const before = passed()
    await pace(1_000)
    expect(passed() - before).toBeLessThanOrEqual(61_000)
  })
})
