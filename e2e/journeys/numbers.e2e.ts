// Official numbers: nobody waits for one to decide or to file; it comes by itself where the registrar sits; a cut-off machine gives one
// of the range it took along; whatever becomes of a number, the book says why.
import { AxeBuilder } from '@axe-core/playwright'
import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '../hosts/test.ts'
import { CabinetScreen } from '../screens/cabinet-screen.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { DocumentScreen } from '../screens/document-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { NumbersScreen } from '../screens/numbers-screen.ts'
import { complete, cutOff, cutOffFrom, exchange, machinesOverFolder } from './machines.ts'
import { book, confirmed, outgoing } from './number-steps.ts'
import { decide, decideByTwo, finishExport, leave, openOffice, people, section, sendRound, sitDown, writeDraft } from './steps.ts'

const title = '除雪業者への通知について'
const body = `${title}、別紙のとおりとする。`

async function flaws(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)
}

/** The words of a PDF as another program reads them. */
function textOf(pdf: string): string {
  return execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' })
}

test('3.10 a document is decided and filed without a number; it comes by itself, is voided with a reason, and the book says so', async ({ launchApp }) => {
  test.setTimeout(180_000)
  const host = await launchApp()
  await openOffice(host, section)
  const page = await host.page()
  const document = new DocumentScreen(page)
  await sendRound(host, people.drafter, { title, body, cover: outgoing })
  await decideByTwo(host, title)

  await sitDown(host, people.drafter)
  await new FrameScreen(page).goTo('書庫')
  await new CabinetScreen(page).newVolume({ node: 'A-01-02', title: '除雪', retention: '5年' })
  await new FrameScreen(page).goTo('机')
  await new DeskScreen(page).open('簿冊に納めるもの', title)
  expect(await document.numberWords()).toMatch(/番号待ち（仮番号 仮-/)
  await document.file('除雪')
  expect(await document.numberWords()).toMatch(/番号待ち（仮番号 仮-/)
  expect(await (await book(host)).registrar()).toContain('番号待ちの文書が 1 件あります。')
  await leave(host)

  await sitDown(host, people.chief)
  const numbers = await book(host)
  expect(await flaws(page)).toEqual([])
  await numbers.startBegin(people.chief, '令和8年度の番号を始める')
  const consent = new ConsentScreen(await host.consentPage())
  expect(await consent.outcome()).toBe('文書番号を付ける人を決めます')
  expect(await consent.facts()).toMatchObject({ 文書記号: '雪総', '意見・理由': '令和8年度の番号を始める' })
  await confirmed(host, numbers)
  await numbers.waitForRow(/\d雪総第1号 付番/)
  await page.screenshot({ path: test.info().outputPath('book.png') })
  await numbers.openDocument(title)
  expect(await document.numberWords()).toMatch(/\d雪総第1号/)
  await page.screenshot({ path: test.info().outputPath('document.png') })
  expect((await document.history()).join('\n')).toMatch(/文書番号 \d+雪総第1号 を付けた/)

  await document.startCopy()
  const folder = await finishExport(host, '業者への送付')
  expect(readdirSync(folder)).toEqual(['outgoing.pdf'])
  const pages = textOf(join(folder, 'outgoing.pdf'))
  for (const words of ['雪総第1号', '除雪業者 各位', '雪守町長', '別紙のとおり作業をお願いします。', '公文書ではありません']) expect(pages).toContain(words)
  expect(pages).not.toContain('仮-')

  const again = await book(host)
  const written = /\S+雪総第1号/.exec((await again.rows()).join('\n'))?.[0] ?? ''
  await again.startVoid(written, '施行を取りやめた')
  await page.screenshot({ path: test.info().outputPath('waiting.png') })
  await confirmed(host, again)
  await again.waitForRow(/欠番 .*施行を取りやめた/)
  expect(await flaws(page)).toEqual([])
  await new FrameScreen(page).goTo('机')
  await new DeskScreen(page).open('最近の文書', title)
  expect(await document.numberWords()).not.toContain('雪総第')
})

