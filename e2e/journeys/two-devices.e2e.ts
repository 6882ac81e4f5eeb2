// Two machines over one shared folder, which nobody trusts: what one writes the other sees as its turn, without any copying by hand;
// a folder that is gone for a while is said in words and heals by itself. The second machine has a copy of the first one's profile
// from before any sync; other people sit there.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '../hosts/test.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { DocumentScreen } from '../screens/document-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { SettingsScreen } from '../screens/settings-screen.ts'
import { chooseFolder, complete, cutOff, cutOffFrom, exchange, makeShare, openMachines, stateHash } from './machines.ts'
import { decide, people, writeDraft } from './steps.ts'

const title = '融雪剤の購入について'

test('3.4 3.11 two machines over one folder: a draft becomes the other’s turn, the decision comes back, and a folder that is cut off is said in words and heals by itself', async ({ launchApp }) => {
  test.setTimeout(240_000)
  const { machines: [left, right], around } = await openMachines(launchApp, [people.chief, people.manager])
  const share = makeShare(around)
  const [leftFrame, rightFrame] = [new FrameScreen(await left.page()), new FrameScreen(await right.page())]
  await leftFrame.waitForStatus('この端末に保存済み・保管先は決められていません')
  await chooseFolder(left, share)
  await chooseFolder(right, share)

  const draft = await writeDraft(left, { title, body: `${title}、別紙のとおりとする。`, collection: '総務課の文書' })
  await draft.submit()
  await leftFrame.waitForStatus(complete)
  const rightPage = await right.page()
  await leftFrame.goTo('設定')
  await new SettingsScreen(await left.page()).syncNow()
  await leftFrame.goTo('机')
  await rightFrame.goTo('設定')
  await new SettingsScreen(rightPage).syncNow()
  await rightFrame.goTo('机')
  await new DeskScreen(rightPage).waitFor('わたしの番', title)
  await new DeskScreen(rightPage).waitUntilAtHand()

  const comeBack = cutOffFrom(share)
  const document = await decide(right, title, '承認する', { comment: '異議ありません。' })
  await document.actDone()
  await rightFrame.waitForStatus(cutOff)
  await leftFrame.goTo('机')
  expect(await new DeskScreen(await left.page()).titles('回議中（ほかの人の番）')).toContain(title)

  comeBack()
  await rightFrame.waitForStatus(complete)
  const leftPage = await left.page()
  await leftFrame.goTo('設定')
  await new SettingsScreen(leftPage).syncNow()
  await leftFrame.goTo('机')
  await new DeskScreen(leftPage).open('簿冊に納めるもの', title)
  expect((await new DocumentScreen(leftPage).history()).join('\n')).toContain('承認した')
  await leftFrame.waitForStatus(complete)
  // Each machine writes down by itself what it received from the other: a few rounds until both have everything.
  await expect(async () => {
    await exchange([left, right])
    expect(await stateHash(right)).toBe(await stateHash(left))
  }).toPass({ timeout: 60_000 })

  for (const host of [left, right]) expect(await host.quit()).toBe(0)
  const stored = readdirSync(share, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  expect(stored.length).toBeGreaterThan(4)
  for (const entry of stored) expect(readFileSync(join(entry.parentPath, entry.name)).includes(Buffer.from(title))).toBe(false)
})
