import { describe, expect, it } from 'vitest'
import type { RetentionClass } from '../authority/model.ts'
import { eventDateOf, volumeEventDate, type EventFacts } from './event-date.ts'
import { endWithHolds, isPastRetention, type Hold } from './holds.ts'
import { retentionOf } from './retention.ts'
import vectors from './vectors/domain-vectors.json' with { type: 'json' }

describe('retention', () => {
  it.each(vectors.retention)('2.12 $id: $rule, $years years from $event$start', ({ rule, years, event, start, fiscalYear, end, destroyableFrom }) => {
    const span = retentionOf({ rule: rule as RetentionClass['rule'], years }, event ?? start)
    expect(span).toEqual({ fiscalYear, start, end, destroyableFrom })
  })

  it('2.12 permanent starts and never ends, continuous use does not start', () => {
    expect(retentionOf({ rule: 'permanent', years: null }, '2026-10-01')).toEqual({ fiscalYear: 2026, start: '2027-04-01', end: null, destroyableFrom: null })
    expect(retentionOf({ rule: 'continuous', years: null }, '2026-10-01')).toEqual({ fiscalYear: 2026, start: null, end: null, destroyableFrom: null })
  })
})

/** The facts behind each vector, in the words of the cases. */
const facts: Readonly<Record<string, () => string | null>> = {
  K1: () => on({ decidedOn: '2026-03-30', issuedOn: '2026-04-02' }, 'completion'),
  K1n: () => on({ decidedOn: '2026-03-30', issuedOn: '2026-04-02' }, 'decision'),
  K2: () => on({ decidedOn: '2026-03-31' }, 'completion'),
  K3: () => on({ decidedOn: '2026-03-01', actedOn: ['2026-03-31', '2026-04-20'], accountingYear: 2025 }, 'accountingYear'),
  K3b: () => on({ decidedOn: '2026-03-01', actedOn: ['2026-04-20', '2026-03-31'], accountingYear: 2025 }, 'lastAction'),
  K4: () => on({ circulatedOn: '2026-04-03' }, 'completion'),
  K5: () => on({ decidedOn: '2025-07-01', specificDay: '2030-06-30' }, 'specificDay'),
  K6: () => on({ releasedOn: '2027-09-30' }, 'release'),
  K7: () => volumeEventDate(['2026-08-31', '2024-05-01', '2025-01-06'], 'earliest'),
  K7b: () => volumeEventDate(['2026-08-31', '2024-05-01', '2025-01-06'], 'closing'),
}

function on(known: EventFacts, basis: Parameters<typeof eventDateOf>[1]): string | null {
  const date = eventDateOf(known, basis)
  return date.ok ? date.value : date.error.type
}

describe('the event date', () => {
  it.each(vectors.eventDatePolicies)('2.12 $id: the clock starts from $event', ({ id, rule, years, event, fiscalYear, start, end, destroyableFrom }) => {
    const date = facts[id]?.()
    expect(date).toBe(event)
    expect(retentionOf({ rule: rule as RetentionClass['rule'], years }, event)).toEqual({ fiscalYear, start, end, destroyableFrom })
  })

  it('2.12 a day that has not come is not known', () => {
    for (const basis of ['completion', 'decision', 'accountingYear', 'lastAction', 'specificDay', 'release'] as const) expect(on({}, basis)).toBe('EventDateUnknown')
    expect(volumeEventDate([], 'earliest')).toBeNull()
  })
})

describe('holds', () => {
  it.each(vectors.holds)('2.12 $id: an end of $baseEnd becomes $result', ({ baseEnd, oneYearAfterDecision, untilDate, openEnded, extendYears, result }) => {
    const holds: Hold[] = [
      ...(oneYearAfterDecision === null ? [] : [{ kind: 'one-year-after' as const, decidedOn: oneYearAfterDecision }]),
      ...(untilDate === null ? [] : [{ kind: 'until' as const, date: untilDate }]),
      ...(openEnded ? [{ kind: 'open' as const }] : []),
      ...(extendYears > 0 ? [{ kind: 'extend' as const, years: extendYears }] : []),
    ]
    const held = endWithHolds(baseEnd, holds)
    expect(held).toMatchObject({ end: result, isOpen: openEnded })
    expect(held.decisive.length > 0).toBe(result !== baseEnd)
  })

  it('2.12 extensions follow each other and nothing held is disposed of', () => {
    const twice = endWithHolds('2031-03-31', [{ kind: 'extend', years: 2 }, { kind: 'extend', years: 1 }])
    expect(twice.end).toBe('2034-03-31')
    expect([isPastRetention(twice, '2034-03-31'), isPastRetention(twice, '2034-04-01')]).toEqual([false, true])
    expect(isPastRetention(endWithHolds('2031-03-31', [{ kind: 'open' }]), '2099-01-01')).toBe(false)
    expect(endWithHolds(null, [{ kind: 'until', date: '2031-01-01' }])).toEqual({ end: null, isOpen: false, decisive: [] })
  })
})
