import fontkit from '@cantoo/fontkit'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { chooseSetting, fontCoverage, showsCluster } from './font-coverage.ts'

const read = (path: string): Uint8Array => new Uint8Array(readFileSync(new URL(`../../node_modules/@expo-google-fonts/${path}`, import.meta.url)))
const paths = {
  gothic: 'biz-udgothic/400Regular/BIZUDGothic_400Regular.ttf',
  headings: 'biz-udpgothic/400Regular/BIZUDPGothic_400Regular.ttf',
  mincho: 'biz-udmincho/400Regular/BIZUDMincho_400Regular.ttf',
  noto: 'noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf',
}

describe('fontCoverage', () => {
  it.each(Object.values(paths))('agrees with fontkit about every code point of %s up to the third plane', (path) => {
    const bytes = read(path)
    const coverage = fontCoverage(bytes)
    const theirs = fontkit.create(bytes as Parameters<typeof fontkit.create>[0]) as { hasGlyphForCodePoint(codePoint: number): boolean }
    const differing = Array.from({ length: 0x32000 }, (_, codePoint) => codePoint).filter((codePoint) => coverage.hasCharacter(codePoint) !== theirs.hasGlyphForCodePoint(codePoint))
    expect(differing).toEqual([])
  })

  it('finds what the house fonts lack, variation sequences too', () => {
    const [gothic, noto] = [fontCoverage(read(paths.gothic)), fontCoverage(read(paths.noto))]
    expect(['田', '髙', '\u{20BB7}', '\u{E000}'].map((cluster) => showsCluster(gothic, cluster))).toEqual([true, true, false, false])
    expect(['田', '\u{20BB7}', '葛\u{E0100}', '田\u{E01EF}', '\u{E000}', '\u{E0100}'].map((cluster) => showsCluster(noto, cluster))).toEqual([true, true, true, false, false, false])
  })

  it('2.9 names the family that has a variation sequence where the first font of a place lacks it, and boxes what none has', () => {
    const [gothic, noto, mincho] = [fontCoverage(read(paths.headings)), fontCoverage(read(paths.noto)), fontCoverage(read(paths.mincho))]
    const families = [{ family: 'BIZ UDMincho', weights: [mincho] }, { family: 'Noto Sans JP', weights: [noto] }]
    const setting = (cluster: string) => chooseSetting([[mincho, noto], [gothic, noto]], families, cluster)
    expect(['田', '\u{20BB7}', '\u{FA19}', '葛\u{E0100}'].map(setting)).toEqual(['plain', 'plain', 'plain', 'plain'])
    expect(setting('葛\u{E0101}')).toEqual({ family: 'BIZ UDMincho' })
    expect(['\u{31350}', '邉\u{E0102}', '\u{E000}'].map(setting)).toEqual(['boxed', 'boxed', 'boxed'])
  })

  it('refuses what is no font', () => {
    expect(() => fontCoverage(new Uint8Array(40))).toThrow()
  })
})
