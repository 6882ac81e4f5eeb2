import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isFrozen, noDoubts, settle, unsettled, withReport } from './doubts.ts'
import type { Publisher, RoundReport } from './report.ts'
import { heard, heardToBytes, heartbeatMs, parseHeard, silenceOf, type Heard, type SilenceRule } from './silence.ts'

const minute = 60_000
const hour = 60 * minute
const begin = Date.parse('2026-10-02T00:00:00.000Z')
const none = { objects: 0, parcels: 0, bytes: 0 }
const rule: SilenceRule = { hours: 24, others: 3 }

function report(at: number, serials: readonly number[], failure: RoundReport['failure'] = null): RoundReport {
  const publishers = serials.map((serial, i): Publisher => ({ publisher: `p${i}`, device: `d${i}`, serial, at: 0 }))
  return { at, failure, sent: none, received: none, unsent: 0, missing: [], strangers: [], suspicions: [], publishers, completeAt: at, isLost: false, requests: 1 }
}

/** Rounds every five minutes from one moment to another. */
function poll(from: Heard | null, start: number, end: number, { sitting = rule as SilenceRule | null, serials = [7, 9], failure = null as RoundReport['failure'] } = {}): Heard | null {
  let known = from
  for (let at = start; at <= end; at += 5 * minute) known = heard(known, report(at, serials, failure), sitting)
  return known
}

describe('3.12 a storage that shows nothing new to anybody', () => {
  it('3.12 SY-48 F23 is told after the policy’s hours, of which four were worked and answered here, and not before', () => {
    const friday = poll(null, begin, begin + 8 * hour)
    expect(silenceOf(friday, begin + 8 * hour)).toBeNull()
    const monday = begin + 72 * hour
    // Nobody worked over the weekend: the first morning hours tell nothing yet.
    const afterWeekend = poll({ ...(friday as Heard), watched: 0 }, monday, monday + 3 * hour)
    expect(silenceOf(afterWeekend, monday + 3 * hour)).toBeNull()
    const noon = poll(afterWeekend, monday + 3 * hour, monday + 4 * hour + 10 * minute)
    expect(silenceOf(noon, monday + 4 * hour + 10 * minute)).toEqual({ code: 'silent', subject: 'all', certain: true })
    expect(silenceOf(poll(noon, monday + 5 * hour, monday + 5 * hour, { serials: [7, 10] }), monday + 5 * hour)).toBeNull()
  })

  it('3.12 SY-48 a machine that is alone, or has one other, a locked one and one that is not answered are never told', () => {
    const watched = poll(null, begin, begin + 48 * hour)
    const now = begin + 48 * hour
    expect(silenceOf(watched, now)).not.toBeNull()
    for (const others of [0, 1]) expect(silenceOf(poll(null, begin, now, { sitting: { ...rule, others } }), now)).toBeNull()
    expect(silenceOf(poll(null, begin, now, { sitting: null }), now)).toBeNull()
    expect(silenceOf(poll(null, begin, now, { failure: { type: 'StorageUnreachable', retry: 'later' } }), now)).toBeNull()
  })

  it('3.12 SY-48 stays told while nobody sits here, and the rule is known over a restart', () => {
    const now = begin + 48 * hour
    const told = poll(null, begin, now)
    const locked = poll(parseHeard(heardToBytes(told as Heard)), now, now + hour, { sitting: null })
    expect(silenceOf(locked, now + hour)).toEqual({ code: 'silent', subject: 'all', certain: true })
    expect(locked?.watched).toBe(told?.watched)
  })

  it('3.12 SY-48 SY-37 SY-38 it freezes what is decided until a person looked into it, and again only after somebody moved', () => {
    const silent = { ...report(begin, [7]), suspicions: [{ code: 'silent' as const, subject: 'all', certain: true }] }
    const doubts = withReport(noDoubts, silent)
    expect(isFrozen(doubts)).toBe(true)
    const settled = settle(doubts, silent)
    expect(isFrozen(withReport(settled, silent))).toBe(false)
    expect(unsettled(settled, silent)).toEqual([])
    expect(isFrozen(withReport(withReport(settled, report(begin, [8])), silent))).toBe(true)
  })

  it('3.12 SY-48 is never told while others move at least every four hours, whatever the rounds do', () => {
    const step = fc.record({ minutes: fc.integer({ min: 1, max: 200 }), open: fc.boolean(), fails: fc.boolean() })
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 120 }), (steps) => {
        let [known, at]: [Heard | null, number] = [null, begin]
        for (const { minutes, open, fails } of steps) {
          at += minutes * minute
          const serial = 1 + Math.floor((at - begin) / heartbeatMs)
          known = heard(known, report(at, [serial], fails ? { type: 'StorageUnreachable', retry: 'later' } : null), open ? rule : null)
          expect(fails ? null : silenceOf(known, at)).toBeNull()
        }
        expect(known === null ? null : parseHeard(heardToBytes(known))).toEqual(known)
      }),
      { seed: 12, numRuns: 300 },
    )
    expect(parseHeard(null)).toBeNull()
    expect(parseHeard(Uint8Array.of(1, 2))).toBeNull()
  })
})
