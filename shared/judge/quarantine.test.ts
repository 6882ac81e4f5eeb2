import { describe, expect, it } from 'vitest'
import type { KnownEvent } from '../log/event.ts'
import type { Quarantined } from './ports.ts'
import { brakeCode, createQuarantine, forkedCode, pastOf } from './quarantine.ts'

const event = (id: string, deps: readonly string[] = []): KnownEvent => ({ id, lane: 's.1/c', seq: 1, event: { v: 1, type: 'draft.cover', doc: 'd', deps, hlc: { ms: 1, n: 0 }, at: '', person: 'p', position: null, body: {}, salt: new Uint8Array(16) } })
const kept = (name: string, acts: readonly string[], over: Partial<Quarantined> = {}): Quarantined => ({ name, collection: 'c', lane: 's.1', seq: 1, reasons: [{ code: 'role-missing' }], acts, events: [], ...over })

describe('what is quarantined', () => {
  it('3.14 JU-12 a segment’s past is what its events name and is not among them', () => {
    expect([...pastOf([event('a', ['x']), event('b', ['a', 'y'])])].sort()).toEqual(['x', 'y'])
  })

  it('3.14 JU-12 it declares its events in its own collection, until it is let in', () => {
    const quarantine = createQuarantine([kept('one', ['a']), kept('two', ['b'], { events: [event('b', ['a'])] })])
    expect([quarantine.holds('c', ['a']), quarantine.holds('other', ['a']), quarantine.holds('c', ['x'])]).toEqual([true, false, false])
    expect(quarantine.dependents('c', ['a']).map(({ name }) => name)).toEqual(['two'])
    quarantine.release(['one', 'unknown'])
    expect([quarantine.holds('c', ['a']), quarantine.has('one'), quarantine.has('two')]).toEqual([false, false, true])
    quarantine.take(kept('again', ['a']))
    expect(quarantine.holds('c', ['a'])).toBe(true)
    quarantine.release(['two'])
    expect(quarantine.dependents('c', ['a'])).toEqual([])
  })

  it('3.14 JU-34 of the segments that declare an event only those that a fork keeps aside give it to whoever brings it again', () => {
    const quarantine = createQuarantine([kept('refused', ['a']), kept('forked', ['a'], { reasons: [{ code: forkedCode }] })])
    expect(quarantine.setAsideWith('c', 'a').map(({ name }) => name)).toEqual(['forked'])
    expect(quarantine.setAsideWith('other', 'a')).toEqual([])
  })

  it('4.16 T15 JU-96 so does what the brake alone keeps aside, and not what is held for another reason too', () => {
    const braked = { code: brakeCode }
    const quarantine = createQuarantine([kept('braked', ['a'], { reasons: [braked] }), kept('also refused', ['a'], { reasons: [{ code: 'role-missing' }, braked] })])
    expect(quarantine.setAsideWith('c', 'a').map(({ name }) => name)).toEqual(['braked'])
  })
})
