import { describe, expect, it } from 'vitest'
import { toWire } from './codec.ts'

describe('toWire', () => {
  it('keeps values as they are, bytes included', () => {
    const value = { a: null, b: [1, 'x', true, 2n, undefined], c: { d: Uint8Array.of(1, 2, 3) } }
    expect(toWire(value)).toEqual(value)
    expect(structuredClone(toWire(value))).toEqual(value)
  })

  it('2.4 copies bytes out of a larger buffer, so that its rest does not travel', () => {
    const pool = new Uint8Array(64).fill(7)
    const out = toWire({ part: pool.subarray(8, 12) }) as { part: Uint8Array }
    expect(out.part.buffer.byteLength).toBe(4)
    expect((toWire(Buffer.from('abc')) as Uint8Array).buffer.byteLength).toBe(3)
  })

  it('throws on what is no value', () => {
    const deep = Array.from({ length: 70 }).reduce<unknown>((inner) => [inner], 0)
    const proto = JSON.parse('{"__proto__": 1}') as unknown
    for (const bad of [() => 0, Symbol('s'), new Error('e'), new Map(), new Date(0), Promise.resolve(1), new (class A {})(), deep, proto]) {
      expect(() => toWire({ bad })).toThrow('not a wire value')
    }
  })
})
