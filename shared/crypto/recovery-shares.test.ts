import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesToBase32, concatBytes } from '../base/bytes.ts'
import { sha256 } from './hash.ts'
import { codeToRecoveryShare, joinRecoveryShares, recoveryShareToCode, splitRecoverySeed, type RecoveryShare } from './recovery-shares.ts'

const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 })
const split = (seed: Uint8Array, slope: Uint8Array) => splitRecoverySeed({ bytes: () => slope }, seed)

describe('recovery sheets', () => {
  it('3.1 CR-9 any two of the three give the seed back, in any order, as typed by hand', () => {
    fc.assert(
      fc.property(bytes32, bytes32, (seed, slope) => {
        const typed = split(seed, slope).map((share) => codeToRecoveryShare(recoveryShareToCode(share).toLowerCase().replaceAll('-', ' ')) as RecoveryShare)
        for (const a of typed) for (const b of typed) expect(joinRecoveryShares(a, b)).toEqual(a === b ? null : seed)
      }),
    )
  })

  it('3.1 CR-9 one sheet says nothing: every seed fits it with some slope', () => {
    const slope = new Uint8Array(32)
    const seen = [new Set<number>(), new Set<number>(), new Set<number>()]
    for (let byte = 0; byte < 256; byte++) split(new Uint8Array(32).fill(7), slope.fill(byte)).forEach((share, i) => seen[i]?.add(share.bytes[0] as number))
    expect(seen.map((values) => values.size)).toEqual([256, 256, 256])
  })

  it('3.1 CR-9 is the arithmetic of AES: the products of FIPS 197', () => {
    const [one, two, three] = split(new Uint8Array(32), new Uint8Array(32).fill(0x57))
    expect([one.bytes[0], two.bytes[0], three.bytes[0]]).toEqual([0x57, 0xae, 0xf9])
    expect(split(new Uint8Array(32), new Uint8Array(32).fill(0xae))[1].bytes[0]).toBe(0x47)
  })

  it('3.1 CR-9 a code is base 32 of the number, the set, the share and a check', () => {
    const seed = new Uint8Array(32).fill(1)
    const [one] = split(seed, new Uint8Array(32).fill(9))
    const body = concatBytes(Uint8Array.of(1), sha256(concatBytes(seed, Uint8Array.of(0x2f))).subarray(0, 4), seed.map((byte) => byte ^ 9))
    expect(recoveryShareToCode(one).replaceAll('-', '').toLowerCase()).toBe(bytesToBase32(concatBytes(body, sha256(body).subarray(0, 3))))
  })

  it('3.1 CR-9 a slip, a sheet of another workspace and one sheet twice are told', () => {
    const [a, b] = split(new Uint8Array(32).fill(1), new Uint8Array(32).fill(9))
    const [, other] = split(new Uint8Array(32).fill(2), new Uint8Array(32).fill(9))
    const code = recoveryShareToCode(a)
    expect(code).toMatch(/^([0-9A-Z]{5}-)+[0-9A-Z]{1,5}$/)
    expect(codeToRecoveryShare(code.replace(/^./, (c) => (c === '0' ? '1' : '0')))).toBeNull()
    expect(codeToRecoveryShare(code.slice(0, -1))).toBeNull()
    for (let at = 0; at < code.length; at++) if (code[at] !== '-') expect([at, codeToRecoveryShare(`${code.slice(0, at)}${code[at] === 'A' ? 'B' : 'A'}${code.slice(at + 1)}`)]).toEqual([at, null])
    for (const none of ['', '決裁', `${code.slice(0, -1)}!`]) expect(codeToRecoveryShare(none)).toBeNull()
    for (const none of [{ ...a, sheet: 0 }, { ...a, sheet: 4 }, { ...a, bytes: a.bytes.subarray(1) }, { ...a, bytes: new Uint8Array(40) }]) expect(codeToRecoveryShare(recoveryShareToCode(none as RecoveryShare))).toBeNull()
    expect(joinRecoveryShares(a, { ...b, set: other.set })).toBeNull()
    expect(joinRecoveryShares(a, other)).toBeNull()
    expect(joinRecoveryShares(a, a)).toBeNull()
    expect(joinRecoveryShares(a, { ...b, bytes: b.bytes.map((byte) => byte ^ 1) })).toBeNull()
  })
})
