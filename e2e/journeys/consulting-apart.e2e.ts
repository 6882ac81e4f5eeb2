// Two sections are consulted at once and approve at machines that do not reach each other: both approvals count, one file stays, and the
// one whose mark is not in it puts it on again (押印待ち). And an approval that nobody received within a day, until it is confirmed.
import type { Host } from '../hosts/electron-host.ts'
import { expect, test } from '../hosts/test.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { DeskScreen, type DeskGroup } from '../screens/desk-screen.ts'
import { DocumentScreen } from '../screens/document-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { cutOff, cutOffFrom, exchange, machinesOverFolder } from './machines.ts'
import { decide, leave, people, pin, sitDown, writeDraft } from './steps.ts'

const awaited = /押印待ち：承認は有効です。/

async function open(host: Host, from: DeskGroup, title: string): Promise<DocumentScreen> {
  const page = await host.page()
  await new FrameScreen(page).goTo('机')
  await new DeskScreen(page).open(from, title)
  return new DocumentScreen(page)
}

test('3.9 two sections consulted at once approve apart: both count, one file stays, and the mark that is not in it is put on again', async ({ launchApp }) => {
  test.setTimeout(300_000)
  const title = '庁内ネットワークの更新について'
  const { machines, share } = await machinesOverFolder(launchApp, [people.dxClerk, people.finance, people.manager], [people.dxHead])
  const [drafter, finance, manager] = machines
  const cover = { 合議先: ['財政担当課長', '総務課長'] }
  await (await writeDraft(drafter, { title, cover, body: '別紙のとおり更新する。' })).submit()
  await exchange(machines)
  for (const host of [finance, manager]) await new DeskScreen(await host.page()).waitUntilAtHand(1)
  const comeBack = cutOffFrom(share)
  for (const host of [finance, manager]) {
    const approved = await decide(host, title, '承認する')
    await approved.actDone()
    expect((await approved.steps()).join()).not.toMatch(awaited)
    await new FrameScreen(await host.page()).waitForStatus(cutOff)
  }
  comeBack()
  await exchange([finance, manager, finance])

  const seen = await Promise.all([finance, manager].map((host) => open(host, '最近の文書', title)))
  await expect.poll(async () => (await seen[0]?.steps())?.join()).toMatch(awaited)
  await expect.poll(async () => (await seen[1]?.steps())?.join()).toMatch(awaited)
  const acts = await Promise.all(seen.map((screen) => screen.acts()))
  expect(acts.filter((names) => names.includes('押印し直す'))).toHaveLength(1)
  const overtaken = acts[0]?.includes('押印し直す') ? finance : manager
  await (await overtaken.page()).screenshot({ path: test.info().outputPath('mark-awaited.png'), fullPage: true })
  await new FrameScreen(await overtaken.page()).goTo('机')
  expect((await new DeskScreen(await overtaken.page()).entries('わたしの番')).join()).toContain('押印待ち')
  const again = await open(overtaken, 'わたしの番', title)
  await again.startRemark()
  await new ConsentScreen(await overtaken.consentPage()).confirm(pin)
  await again.actDone()
  await expect.poll(async () => (await again.steps()).join()).not.toMatch(awaited)

  await exchange([overtaken, drafter])
  await leave(drafter)
  await sitDown(drafter, people.dxHead)
  const decided = await decide(drafter, title, '承認する')
  await decided.waitForStage('決裁済み')
  expect((await decided.marks()).map((name) => name.split(' ').slice(0, 2).join(' '))).toEqual(['合議印 総務課長', '合議印 財政担当課長', '決裁印 デジタル変革戦略室長'])
  expect((await decided.steps()).join()).not.toMatch(awaited)
  await (await drafter.page()).screenshot({ path: test.info().outputPath('decided.png'), fullPage: true })
  await exchange([drafter, finance, manager])
  for (const host of [finance, manager]) {
    const screen = await open(host, '最近の文書', title)
    await expect.poll(() => screen.stage()).toBe('決裁済み')
    expect((await screen.steps()).join()).not.toMatch(awaited)
  }
  for (const host of machines) expect(await host.quit()).toBe(0)
})

test('4.6 3.9 an approval that no other seat received within a day is held at both machines, stands on its person’s desk with the way on, and is confirmed with one act', async ({ launchApp, clock }) => {
  test.setTimeout(300_000)
  const title = '公用車の運行について'
  const { machines, share } = await machinesOverFolder((options) => launchApp({ ...options, env: { ...options?.env, ...clock.env } }), [people.chief, people.manager])
  const [chief, manager] = machines
  await (await writeDraft(chief, { title, body: '別紙のとおり運行する。', collection: '総務課の文書' })).submit()
  await exchange(machines)
  await new DeskScreen(await manager.page()).waitUntilAtHand(1)
  const comeBack = cutOffFrom(share)
  await (await decide(manager, title, '承認する')).waitForStage('決裁済み')
  await new FrameScreen(await manager.page()).waitForStatus(cutOff)
  const marks = await new DocumentScreen(await manager.page()).marks()
  expect(marks).toHaveLength(1)
  // A desk that is left for a day locks by itself: they leave it first.
  for (const host of machines) await leave(host)
  clock.forward(25)
  comeBack()
  await sitDown(manager, people.manager)
  await sitDown(chief, people.chief)
  await exchange([manager, chief])

  const held = await open(chief, '回議中（ほかの人の番）', title)
  await expect.poll(() => held.chips()).toEqual(['回議中', '保留'])
  expect((await held.steps()).join()).toContain(`保留：${people.manager} さんの承認`)
  await (await chief.page()).screenshot({ path: test.info().outputPath('held.png'), fullPage: true })
  const frame = new FrameScreen(await manager.page())
  const desk = new DeskScreen(await manager.page())
  await frame.goTo('机')
  await expect.poll(() => desk.held()).toEqual([expect.stringMatching(new RegExp(`^承認：${title}[^]*までにほかの席が受け取らなかったため、効力を止めています。`))])
  await desk.page.screenshot({ path: test.info().outputPath('desk-held.png') })
  await desk.openHeld(title)
  await frame.goTo('机')
  await (await decide(manager, title, '承認を確認し直す')).waitForStage('決裁済み')
  await frame.goTo('机')
  await expect.poll(() => desk.held()).toEqual([])
  await exchange([manager, chief, manager])
  const confirmed = await open(chief, '簿冊に納めるもの', title)
  expect(await confirmed.chips()).toEqual(['決裁済み'])
  expect((await confirmed.notices()).join()).not.toContain('保留')
  expect((await confirmed.history()).join('\n')).toMatch(/承認を確認し直した[\s\S]*承認した/)
  // The decision keeps its day: the mark on the screen is the one in the pages, and the confirmation stands beside it.
  expect(await confirmed.marks()).toEqual(marks)
  expect((await confirmed.steps()).join()).toContain('決裁の日は上の日付のままです。本人の確認：')
  // The chief's machine writes by itself that it received the confirmation; it may do so after it has sent.
  await expect(async () => {
    await exchange([chief, manager])
    expect(await (await open(manager, '最近の文書', title)).chips()).toEqual(['決裁済み'])
  }).toPass({ timeout: 90_000 })
  await (await manager.page()).screenshot({ path: test.info().outputPath('confirmed.png'), fullPage: true })
  for (const host of machines) expect(await host.quit()).toBe(0)
})
