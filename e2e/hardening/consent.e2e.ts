// The consent window and the lock: what only a person with a PIN can let happen, whatever runs in the page.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { connect } from '../hosts/connect.ts'
import { expect, test } from '../hosts/test.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { SettingsScreen } from '../screens/settings-screen.ts'
import { SetupScreen } from '../screens/setup-screen.ts'
import { UnlockScreen } from '../screens/unlock-screen.ts'
import { callBridge } from './bridge.ts'

const pin = '2468-1357'
const admin = '\uFA11田 健'
const colleague = '田中 美咲'

/** A practice town whose administrator is about to make a seat for a colleague. */
async function askForSeat(page: Page): Promise<void> {
  await new SetupScreen(page).setUpPractice([admin], pin)
  await new UnlockScreen(page).unlock(admin, pin)
  await new FrameScreen(page).goTo('設定')
  await new SettingsScreen(page).startMakeSeat(colleague)
}

test('2.7 a script in the page can neither see, open, script nor answer the consent window', async ({ launchApp }) => {
  const host = await launchApp()
  const page = await host.page()
  await askForSeat(page)
  const consent = await host.consentPage()
  expect(await new ConsentScreen(consent).outcome()).toBe('この端末に席を作ります')
  const attempts = ['consent.confirm', 'consent.shown', 'consent.cancel', 'consent.request', 'seats.enrol', 'seats.approve'].map((channel) => callBridge(page, channel, { pin }))
  expect(await Promise.all(attempts)).toEqual(attempts.map(() => 'no such channel'))
  const seen = await page.evaluate(() => [window.open('app://consent/index.html'), window.open('', 'consent'), window.opener as unknown, window.frames.length])
  expect(seen).toEqual([null, null, null, 0])
  const own = await consent.evaluate(() => ({
    origin: location.origin,
    bridge: Object.keys((globalThis as unknown as { fumibako: object }).fumibako),
    opener: globalThis.opener as unknown,
    stored: localStorage.length,
  }))
  expect(own).toEqual({ origin: 'app://consent', bridge: ['call'], opener: null, stored: 0 })
  expect(await callBridge(consent, 'session.status', {})).toBe('no such channel')
})

test('2.7 a wrong PIN is refused in a sentence and slows the next try; Escape signs nothing', async ({ launchApp }) => {
  const host = await launchApp()
  const page = await host.page()
  await askForSeat(page)
  const window = await host.consentPage()
  const consent = new ConsentScreen(window)
  await consent.send('9999-9999')
  expect(await consent.refusal()).toContain('PINが違います')
  await expect(window.getByLabel('PIN', { exact: true })).toHaveValue('')
  const closed = window.waitForEvent('close')
  await Promise.allSettled([window.keyboard.down('Escape'), closed])
  expect(window.isClosed()).toBe(true)
  await new FrameScreen(page).lock()
  expect(await new UnlockScreen(page).seats()).toEqual([admin])
})

test('2.7 with the PIN of the one and a new PIN of the other the seat is made', async ({ launchApp }) => {
  const host = await launchApp()
  const page = await host.page()
  await askForSeat(page)
  const first = await host.consentPage()
  const second = host.context.waitForEvent('page')
  await new ConsentScreen(first).confirm(pin)
  const window = await second
  await new ConsentScreen(window).chooseNewPin('8642-9753')
  await new FrameScreen(page).lock()
  expect([...(await new UnlockScreen(page).seats())].sort()).toEqual([admin, colleague].sort())
  await new UnlockScreen(page).unlock(colleague, '8642-9753')
})

test('2.15 the consent window has nothing for axe to find, in light and dark', async ({ launchApp }) => {
  const host = await launchApp()
  await askForSeat(await host.page())
  const window = await host.consentPage()
  await new ConsentScreen(window).shown()
  for (const colorScheme of ['light', 'dark'] as const) {
    await window.emulateMedia({ colorScheme })
    const { violations } = await new AxeBuilder({ page: window }).setLegacyMode(true).analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), colorScheme).toEqual([])
  }
})

test('2.8 a page that resists is ended when the session locks', async ({ launchApp }) => {
  const host = await launchApp()
  const page = await host.page()
  await new SetupScreen(page).setUpPractice([admin], pin)
  await new UnlockScreen(page).unlock(admin, pin)
  const crashed = page.waitForEvent('crash')
  await page.evaluate(() => {
    setInterval(() => location.reload())
    window.addEventListener('beforeunload', (event) => event.preventDefault())
    void (window as unknown as { fumibako: { call(channel: string, input: unknown): Promise<unknown> } }).fumibako.call('session.lock', {})
  })
  await crashed
  // The debugger's view of the page died with its process: look again from the start.
  const [, address = ''] = /DevTools listening on (ws:\S+)/.exec(host.logs()) ?? []
  const browser = await connect(address)
  const again = browser.contexts()[0]?.pages().find((one) => one.url().startsWith('app://fumibako/'))
  expect(again && (await new UnlockScreen(again).seats())).toEqual([admin])
  await browser.close()
})

test('2.8 locking withdraws the question and begins a new page with a new worker', async ({ launchApp }) => {
  const host = await launchApp()
  const page = await host.page()
  await askForSeat(page)
  const consent = await host.consentPage()
  await page.evaluate(() => Object.assign(window, { mark: 'of the open seat' }))
  const worker = page.workers()[0]
  const ended = [consent.waitForEvent('close'), worker?.waitForEvent('close')]
  await page.evaluate(() => void (window as unknown as { fumibako: { call(channel: string, input: unknown): Promise<unknown> } }).fumibako.call('session.lock', {}))
  await Promise.all(ended)
  expect(await new UnlockScreen(page).seats()).toEqual([admin])
  expect(await page.evaluate(() => (window as unknown as { mark?: unknown }).mark)).toBeUndefined()
})
