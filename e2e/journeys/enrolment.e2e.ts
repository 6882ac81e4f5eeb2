// A second machine joins through a shared folder and nothing else: an empty profile, a file that was handed over, six words that two
// people compare, the administrator's PIN. Then the new machine's own PIN opens a seat there, and it reads what the first one wrote.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { expect, test } from '../hosts/test.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { DocumentScreen } from '../screens/document-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { JoinScreen } from '../screens/join-screen.ts'
import { SettingsScreen } from '../screens/settings-screen.ts'
import { TrustScreen } from '../screens/trust-screen.ts'
import { UnlockScreen } from '../screens/unlock-screen.ts'
import { startApacheDav } from '../servers/apache-dav.ts'
import { findTraces } from './disk-traces.ts'
import { joinAs, ownPin, townHall, typed } from './joining-steps.ts'
import { openOffice, people, pin, sitDown, writeDraft } from './steps.ts'

const title = '融雪剤の購入について'

async function flaws(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)
}

test('3.2 a machine with an empty profile joins through the folder alone, after six words were compared, and reads what its person may read', async ({ launchApp }) => {
  test.setTimeout(240_000)
  const left = await launchApp()
  const { trust } = await townHall(left)
  const invitation = await trust.writeInvitation()
  const leftPage = await left.page()

  const right = await launchApp()
  const rightPage = await right.page()
  const joining = new JoinScreen(rightPage)
  await joining.open()
  expect(await joining.chooseInvitation(invitation)).toContain('練習用')
  expect(await flaws(rightPage)).toEqual([])
  await joining.ask(typed, ownPin)
  const words = await joining.words()
  expect(words).toHaveLength(6)
  expect(await flaws(rightPage)).toEqual([])

  expect(await trust.requestWords(typed)).toEqual(words)
  expect(await trust.mayApprove(typed)).toBe(false)
  await trust.startApprove(typed, people.chief)
  const consent = new ConsentScreen(await left.consentPage())
  expect((await consent.facts())['6つの言葉']).toBe(words.join('　'))
  await consent.confirm(pin)
  expect(await trust.said()).toContain(people.chief)
  expect(await flaws(leftPage)).toEqual([])

  await joining.look()
  await new UnlockScreen(rightPage).unlock(people.chief, ownPin)
  await new FrameScreen(leftPage).lock()
  await sitDown(left, people.drafter)
  const draft = await writeDraft(left, { title, body: `${title}、別紙のとおりとする。`, collection: '総務課の文書' })
  await draft.submit()
  await new FrameScreen(leftPage).waitForStatus(/全件そろっています/)
  await new FrameScreen(rightPage).goTo('設定')
  await new SettingsScreen(rightPage).syncNow()
  await new FrameScreen(rightPage).goTo('机')
  await new DeskScreen(rightPage).waitFor('わたしの番', title)
})

test('3.11 a document says on whose machine it has arrived, and the storage section when each machine was last heard of', async ({ launchApp }) => {
  test.setTimeout(240_000)
  const left = await launchApp()
  const { trust } = await townHall(left)
  const right = await launchApp()
  await joinAs(left, trust, right, people.chief)
  const [leftPage, rightPage] = [await left.page(), await right.page()]
  await new FrameScreen(leftPage).lock()
  await sitDown(left, people.drafter)
  await (await writeDraft(left, { title, body: `${title}、別紙のとおりとする。`, collection: '総務課の文書' })).submit()
  const sync = async (page: Page): Promise<void> => {
    await new FrameScreen(page).goTo('設定')
    await new SettingsScreen(page).syncNow()
    await new FrameScreen(page).waitForStatus(/全件そろっています/)
  }
  await sync(leftPage)
  await new FrameScreen(leftPage).goTo('机')
  await new DeskScreen(leftPage).open('回議中（ほかの人の番）', title)
  const document = new DocumentScreen(leftPage)
  await expect.poll(() => document.reached()).toBe('あなたの操作は、町の保管庫へ送りました。ほかの端末に届いたかどうかは、まだわかりません。')
  await leftPage.screenshot({ path: test.info().outputPath('not-yet.png') })

  await sync(rightPage)
  await new FrameScreen(rightPage).goTo('机')
  await new DeskScreen(rightPage).open('わたしの番', title)
  await new DocumentScreen(rightPage).shown()
  await sync(leftPage)
  await expect.poll(async () => (await new SettingsScreen(leftPage).machines())[`${people.chief}さんの端末`] ?? '').toMatch(/^令和\d+年\d+月\d+日 \d\d時\d\d分に便り$/)
  expect(await flaws(leftPage)).toEqual([])
  await leftPage.screenshot({ path: test.info().outputPath('machines.png'), fullPage: true })
  // Having opened it, the other machine writes of itself, and says with it what it has.
  await expect(async () => {
    await sync(leftPage)
    await new FrameScreen(leftPage).goTo('机')
    await new DeskScreen(leftPage).open('回議中（ほかの人の番）', title)
    expect(await document.reached()).toBe(`あなたの操作が届いた端末：${people.chief}さん`)
  }).toPass({ timeout: 60_000 })
  await leftPage.screenshot({ path: test.info().outputPath('reached.png') })
})

