// Every name of the vectors through the whole main job: typed, closed and opened, printed, signed, filed and exported. What the app
// shows, what the package says and what the PDF gives as text are compared code point for code point, without any normalising.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '../hosts/test.ts'
import { CabinetScreen } from '../screens/cabinet-screen.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { DocumentScreen } from '../screens/document-screen.ts'
import { DraftingScreen } from '../screens/drafting-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { coverOf, decide, finishExport, leave, openOffice, people, sitDown } from './steps.ts'

const vectors = join(import.meta.dirname, '../../shared/filing/vectors/domain-vectors.json')
const names = (JSON.parse(readFileSync(vectors, 'utf8')) as { readonly names: readonly { readonly s: string }[] }).names.map(({ s }) => s)
const joined = names.join('、')
/** In the title they are set in the font of headings, which lacks some that running text has. */
const title = `葛\u{E0101}飾・\u{FA19}尾・\u{20BB7}田・祇\u{E0100}園について`
/** In no font that is shipped: CJK extension H, and a sequence nobody registered. */
const unknown = ['\u{31350}', '邉\u{E01EF}'] as const

/** Names that the text does not hold, as code points, so that a failure can be read. */
function lost(text: string): readonly string[] {
  const run = text.replace(/\s/gu, '')
  return names.filter((name) => !run.includes(name)).map((name) => [...name].map((char) => `U+${char.codePointAt(0)?.toString(16).toUpperCase()}`).join(' '))
}

test('2.9 every name survives typing, storage, pages and export code point for code point; what no font has is boxed and said', async ({ launchApp }) => {
  const first = await launchApp()
  await openOffice(first)
  await test.step('type', async () => {
    const page = await first.page()
    await sitDown(first, people.drafter)
    await new DeskScreen(page).newDraft()
    const drafting = new DraftingScreen(page)
    const { 件名: _title, ...rest } = coverOf(title)
    await drafting.fillCover(rest)
    await drafting.typeCover('件名', title)
    await drafting.typeCover('起案理由', joined)
    await drafting.typeBody([...names, ...unknown].join('\n'))
    expect(await first.quit()).toBe(0)
  })

  const host = await launchApp({ profile: first.profile })
  const page = await host.page()
  await test.step('close, open: it is as it was typed; the warning names what no font has', async () => {
    await sitDown(host, people.drafter)
    await new DeskScreen(page).open('起案中', title)
    const drafting = new DraftingScreen(page)
    expect(await drafting.coverText('件名')).toBe(title)
    expect(await drafting.coverText('起案理由')).toBe(joined)
    expect((await drafting.bodyText()).split('\n').filter((line) => line !== '')).toEqual([...names, ...unknown])
    expect(await drafting.boxedCharacters()).toEqual(['\u{31350} U+31350', '邉\u{E01EF} U+9089 U+E01EF'])
    expect(await drafting.submitWords()).toContain('U+31350')
    await drafting.submit()
    await leave(host)
  })
  await test.step('decide: the pages hold the names, and boxes for what no font has', async () => {
    await sitDown(host, people.chief)
    const document = await decide(host, title, '承認する', { comment: joined })
    expect(await document.title()).toBe(title)
    expect(lost(await document.coverText())).toEqual([])
    const text = await document.pageText(2)
    expect(text).toContain('31350')
    expect(text).toContain('9089+E01EF')
    await leave(host)
    await sitDown(host, people.manager)
    await (await decide(host, title, '承認する')).waitForStage('決裁済み')
    await leave(host)
  })
  const folder = await test.step('file and export', async () => {
    await sitDown(host, people.drafter)
    const frame = new FrameScreen(page)
    await frame.goTo('書庫')
    await new CabinetScreen(page).newVolume({ node: 'A-01-02', title: joined, retention: '5年' })
    await frame.goTo('机')
    await new DeskScreen(page).open('簿冊に納めるもの', title)
    const document = new DocumentScreen(page)
    await document.file(joined)
    expect(lost((await document.history()).join('\n'))).toEqual([])
    await document.startExport()
    return finishExport(host, '氏名の確認')
  })
  await test.step('the package and the PDF', () => {
    const read = (path: string): string => readFileSync(join(folder, 'data', path), 'utf8')
    expect(JSON.parse(read('documents/1/document.json'))).toMatchObject({ title })
    for (const path of ['documents/1/document.json', 'trail.json', 'register.csv']) expect(lost(read(path)), path).toEqual([])
    expect(read('index.html')).toContain(title)
    for (const file of ['frozen.pdf', 'signed.pdf']) {
      const text = execFileSync('pdftotext', ['-enc', 'UTF-8', join(folder, 'data/documents/1', file), '-'], { encoding: 'utf8' })
      expect(lost(text), file).toEqual([])
      expect(text.replace(/\s/gu, ''), file).toContain(title)
    }
  })
})
