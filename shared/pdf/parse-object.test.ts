import { describe, expect, it } from 'vitest'
import { bytesToHex, utf8ToBytes } from '../base/bytes.ts'
import { parseObject } from './parse-object.ts'

function octetsOf(text: string): string {
  const string = parseObject({ bytes: utf8ToBytes(text), at: 0 })
  return string.kind === 'string' ? bytesToHex(string.bytes) : string.kind
}

describe('2.11 a hexadecimal string', () => {
  it.each([
    ['<>', ''],
    ['<901fA3>', '901fa3'],
    ['<901FA>', '901fa0'],
    ['< 9 0\n1f\tA >', '901fa0'],
    ['<90 >', '90'],
  ])('%s is read as ISO 32000-1 7.3.4.3 says', (text, octets) => {
    expect(octetsOf(text)).toBe(octets)
  })

  it.each(['<9g>', '<90', '<<90>', '<9(0)>'])('%s is unreadable', (text) => {
    expect(() => octetsOf(text)).toThrow('unreadable')
  })
})
