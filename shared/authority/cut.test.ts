import { describe, expect, it } from 'vitest'
import { collectionZero } from '../log/names.ts'
import { isBehindCut, joinCuts, noCuts, trustedName, type CutOf } from './cut.ts'

const lane = (of: string, collection: string, seq: number) => ({ lane: `${of}/${collection}`, seq })
const trusted = (of: string, collection: string, seq: number) => ({ collection, lane: of, seq, hash: '' })
const seat = (...lanes: CutOf['trusted']): CutOf => ({ scope: 'seats', seats: ['lost'], trusted: lanes })

describe('a cut', () => {
  it('3.1 AU-6 goes over every lane of a removed seat: named ones up to their last segment, the others from the first', () => {
    const cuts = joinCuts([seat(trusted('lost.1', 'c1', 3), trusted('lost.1', collectionZero, 2))])
    expect([3, 4].map((seq) => isBehindCut(cuts, lane('lost.1', 'c1', seq)))).toEqual([false, true])
    expect([2, 3].map((seq) => isBehindCut(cuts, lane('lost.1', collectionZero, seq)))).toEqual([false, true])
    expect(isBehindCut(cuts, lane('lost.1', 'c2', 1))).toBe(true)
    expect(isBehindCut(cuts, lane('lost.2', 'c1', 1))).toBe(true)
    expect(isBehindCut(cuts, lane('other.1', 'c1', 99))).toBe(false)
    expect(isBehindCut(noCuts, lane('lost.1', 'c1', 99))).toBe(false)
  })

  it('3.1 AU-6 is the shortest where several cut one lane, whichever comes first', () => {
    const [long, short] = [seat(trusted('lost.1', 'c1', 9), trusted('lost.2', 'c1', 5)), seat(trusted('lost.1', 'c1', 4))]
    for (const cuts of [joinCuts([long, short]), joinCuts([short, long])]) {
      expect([4, 5].map((seq) => isBehindCut(cuts, lane('lost.1', 'c1', seq)))).toEqual([false, true])
      expect(isBehindCut(cuts, lane('lost.2', 'c1', 1))).toBe(true)
    }
  })

  it('3.1 AU-17 F14 trusts a lane up to the last named segment that is not another one here, and none of it where all are others', () => {
    const named = [{ ...trusted('lost.1', 'c1', 9), hash: 'nine' }, { ...trusted('lost.1', 'c1', 8), hash: 'eight' }, { ...trusted('lost.1', 'c1', 6), hash: 'six' }]
    const upTo = (...others: readonly string[]) => {
      const cuts = joinCuts([seat(...named)], new Set(named.filter(({ hash }) => others.includes(hash)).map(trustedName)))
      expect(joinCuts([seat(...named.toReversed())], new Set(named.filter(({ hash }) => others.includes(hash)).map(trustedName)))).toEqual(cuts)
      return [1, 6, 8, 9, 10].filter((seq) => !isBehindCut(cuts, lane('lost.1', 'c1', seq)))
    }
    expect(upTo()).toEqual([1, 6, 8, 9])
    expect(upTo('nine')).toEqual([1, 6, 8])
    expect(upTo('nine', 'eight')).toEqual([1, 6])
    expect(upTo('nine', 'eight', 'six')).toEqual([])
  })

  it('3.1 AU-7 of an administrator’s right goes over collection zero alone', () => {
    const cuts = joinCuts([{ scope: 'formerAdmins', seats: ['lost'], trusted: [trusted('lost.1', collectionZero, 2)] }])
    expect([2, 3].map((seq) => isBehindCut(cuts, lane('lost.1', collectionZero, seq)))).toEqual([false, true])
    expect(isBehindCut(cuts, lane('lost.1', 'c1', 99))).toBe(false)
  })
})
