// Two places without any line between them and no common storage: one stick is carried back and forth. A draft goes over, the decision
// comes back. The stick is pulled out half-way: a sentence says so, and the next time goes on. The second machine has a copy of the
// first one's profile from before; other people sit there.
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Host } from '../hosts/electron-host.ts'
import { expect, test } from '../hosts/test.ts'
import { CarrySection } from '../screens/carry-section.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { DocumentScreen } from '../screens/document-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { TrustScreen } from '../screens/trust-screen.ts'
import { makeShare, openMachines } from './machines.ts'
import { decide, people, writeDraft } from './steps.ts'

const title = '融雪剤の購入について'
const done = '終わりました。USB を抜いて運べます。'

async function carryAt(host: Host, stick: string, fresh = false): Promise<CarrySection> {
  const page = await host.page()
  await new FrameScreen(page).goTo('設定')
  const section = new CarrySection(page)
  expect(await section.carry(stick, fresh)).toContain(done)
  return section
}

/** Waits for the next file that is begun on the stick and pulls the stick out at that moment. */
function pullOut(stick: string): void {
  const files = (): number => readdirSync(stick, { recursive: true }).length
  const before = files()
  const deadline = performance.now() + 20_000
  while (files() === before) if (performance.now() > deadline) throw new Error('nothing was written to the stick')
  renameSync(stick, `${stick}-pulled`)
}

async function standing(host: Host): Promise<{ readonly segments: number; readonly hash: string }> {
  const page = await host.page()
  await new FrameScreen(page).goTo('端末と信頼')
  const trust = new TrustScreen(page)
  return { segments: await trust.segments(), hash: await trust.stateHash() }
}

test('3.4 two places without a line: one stick carries a draft over and the decision back, goes on after it was pulled out, and nothing is lost or doubled', async ({ launchApp }) => {
  test.setTimeout(240_000)
  const { machines: [left, right], around } = await openMachines(launchApp, [people.chief, people.manager])
  const stick = makeShare(around, 'usb')
  const annex = join(around, 'annex.bin')
  writeFileSync(annex, randomBytes(40_000_000))

  const leftPage = await left.page()
  const leftFrame = new FrameScreen(leftPage)
  await leftFrame.waitForStatus('この端末に保存済み・保管先は決められていません')
  await leftFrame.goTo('設定')
  const leftStick = new CarrySection(leftPage)
  await leftStick.begin(join(around, 'nowhere'))
  expect(await leftStick.said()).toContain('USB が見つかりません')
  const first = await carryAt(left, stick, true)
  expect(await first.facts()).toMatchObject({ まだ書き出していないもの: '0 件', ほかの端末の最終更新: 'まだありません' })
  await leftFrame.waitForStatus(/この端末に保存済み・USB に書き出し済み（令和/)

  await leftFrame.goTo('机')
  const draft = await writeDraft(left, { title, body: `${title}、別紙のとおりとする。`, collection: '総務課の文書', attachments: [annex] })
  await draft.submit()
  await leftFrame.waitForStatus(/この端末に保存済み・USB へは未書き出し [1-9]\d* 件/)
  await leftFrame.goTo('設定')
  await leftStick.begin(stick)
  pullOut(stick)
  const broken = await leftStick.said()
  expect(broken).toContain('最後まで運べませんでした')
  expect(broken).toContain('USB が見つかりません。抜けたか、場所が違います。文書はこの端末に残っています。')
  expect(broken).toMatch(/あと、書き出し [1-9]\d* 件/)
  expect((await new AxeBuilder({ page: leftPage }).setLegacyMode(true).analyze()).violations.map(({ id }) => id)).toEqual([])
  await leftPage.screenshot({ path: test.info().outputPath('pulled-out.png'), fullPage: true })
  renameSync(`${stick}-pulled`, stick)
  expect(await leftStick.carry(stick)).toContain(done)
  await leftFrame.waitForStatus(/USB に書き出し済み/)
  await leftPage.screenshot({ path: test.info().outputPath('carried.png'), fullPage: true })

  const there = await carryAt(right, stick)
  expect((await there.facts())['ほかの端末の最終更新']).toContain('令和')
  const rightPage = await right.page()
  await new FrameScreen(rightPage).goTo('机')
  await new DeskScreen(rightPage).waitFor('わたしの番', title)
  await (await decide(right, title, '承認する', { comment: '異議ありません。' })).actDone()
  await carryAt(right, stick)

  await carryAt(left, stick)
  await leftFrame.goTo('机')
  await new DeskScreen(leftPage).open('簿冊に納めるもの', title)
  expect((await new DocumentScreen(leftPage).history()).join('\n')).toContain('承認した')
  // What a machine notes after an act may come a moment later.
  await expect(async () => {
    for (const host of [right, left]) await carryAt(host, stick)
    expect(await standing(right)).toEqual(await standing(left))
  }).toPass({ timeout: 60_000 })
  for (const host of [left, right]) expect(await host.quit()).toBe(0)
  const stored = readdirSync(stick, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  for (const entry of stored) expect(readFileSync(join(entry.parentPath, entry.name)).includes(Buffer.from(title))).toBe(false)
})
