// A laptop is lost with work on it that was never sent. An administrator calls it lost; as soon as it reaches the storage it erases
// itself, locked as it is, and sends nothing. What could be read on it is listed for the report.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '../hosts/test.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { SettingsScreen } from '../screens/settings-screen.ts'
import { SetupScreen } from '../screens/setup-screen.ts'
import { TrustScreen } from '../screens/trust-screen.ts'
import { findTraces } from './disk-traces.ts'
import { joinAs, townHall } from './joining-steps.ts'
import { cutOff, cutOffFrom } from './machines.ts'
import { people, pin, writeDraft } from './steps.ts'

const title = '融雪剤の購入について'
const unsent = '山の上で書いたこと'

function objectsIn(share: string): readonly string[] {
  return readdirSync(share, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort()
}

test('4.14 P-01 a lost laptop is called lost by one administrator, and erases itself before it sends anything, without anybody sitting there', async ({ launchApp, startApp }) => {
  test.setTimeout(300_000)
  const office = await launchApp()
  const { share, trust } = await townHall(office)
  const laptop = await launchApp()
  await joinAs(office, trust, laptop, people.chief)
  const [officePage, laptopPage] = [await office.page(), await laptop.page()]
  await (await writeDraft(laptop, { title, body: `${title}、別紙のとおりとする。`, collection: '総務課の文書' })).saved()
  await new FrameScreen(laptopPage).goTo('設定')
  await new SettingsScreen(laptopPage).syncNow()
  await new FrameScreen(laptopPage).waitForStatus(/全件そろっています/)
  await new FrameScreen(laptopPage).goTo('机')
  const comeBack = cutOffFrom(share)
  await (await writeDraft(laptop, { title: unsent, body: 'まだ送られていない。', collection: '総務課の文書' })).saved()
  await new FrameScreen(laptopPage).waitForStatus(cutOff)
  await laptop.kill()
  comeBack()

  await new FrameScreen(officePage).goTo('設定')
  await new SettingsScreen(officePage).syncNow()
  await new FrameScreen(officePage).waitForStatus(/全件そろっています/)
  await new FrameScreen(officePage).goTo('端末と信頼')
  const here = new TrustScreen(officePage)
  await expect.poll(async () => (await here.devices()).find((row) => row.startsWith(people.chief))).toMatch(/最後に届いた知らせ：令和/)
  const said = await here.startReportLost(people.chief, '現場からの帰りに置き忘れたため')
  expect(said).toContain('まだ送られていない記録は失われます')
  const consent = new ConsentScreen(await office.consentPage())
  await (await office.consentPage()).screenshot({ path: test.info().outputPath('consent.png') })
  await consent.confirm(pin)
  const report = await here.lostDevice(people.chief)
  expect(report).toContain('現場からの帰りに置き忘れたため')
  expect(report).toContain('この端末で読むことができた文書：1 件')
  expect(report).toContain('総務課の文書（1 件）')
  await here.seatGone(people.chief)
  await new FrameScreen(officePage).waitForStatus(/全件そろっています/)
  await officePage.screenshot({ path: test.info().outputPath('devices.png'), fullPage: true })
  expect(await office.quit()).toBe(0)

  const before = objectsIn(share).map((name) => [name, readFileSync(name).toString('base64')])
  // It is switched on somewhere with a line; nobody sits down, nobody looks. It ends by itself.
  const erasing = await startApp({ profile: laptop.profile })
  expect(await erasing.ended).toBe(0)
  expect(JSON.parse(readFileSync(join(laptop.profile, 'erased.json'), 'utf8'))).toMatchObject({ done: true })
  expect(objectsIn(share).map((name) => [name, readFileSync(name).toString('base64')])).toEqual(before)
  for (const folder of ['objects', 'workspace']) expect([folder, existsSync(join(laptop.profile, folder)) ? readdirSync(join(laptop.profile, folder)) : []]).toEqual([folder, []])
  expect(findTraces(laptop.profile, { title, unsent }).found).toEqual([])

  const found = await launchApp({ profile: laptop.profile })
  const setup = new SetupScreen(await found.page())
  expect(await setup.erased()).toContain('紛失の届け出により')
  await (await found.page()).screenshot({ path: test.info().outputPath('erased.png') })
})
