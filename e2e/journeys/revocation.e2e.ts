// A seat is taken away while its machine cannot be reached: what it decides meanwhile has no effect anywhere, its machine locks itself as
// soon as it hears of it, and nothing that was written is lost. A recovery that nobody asked for is ended by one administrator.
import { expect, test } from '../hosts/test.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { DocumentScreen } from '../screens/document-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { UnlockScreen } from '../screens/unlock-screen.ts'
import { complete, cutOffFrom, machinesOverFolder } from './machines.ts'
import { decide, leave, openOffice, people, pin, sitDown, syncNow, trustOf, writeDraft } from './steps.ts'

const title = '融雪剤の購入について'
const notTaken = '受け入れなかった記録'

test('3.1 F13 a machine that was lost decides nothing any more, on no machine, and locks itself when it hears of it', async ({ launchApp }) => {
  test.setTimeout(240_000)
  const { machines: [left, lost], share } = await machinesOverFolder(launchApp, [people.drafter, people.chief], [people.manager, people.dxHead])
  const draft = await writeDraft(left, { title, body: `${title}、別紙のとおりとする。`, collection: '総務課の文書' })
  await draft.submit()
  await new FrameScreen(await left.page()).waitForStatus(complete)
  await syncNow(lost)
  await new DeskScreen(await lost.page()).waitFor('わたしの番', title)
  await new DeskScreen(await lost.page()).waitUntilAtHand(1)

  const comeBack = cutOffFrom(share)
  await (await decide(lost, title, '承認する', { comment: '拾った端末から' })).actDone()
  await leave(left)
  await sitDown(left, people.manager)
  const trust = await trustOf(left)
  await trust.startRemoveSeat(people.chief, '端末を紛失したため')
  await new ConsentScreen(await left.consentPage()).confirm(pin)
  await trust.seatGone(people.chief)
  await leave(left)

  comeBack()
  const unlock = new UnlockScreen(await lost.page())
  await expect(async () => unlock.shown()).toPass({ timeout: 90_000 })
  await unlock.tryPin(people.chief, pin)
  expect(await unlock.refusal()).toContain('管理者が取り消しました')

  await sitDown(left, people.drafter)
  await syncNow(left)
  const page = await left.page()
  await new DeskScreen(page).open('回議中（ほかの人の番）', title)
  const document = new DocumentScreen(page)
  await expect.poll(async () => (await document.history()).join('\n'), { timeout: 60_000 }).toContain('承認した（席が取り消された後のため、効力なし）')
  expect(await document.stage()).toContain('回議中')

  // The keys that were renewed with the removal reached a colleague at the other machine, who writes on under them and is read.
  const here = await trustOf(left)
  const [records, aside] = [await here.segments(), (await here.facts())[notTaken]]
  await sitDown(lost, people.dxHead)
  await (await writeDraft(lost, { title: '回線の更新について', body: '新しい鍵で書いた。', collection: 'デジタル変革戦略室の文書' })).saved()
  await expect(async () => {
    for (const host of [lost, left]) await syncNow(host)
    expect(await (await trustOf(left)).segments()).toBeGreaterThan(records)
  }).toPass({ timeout: 90_000 })
  for (const host of [lost, left]) expect((await (await trustOf(host)).facts())[notTaken]).toBe(aside)
})

test('3.1 one administrator ends a recovery that nobody asked for, and it stays ended when its 72 hours are over', async ({ launchApp, clock }) => {
  const host = await launchApp({ env: clock.env })
  const { recoveryCodes } = await openOffice(host, [people.manager, people.dxHead, people.drafter])
  const [first = '', , third = ''] = recoveryCodes
  const unlock = new UnlockScreen(await host.page())
  const newPin = 'stolen-sheets-2026'
  await unlock.recover([first, third], people.dxHead, newPin)
  expect(await unlock.waiting(people.dxHead)).toContain('復旧中')

  await sitDown(host, people.manager)
  const trust = await trustOf(host)
  await trust.startRemoveWaiting(people.dxHead, '本人が知らない')
  await new ConsentScreen(await host.consentPage()).confirm(pin)
  await expect.poll(() => trust.waiting()).toEqual([])
  await expect.poll(() => trust.administrators()).toContain(people.dxHead)
  await leave(host)
  await unlock.shown()
  clock.forward(73)
  await unlock.tryPin(people.dxHead, newPin)
  expect(await unlock.refusal()).toContain('管理者が取り消しました')
})
