import { describe, expect, it } from 'vitest'
import { simulate, type Outcome } from '../sync/testing/simulation.ts'
import { seatWithCheat } from './testing/cheats/cheated-staff.ts'

/** Seeds that once found something, kept by number. */
const kept: readonly (readonly [seed: number, what: string])[] = [
  [29, 'a lane that was set aside for its fork in collection zero was known to be forked elsewhere only where that proof had come first'],
]

/** The same, three times as long. */
const keptLong: typeof kept = [[630, 'a segment that came under its own name after it lay beside its lane was told twice'], [460, 'a seat that began anew and had no room for it wrote on as one that knows nobody']]

const seeds = Array.from({ length: 16 }, (_, i) => i)

// Whole towns: a busy machine takes its time over them.
describe('4.16 a simulated town in which one of the people cheats with the keys they have', { timeout: 120_000 }, () => {
  it('4.16 holds: every honest seat agrees, nothing forged counts, nothing honest is lost, whoever dates back, says two things, decides alone, writes in another’s name or changes more at once than the town lets', async () => {
    const outcomes: Outcome[] = []
    for (const seed of seeds) outcomes.push(await simulate(seed, seatWithCheat))
    expect(outcomes.flatMap(({ seed, storage, broken }) => (broken.length > 0 ? [{ seed, storage, broken }] : []))).toEqual([])
    const struck = outcomes.flatMap(({ faults }) => [...faults.keys()])
    for (const way of ['P1', 'P2', 'P3', 'P4', 'P5']) expect([way, struck.some((one) => one.startsWith(`${way} `))]).toEqual([way, true])
  })

  it.each(kept)('4.16 holds from seed %i, which once showed that %s', async (seed) => {
    expect((await simulate(seed, seatWithCheat)).broken).toEqual([])
  })

  it.each(keptLong)('4.16 holds for long from seed %i, which once showed that %s', async (seed) => {
    expect((await simulate(seed, seatWithCheat, 3)).broken).toEqual([])
  })
})
