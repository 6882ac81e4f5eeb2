import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import vectors from '@shared/filing/vectors/domain-vectors.json' with { type: 'json' }
import { canShow, fontCoverage } from './glyphs.ts'

const font = (family: string, file: string) => fontCoverage(new Uint8Array(readFileSync(`node_modules/@expo-google-fonts/${family}/${file}`)))
const mincho = font('biz-udmincho', '400Regular/BIZUDMincho_400Regular.ttf')
const noto = font('noto-sans-jp', '400Regular/NotoSansJP_400Regular.ttf')

describe('what the shipped fonts can show', () => {
  it('2.9 BIZ UD lacks what Noto Sans JP has', () => {
    expect(mincho.has(0x5409)).toBe(true)
    expect(mincho.has(0x20bb7)).toBe(false)
    expect(noto.has(0x20bb7)).toBe(true)
  })

  it('2.9 every name of the vectors is shown, variation sequences included', () => {
    const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' })
    const missing = vectors.names.flatMap(({ s }) => [...segmenter.segment(s)].map(({ segment }) => segment).filter((cluster) => !canShow([[mincho, noto]], cluster)))
    expect(missing).toEqual([])
    expect([noto.hasVariation(0x845b, 0xe0100), noto.hasVariation(0x3042, 0xe0100)]).toEqual([true, false])
  })

  it('2.9 a private character is in no font', () => {
    expect(canShow([[mincho, noto]], '\uE000')).toBe(false)
    expect(canShow([[mincho], [noto]], '\u{20BB7}')).toBe(false)
    expect(canShow([[mincho]], '\n')).toBe(true)
  })
})
