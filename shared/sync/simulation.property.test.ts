import { describe, expect, it } from 'vitest'
import { simulate, type Outcome } from './testing/simulation.ts'

/** Seeds that once found something, kept by number; and a few more for every run. */
const kept: readonly number[] = [128, 1239]
const few = Array.from({ length: 24 }, (_, i) => i)

async function run(seeds: readonly number[]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  for (const seed of seeds) outcomes.push(await simulate(seed))
  return outcomes
}

describe('3.14 a simulated town', () => {
  it('3.14 holds: nothing saved is lost, doubled or changed, all converge, one writer for each name, references after their targets', async () => {
    const outcomes = await run([...kept, ...few])
    expect(outcomes.filter(({ broken }) => broken.length > 0).map(({ seed, kind, broken }) => ({ seed, kind, broken: broken.slice(0, 3) }))).toEqual([])
    const faults = new Set(outcomes.flatMap((outcome) => [...outcome.faults.keys()]))
    for (const fault of ['kill', 'late-listing', 'late-view', 'list-empty', 'list-omits', 'get-gone', 'get-cut', 'get-flipped', 'get-swapped', 'get-older', 'get-page', 'put-forgotten', 'put-reply-lost', 'rolled-back', 'StorageBusy']) expect(faults).toContain(fault)
  })

  it('3.14 gives the same trace for the same seed, and another for another', async () => {
    const [one, again, other] = await run([3, 3, 7])
    expect(again?.trace).toBe(one?.trace)
    expect(other?.trace).not.toBe(one?.trace)
  })
})
