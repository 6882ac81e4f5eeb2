import { describe, expect, it } from 'vitest'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import type { HeaderAct, SegmentHeader } from '../log/header.ts'
import { documentHandle } from '../log/names.ts'
import { mustShow, parseTrail, trailToBytes, type Trail } from './trail.ts'

const bytes = (length: number): Uint8Array => new Uint8Array(length).fill(7)
const trail: Trail = { workspace: 'town', genesis: 'ab'.repeat(32), subjects: ['doc-1'], sessions: [bytes(3)], segments: [{ header: bytes(5), signature: bytes(64), epoch: 0, sealedHeader: 'cd'.repeat(32), shown: [bytes(2), null] }] }

describe('2.14 the bytes of a trail', () => {
  it('2.14 AR-43 are read back as they were written, and no others are a trail', () => {
    expect(parseTrail(trailToBytes(trail))).toEqual(trail)
    const whole = decodeCbor(trailToBytes(trail)) as { readonly s: readonly [object] }
    const of = (change: object): Trail | null => parseTrail(encodeCbor({ ...whole, ...change }))
    const ofSegment = (change: object): Trail | null => of({ s: [{ ...whole.s[0], ...change }] })
    expect([of({}), ofSegment({})]).toEqual([trail, trail])
    for (const change of [{ f: 'trail' }, { v: 2 }, { v: '1' }, { w: 1 }, { g: bytes(31) }, { g: 'ab'.repeat(32) }, { d: [1] }, { d: 'doc-1' }, { c: ['x'] }, { s: {} }, { more: 1 }]) expect([change, of(change)]).toEqual([change, null])
    for (const change of [{ h: 'x' }, { g: bytes(63) }, { e: -1 }, { e: 0.5 }, { e: null }, { k: bytes(33) }, { x: [1] }, { x: null }, { more: 1 }]) expect([change, ofSegment(change)]).toEqual([change, null])
    expect(parseTrail(trailToBytes(trail).subarray(1))).toBeNull()
  })

  it('4.9 AR-60 of the second version open states of devices, and only it does', () => {
    const opened: Trail = { ...trail, pieces: [{ session: 'ef'.repeat(32), salt: bytes(16), bytes: bytes(9) }] }
    expect(parseTrail(trailToBytes(opened))).toEqual(opened)
    expect(parseTrail(trailToBytes({ ...trail, pieces: [] }))).toEqual({ ...trail, pieces: [] })
    const whole = decodeCbor(trailToBytes(opened)) as { readonly p: readonly [object] }
    for (const change of [{ v: 1 }, { v: 3 }, { p: {} }, { p: [1] }]) expect([change, parseTrail(encodeCbor({ ...whole, ...change }))]).toEqual([change, null])
    for (const change of [{ c: bytes(31) }, { s: bytes(15) }, { b: 'x' }, { b: bytes(8 * 1024 + 1) }, { more: 1 }]) expect([change, parseTrail(encodeCbor({ ...whole, p: [{ ...whole.p[0], ...change }] }))]).toEqual([change, null])
  })

  it('2.14 AR-41 AR-42 of collection zero everything has to be shown but who sat down when, whose account is whose and numbers; of a subject everything but what was typed; of others nothing', () => {
    const own = documentHandle('town', 'doc-1')
    const shown = (collection: string, doc: string | null, ...types: readonly string[]): readonly boolean[] => types.map((type) => mustShow({ collection } as SegmentHeader, { type, doc, event: '', sealed: '' } satisfies HeaderAct, new Set([own])))
    expect(shown('zero', null, 'workspace.genesis', 'seat.add', 'policy.put', 'vote.cast', 'a.later-type')).toEqual([true, true, true, true, true])
    expect(shown('zero', null, 'session.unlock', 'session.lock', 'identity.claim', 'number.assign', 'number.block', 'number.later')).toEqual([false, false, false, false, false, false])
    expect(shown('c', own, 'draft.create', 'document.submit', 'decision.approve', 'rendition.append', 'record.file', 'a.later-type')).toEqual([true, true, true, true, true, true])
    expect(shown('c', own, 'draft.cover', 'draft.body', 'draft.attach', 'draft.later')).toEqual([false, false, false, false])
    for (const doc of [documentHandle('town', 'doc-2'), null]) expect(shown('c', doc, 'draft.create', 'document.submit', 'decision.approve')).toEqual([false, false, false])
  })
})
