import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { largestSegmentActs } from '@shared/log/header.ts'
import type { LogEvent } from '@shared/log/event.ts'
import { inSegments } from './segments.ts'

const event = (doc: string | null, n: number, size = 0): LogEvent => ({ v: 1, type: 'draft.cover', doc, deps: [], hlc: { ms: n, n: 0 }, at: '2026-10-01T00:00:00.000Z', person: 'p', position: null, body: { text: 'x'.repeat(size) }, salt: new Uint8Array(16) })

describe('acts on several documents in segments', () => {
  it('4.11 JU-91 each document has segments of its own, every act is in one of them once, in its order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 60 }), fc.subarray(['a', 'b', 'c']), (docs, apart) => {
        const events = docs.map((doc, n) => event(doc, n))
        const segments = inSegments(events, (doc) => apart.includes(doc))
        expect(segments.flat().toSorted((x, y) => x.hlc.ms - y.hlc.ms)).toEqual(events)
        for (const segment of segments) {
          const inside = new Set(segment.map(({ doc }) => doc))
          expect(inside.size === 1 || apart.every((doc) => !inside.has(doc))).toBe(true)
          expect(segment).toEqual(segment.toSorted((x, y) => x.hlc.ms - y.hlc.ms))
        }
      }),
      { seed: 91 },
    )
  })

  it('4.11 JU-91 no segment is larger than one may be', () => {
    const many = Array.from({ length: largestSegmentActs + 1 }, (_, n) => event('a', n))
    expect(inSegments(many).map(({ length }) => length)).toEqual([largestSegmentActs, 1])
    const mebibyte = 1024 * 1024
    expect(inSegments([0, 1, 2].map((n) => event('a', n, mebibyte - 1024))).map(({ length }) => length)).toEqual([2, 1])
    expect(inSegments([event('a', 0, 3 * mebibyte), event('a', 1)]).map(({ length }) => length)).toEqual([1, 1])
    expect(inSegments([])).toEqual([])
  })
})
