// What gives an act of collection zero its effect, each condition alone.

import { describe, expect, it } from 'vitest'
import type { KnownEvent } from '../log/event.ts'
import { isBehindCut } from './cut.ts'
import type { ActRule } from '../posture/model.ts'
import type { AuthorityBodies } from './events.ts'
import { reduceAuthority, type AuthorityState } from './reduce.ts'
import { adminGrant, chosenOf, createCouncil, seatFor, type Council } from './testing/council.ts'

const day = 24 * 60 * 60 * 1000
const of = (council: Council, ...acts: readonly KnownEvent[]): AuthorityState => reduceAuthority([...council.founding, ...acts])
const admins = ({ grants }: AuthorityState): readonly string[] => [...grants.values()].map(({ person }) => person).sort()
const recovery = (person: string, id: string): AuthorityBodies['seat.recover'] => ({ seat: seatFor(person, id), device: { id: 'device', signingKey: new Uint8Array(65), level: 'L0' }, signature: new Uint8Array(64) })

describe('3.14 what gives an act of collection zero its effect', () => {
  it('3.14 AU-4 alone is only who wrote the act, by a voice of their own that stands before the cut', () => {
    const council = createCouncil(['a', 'b', 'c'])
    const put = council.act('a', 'grant.put', adminGrant('x'))
    const said = council.vote('b', put, true)
    const late = { ...said, event: { ...said.event, hlc: { ms: put.event.hlc.ms + 31 * day, n: 0 } } }
    expect(admins(of(council, put, late))).toEqual(['a', 'b', 'c'])
    const alone = council.vote('a', put, true)
    expect(admins(of(council, put, alone))).toEqual(['a', 'b', 'c', 'x'])
    const out = council.act('b', 'grant.remove', { id: 'admin-a', reason: 'test', cut: council.cut('a', put) })
    const cut = of(council, put, alone, out, council.vote('c', out))
    expect([admins(cut), cut.proposals.map(({ act, voices }) => [act.known.id, voices])]).toEqual([['b', 'c'], [[put.id, ['a']]]])
  })

  it('3.14 AU-2 who is only proposed as an administrator gets a seat by one voice', () => {
    const council = createCouncil(['a', 'b'])
    const [put, seat] = [council.act('a', 'grant.put', adminGrant('x')), council.act('a', 'seat.add', seatFor('x'))]
    expect(of(council, put, seat).seats.has('seat-x')).toBe(true)
    expect(of(council, put, council.vote('b', put), seat).seats.has('seat-x')).toBe(false)
  })

  it('3.14 AU-6 a cut reaches every seat of who is an administrator no more, also one made with the recovery sheets', () => {
    const council = createCouncil(['a', 'b', 'c'])
    const back = council.act('b', 'seat.recover', recovery('b', 'again'))
    const out = council.act('a', 'grant.remove', { id: 'admin-b', reason: 'test', cut: [] })
    const { cuts } = of(council, back, out, council.vote('c', out))
    for (const [lane, behind] of [['seat-b.1/zero', true], ['again.1/zero', true], ['seat-b.1/c1', false], ['seat-a.1/zero', false]] as const) expect([lane, isBehindCut(cuts, { lane, seq: 1 })]).toEqual([lane, behind])
  })

  it('3.14 AU-6 who takes their own seat away is not heard after it', () => {
    const council = createCouncil(['a', 'b'])
    const clerk = council.act('b', 'seat.add', seatFor('clerk'))
    const own = council.act('a', 'seat.remove', { id: 'seat-a', reason: 'moved', cut: [] })
    const then = council.act('a', 'seat.remove', { id: 'seat-clerk', reason: 'lost', cut: [] })
    expect([...of(council, clerk, own, then).removedSeats]).toEqual(['seat-a'])
  })

  it('4.14 AU-70 a device is lost by one voice and for good; its seats go with their own removals, and who said it first stands, in any order', () => {
    const council = createCouncil(['a', 'b'])
    const said = council.act('a', 'device.lost', { id: 'laptop', reason: 'left on a bus' })
    const again = council.act('b', 'device.lost', { id: 'laptop', reason: 'so I heard' })
    const seat = council.act('a', 'seat.remove', { id: 'seat-b', reason: 'left on a bus', cut: [] })
    for (const order of [[said, again, seat], [seat, again, said], [again, seat, said]]) {
      const state = of(council, ...order)
      expect([...state.lostDevices]).toEqual([['laptop', { person: 'a', reason: 'left on a bus', at: said.event.hlc.ms }]])
      // Another administrator's seat waits for a second voice; the device is lost all the same.
      expect([state.removedSeats.has('seat-b'), state.proposals.map(({ act }) => act.known.id)]).toEqual([false, [seat.id]])
    }
    const out = council.act('b', 'grant.remove', { id: 'admin-a', reason: 'test', cut: council.cut('a', null) })
    expect(of(council, said, out, council.vote('a', out)).lostDevices.size).toBe(0)
  })

  it('3.14 AU-11 taking back one proposal leaves the others of the same person waiting', () => {
    const council = createCouncil(['a', 'b'])
    const [x, y] = [council.act('a', 'grant.put', adminGrant('x')), council.act('a', 'grant.put', adminGrant('y'))]
    expect(of(council, x, y, council.act('a', 'vote.withdraw', { act: x.id })).proposals.map(({ act }) => act.known.id)).toEqual([y.id])
  })

  it('3.14 AU-5 a proposal for what was taken away since waits for nobody', () => {
    const council = createCouncil(['a', 'b', 'c'])
    const waiting = (...acts: readonly KnownEvent[]): number => of(council, ...acts).proposals.length
    const right = council.act('a', 'grant.put', adminGrant('x'))
    const noRight = council.act('b', 'grant.remove', { id: 'admin-x', reason: 'test', cut: [] })
    expect([waiting(right), waiting(right, noRight, council.vote('c', noRight))]).toEqual([1, 0])
    const seat = council.act('a', 'seat.add', seatFor('b', 'seat-b2'))
    const noSeat = council.act('b', 'seat.remove', { id: 'seat-b2', reason: 'test', cut: [] })
    expect([waiting(seat), waiting(seat, noSeat)]).toEqual([1, 0])
    // A proposal of somebody who was cut off waits for nobody either.
    const late = council.act('c', 'grant.put', adminGrant('y'))
    const out = council.act('a', 'grant.remove', { id: 'admin-c', reason: 'test', cut: [] })
    expect([waiting(late), waiting(late, out, council.vote('b', out))]).toEqual([1, 0])
  })

  it('3.14 AU-3 a tightening makes each value stricter and none looser', () => {
    const council = createCouncil(['a', 'b'])
    const policy = (over: Partial<AuthorityBodies['policy.tighten']>) => of(council, council.act('a', 'policy.tighten', { id: 't', consentFor: [], sessionHours: null, idleLockMinutes: null, recoveryHours: null, ...over })).policies.get('policy')
    expect(policy({})).toMatchObject({ sessionHours: 12, idleLockMinutes: 10 })
    expect(chosenOf(policy({})?.consentFor)).toEqual(['document.submit'])
    expect(policy({})?.recoveryHours).toBeUndefined()
    expect(policy({ sessionHours: 4, idleLockMinutes: 5, recoveryHours: 96, consentFor: ['document.print'] })).toMatchObject({ sessionHours: 4, idleLockMinutes: 5, recoveryHours: 96, consentFor: expect.arrayContaining(['document.print', 'document.submit']) as unknown })
    expect(policy({ sessionHours: 13, idleLockMinutes: 60, recoveryHours: 24 })).toMatchObject({ sessionHours: 12, idleLockMinutes: 10, recoveryHours: 72 })
  })

  it('4.7 AU-3 a tightening adds rules for acts to those that hold, and takes none away', () => {
    const council = createCouncil(['a', 'b'])
    const rule = (id: string): ActRule => ({ id, acts: ['decision.*'], level: null, checks: [], signIn: { maxAgeHours: 12, sameDay: true, context: null }, otherwise: 'deny', graceDays: 0 })
    const stricter = (id: string) => council.act('a', 'policy.tighten', { id, consentFor: [], sessionHours: null, idleLockMinutes: null, recoveryHours: null, rules: [rule(id)] })
    expect(of(council).policies.get('policy')?.rules).toBeUndefined()
    expect(of(council, stricter('t'), stricter('u')).policies.get('policy')?.rules?.map(({ id }) => id)).toEqual(['t', 'u'])
  })

  it('4.7 AU-23 two voices excuse a check of a device for at most thirty days, one takes that back, in any order', () => {
    const council = createCouncil(['a', 'b'])
    const excuse = (over: object = {}) => council.act('a', 'exception.put', { id: 'e', device: 'dev1', check: 'disk.enc', reason: '修理', from: '2026-10-01', to: '2026-10-30', ...over })
    const holds = (...acts: readonly KnownEvent[]): readonly string[] => {
      const answers = [acts, acts.toReversed()].map((order) => [...of(council, ...order).exceptions.keys()])
      expect(answers[0]).toEqual(answers[1])
      return answers[0] ?? []
    }
    const asked = excuse()
    expect(holds(asked)).toEqual([])
    expect(holds(asked, council.vote('b', asked))).toEqual(['e'])
    expect(holds(asked, council.vote('b', asked), council.act('b', 'exception.remove', { id: 'e', reason: '直った' }))).toEqual([])
    for (const over of [{ to: '2026-10-31' }, { to: '2026-09-30' }, { from: '2026-02-31' }]) {
      const odd = excuse(over)
      expect([over, holds(odd, council.vote('b', odd))]).toEqual([over, []])
    }
  })
})
