// Somebody leaves on Friday with a draft half written. An administrator takes the seat away; on Monday whoever decides in that section finds
// the draft on the desk, takes it over with a reason, and sends it round as theirs.
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from '../hosts/test.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { DocumentScreen } from '../screens/document-screen.ts'
import { DraftingScreen } from '../screens/drafting-screen.ts'
import { UnlockScreen } from '../screens/unlock-screen.ts'
import { leave, openOffice, people, pin, sitAtTrust, sitDown, writeDraft } from './steps.ts'

const title = '除雪計画について'

test('4.2 4.16 leaver on Friday: the seat is taken away, the draft stays and waits on the desk of whoever decides there, who takes it over and sends it round', async ({ launchApp }, testInfo) => {
  test.setTimeout(180_000)
  const host = await launchApp()
  const page = await host.page()
  await openOffice(host, [people.manager, people.drafter, people.chief])
  await sitDown(host, people.drafter)
  await (await writeDraft(host, { title, body: `${title}、別紙のとおりとする。`, collection: '総務課の文書' })).saved()
  await leave(host)

  await sitDown(host, people.chief)
  const desk = new DeskScreen(page)
  expect(await desk.titles('引き継ぎを待つ起案')).toEqual([])
  await leave(host)
  const trust = await sitAtTrust(host, people.manager)
  await trust.startRemoveSeat(people.drafter, '今日付けで退職のため')
  await new ConsentScreen(await host.consentPage()).confirm(pin)
  await trust.seatGone(people.drafter)
  await leave(host)
  const unlock = new UnlockScreen(page)
  await unlock.tryPin(people.drafter, pin)
  expect(await unlock.refusal()).toContain('管理者が取り消しました')

  await sitDown(host, people.chief)
  await page.screenshot({ path: testInfo.outputPath('desk.png') })
  await desk.open('引き継ぎを待つ起案', title)
  const drafting = new DraftingScreen(page)
  expect(await drafting.maySubmit()).toBe(false)
  await drafting.adopt('退職した職員の仕事を引き継ぐため')
  expect((await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations).toEqual([])
  await page.screenshot({ path: testInfo.outputPath('adopted.png') })
  await drafting.submit()
  await desk.waitFor('回議中（ほかの人の番）', title)
  await desk.open('回議中（ほかの人の番）', title)
  expect((await new DocumentScreen(page).history()).join('\n')).toContain('起案を引き継いだ')
})
