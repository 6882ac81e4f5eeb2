import { describe, expect, it } from 'vitest'
import { simulate, type Outcome } from './testing/simulation.ts'

/** Seeds that once found something, kept by number. */
const kept: readonly (readonly [seed: number, what: string])[] = [
  [16, 'a machine whose list was lost believed slips of parcels that nobody holds out any more'],
  [50, 'the same after a note that was torn'],
  [201, 'the same where listings are late'],
  [274, 'the same on a hostile storage'],
  [269, 'the wants of a publisher that is never heard again were answered in every round'],
  [1873, 'a copy of a profile that had published nothing yet took the other’s beacon for its own'],
  [949, 'what a publisher without notes had held out was lost to the others with its beacon'],
  [559, 'what a publisher that was put back had held out, with wraps that have grown since, was missing for good where the storage lost its parcel'],
  [5465, 'what a copy had held out was lost to one machine with the list that the other copy wrote over it'],
]
/** The same, three times as long. */
const keptLong: typeof kept = [
  [1139, 'a name that rotted in a parcel’s index was looked for elsewhere before the parcel was cleared away'],
  [19, 'what a lost list alone had named was looked for in every round by whoever had read it'],
  [53, 'content that a copy wrote out of the list was held out by nobody, though three machines had it'],
  [409, 'what only a later list of a lost publisher had named was held out by nobody once the storage showed the earlier one for good'],
  [1389, 'content that the earlier list of a lost publisher named, to which the storage went back, was asked for by nobody when the storage lost it too'],
]
const few = Array.from({ length: 20 }, (_, i) => i)

async function run(seeds: readonly number[], length = 1): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  for (const seed of seeds) outcomes.push(await simulate(seed, undefined, length))
  return outcomes
}

const brokenOf = (outcomes: readonly Outcome[]) => outcomes.filter(({ broken }) => broken.length > 0).map(({ seed, storage, broken }) => ({ seed, storage, broken: broken.slice(0, 3) }))

describe('3.14 a simulated town', () => {
  it('3.14 holds: nothing saved is lost, doubled or changed, all converge, one writer for each name, references after their targets', async () => {
    const outcomes = await run(few)
    expect(brokenOf(outcomes)).toEqual([])
    expect(new Set(outcomes.map(({ storage }) => storage)).size).toBe(5)
    const struck = outcomes.flatMap(({ faults }) => [...faults.keys()])
    for (const fault of ['F1 kill', 'F2', 'F4', 'F6', 'F8', 'F9', 'F10', 'F12', 'F19', 'F20', 'F24']) expect([fault, struck.some((one) => one.startsWith(fault))]).toEqual([fault, true])
  })

  it.each(kept)('3.14 holds from seed %i, which once showed that %s', async (seed) => {
    expect(brokenOf(await run([seed]))).toEqual([])
  })

  it.each(keptLong)('3.14 holds for long from seed %i, which once showed that %s', async (seed) => {
    expect(brokenOf(await run([seed], 3))).toEqual([])
  })

  it('3.14 gives the same trace for the same seed, and another for another', async () => {
    const [one, again, other] = await run([3, 3, 7])
    expect(again?.trace).toBe(one?.trace)
    expect(other?.trace).not.toBe(one?.trace)
  })
})
