// Many documents changed within an hour at one seat: work stops before anything is written, says how many since when, and goes on for as many
// as the person says with the PIN.
import { expect, test } from '../hosts/test.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { EndpointScreen } from '../screens/endpoint-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { leave, openOffice, people, pin, section, sitAtTrust, sitDown } from './steps.ts'

test('4.16 T15 who changes more documents within an hour than the town lets by is stopped before the next one, nothing is lost, and goes on for as many as they confirm with the PIN', async ({ launchApp }, testInfo) => {
  const host = await launchApp({ keyring: true })
  await openOffice(host, section)
  const page = await host.page()
  const frame = new FrameScreen(page)
  const trust = await sitAtTrust(host, people.manager)
  await expect.poll(async () => (await trust.rules())['多くの文書の変更']).toContain('200 件')
  expect(await trust.startChangeRules({ '一つの席で 1 時間に変更できる文書の数（件）': '10' }, '誤操作に早く気付くため')).toContain('あなた一人の確認で、すぐに効きます')
  await new ConsentScreen(await host.consentPage()).confirm(pin)
  await expect.poll(async () => (await trust.rules())['多くの文書の変更']).toContain('10 件')
  await leave(host)

  const desk = await sitDown(host, people.drafter)
  for (let n = 0; n < 10; n++) {
    await desk.newDraft()
    await frame.goTo('机')
    await desk.shown()
  }
  const said = await desk.newDraftRefusal(testInfo.outputPath('refused.png'))
  expect(said).toMatch(/\d\d:\d\d から 11 件の文書を変更することになります（町の決まりでは 1 時間に 10 件まで）。ここで止めました。/)
  const endpoint = new EndpointScreen(page)
  await endpoint.shown()
  expect(await endpoint.brake()).toContain('1 時間に変更できる文書は 10 件まで')
  await page.screenshot({ path: testInfo.outputPath('endpoint.png'), fullPage: true })

  await endpoint.startLift('２', '1', '年度末の起案をまとめて行うため', testInfo.outputPath('sheet.png'))
  const consent = new ConsentScreen(await host.consentPage())
  expect(await consent.outcome()).toBe('多くの文書を変更すると確かめます')
  expect(await consent.facts()).toMatchObject({ 変更する文書: 'これから 1 時間のうちに 2 件まで', '意見・理由': '年度末の起案をまとめて行うため' })
  await consent.page.screenshot({ path: testInfo.outputPath('consent.png') })
  await consent.confirm(pin)
  await expect.poll(() => endpoint.brake()).toContain('2 件の変更を行うと確かめてあります')
  await page.screenshot({ path: testInfo.outputPath('lifted.png'), fullPage: true })
  for (let n = 0; n < 2; n++) {
    await frame.goTo('机')
    await new DeskScreen(page).newDraft()
  }
  await frame.goTo('机')
  expect(await desk.newDraftRefusal()).toContain('から 13 件の文書を変更することになります')
  // A colleague's hour is their own.
  await leave(host)
  await (await sitDown(host, people.chief)).newDraft({ collection: '総務課の文書' })
})