test('3.2 a request that is refused adds nothing, and the new machine says so', async ({ launchApp }) => {
  const left = await launchApp()
  const { trust } = await townHall(left)
  const segments = await trust.segments()
  const invitation = await trust.writeInvitation()
  const right = await launchApp()
  const joining = new JoinScreen(await right.page())
  await joining.open()
  await joining.chooseInvitation(invitation)
  await joining.ask(typed, ownPin)
  await joining.words()
  await trust.requestWords(typed)
  await trust.refuse(typed)
  expect(await trust.said()).toBe('依頼を断りました。何も加えていません。')
  expect(await trust.segments()).toBe(segments)
  await joining.look()
  expect(await joining.problem()).toContain('管理者が依頼を断りました')
})

test('3.2 a machine joins over a WebDAV folder: the invitation holds no password, a wrong one is said, and the right one is kept sealed', async ({ launchApp }) => {
  test.setTimeout(240_000)
  const apache = await startApacheDav()
  try {
    const left = await launchApp()
    await openOffice(left, [people.manager, people.drafter])
    await sitDown(left, people.manager)
    const leftPage = await left.page()
    const [leftFrame, settings, trust] = [new FrameScreen(leftPage), new SettingsScreen(leftPage), new TrustScreen(leftPage)]
    await leftFrame.goTo('設定')
    await settings.enterStorage('WebDAV', { 'WebDAV のアドレス': apache.address, 利用者名: apache.user, パスワード: apache.password })
    await settings.setStorage(apache.address)
    await leftFrame.waitForStatus(/全件そろっています/)
    await leftFrame.goTo('端末と信頼')
    const invitation = await trust.writeInvitation()
    expect(readFileSync(invitation).includes(apache.password)).toBe(false)

    const right = await launchApp()
    const rightPage = await right.page()
    const joining = new JoinScreen(rightPage)
    await joining.open()
    expect(await joining.chooseInvitation(invitation)).toContain(apache.address)
    await joining.enterAccess({ 利用者名: apache.user, パスワード: 'not-the-word' })
    await joining.ask(typed, ownPin)
    expect(await joining.problem()).toContain('町の保管庫に断られました')
    await rightPage.screenshot({ path: test.info().outputPath('join-webdav.png'), fullPage: true })
    await joining.enterAccess({ 利用者名: apache.user, パスワード: apache.password })
    await joining.ask(typed, ownPin)
    const words = await joining.words()
    expect(await trust.requestWords(typed)).toEqual(words)
    await trust.startApprove(typed, people.chief)
    await new ConsentScreen(await left.consentPage()).confirm(pin)
    expect(await trust.said()).toContain(people.chief)
    await joining.look()
    await new UnlockScreen(rightPage).unlock(people.chief, ownPin)
    await new FrameScreen(rightPage).waitForStatus(/全件そろっています/)
    for (const host of [left, right]) expect(await host.quit()).toBe(0)
    expect(findTraces(right.profile, { secret: apache.password }).found).toEqual([])
  } finally {
    await apache.stop()
  }
})
