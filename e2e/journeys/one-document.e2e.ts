// この文書を見せる: one document for somebody who may not read its collection. They see that document and nothing else, at a machine of
// their own, for as long as it was given; and where it was given to decide, their decision counts as anybody's.
import { formatWareki } from '@shared/base/wareki.ts'
import { addDays, jstDate } from '@shared/base/civil-date.ts'
import { AxeBuilder } from '@axe-core/playwright'
import type { Host } from '../hosts/electron-host.ts'
import { expect, test } from '../hosts/test.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { DeskScreen, type DeskGroup } from '../screens/desk-screen.ts'
import { DocumentScreen } from '../screens/document-screen.ts'
import { DraftingScreen } from '../screens/drafting-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { ReviewScreen } from '../screens/review-screen.ts'
import { TrustScreen } from '../screens/trust-screen.ts'
import { cutOffFrom, exchange, machinesOverFolder } from './machines.ts'
import { decide, finishExport, leave, people, pin, sitDown, verifyPackage, writeDraft } from './steps.ts'

const general = '総務課の文書'
const councillor = '菅野 春夫'
const consulted = '五十嵐 稔'
const title = '除雪計画について'
const hidden = '人事異動の内示について'
const body = '除雪の路線を次のとおりとする。'

/** Everything that the screens of whoever sits here show: the desk, what is found, the document. */
async function seen(host: Host): Promise<readonly string[]> {
  const page = await host.page()
  const frame = new FrameScreen(page)
  await frame.goTo('机')
  const desk = new DeskScreen(page)
  const groups: readonly DeskGroup[] = ['わたしの番', '戻ってきたもの', '起案中', '引き継ぎを待つ起案', '簿冊に納めるもの', '回議中（ほかの人の番）', '渡された文書', '最近の文書']
  const titles = (await Promise.all(groups.map((group) => desk.titles(group)))).flat()
  for (const words of ['除雪', '内示', '異動']) {
    await frame.search(words)
    titles.push(...(await frame.hits()))
  }
  await frame.goTo('机')
  return [...new Set(titles)].sort()
}

/** Again and again until what is on its way in the background has come: the person sits down anew each time. */
async function untilSeen(hosts: readonly Host[], outside: Host, person: string, expected: readonly string[]): Promise<void> {
  await expect(async () => {
    await exchange(hosts)
    await leave(outside)
    await sitDown(outside, person)
    expect(await seen(outside)).toEqual(expected)
  }).toPass({ timeout: 120_000 })
}

/** As `untilSeen`, at a seat that stays open. */
async function untilSeenThere(hosts: readonly Host[], outside: Host, expected: readonly string[]): Promise<void> {
  await expect(async () => {
    await exchange(hosts)
    expect(await seen(outside)).toEqual(expected)
  }).toPass({ timeout: 120_000 })
}

