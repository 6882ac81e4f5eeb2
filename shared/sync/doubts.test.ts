import { describe, expect, it } from 'vitest'
import { doubtsToBytes, isFrozen, noDoubts, parseDoubts, settle, unsettled, withReport, type Doubts } from './doubts.ts'
import type { RoundReport, Suspicion } from './report.ts'

const moved = { objects: 0, parcels: 0, bytes: 0 }
const report = (suspicions: readonly Suspicion[], over: Partial<RoundReport> = {}): RoundReport => ({ at: 5, failure: null, sent: moved, received: moved, unsent: 0, missing: [], strangers: [], suspicions, publishers: [], completeAt: null, isLost: false, requests: 1, ...over })
const rolledBack = { code: 'beacon-rolled-back', subject: 'p', certain: true } as const
const lost = { code: 'own-beacon-lost', subject: 'me', certain: false } as const
const seen = (...reports: readonly RoundReport[]): Doubts => reports.reduce(withReport, noDoubts)

describe('3.12 what a storage did', () => {
  it('3.12 SY-36 stays said, with its time, when it has healed since; what a late storage explains does not', () => {
    expect(seen(report([rolledBack], { at: 7 }), report([], { at: 9 })).open).toEqual([{ code: 'beacon-rolled-back', subject: 'p', at: 7 }])
    expect(seen(report([lost], { at: 7 }), report([])).open).toEqual([{ code: 'own-beacon-lost', subject: 'me', at: 7 }])
    expect(seen(report([{ code: 'profile-copied', subject: 'me', certain: true }])).open).toHaveLength(1)
    expect(seen(report([{ ...rolledBack, certain: false }])).open).toEqual([])
    expect(seen(report([{ code: 'parcel-missing', subject: 'x', certain: true }])).open).toEqual([])
    expect(seen(report([rolledBack]), report([rolledBack], { at: 9 })).open).toHaveLength(1)
  })

  it('3.12 SY-37 freezes what is decided when it is certain and may hide what others did', () => {
    for (const code of ['beacon-missing', 'beacon-forged', 'beacon-rolled-back', 'beacon-forked', 'withheld', 'storage-emptied'] as const) {
      expect([code, isFrozen(seen(report([{ code, subject: '', certain: true }])))]).toEqual([code, true])
      expect([code, isFrozen(seen(report([{ code, subject: '', certain: false }])))]).toEqual([code, false])
    }
    for (const code of ['own-beacon-lost', 'parcel-missing', 'profile-copied', 'storage-newer', 'object-refused'] as const) expect([code, isFrozen(seen(report([{ code, subject: '', certain: true }])))]).toEqual([code, false])
  })

  it('3.12 SY-38 ends when a person looked into it, and begins again when it is over and comes back', () => {
    const settled = settle(seen(report([rolledBack])), report([rolledBack]))
    expect([isFrozen(settled), settled.open, unsettled(settled, report([rolledBack, lost]))]).toEqual([false, [], [lost]])
    const still = withReport(settled, report([rolledBack]))
    expect(isFrozen(still)).toBe(false)
    expect(isFrozen(withReport(withReport(still, report([], { failure: { type: 'StorageBusy', retry: 'later' } })), report([rolledBack])))).toBe(false)
    expect(isFrozen(withReport(withReport(still, report([])), report([rolledBack])))).toBe(true)
    expect(isFrozen(withReport(settled, report([{ ...rolledBack, subject: 'q' }])))).toBe(true)
    expect(isFrozen(withReport(settle(seen(report([rolledBack])), report([])), report([rolledBack])))).toBe(true)
    for (const cut of [null, report([], { failure: { type: 'StorageBusy', retry: 'later' } })]) expect(isFrozen(withReport(settle(seen(report([rolledBack])), cut), report([rolledBack])))).toBe(false)
  })

  it('3.12 outlives the end of the program, and bytes that are none are no doubt', () => {
    const doubts = seen(report([rolledBack]))
    expect(parseDoubts(doubtsToBytes(doubts))).toEqual(doubts)
    for (const bytes of [null, new Uint8Array(), Uint8Array.of(1)]) expect(parseDoubts(bytes)).toEqual(noDoubts)
  })
})
