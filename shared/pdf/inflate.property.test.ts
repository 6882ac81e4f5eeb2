import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inflate } from './inflate.ts'

const seed = 20261121

describe('inflate', () => {
  it('gives back what zlib deflated, at every level', () => {
    const repetitive = fc.array(fc.constantFrom('町道', '修繕', ' ', '0123456789'), { maxLength: 3000 }).map((words) => new Uint8Array(Buffer.from(words.join(''))))
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 5000 }), repetitive), fc.integer({ min: 0, max: 9 }), (data, level) => {
        expect(Buffer.from(inflate(new Uint8Array(deflateSync(data, { level })), 100_000)).equals(Buffer.from(data))).toBe(true)
      }),
      { seed, numRuns: 60 },
    )
  })

  it('stops at its limit', () => {
    const bomb = new Uint8Array(deflateSync(Buffer.alloc(1_000_000)))
    expect(() => inflate(bomb, 10_000)).toThrow('too large')
  })

  it('ends on foreign bytes with an error or a result, within its limit', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (tail) => {
        try {
          return inflate(new Uint8Array([0x78, 0x9c, ...tail]), 5000).length <= 5000
        } catch (error) {
          return error instanceof Error
        }
      }),
      { seed, numRuns: 500 },
    )
  })
})
