import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { drawMark, type Mark } from './mark-appearance.ts'
import { readMarkFonts, type MarkFont } from './mark-font.ts'
import { openPdf } from './pdf-file.ts'
import { printObject } from './pdf-object.ts'

let fonts: readonly MarkFont[]
beforeAll(() => {
  fonts = readMarkFonts(openPdf(new Uint8Array(readFileSync(new URL('./testing/corpus/frozen-table.pdf', import.meta.url)))))
})

const draw = (mark: Partial<Mark>, width = 48, height = 48): string => drawMark({ position: '総務課長', surname: '佐藤', date: '2026-11-21', ...mark }, fonts, width, height).content

/** The text drawn, in order, one line for each baseline. */
function lines(content: string): readonly string[] {
  const words = new Map<string, string>()
  for (const [, resource, y = '', code] of content.matchAll(/BT \/(\w+) \S+ Tf \S+ 0 0 1 \S+ (\S+) Tm <(\w{4})> Tj ET/g)) {
    const font = fonts.find((one) => one.resource === resource)
    const cluster = [...(font?.glyphs ?? [])].find(([, glyph]) => glyph.code === code)?.[0] ?? '?'
    words.set(y, (words.get(y) ?? '') + cluster)
  }
  return [...words].sort(([a], [b]) => Number(b) - Number(a)).map(([, text]) => text)
}

describe('drawMark', () => {
  it('2.11 PF-6 writes position, era date and surname one under the other', () => {
    expect(lines(draw({}))).toEqual(['総務課長', '8.11.21', '佐藤'])
  })

  it('2.11 PF-6 breaks a long position in two and sets the label beside', () => {
    expect(lines(draw({ position: '会計管理者兼出納室長' }))).toEqual(['会計管理者', '兼出納室長', '8.11.21', '佐藤'])
    expect([...lines(draw({ label: '代' })).join('')].sort().join('')).toBe([...'総務課長8.11.21佐藤代'].sort().join(''))
    expect(lines(draw({ label: '後閲' }, 72, 48)).join('')).toContain('後')
  })

  it('2.11 PF-6 stays inside its box, in opaque colour, with the embedded fonts', () => {
    for (const [mark, width, height] of [[{}, 48, 48], [{ label: '後閲' }, 48, 48], [{ label: '代' }, 80, 40], [{ position: '一二三四五六七八九十' }, 30, 60]] as const) {
      const content = draw(mark, width, height)
      const points = [...content.matchAll(/(?:^| )(-?[\d.]+) (-?[\d.]+) (?:m|l|c|Tm)\b/gm)].map(([, x, y]) => [Number(x), Number(y)] as const)
      expect(points.length).toBeGreaterThan(10)
      for (const [x, y] of points) expect(x >= 0 && x <= width && y >= 0 && y <= height, `${x} ${y} of ${width}×${height}`).toBe(true)
      expect(content).not.toMatch(/\bgs\b/)
    }
    expect(printObject(drawMark({ position: '長', surname: '佐', date: '2026-11-21' }, fonts, 9, 9).resources)).toMatch(/^<<\/Font <<\/FbkoMark \d+ 0 R \/FbkoMarkAlt \d+ 0 R>>>>$/)
  })

  it('PF-9 draws a box with the code of a character no font has', () => {
    const content = draw({ surname: '辻\u{E000}' })
    expect(content).toMatch(/ re S/)
    expect(lines(content).join('')).toContain('E0')
  })

  it('PF-9 cuts nothing from a name: selectors and combining marks stay with their character', () => {
    expect(lines(draw({ surname: '葛\u{E0100}城' })).at(-1)).toMatch(/^葛.?.?城$/u)
  })
})