test('4.11 P-04 P-05 a council member who belongs to no collection gets one document: sees it and nothing else, offline too, and once it is taken back and the key renewed nothing', async ({ launchApp }) => {
  test.setTimeout(400_000)
  const { machines: [hall, outside], share } = await machinesOverFolder(launchApp, [people.drafter, councillor], [people.manager])
  const page = await hall.page()
  await (await writeDraft(hall, { title: hidden, body: '次のとおり内示する。', collection: general })).submit()
  await new FrameScreen(page).goTo('机')
  await (await writeDraft(hall, { title, body, collection: general })).submit()
  await exchange([hall, outside])
  expect(await seen(outside)).toEqual([])

  await new DeskScreen(page).open('回議中（ほかの人の番）', title)
  const document = new DocumentScreen(page)
  const last = addDays(jstDate(Date.now()), 20)
  expect(await document.readers()).toContain(`「${general}」を読める人`)
  await document.startShow(councillor, '閲覧', formatWareki(last), '議案の事前の説明', test.info().outputPath('show-sheet.png'))
  const window = new ConsentScreen(await hall.consentPage())
  expect(await window.outcome()).toBe('文書を使える人を変えます')
  expect(await window.facts()).toMatchObject({ [`${councillor}（${general}のうち 1 件だけ）`]: expect.stringMatching(new RegExp(`^与える：閲覧、${formatWareki(last)} まで`)), 見せる文書: title, '意見・理由': '議案の事前の説明' })
  await window.page.screenshot({ path: test.info().outputPath('consent.png') })
  await window.confirm(pin)
  await expect.poll(() => document.readers()).toContain(`${councillor}（閲覧）`)
  for (const words of ['議案の事前の説明', formatWareki(last)]) expect(await document.readers()).toContain(words)
  expect((await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations.map(({ id }) => id)).toEqual([])
  await page.screenshot({ path: test.info().outputPath('given.png'), fullPage: true })

  await untilSeen([hall, outside], outside, councillor, [title])
  const outsidePage = await outside.page()
  await outsidePage.screenshot({ path: test.info().outputPath('desk.png') })
  await new DeskScreen(outsidePage).open('渡された文書', title)
  const given = new DocumentScreen(outsidePage)
  expect(await given.pageText()).toContain(title)
  expect((await given.notices()).join()).toContain(`この文書だけが、あなたに渡されています（閲覧・${formatWareki(last)} まで）`)
  expect(await given.acts()).toEqual([])
  await outsidePage.screenshot({ path: test.info().outputPath('seen.png'), fullPage: true })
  // Without the storage it opens as well.
  const comeBack = cutOffFrom(share)
  await leave(outside)
  await sitDown(outside, councillor)
  await new DeskScreen(outsidePage).open('渡された文書', title)
  expect(await given.pageText()).toContain(title)
  comeBack()
  // That it was opened is written down.
  await expect(async () => {
    await exchange([outside, hall])
    await new DeskScreen(page).open('回議中（ほかの人の番）', title)
    expect((await document.history()).filter((entry) => entry.startsWith('開いた') && entry.includes(councillor))).not.toEqual([])
  }).toPass({ timeout: 120_000 })
  await leave(hall)

  // The review lists it with the other rights.
  await sitDown(hall, people.manager)
  await new FrameScreen(page).goTo('端末と信頼')
  await new TrustScreen(page).openReview()
  const review = new ReviewScreen(page)
  await review.show('すべて')
  await review.narrow(councillor)
  expect(await review.row(`${councillor}（${general}のうち「${title}」だけ・閲覧）`)).toContain('議案の事前の説明')
  await page.screenshot({ path: test.info().outputPath('review.png') })
  await leave(hall)

  await sitDown(hall, people.drafter)
  await new DeskScreen(page).open('回議中（ほかの人の番）', title)
  await document.startTakeBack(councillor, '説明が終わったため')
  await new ConsentScreen(await hall.consentPage()).confirm(pin)
  await document.renewKeyAfterwards('これから加わる内容を読ませないため')
  await expect.poll(() => document.readers()).not.toContain(councillor)
  await untilSeen([hall, outside], outside, councillor, [])
  for (const host of [hall, outside]) expect(await host.quit()).toBe(0)
})

test('4.11 P-04 a manager of another section is given one document to decide: approves it at a machine of their own, it counts everywhere and in the package, and it ends with its day', async ({ launchApp, clock }) => {
  test.setTimeout(400_000)
  const { machines: [hall, outside] } = await machinesOverFolder((options) => launchApp({ ...options, env: { ...options?.env, ...clock.env } }), [people.drafter, consulted], [people.chief, people.manager])
  const page = await hall.page()
  await (await writeDraft(hall, { title: hidden, body: '次のとおり内示する。', collection: general })).submit()
  await new FrameScreen(page).goTo('机')
  await (await writeDraft(hall, { title, body, collection: general, cover: { 合議先: ['建設課長'] } })).submit()
  await leave(hall)
  await sitDown(hall, people.chief)
  await (await decide(hall, title, '承認する')).actDone()
  await leave(hall)
  await sitDown(hall, people.manager)
  await new DeskScreen(page).open('最近の文書', title)
  const document = new DocumentScreen(page)
  await document.startShow(consulted, '決裁', formatWareki(addDays(jstDate(Date.now()), 10)), '路線の合議')
  await new ConsentScreen(await hall.consentPage()).confirm(pin)
  await expect.poll(() => document.readers()).toContain(`${consulted}（決裁）`)
  await untilSeen([hall, outside], outside, consulted, [title])
  const outsidePage = await outside.page()
  expect(await new DeskScreen(outsidePage).titles('わたしの番')).toEqual([title])
  await (await decide(outside, title, '承認する')).actDone()
  await exchange([outside, hall])
  await (await decide(hall, title, '承認する')).waitForStage('決裁済み')
  expect((await document.marks()).map((name) => name.split(' ').slice(0, 2).join(' '))).toContain('合議印 建設課長')
  await page.screenshot({ path: test.info().outputPath('decided.png'), fullPage: true })
  await leave(hall)
  await sitDown(hall, people.drafter)
  await new DeskScreen(page).open('簿冊に納めるもの', title)
  await document.startExport()
  const { code, report } = verifyPackage(await finishExport(hall, '議会への説明'))
  expect([code, report.outcome]).toEqual([0, 'pass'])

  await exchange([hall, outside])
  await new DeskScreen(outsidePage).open('渡された文書', title)
  await new DocumentScreen(outsidePage).waitForStage('決裁済み')
  await leave(outside)
  clock.forward(11 * 24)
  await sitDown(outside, consulted)
  expect(await seen(outside)).toEqual([])
  await outside.quit()
  await hall.quit()
})

test('4.11 a manager of another section is given one draft to write in: their words reach the drafter and the pages, they can do nothing else there, and it begins and ends while their seat is open', async ({ launchApp }) => {
  test.setTimeout(400_000)
  const { machines: [hall, outside] } = await machinesOverFolder(launchApp, [people.drafter, consulted], [people.manager])
  const page = await hall.page()
  const frame = new FrameScreen(page)
  await writeDraft(hall, { title: hidden, body: '次のとおり内示する。', collection: general })
  await frame.goTo('机')
  await writeDraft(hall, { title, body, collection: general })
  await leave(hall)
  await sitDown(hall, people.manager)
  const draft = new DraftingScreen(page)
  const document = new DocumentScreen(page)
  const openDraft = async (): Promise<void> => {
    await frame.search(title)
    await frame.openHit(title)
    await draft.shown()
  }
  await openDraft()
  const last = formatWareki(addDays(jstDate(Date.now()), 5))
  await document.startShow(consulted, '起案', last, '路線の一覧の記入', test.info().outputPath('show-sheet.png'))
  const window = new ConsentScreen(await hall.consentPage())
  expect(await window.facts()).toMatchObject({ [`${consulted}（${general}のうち 1 件だけ）`]: expect.stringMatching(new RegExp(`^与える：起案、${last} まで`)), 見せる文書: title })
  await window.confirm(pin)
  await expect.poll(() => document.readers()).toContain(`${consulted}（起案）`)
  await page.screenshot({ path: test.info().outputPath('given.png'), fullPage: true })

  await untilSeenThere([hall, outside], outside, [title])
  const outsidePage = await outside.page()
  const given = new DraftingScreen(outsidePage)
  await new DeskScreen(outsidePage).open('渡された文書', title)
  await given.shown()
  expect((await given.notices()).join()).toContain(`この文書だけが、あなたに渡されています（起案・${last} まで）`)
  await given.typeBody('\n建設課は町道 12 号線を担当する。')
  await given.typeCover('起案理由', '建設課の意見を加えたため。')
  expect([await given.maySubmit(), await given.mayAdopt(), await given.mayAbandon()]).toEqual([false, false, false])
  const before = await given.before()
  expect([before.includes(`回議に付すのは、起案した ${people.drafter} さんです。`), before.includes('回議に付せます')]).toEqual([true, false])
  expect((await new AxeBuilder({ page: outsidePage }).setLegacyMode(true).analyze()).violations.map(({ id }) => id)).toEqual([])
  await outsidePage.screenshot({ path: test.info().outputPath('writing.png'), fullPage: true })
  await exchange([outside, hall])
  expect(await seen(outside)).toEqual([title])

  await openDraft()
  await document.startTakeBack(consulted, '記入が終わったため')
  await new ConsentScreen(await hall.consentPage()).confirm(pin)
  await expect.poll(() => document.readers()).not.toContain(`${consulted}（起案）`)
  await page.screenshot({ path: test.info().outputPath('taken-back.png'), fullPage: true })
  await untilSeenThere([hall, outside], outside, [])
  await leave(hall)

  await sitDown(hall, people.drafter)
  await new DeskScreen(page).open('起案中', title)
  await expect.poll(() => draft.bodyText()).toMatch(new RegExp(`${body}[\\s\\S]*建設課は町道 12 号線を担当する。`))
  expect(await draft.coverText('起案理由')).toBe('建設課の意見を加えたため。')
  await page.screenshot({ path: test.info().outputPath('drafter.png'), fullPage: true })
  await draft.submit()
  await new DeskScreen(page).open('回議中（ほかの人の番）', title)
  // The sheet is the first page, the text the second.
  expect(await document.pageText(2)).toContain('建設課は町道 12 号線を担当する。')
  const written = (await document.history()).filter((entry) => entry.includes(consulted)).join()
  for (const words of ['本文を書いた', '起案用紙を書いた']) expect(written).toContain(words)
  await page.screenshot({ path: test.info().outputPath('on-its-way.png'), fullPage: true })
  for (const host of [hall, outside]) expect(await host.quit()).toBe(0)
})
