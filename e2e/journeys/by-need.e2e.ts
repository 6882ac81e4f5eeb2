// A second machine joins over a shared folder and works before any content is there: the desk and the register come first, pages when
// they are opened, and what reaches its person is brought unasked. Then the folder is cut off: what was promised opens, the rest says so.
import { AxeBuilder } from '@axe-core/playwright'
import { chmodSync, mkdirSync, readdirSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Host } from '../hosts/electron-host.ts'
import { expect, test } from '../hosts/test.ts'
import { CabinetScreen } from '../screens/cabinet-screen.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { DocumentScreen } from '../screens/document-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { JoinScreen } from '../screens/join-screen.ts'
import { SettingsScreen } from '../screens/settings-screen.ts'
import { TrustScreen } from '../screens/trust-screen.ts'
import { UnlockScreen } from '../screens/unlock-screen.ts'
import { VolumeScreen } from '../screens/volume-screen.ts'
import { decideByTwo, leave, openOffice, people, pin, sendRound, sitDown, writeDraft } from './steps.ts'

const ownPin = 'natsu-no-owari-4177'
const [first, filed, second, waiting] = ['除雪機の点検について', '除雪車の更新について', '街路灯の修繕について', '融雪剤の購入について']
const volume = '除雪機械（令和8年度）'
const collection = '総務課の文書'

/** Packs (sealed content) on a machine's disk. */
function packs(host: Host): number {
  const folder = join(host.profile, 'objects')
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && /\/p\/[0-9a-f]{2}$/.test(entry.parentPath)).length
}

async function decided(host: Host, title: string): Promise<void> {
  await sendRound(host, people.drafter, { title, body: `${title}、次のとおり実施する。`, collection })
  await decideByTwo(host, title)
}

/** What lies in the shared folder now is not carried on until the function given is called, as where somebody's service copies newest first. */
function holdBack(share: string): () => void {
  const away = `${share}-held`
  const files = readdirSync(share, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && /\/o\/[0-9a-f]{2}$/.test(entry.parentPath))
  const moves = files.map((entry) => [join(entry.parentPath, entry.name), join(away, entry.name)] as const)
  mkdirSync(away)
  for (const [from, to] of moves) renameSync(from, to)
  return () => {
    for (const [from, to] of moves) renameSync(to, from)
  }
}

/** An office with decided documents, one of them filed, and one that waits for its chief, sent to a folder; the chief’s own machine has joined. */
async function furnish(left: Host, right: Host, share: string, sent: () => void = () => undefined): Promise<void> {
  await openOffice(left, [people.manager, people.drafter, people.chief])
  for (const title of [first, filed, second]) await decided(left, title)
  const drafter = await sitDown(left, people.drafter)
  const leftPage = await left.page()
  const frame = new FrameScreen(leftPage)
  await frame.goTo('書庫')
  await new CabinetScreen(leftPage).newVolume({ node: 'A-01-02', title: volume, retention: '5年', location: '電子書庫' })
  await frame.goTo('机')
  await drafter.open('簿冊に納めるもの', filed)
  await new DocumentScreen(leftPage).file(volume)
  await frame.goTo('机')
  await (await writeDraft(left, { title: waiting, body: `${waiting}、別紙のとおりとする。`, collection })).submit()
  await leave(left)
  await sitDown(left, people.manager)
  await frame.goTo('設定')
  await new SettingsScreen(leftPage).chooseFolder(share)
  await frame.waitForStatus(/全件そろっています/)
  sent()
  await frame.goTo('端末と信頼')
  const trust = new TrustScreen(leftPage)
  const invitation = await trust.writeInvitation()
  const rightPage = await right.page()
  const joining = new JoinScreen(rightPage)
  await joining.open()
  await joining.chooseInvitation(invitation)
  await joining.ask('𠮷田', ownPin)
  await joining.words()
  await trust.requestWords('𠮷田')
  await trust.startApprove('𠮷田', people.chief)
  await new ConsentScreen(await left.consentPage()).confirm(pin)
  await trust.said()
  await joining.look()
}

