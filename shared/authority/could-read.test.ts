import { describe, expect, it } from 'vitest'
import { partsOfPlace, placeOf, reachOf, uniteReach } from './could-read.ts'
import type { DocumentGrant, Grant } from './model.ts'
import { reduceAuthority } from './reduce.ts'
import { createCouncil } from './testing/council.ts'

const right = (id: string, collection: string | null, over: Partial<Grant> = {}): Grant => ({ id, person: 'reader', collection, role: 'reader', reason: 'test', from: '1970-01-01', to: null, reviewBy: '2100-01-01', ...over })

describe('what somebody could read', () => {
  it('4.13 AU-80 everything they were given until that moment, also what lapsed, and until when of what was taken away', () => {
    const { founding, act } = createCouncil(['founder'])
    const day = Date.parse('1970-06-01T00:00:00Z')
    const rights = [right('held', 'c1'), right('lapsed', 'c2', { to: '1970-02-01' }), right('twice', 'c3', { role: 'writer' }), right('taken', 'c3'), right('later', 'c4', { from: '1970-06-02' }), right('none', null), right('others', 'c5', { person: 'other' })]
    const given = rights.map((grant) => act('founder', 'grant.put', grant))
    const reach = (at: number, ...events: readonly ReturnType<typeof act>[]) => [...reachOf(reduceAuthority([...founding, ...given, ...events]), 'reader', at)].sort()
    const first = act('founder', 'grant.remove', { id: 'taken', reason: 'test' })
    expect(reach(day, first)).toEqual([['c1', day], ['c2', day], ['c3', day]])
    const second = act('founder', 'grant.remove', { id: 'twice', reason: 'test' })
    expect(reach(day, first, second)).toEqual([['c1', day], ['c2', day], ['c3', second.event.hlc.ms]])
    // What is told of an earlier moment stays as it was.
    const before = first.event.hlc.ms - 1
    expect(reach(before, first, second)).toEqual([['c1', before], ['c2', before], ['c3', before]])
  })

  it('4.11 AU-80 AU-90 of a document that was given alone it is that document, until it was taken back', () => {
    const { founding, act } = createCouncil(['founder'])
    const day = Date.parse('1970-06-01T00:00:00Z')
    const given = (id: string, document: string): DocumentGrant => ({ id, person: 'reader', collection: 'c1', document, role: 'reader', reason: 'test', key: 'k'.repeat(16), from: '1970-01-01', to: '1970-02-01', reviewBy: '1970-02-01' })
    const acts = [given('lapsed', 'a'.repeat(24)), given('taken', 'b'.repeat(24))].map((grant) => act('founder', 'grant.document', grant))
    const taken = act('founder', 'grant.remove', { id: 'taken', reason: 'test' })
    const reach = reachOf(reduceAuthority([...founding, ...acts, taken]), 'reader', day)
    expect([...reach]).toEqual([[placeOf('c1', 'a'.repeat(24)), day], [placeOf('c1', 'b'.repeat(24)), taken.event.hlc.ms]])
    expect([...reach.keys(), 'c1'].map(partsOfPlace)).toEqual([{ collection: 'c1', document: 'a'.repeat(24) }, { collection: 'c1', document: 'b'.repeat(24) }, { collection: 'c1', document: null }])
  })

  it('4.13 AU-80 of several people it is what any of them could read, as long as any of them could', () => {
    expect(uniteReach([new Map([['c1', 5]]), new Map([['c1', 9], ['c2', 1]]), new Map([['c1', 7]])])).toEqual(new Map([['c1', 9], ['c2', 1]]))
  })
})
