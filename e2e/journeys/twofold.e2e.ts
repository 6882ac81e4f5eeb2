// One profile is copied and both copies run: the same person writes at both at the same time. A third machine sees it and says so; what was
// written is kept, counts nowhere, and is entered again by its person at each copy.
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Host } from '../hosts/electron-host.ts'
import { expect, test } from '../hosts/test.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { SettingsScreen } from '../screens/settings-screen.ts'
import { UnlockScreen } from '../screens/unlock-screen.ts'
import { openOffice, people, sitDown, syncNow, trustOf, writeDraft } from './steps.ts'

const [before, mine, theirs] = ['除雪機の点検について', '左の端末で書いた伺い', '右の端末で書いた伺い'] as const

test('3.2 two copies of one profile that both run and write at once are noticed by a third machine, and nothing of either is lost', async ({ launchApp }) => {
  test.setTimeout(420_000)
  const first = await launchApp()
  await openOffice(first, [people.drafter, people.chief])
  await sitDown(first, people.drafter)
  await (await writeDraft(first, { title: before, body: '点検する。' })).submit()
  await first.quit()
  const [copy, third] = [`${first.profile}-copy`, `${first.profile}-third`]
  for (const folder of [copy, third]) execFileSync('cp', ['-a', first.profile, folder])
  const share = join(dirname(first.profile), 'share')
  mkdirSync(share)
  chmodSync(share, 0o777)

  // Both copies are open before either has sent anything.
  const [left, right, other] = [await launchApp({ profile: first.profile }), await launchApp({ profile: copy }), await launchApp({ profile: third })]
  for (const [host, title] of [[left, mine], [right, theirs]] as const) {
    await sitDown(host, people.drafter)
    await (await writeDraft(host, { title, body: `${title}の本文。` })).submit()
  }
  const choose = async (host: Host): Promise<void> => {
    await new FrameScreen(await host.page()).goTo('設定')
    await new SettingsScreen(await host.page()).chooseFolder(share)
  }
  await choose(left)
  await new FrameScreen(await left.page()).waitForStatus(/送信済み/)
  await sitDown(other, people.chief)
  await choose(other)
  await new FrameScreen(await other.page()).waitForStatus(/送信済み/)
  await new FrameScreen(await other.page()).goTo('机')
  await new DeskScreen(await other.page()).waitFor('わたしの番', mine)

  // The right one meets what the left one wrote, and stops writing there.
  await new FrameScreen(await right.page()).goTo('設定')
  await new SettingsScreen(await right.page()).beginStorage(share)
  await new UnlockScreen(await right.page()).shown()
  await sitDown(right, people.drafter)
  const told = await trustOf(right)
  expect(await told.twofold()).toContain('あなたの席が、写しを含む二つの端末で同時に使われました。')
  await (await right.page()).screenshot({ path: test.info().outputPath('own.png'), fullPage: true })
  await syncNow(right)

  await syncNow(other)
  await new FrameScreen(await other.page()).waitForStatus('二か所で同時に使われた席の記録が届いています')
  const seen = await trustOf(other)
  expect(await seen.twofold()).toContain(`${people.drafter}さんの席が、写しを含む二つの端末で同時に使われました。`)
  await expect.poll(() => seen.twofold()).toMatch(/取り置いている操作：[1-9]\d* 件/)
  await (await other.page()).screenshot({ path: test.info().outputPath('other.png'), fullPage: true })
  await new FrameScreen(await other.page()).goTo('机')
  const desk = new DeskScreen(await other.page())
  expect(await desk.titles('わたしの番')).toEqual([before])

  await new FrameScreen(await left.page()).goTo('設定')
  await new SettingsScreen(await left.page()).beginSync()
  await new UnlockScreen(await left.page()).shown()
  await sitDown(left, people.drafter)
  for (const host of [left, right]) {
    await (await trustOf(host)).adopt()
    await syncNow(host)
  }
  for (const host of [left, other, right, left, other]) await syncNow(host)
  await new FrameScreen(await other.page()).goTo('机')
  for (const title of [before, mine, theirs]) await desk.waitFor('わたしの番', title)
  const hashes = async () => new Set(await Promise.all([left, right, other].map(async (host) => (await trustOf(host)).stateHash()))).size
  await expect.poll(hashes).toBe(1)
  await expect.poll(async () => (await trustOf(other)).twofold()).toContain('取り置いている操作：0 件')
  for (const host of [left, right, other]) expect(await host.quit()).toBe(0)
})
