// Each question to the authority alone: what speaks for somebody, then the same with one thing that must not.

import { describe, expect, it } from 'vitest'
import type { KnownEvent } from '../log/event.ts'
import { holdersOf, isAlone, readableCollections, recoveryWaits, seatedAdmins } from './ask.ts'
import type { AuthorityBodies } from './events.ts'
import type { Grant } from './model.ts'
import { reduceAuthority } from './reduce.ts'
import { adminGrant, createCouncil, policyOf, seatFor } from './testing/council.ts'

const hour = 60 * 60 * 1000
const date = '2026-10-01'
const noon = Date.parse('2026-10-01T03:00:00.000Z')

describe('questions to the authority', () => {
  it('3.14 AU-9 a seat made with the recovery sheets waits as long as the policy of that day says', () => {
    const council = createCouncil(['a'])
    const recovered = (event: KnownEvent): KnownEvent => ({ ...event, event: { ...event.event, hlc: { ms: noon, n: 0 } } })
    const back = recovered(council.act('a', 'seat.recover', { seat: seatFor('a', 'again'), device: { id: 'device', signingKey: new Uint8Array(65), level: 'L0' }, signature: new Uint8Array(64) }))
    const policy = council.founding.find(({ event }) => event.type === 'policy.put') as KnownEvent
    const waits = (policies: readonly Partial<AuthorityBodies['policy.put']>[]): number | null => {
      const founding = [...council.founding, ...policies.map((over, i) => ({ ...policy, id: `policy ${i}`, event: { ...policy.event, body: { ...policyOf([]), ...over } } }))]
      const until = recoveryWaits(reduceAuthority([...founding, back]), 'again')
      return until === null ? null : (until - noon) / hour
    }
    expect(waits([])).toBe(72)
    expect(waits([{ id: 'later', from: '2026-09-01', recoveryHours: 120 }])).toBe(120)
    expect(waits([{ id: 'later', from: '2026-10-02', recoveryHours: 120 }])).toBe(72)
    expect(recoveryWaits(reduceAuthority([...council.founding, back]), 'seat-a')).toBeNull()
  })

  it('3.14 AU-4 who could vote has the right on that day, and a seat that is not taken away and does not wait', () => {
    const council = createCouncil(['a', 'b'])
    const could = (...acts: readonly KnownEvent[]): readonly string[] => seatedAdmins(reduceAuthority([...council.founding, ...acts]), noon)
    expect(could()).toEqual(['a', 'b'])
    expect(could(council.act('a', 'seat.add', seatFor('clerk')))).toEqual(['a', 'b'])
    expect(could(council.act('b', 'seat.remove', { id: 'seat-b', reason: 'lost', cut: [] }))).toEqual(['a'])
    const [gone, voice] = [council.act('a', 'seat.remove', { id: 'seat-b', reason: 'lost', cut: [] }), council.act('a', 'seat.recover', { seat: seatFor('b', 'again'), device: { id: 'device', signingKey: new Uint8Array(65), level: 'L0' }, signature: new Uint8Array(64) })]
    const both = [council.vote('b', gone), gone]
    const since = (ms: number): KnownEvent => ({ ...voice, event: { ...voice.event, hlc: { ms, n: 0 } } })
    expect(could(...both, since(noon - 72 * hour + 1))).toEqual(['a'])
    expect(could(...both, since(noon - 72 * hour))).toEqual(['a', 'b'])
    expect([isAlone(reduceAuthority(council.founding), noon), isAlone(reduceAuthority([...council.founding, ...both]), noon)]).toEqual([false, true])
    expect(isAlone(reduceAuthority(council.founding), Date.parse('2100-02-01'))).toBe(true)
  })

  it('3.14 AU-1 a grant for a collection, or of another right, gives nobody a voice and takes one voice', () => {
    const council = createCouncil(['a', 'b'])
    for (const over of [{ collection: 'c1' }, { role: 'reader' as const }]) {
      const put = council.act('a', 'grant.put', { ...adminGrant('x'), ...over })
      const state = reduceAuthority([...council.founding, put])
      expect([over, state.grants.has('admin-x'), state.proposals]).toEqual([over, true, []])
      // Whoever is no administrator has a seat that one voice takes away.
      const [seat, out] = [council.act('a', 'seat.add', seatFor('x')), council.act('a', 'seat.remove', { id: 'seat-x', reason: 'lost', cut: [] })]
      expect([...reduceAuthority([...council.founding, put, seat, out]).removedSeats]).toEqual(['seat-x'])
    }
  })

  it('3.14 JU-7 a person reads the collections of grants of their own that hold on that day', () => {
    const council = createCouncil(['a'])
    const reads = (over: Partial<Grant>): readonly string[] => readableCollections(reduceAuthority([...council.founding, council.act('a', 'grant.put', { ...adminGrant('x'), id: 'g', role: 'reader', collection: 'c1', ...over })]), 'x', date)
    expect(reads({})).toEqual(['c1'])
    expect(reads({ to: date, from: date })).toEqual(['c1'])
    for (const over of [{ person: 'y' }, { collection: null }, { from: '2026-10-02' }, { to: '2026-09-30' }, { reviewBy: '2026-09-16' }]) expect([over, reads(over)]).toEqual([over, []])
  })

  it('3.14 JU-6 a position is held by whom it was given to, on the days of that', () => {
    const council = createCouncil(['a'])
    const holders = (over: Partial<AuthorityBodies['appointment.put']>): readonly string[] => holdersOf(reduceAuthority([...council.founding, council.act('a', 'appointment.put', { id: 'p', person: 'x', position: 'chief', kind: 'primary', from: '2026-04-01', to: null, ...over })]), 'chief', date)
    expect(holders({})).toEqual(['x'])
    for (const over of [{ position: 'mayor' }, { from: '2026-10-02' }, { to: '2026-09-30' }]) expect([over, holders(over)]).toEqual([over, []])
  })
})