test('3.10 a cut-off machine gives a number of the range it took along; back again, both machines show one book', async ({ launchApp }) => {
  test.setTimeout(240_000)
  const { machines: [left, right], share } = await machinesOverFolder(launchApp, [people.chief, people.drafter], [people.manager])
  const [leftPage, rightPage] = [await left.page(), await right.page()]
  const rightFrame = new FrameScreen(rightPage)

  // The registrar's machine hands three numbers to the other one and approves.
  const numbers = await book(left)
  await numbers.startBegin(people.chief, '番号を始める')
  await confirmed(left, numbers)
  await numbers.startBlock(people.drafter, 3)
  await confirmed(left, numbers)
  await (await writeDraft(right, { title, body, cover: outgoing })).submit()
  await expect(async () => {
    await exchange([left])
    expect(await new DeskScreen(leftPage).titles('わたしの番')).toContain(title)
  }).toPass({ timeout: 60_000 })
  await (await decide(left, title, '承認する')).actDone()
  await expect(async () => {
    await exchange([right])
    await new DeskScreen(rightPage).open('回議中（ほかの人の番）', title)
    expect((await new DocumentScreen(rightPage).history()).join('\n')).toContain('承認した')
  }).toPass({ timeout: 60_000 })
  await leave(right)

  // Cut off: decided, numbered and filed there, with nobody to ask.
  const comeBack = cutOffFrom(share)
  await sitDown(right, people.manager)
  const document = await decide(right, title, '承認する')
  await document.waitForStage('決裁済み')
  await leave(right)
  await sitDown(right, people.drafter)
  await new FrameScreen(rightPage).goTo('書庫')
  await new CabinetScreen(rightPage).newVolume({ node: 'A-01-02', title: '除雪', retention: '5年' })
  await rightFrame.goTo('机')
  await new DeskScreen(rightPage).open('簿冊に納めるもの', title)
  await document.giveNumber()
  expect(await document.numberWords()).toMatch(/\d雪総第1号/)
  await document.file('除雪')
  await rightFrame.waitForStatus(cutOff)
  const back = await book(right)
  await back.startReturn('災害対応が終わった')
  await confirmed(right, back)
  const rows = await back.rows()
  expect(rows.map((row) => row.replace(/^\S+第/, '第'))).toEqual(['第3号 欠番 理由：災害対応が終わった', '第2号 欠番 理由：災害対応が終わった', `第1号 付番 ${title}`])

  comeBack()
  await rightFrame.waitForStatus(complete)
  const after = new NumbersScreen(leftPage)
  await expect(async () => {
    await exchange([left])
    await book(left)
    expect(await after.rows()).toEqual(rows)
  }).toPass({ timeout: 60_000 })
  expect(await after.registrar()).toMatch(/次の番号：\S+雪総第4号/)
})

test('3.10 a machine fetches numbers to take along by itself: the one that gives them hands them over without anybody’s PIN, and what was asked for by mistake is taken back', async ({ launchApp }) => {
  test.setTimeout(240_000)
  const { machines: [left, right] } = await machinesOverFolder(launchApp, [people.chief, people.manager])
  const begun = await book(left)
  await begun.startBegin(people.chief, '番号を始める')
  await confirmed(left, begun)
  const [leftPage, rightPage] = [await left.page(), await right.page()]
  await expect(async () => {
    await exchange([left, right])
    expect(await (await book(right)).registrar()).toContain(people.chief)
  }).toPass({ timeout: 60_000 })
  const numbers = await book(right)
  await numbers.ask(3)
  expect(await numbers.registrar()).toContain('番号を 3 取り寄せています。')
  await numbers.stopAsking()
  await expect.poll(() => numbers.registrar()).not.toContain('取り寄せています')
  await numbers.ask(5)
  expect(await numbers.registrar()).toContain('番号を 5 取り寄せています。')
  expect(await flaws(rightPage)).toEqual([])
  await rightPage.screenshot({ path: test.info().outputPath('asked.png') })
  await exchange([right, left])
  const given = await book(left)
  await expect.poll(() => given.blocks()).toEqual([expect.stringContaining('残り 5')])
  await leftPage.screenshot({ path: test.info().outputPath('granted.png') })
  await expect(async () => {
    await exchange([left, right])
    expect(await (await book(right)).blocks()).toEqual([expect.stringContaining('残り 5')])
  }).toPass({ timeout: 60_000 })
  for (const host of [left, right]) expect(await host.quit()).toBe(0)
})
