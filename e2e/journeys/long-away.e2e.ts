// A laptop is away from the storage. Half-way its desk says until when a seat opens; after the days of the town it opens none, also with
// the clock set back, and keeps what was written; once it reaches the storage the same PIN opens it. What is decided waits, besides, until
// somebody else said that the rules known on it are the newest.
import { AxeBuilder } from '@axe-core/playwright'
import type { Host } from '../hosts/electron-host.ts'
import { expect, test } from '../hosts/test.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { EndpointScreen } from '../screens/endpoint-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { SettingsScreen } from '../screens/settings-screen.ts'
import { UnlockScreen } from '../screens/unlock-screen.ts'
import { joinAs, ownPin, townHall } from './joining-steps.ts'
import { complete, cutOff, cutOffFrom } from './machines.ts'
import { people, pin, sitDown, writeDraft } from './steps.ts'

const title = '山の上で書いた下書き'
const opening = 'この端末で席を開く'
const deciding = '決裁（承認・差戻し・否決）'
const day = 24

test('4.14 4.10 P-02 a laptop that stays away from the storage longer than the town allows opens no seat, loses nothing, and opens again once it reaches the storage', async ({ launchApp, clock }, testInfo) => {
  test.setTimeout(360_000)
  const { env } = clock
  const office = await launchApp({ env })
  const { share, trust } = await townHall(office)
  await trust.startChangeRules({ '保管先とつながらない端末が席を開けなくなるまでの日数（日）': '14', '決まりが新しいと確かめられてから、決裁と書き出しができる時間（時間）': '72' }, '持ち出しの端末のため', {}, testInfo.outputPath('change.png'))
  await new ConsentScreen(await office.consentPage()).confirm(pin)
  await expect.poll(async () => (await trust.rules())['保管先とつながらない端末']).toBe('14 日つながらない端末は、つながるまで席を開けません')
  const laptop = await launchApp({ env })
  await joinAs(office, trust, laptop, people.chief)
  const page = await laptop.page()
  const frame = new FrameScreen(page)
  await frame.waitForStatus(complete)
  const endpoint = new EndpointScreen(page)
  await endpoint.open()
  await expect.poll(async () => (await endpoint.leases())[opening]).toMatch(/^あと 1[34] 日と \d+ 時間（令和.* まで）。保管先とつながると延びます。$/)
  expect((await endpoint.leases(testInfo.outputPath('leases.png')))[deciding]).toMatch(/^あと 7[12] 時間 /)
  await frame.goTo('机')
  expect(await office.quit()).toBe(0)

  // Up the mountain: no line from here on.
  const comeBack = cutOffFrom(share)
  await (await writeDraft(laptop, { title, body: 'まだ送られていない。', collection: '総務課の文書' })).saved()
  await frame.waitForStatus(cutOff)
  expect(await laptop.quit()).toBe(0)
  clock.forward(8 * day)
  const half = await launchApp({ profile: laptop.profile, env })
  const desk = await openAs(half, people.chief)
  expect(await desk.lease(opening)).toMatch(/あと [56] 日と \d+ 時間/)
  const halfPage = await half.page()
  await halfPage.screenshot({ path: testInfo.outputPath('half.png') })
  const later = new EndpointScreen(halfPage)
  await later.open()
  expect((await later.leases())[deciding]).toBe('いまはできません。町の決まりが新しいと確かめられていません。保管先とつなぐと、できるようになります。')
  expect((await later.leases())['下書き']).toBe('期限はありません')
  expect(await half.quit()).toBe(0)

  clock.forward(7 * day)
  const over = await launchApp({ profile: laptop.profile, env })
  const overPage = await over.page()
  const unlock = new UnlockScreen(overPage)
  await unlock.tryPin(people.chief, ownPin)
  expect(await unlock.refusal()).toContain('14 日を超えて保管先とつながっていない')
  await overPage.screenshot({ path: testInfo.outputPath('refused.png') })
  expect((await new AxeBuilder({ page: overPage }).setLegacyMode(true).analyze()).violations).toEqual([])
  expect(await over.quit()).toBe(0)
  clock.forward(-10 * day)
  const back = await launchApp({ profile: laptop.profile, env })
  const again = new UnlockScreen(await back.page())
  await again.tryPin(people.chief, ownPin)
  expect(await again.refusal()).toContain('14 日を超えて保管先とつながっていない')
  clock.forward(10 * day)

  // Down again: the same PIN, and everything is there.
  comeBack()
  await again.tryPin(people.chief, ownPin)
  const backPage = await back.page()
  const home = new DeskScreen(backPage)
  await home.shown()
  await home.waitFor('起案中', title)
  await new FrameScreen(backPage).waitForStatus(complete)

  // Somebody else says that the rules are the newest, without being asked; then one can decide here.
  const town = await launchApp({ profile: office.profile, env })
  await sitDown(town, people.manager)
  await new FrameScreen(await town.page()).waitForStatus(complete)
  const here = new EndpointScreen(backPage)
  await expect.poll(async () => {
    await new FrameScreen(backPage).goTo('設定')
    await new SettingsScreen(backPage).syncNow()
    await here.open()
    return (await here.leases())[deciding]
  }, { timeout: 60_000 }).toMatch(/^あと 7[12] 時間 /)
  expect((await here.leases())[opening]).toMatch(/^あと 1[34] 日と/)
})

async function openAs(host: Host, person: string): Promise<DeskScreen> {
  const page = await host.page()
  await new UnlockScreen(page).unlock(person, ownPin)
  return new DeskScreen(page)
}
