// Two people decide at two machines that do not reach each other: until somebody else has received an approval the screen says so,
// and what contradicts is settled by the table, the same at both, with nothing lost.
import { expect, test } from '../hosts/test.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { DocumentScreen } from '../screens/document-screen.ts'
import { DraftingScreen } from '../screens/drafting-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { cutOff, cutOffFrom, exchange, machinesOverFolder } from './machines.ts'
import { decide, people, pin, writeDraft } from './steps.ts'

const [received, withdrawn] = ['庁用車の車検について', '倉庫の鍵の交換について'] as const

test('3.9 an approval waits in words until another seat has received it; approve and withdraw at the same time read the same at both machines', async ({ launchApp }) => {
  test.setTimeout(300_000)
  const { machines: [left, right], share } = await machinesOverFolder(launchApp, [people.chief, people.manager])
  const [leftPage, rightPage] = [await left.page(), await right.page()]
  for (const title of [received, withdrawn]) await (await writeDraft(left, { title, body: `${title}、別紙のとおりとする。`, collection: '総務課の文書' })).submit()
  await exchange([left, right])
  await new DeskScreen(rightPage).waitUntilAtHand(2)

  const comeBack = cutOffFrom(share)
  const document = new DocumentScreen(rightPage)
  const approved = await decide(right, received, '承認する')
  await approved.waitForStage('決裁済み')
  expect(await document.chips()).toEqual(['決裁済み', '確認待ち'])
  expect((await document.steps()).join()).toMatch(/確認待ち：ほかの人の席がまだ受け取っていません。令和\d+年\d+月\d+日.*までに受け取られると確定します。/)
  await rightPage.screenshot({ path: test.info().outputPath('waiting.png') })
  await new FrameScreen(rightPage).goTo('机')
  await (await decide(right, withdrawn, '承認する')).waitForStage('決裁済み')
  await new DeskScreen(leftPage).open('回議中（ほかの人の番）', withdrawn)
  await new DocumentScreen(leftPage).startWithdraw('鍵の数が変わったため。')
  await new ConsentScreen(await left.consentPage()).confirm(pin)
  await new DraftingScreen(leftPage).shown()
  await new FrameScreen(leftPage).waitForStatus(cutOff)
  await new FrameScreen(rightPage).waitForStatus(cutOff)
  comeBack()
  await exchange([right, left])

  const lost = `${people.manager} さんの承認は、引戻しが優先したため、効力を持ちません。記録には残っています。`
  await new DeskScreen(leftPage).open('戻ってきたもの', withdrawn)
  expect((await new DraftingScreen(leftPage).notices()).join()).toContain(lost)
  await leftPage.screenshot({ path: test.info().outputPath('withdrawn-left.png') })
  await new FrameScreen(leftPage).goTo('机')
  await new DeskScreen(leftPage).open('簿冊に納めるもの', received)
  await expect.poll(() => new DocumentScreen(leftPage).chips()).toEqual(['決裁済み'])
  expect((await new DocumentScreen(leftPage).history()).join('\n')).toContain('承認を受け取った')

  await exchange([left, right])
  await new DeskScreen(rightPage).open('最近の文書', withdrawn)
  expect(await document.stage()).toBe('引戻し')
  expect((await document.notices()).join()).toContain(lost)
  expect((await document.history()).join('\n')).toMatch(/引き戻した[\s\S]*鍵の数が変わったため。[\s\S]*承認した|承認した[\s\S]*引き戻した/)
  await new FrameScreen(rightPage).goTo('机')
  await new DeskScreen(rightPage).open('最近の文書', received)
  expect(await document.chips()).toEqual(['決裁済み'])
  expect((await document.steps()).join()).not.toContain('確認待ち')
  for (const host of [left, right]) expect(await host.quit()).toBe(0)
})
