// A project with somebody from outside: an administrator makes its collection of documents, and whoever was named reads that and drafts there,
// at a machine of their own; nobody else does, administrators among them.
import { formatWareki } from '@shared/base/wareki.ts'
import { addDays, jstDate } from '@shared/base/civil-date.ts'
import type { Host } from '../hosts/electron-host.ts'
import { expect, test } from '../hosts/test.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { ReviewScreen } from '../screens/review-screen.ts'
import { exchange, machinesOverFolder } from './machines.ts'
import { leave, people, pin, sendRound, sitAtTrust, sitDown, writeDraft } from './steps.ts'

const place = '庁舎建替事業の文書'
const titles = { section: '除雪計画について', own: '基本設計の進め方について', answer: '敷地の測量について' }

async function found(host: Host): Promise<readonly string[]> {
  const frame = new FrameScreen(await host.page())
  const hits: string[] = []
  for (const words of ['除雪', '基本設計', '敷地']) {
    await frame.search(words)
    hits.push(...(await frame.hits()))
  }
  await frame.goTo('机')
  return hits
}

test('4.11 P-05 an administrator makes the collection of a project with somebody from outside, who sees exactly that and drafts there; whoever answers for it reads it, the administrator does not', async ({ launchApp }, testInfo) => {
  test.setTimeout(300_000)
  const { machines: [hall, outside] } = await machinesOverFolder(launchApp, [people.manager, people.contractor], [people.chief, people.drafter])
  await leave(hall)
  await sendRound(hall, people.drafter, { title: titles.section, body: '次のとおりとする。' })

  const trust = await sitAtTrust(hall, people.manager)
  await trust.openReview()
  const hallPage = await hall.page()
  const review = new ReviewScreen(hallPage)
  const last = formatWareki(addDays(jstDate(Date.now()), 300))
  await review.startCollection({ name: place, purpose: '庁舎の建替えの設計と工事', owner: people.chief, people: [[people.contractor, '起案'], [people.chief, '起案']], lastDay: last, reason: '事業の開始', picture: testInfo.outputPath('sheet.png') })
  const window = new ConsentScreen(await hall.consentPage())
  expect(await window.outcome()).toBe('文書の集まりを新しく作ります')
  const facts = await window.facts()
  expect(facts).toMatchObject({ 集まりの名前: place, 種類: '事業の文書（期間を区切って行うもの）', 目的: '庁舎の建替えの設計と工事', '意見・理由': '事業の開始' })
  expect(facts[`${people.contractor}（${place}）`]).toContain(`与える：起案、${last} まで`)
  await window.page.screenshot({ path: testInfo.outputPath('consent.png'), fullPage: true })
  await window.confirm(pin)
  await review.answered()
  await review.show('すべて')
  await review.narrow(place)
  expect(await review.row(`${people.chief}（${place}・管理責任）`)).toContain('事業の開始')
  await hallPage.screenshot({ path: testInfo.outputPath('made.png') })
  await exchange([hall, outside])
  expect(await found(outside)).toEqual([])
  await leave(outside)

  // Theirs from when the seat is opened next; of the section they read nothing.
  await sitDown(outside, people.contractor)
  await exchange([outside])
  const drafting = await writeDraft(outside, { title: titles.own, body: '1 基本設計を始める。', collection: place })
  await drafting.saved()
  await new FrameScreen(await outside.page()).goTo('机')
  await exchange([outside, hall])
  await expect.poll(() => found(outside)).toEqual([titles.own])

  // The administrator made it and was not named.
  expect(await found(hall)).toEqual([titles.section])
  await leave(hall)
  await sitDown(hall, people.chief)
  await exchange([hall])
  await expect.poll(() => found(hall)).toEqual([titles.section, titles.own])
  await writeDraft(hall, { title: titles.answer, body: '1 敷地を測る。', collection: place })
  await new FrameScreen(hallPage).goTo('机')
  await exchange([hall, outside])
  await expect.poll(() => found(outside)).toEqual([titles.own, titles.answer])
  for (const host of [hall, outside]) expect(await host.quit()).toBe(0)
})