test('3.7 a second machine shows desk and documents before any content, fetches pages when they are opened, and opens offline what was promised: what reaches its person and a pinned volume', async ({ launchApp }) => {
  test.setTimeout(360_000)
  const [left, right] = [await launchApp(), await launchApp()]
  const share = join(dirname(left.profile), 'share')
  mkdirSync(share)
  chmodSync(share, 0o777)
  await furnish(left, right, share)
  const page = await right.page()
  const [frame, desk, document] = [new FrameScreen(page), new DeskScreen(page), new DocumentScreen(page)]
  await new UnlockScreen(page).unlock(people.chief, ownPin)
  await desk.waitFor('わたしの番', waiting)
  await desk.waitUntilAtHand()
  const atHand = packs(right)
  expect(atHand).toBeLessThan(packs(left))

  await frame.search(first)
  await frame.openHit(first)
  expect(await document.stage()).toBe('決裁済み')
  expect(await document.pageText()).toContain(first)
  expect(packs(right)).toBeGreaterThan(atHand)
  expect(packs(right)).toBeLessThan(packs(left))

  await frame.goTo('書庫')
  const cabinet = new CabinetScreen(page)
  await cabinet.chooseNode('A-01-02')
  await cabinet.openVolume(volume)
  const pinned = new VolumeScreen(page)
  await pinned.useOffline()
  await frame.goTo('端末と信頼')
  const offline = await new TrustScreen(page).offline()
  expect(offline[`簿冊「${volume}」`]).toMatch(/^1 件・.+・すべてこの端末にあります$/)
  expect(offline['自分に回ってくるものすべて']).toMatch(/すべてこの端末にあります$/)
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
  expect(violations.map(({ id }) => id)).toEqual([])

  const away = `${share}-away`
  renameSync(share, away)
  await frame.search(second)
  await frame.openHit(second)
  expect(await document.stage()).toBe('決裁済み')
  expect(await document.pagesRefusal()).toContain('この文書の中身はまだこの端末にありません。接続すると取り寄せます。')
  expect(await document.steps()).toHaveLength(2)
  for (const title of [first, filed]) {
    await frame.search(title)
    await frame.openHit(title)
    expect(await document.pageText()).toContain(title)
  }
  await frame.goTo('机')
  await desk.open('わたしの番', waiting)
  expect(await document.pageText()).toContain(waiting)
  await document.startApprove({ comment: '異議ありません。' })
  await new ConsentScreen(await right.consentPage()).confirm(ownPin)
  await document.actDone()

  renameSync(away, share)
  await frame.search(second)
  await frame.openHit(second)
  expect(await document.pageText()).toContain(second)
})

test('3.7 3.8 a second machine shows what its person’s turn is and the cabinet from a colleague’s summary while the records are still on their way, says so, opens nothing before, and then shows the records', async ({ launchApp }) => {
  test.setTimeout(360_000)
  const [left, right] = [await launchApp(), await launchApp()]
  const share = join(dirname(left.profile), 'share')
  mkdirSync(share)
  chmodSync(share, 0o777)
  let carryOn = (): void => undefined
  await furnish(left, right, share, () => (carryOn = holdBack(share)))
  const page = await right.page()
  const [frame, desk, document] = [new FrameScreen(page), new DeskScreen(page), new DocumentScreen(page)]
  await new UnlockScreen(page).unlock(people.chief, ownPin)
  await desk.waitFor('わたしの番', waiting)
  expect(await frame.summary()).toMatch(/この一覧は、.+ さんの端末が .+ に書いた要約です。.+（いま 0 %）/s)
  await page.screenshot({ path: test.info().outputPath('desk-from-summary.png') })
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
  expect(await desk.openAwaited('わたしの番', waiting)).toContain('この文書の記録が、まだこの端末にそろっていません')
  await page.screenshot({ path: test.info().outputPath('document-awaited.png') })
  await frame.goTo('書庫')
  const cabinet = new CabinetScreen(page)
  await cabinet.chooseNode('A-01-02')
  await cabinet.openVolume(volume)
  await frame.summary()
  await page.screenshot({ path: test.info().outputPath('volume-from-summary.png') })

  carryOn()
  await frame.goTo('設定')
  await new SettingsScreen(page).syncNow()
  await frame.goTo('机')
  await frame.summaryGone()
  await desk.open('わたしの番', waiting)
  expect(await document.pageText()).toContain(waiting)
  expect(await frame.notice()).not.toContain('要約')
  await document.startApprove({ comment: '異議ありません。' })
  await new ConsentScreen(await right.consentPage()).confirm(ownPin)
  await document.actDone()
})
