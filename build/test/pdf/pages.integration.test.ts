import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { composeFrozen } from '@shared/pdf/compose-frozen.ts'
import { readMarkFace } from '@shared/pdf/mark-face.ts'
import { frozenInput } from '@shared/pdf/testing/frozen.ts'
import { signFive } from '@shared/pdf/testing/sign-five.ts'
import { makeTown } from '@shared/signing/testing/town.ts'
import { openBench, type Bench } from './judges.ts'
import { comparePages, differingShare, readPng, renderPages } from './page-pictures.ts'

const bytesOf = (path: string): Uint8Array => new Uint8Array(readFileSync(new URL(`../../../${path}`, import.meta.url)))
const folders = { approved: fileURLToPath(new URL('approved', import.meta.url)), made: fileURLToPath(new URL('../../../.out/pictures', import.meta.url)) }
const houseFonts = {
  primary: readMarkFace(bytesOf('node_modules/@expo-google-fonts/biz-udgothic/400Regular/BIZUDGothic_400Regular.ttf')),
  fallback: readMarkFace(bytesOf('node_modules/@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf')),
}
/** Smoothing of one glyph edge moves less than this; a glyph that is lost moves more. */
const tolerated = 0.0005

let bench: Bench
beforeAll(() => {
  bench = openBench()
})
afterAll(() => bench.close())

describe('pages look as approved', () => {
  it.each([
    ['cover-sheet', undefined],
    ['three-pages', '練習'],
    ['photograph', undefined],
  ])('2.11 %s with its five marks is as it was approved', async (name, watermark) => {
    const input = frozenInput(bytesOf(`shared/pdf/testing/corpus/${name}.pdf`), houseFonts)
    const frozen = await composeFrozen(watermark === undefined ? input : { ...input, watermark })
    const signed = (await signFive(frozen, await makeTown())).at(-1) as Uint8Array
    const pages = comparePages(bench.write(`${name}.pdf`, signed), name, folders)
    expect(pages.length).toBeGreaterThan(0)
    for (const page of pages) expect(page.share, `page ${page.page}, see ${page.made}`).toBeLessThan(tolerated)
  })

  it('2.11 the comparison sees a mark that is missing', async () => {
    const frozen = await composeFrozen(frozenInput(bytesOf('shared/pdf/testing/corpus/cover-sheet.pdf'), houseFonts))
    const [bare] = renderPages(bench.write('bare.pdf', frozen), 50)
    expect(differingShare(readPng(bare as Uint8Array), readPng(bytesOf('build/test/pdf/approved/cover-sheet-1.png')))).toBeGreaterThan(tolerated * 4)
  })
})
