import { describe, expect, it } from 'vitest'
import { trustedName } from '../authority/cut.ts'
import type { TrustedLane } from '../authority/events.ts'
import { createCouncil } from '../authority/testing/council.ts'
import { collectionZero } from '../log/names.ts'
import { openBranches } from './branches.ts'

const trusted = (collection: string, seq: number, hash: string): TrustedLane => ({ collection, lane: 'seat-b.1', seq, hash })

/** What lies here, taken in step by step. */
function replica() {
  const here = new Map<string, readonly string[]>()
  return { here, hashesHere: async (collection: string, lane: string, seq: number) => here.get(`${collection} ${lane} ${seq}`) ?? [] }
}

function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  return items.length < 2 ? [items] : items.flatMap((item, i) => permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]))
}

describe('branches that cuts do not name', () => {
  it('3.1 AU-17 F14 are the same whatever comes first: segments, cuts or a start in between', async () => {
    const council = createCouncil(['a', 'b', 'c'])
    const cuts = [[trusted('c1', 3, 'three'), trusted('c1', 2, 'two')], [trusted('c1', 3, 'drei')]]
    const removals = cuts.map((cut) => council.act('a', 'seat.remove', { id: 'seat-b', reason: '', cut }))
    type Step = (at: ReturnType<typeof replica>, branches: Awaited<ReturnType<typeof openBranches>>, taken: typeof removals) => Promise<void>
    const met = (seq: number, hash: string): Step => async ({ here }, branches) => {
      const place = `c1 seat-b.1 ${seq}`
      here.set(place, [...(here.get(place) ?? []), hash])
      await branches.met('c1', 'seat-b.1', seq)
    }
    // Of the second place two sealings of one segment lie here, of which a cut names one.
    const steps: readonly Step[] = [met(2, 'two sealed anew'), met(2, 'two'), met(3, 'drei'), ...removals.map((removal): Step => async (_at, branches, taken) => {
      taken.push(removal)
      await branches.take([removal])
    })]
    for (const order of permutations(steps)) {
      for (let restart = 0; restart <= order.length; restart++) {
        const at = replica()
        const taken: typeof removals = []
        let branches = await openBranches([], at.hashesHere)
        for (const [i, step] of order.entries()) {
          if (i === restart) branches = await openBranches(taken, at.hashesHere)
          await step(at, branches, taken)
        }
        expect([...branches.now()]).toEqual([trustedName(trusted('c1', 3, 'three'))])
      }
    }
  })

  it('3.1 AU-17 at a position of the log are those of collection zero that lie at or below it', async () => {
    const council = createCouncil(['a', 'b'])
    const at = replica()
    at.here.set(`${collectionZero} seat-b.1 3`, ['other']).set('c1 seat-b.1 9', ['other'])
    const named = [trusted(collectionZero, 3, 'three'), trusted('c1', 9, 'nine')]
    const branches = await openBranches([council.act('a', 'grant.remove', { id: 'admin-b', reason: '', cut: named })], at.hashesHere)
    const [zero, document] = named.map(trustedName)
    expect([...branches.now()]).toEqual([zero, document])
    expect([...branches.at({ 'seat-b.1': 2 })]).toEqual([document])
    expect([...branches.at({ 'seat-b.1': 3 })]).toEqual([zero, document])
  })
})
