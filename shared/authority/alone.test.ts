import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { KnownEvent } from '../log/event.ts'
import { spansAlone } from './alone.ts'
import { reduceAuthority } from './reduce.ts'

let n = 0
function event(type: string, ms: number, body: unknown): KnownEvent {
  n += 1
  return { id: `e${n}`, lane: 's.1/zero', seq: n, event: { v: 1, type, doc: null, deps: [], hlc: { ms, n: 0 }, at: '', person: 'p', position: null, body, salt: new Uint8Array(16) } }
}
const seat = (id: string) => ({ id, person: 'p', device: 'd', signingKey: new Uint8Array(65), exchangeKey: new Uint8Array(65), certificate: new Uint8Array(1) })
const forEver = Number.MAX_SAFE_INTEGER

describe('a workspace with one active seat', () => {
  it('3.9 nobody could witness before the second seat came, nor after all but one were removed; the order of events does not matter', () => {
    const events = [
      event('seat.add', 100, seat('a')), event('seat.add', 200, seat('b')), event('seat.remove', 300, { id: 'b', reason: 'r' }), event('seat.add', 400, seat('c')),
      event('seat.recover', 500, { seat: seat('d'), device: { id: 'd', signingKey: new Uint8Array(65), level: 'L0' }, signature: new Uint8Array(64) }),
      event('person.put', 50, { id: 'p' }), event('seat.add', 60, { id: 'unreadable' }),
    ]
    const expected = [{ from: 0, to: 200 }, { from: 300, to: 400 }]
    expect(spansAlone(events, reduceAuthority(events))).toEqual(expected)
    fc.assert(fc.property(fc.shuffledSubarray(events, { minLength: events.length }), (order) => void expect(spansAlone(order, reduceAuthority(order))).toEqual(expected)), { seed: 9, numRuns: 50 })
    expect(spansAlone([], reduceAuthority([]))).toEqual([{ from: 0, to: forEver }])
    const both = [event('seat.add', 100, seat('a')), event('seat.add', 100, seat('b'))]
    expect(spansAlone(both, reduceAuthority(both))).toEqual([{ from: 0, to: 100 }])
  })

  it('3.14 only seats that were added and taken away with effect, by acts that this version reads, change it', () => {
    const [a, b] = [event('seat.add', 100, seat('a')), event('seat.add', 200, seat('b'))]
    const gone = event('seat.remove', 300, { id: 'b', reason: 'r' })
    const later = (known: KnownEvent): KnownEvent => ({ ...known, event: { ...known.event, v: 2 } })
    const both = reduceAuthority([a, b])
    expect(spansAlone([a, b, gone], both)).toEqual([{ from: 0, to: 200 }])
    expect(spansAlone([a, b, later(gone)], { ...both, removedSeats: new Set(['b']) })).toEqual([{ from: 0, to: 200 }])
    expect(spansAlone([a, b], { ...both, seats: new Map([...both.seats].slice(0, 1)) })).toEqual([{ from: 0, to: forEver }])
    expect(spansAlone([a, b, gone], { ...both, removedSeats: new Set(['b']) })).toEqual([{ from: 0, to: 200 }, { from: 300, to: forEver }])
  })
})
