import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesToHex } from '../base/bytes.ts'
import { anyText } from '../base/testing/any-text.ts'
import { boolean, ecdsaToDer, element, integer, objectIdentifier, sequence, setOf, time, utf8String } from './der.ts'
import { ecdsaFromDer, readBoolean, readDer, readOid, readSequence, readSet, readText, readTime, readUnsigned } from './read-der.ts'

const seed = 20261121

describe('DER', () => {
  it('gives back numbers, text, times and identifiers', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), anyText(40), fc.array(fc.nat(2 ** 28), { maxLength: 6 }), (bytes, text, arcs) => {
        const unsigned = bytesToHex(bytes).replace(/^(00)+(?=..)/, '')
        expect(bytesToHex(readUnsigned(readDer(integer(bytes)), ''))).toBe(unsigned)
        expect(readText(readDer(utf8String(text)))).toBe(text)
        const oid = ['2', '16', ...arcs].join('.')
        expect(readOid(readDer(objectIdentifier(oid)), '')).toBe(oid)
      }),
      { seed, numRuns: 40 },
    )
    for (const iso of ['2026-11-21T00:00:00.000Z', '2049-12-31T23:59:59.000Z', '2050-01-01T00:00:00.000Z']) expect(new Date(readTime(readDer(time(iso)), '')).toISOString()).toBe(iso)
    expect([true, false].map((value) => readBoolean(readDer(boolean(value)), ''))).toEqual([true, false])
  })

  it('nests elements of any length', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 5 }), (contents) => {
        const parts = readSequence(readDer(sequence(...contents.map((content) => element(0x04, content)))), '')
        expect(parts.map((part) => bytesToHex(part.content))).toEqual(contents.map(bytesToHex))
      }),
      { seed },
    )
  })

  it('SG-4 writes a SET sorted and reads no other order', () => {
    const [a, b] = [utf8String('b'), utf8String('a')]
    expect(readSet(readDer(setOf(a, b)), '').map(readText)).toEqual(['a', 'b'])
    expect(() => readSet(readDer(element(0x31, a, b)), '')).toThrow()
  })

  it('carries r‖s both ways, leading zeros included', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 64, maxLength: 64 }), fc.nat(3), (raw, zeros) => {
        raw.fill(0, 32, 32 + zeros)
        expect(bytesToHex(ecdsaFromDer(ecdsaToDer(raw)))).toBe(bytesToHex(raw))
      }),
      { seed },
    )
  })

  it.each([
    ['indefinite length', '3080 0000'],
    ['length not minimal', '04 8101 00'],
    ['cut short', '04 02 00'],
    ['bytes behind the end', '04 00 00'],
    ['high tag form', '1f 01 00'],
  ])('refuses %s', (_, hex) => {
    expect(() => readDer(Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex')))).toThrow()
  })

  it.each([
    ['a negative number', '0201ff'],
    ['a padded number', '02020001'],
  ])('refuses %s', (_, hex) => {
    expect(() => readUnsigned(readDer(Uint8Array.from(Buffer.from(hex, 'hex'))), '')).toThrow()
  })

  it('never does anything with foreign bytes but read or throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          return readDer(bytes).raw.length === bytes.length
        } catch (error) {
          return error instanceof Error && error.message.startsWith('malformed DER')
        }
      }),
      { seed, numRuns: 500 },
    )
  })
})
