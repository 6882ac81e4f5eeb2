import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import vectors from '../filing/vectors/domain-vectors.json' with { type: 'json' }
import { foldKey, matches, queryKeys } from './fold.ts'

describe('search keys', () => {
  it.each([
    ['渡邉', '渡辺'], ['渡邊', '渡辺'], ['\u9AD9橋', '高橋'], ['\uFA11田', '崎田'], ['\u{20BB7}田', '吉田'], ['\uFA19尾', '神尾'], ['葛\u{E0100}城', '葛城'],
    ['\u{2363A}本', '橋本'], ['ﾃﾞｼﾞﾀﾙ', 'でじたる'], ['デジタル', 'でじたる'], ['ＤＸ推進', 'dx推進'], ['１２３号', '123号'], ['か\u3099', 'が'],
    ['雪守　太郎', '雪守太郎'], ['〜', '～'], ['1−2', '1-2'], ['㈱', '(株)'], ['サーバー', 'サ-バ-'],
  ])('2.12 %s and %s are found as one', (a, b) => {
    expect(foldKey(a)).toBe(foldKey(b))
  })

  it('2.12 every name of the vectors finds itself and its normalised form', () => {
    for (const { s, nfc } of vectors.names) {
      expect(matches(s, `起案者 ${s} 様`)).toBe(true)
      expect(matches(nfc, s)).toBe(true)
    }
  })

  it('2.12 all words of a query have to be there', () => {
    expect(matches('文書　ﾃﾞｼﾞﾀﾙ', 'デジタル化に伴う文書管理規程の改正について')).toBe(true)
    expect(matches('文書 道路', 'デジタル化に伴う文書管理規程の改正について')).toBe(false)
    expect(matches('  ', '何でも')).toBe(true)
    expect(queryKeys(' A　Ｂ ')).toEqual(['a', 'b'])
  })

  it('2.12 folding twice changes nothing', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(foldKey(foldKey(text))).toBe(foldKey(text))
    }), { seed: 12, numRuns: 500 })
    for (const { s } of vectors.names) expect(foldKey(foldKey(s))).toBe(foldKey(s))
  })
})
