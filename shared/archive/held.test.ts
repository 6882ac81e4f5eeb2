import { describe, expect, it } from 'vitest'
import type { DevicePolicy } from '../authority/model.ts'
import { reduceAuthority, type AuthorityState } from '../authority/reduce.ts'
import { createWorld, sampleRoute, sampleSha, submitted } from '../document/testing/replica.ts'
import type { KnownEvent } from '../log/event.ts'
import { heldAside } from './held.ts'

const policy: DevicePolicy = { id: 'p', kind: 'trial', title: '', consentFor: [], sessionHours: 12, idleLockMinutes: 10, from: '2026-01-01', to: null, witnessHours: 24 }
const seats = ['a', 'b'].map((id, seq): KnownEvent => ({
  id, lane: 'x.1/zero', seq,
  event: { v: 1, type: 'seat.add', doc: null, deps: [], hlc: { ms: 1, n: 0 }, at: '', person: 'p', position: null, body: { id, person: 'p', device: 'd', signingKey: new Uint8Array(65), exchangeKey: new Uint8Array(65), certificate: new Uint8Array(1) }, salt: new Uint8Array(16) },
}))
const authority: AuthorityState = { ...reduceAuthority(seats), policies: new Map([['p', policy]]) }

describe('an exported trail', () => {
  it('3.9 AR-56 an approval that others received too late does not count, with the reason; a confirmation of it does', () => {
    const world = createWorld()
    const drafter = submitted(world, sampleRoute(1))
    const [one, two] = [world.replica('one', 'person-1', 'p1'), world.replica('two', 'person-2', 'p2')]
    one.learn(drafter)
    const approval = one.act('decision.approve', { revision: sampleSha(1), step: 's1', comment: '' })
    world.pass(25 * 60)
    two.learn(one)
    two.act('document.witness', { approvals: [approval.id] })
    one.learn(two)
    const again = one.act('decision.approve', { revision: sampleSha(1), step: 's1', comment: '', confirms: approval.id })
    const proven = one.events().map((known) => ({ known, seat: '', counted: true, why: [], device: null }))
    const counted = (given: AuthorityState, zero: readonly KnownEvent[]) => new Map(heldAside(proven, given, zero).map((one) => [one.known.id, [one.counted, ...one.why.map(({ code }) => code)]]))
    expect(counted(authority, seats).get(approval.id)).toEqual([false, 'approval-held'])
    expect(counted(authority, seats).get(again.id)).toEqual([true])
    const longer: AuthorityState = { ...authority, policies: new Map([['p', { ...policy, witnessHours: 48 }]]) }
    expect(counted(longer, seats).get(approval.id)).toEqual([true])
    expect(counted({ ...longer, witnessTightenings: [{ since: 0, until: null, hours: 24 }] }, seats).get(approval.id)).toEqual([false, 'approval-held'])
    expect([...counted(authority, []).values(), ...counted(reduceAuthority([]), seats).values()].every(([isCounted]) => isCounted)).toBe(true)
  })

  it('3.9 AR-56 what does not count receives nothing, and keeps its own reason', () => {
    const world = createWorld()
    const drafter = submitted(world, sampleRoute(1))
    const [one, two] = [world.replica('one', 'person-1', 'p1'), world.replica('two', 'person-2', 'p2')]
    one.learn(drafter)
    const approval = one.act('decision.approve', { revision: sampleSha(1), step: 's1', comment: '' })
    two.learn(one)
    const early = two.act('document.witness', { approvals: [approval.id] })
    world.pass(25 * 60)
    drafter.learn(one)
    drafter.act('document.witness', { approvals: [approval.id] })
    two.learn(drafter)
    const judged = (...refused: readonly string[]) => heldAside(two.events().map((known) => ({ known, seat: '', device: null, ...(refused.includes(known.id) ? { counted: false, why: [{ code: 'role-missing' }] } : { counted: true, why: [] }) })), authority, seats)
    const of = (id: string, ...refused: readonly string[]) => judged(...refused).filter(({ known }) => known.id === id).map(({ counted, why }) => [counted, ...why.map(({ code }) => code)])
    expect(of(approval.id)).toEqual([[true]])
    expect(of(approval.id, early.id)).toEqual([[false, 'approval-held']])
    expect(of(approval.id, early.id, approval.id)).toEqual([[false, 'role-missing']])
  })
})
