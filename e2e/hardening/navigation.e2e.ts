// A page of ours stays where it is and asks the machine for nothing: navigation, windows, permissions, downloads.
import { readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '../hosts/test.ts'

const outside = 'http://127.0.0.1:9/'

/** The page's own code does it; then a round trip through main shows that it is still there. */
async function tries(page: Page, act: (address: string) => void, address = outside): Promise<string> {
  await page.evaluate(act, address)
  await page.evaluate(() => (window as unknown as { fumibako: { call(channel: string, input: unknown): Promise<unknown> } }).fumibako.call('app.info', {}))
  return page.url()
}

test('2.4 the page cannot navigate, itself or a frame, to anywhere', async ({ launchApp }) => {
  const page = await (await launchApp()).page()
  const home = page.url()
  for (const address of [outside, 'https://example.com/', 'file:///etc/passwd', 'app://consent/index.html', 'app://print/x', 'data:text/html,x', 'chrome://gpu/', 'javascript:document.write(1)', 'app://fumibako/icon.png']) {
    expect(await tries(page, (to) => void (location.href = to), address), address).toBe(home)
  }
  expect(await tries(page, (to) => document.body.appendChild(Object.assign(document.createElement('a'), { href: to })).click())).toBe(home)
  expect(await tries(page, (to) => document.body.appendChild(Object.assign(document.createElement('form'), { action: to, method: 'post' })).submit())).toBe(home)
  await page.evaluate(() => Object.assign(window, { mark: 'same load' }))
  expect(await tries(page, () => location.reload())).toBe(home)
  expect(await page.evaluate(() => (window as unknown as { mark: unknown }).mark)).toBe('same load')
  await tries(page, (to) => void document.body.append(Object.assign(document.createElement('iframe'), { src: to })))
  await tries(page, (to) => void document.body.append(Object.assign(document.createElement('iframe'), { src: to })), 'app://fumibako/index.html')
  expect(page.frames().map((frame) => frame.url()).filter((url) => url !== home && url !== '' && url !== 'about:blank' && !url.startsWith('chrome-error:'))).toEqual([])
})

test('2.4 a frame inside the page has no bridge', async ({ launchApp }) => {
  const page = await (await launchApp()).page()
  const bridges = await page.evaluate(() => {
    const frame = document.body.appendChild(document.createElement('iframe'))
    return typeof (frame.contentWindow as unknown as { fumibako?: unknown }).fumibako
  })
  expect(bridges).toBe('undefined')
})

test('2.4 4.8 the page opens no window, no webview and no developer tools', async ({ launchApp }) => {
  const host = await launchApp()
  const page = await host.page()
  const before = host.context.pages().length
  const opened = await page.evaluate((to) => {
    const link = Object.assign(document.createElement('a'), { href: to, target: '_blank' })
    document.body.append(link)
    link.click()
    return [window.open(to), window.open('about:blank'), window.open('app://consent/index.html')].map((window) => window === null)
  }, outside)
  const webview = await page.evaluate((to) => {
    const made = document.body.appendChild(document.createElement('webview'))
    made.setAttribute('src', to)
    return 'loadURL' in made
  }, outside)
  await page.bringToFront()
  for (const chord of ['F12', 'Control+Shift+I', 'Control+Shift+J', 'Control+Shift+C', 'Control+R', 'F5']) await page.keyboard.press(chord)
  expect(opened).toEqual([true, true, true])
  expect(webview).toBe(false)
  expect(host.context.pages().length).toBe(before)
  expect(host.context.pages().map((one) => one.url()).filter((url) => url.startsWith('devtools:'))).toEqual([])
})

test('2.4 every permission is denied', async ({ launchApp }) => {
  const page = await (await launchApp()).page()
  const denied = await page.evaluate(async () => {
    const name = (error: unknown): string => (error as Error).name
    const query = async (permission: string): Promise<string> => (await navigator.permissions.query({ name: permission as PermissionName })).state
    return {
      notification: await Notification.requestPermission(),
      geolocation: await new Promise((resolve) => navigator.geolocation.getCurrentPosition(() => resolve('given'), (error) => resolve(error.code))),
      camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(() => 'given', name),
      microphone: await navigator.mediaDevices.getUserMedia({ audio: true }).then(() => 'given', name),
      screen: await navigator.mediaDevices.getDisplayMedia().then(() => 'given', name),
      clipboard: await navigator.clipboard.readText().then(() => 'given', name),
      midi: await navigator.requestMIDIAccess().then(() => 'given', name),
      fonts: await (window as unknown as { queryLocalFonts(): Promise<unknown[]> }).queryLocalFonts().then((list) => (list.length === 0 ? 'none' : 'given'), name),
      states: await Promise.all(['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read'].map(query)),
    }
  })
  expect(denied.notification).toBe('denied')
  expect(denied.geolocation).toBe(1)
  for (const asked of [denied.camera, denied.microphone, denied.screen, denied.clipboard, denied.midi, denied.fonts]) {
    expect(['NotAllowedError', 'SecurityError', 'NotFoundError', 'InvalidStateError', 'none']).toContain(asked)
  }
  expect(denied.states).toEqual(denied.states.map(() => 'denied'))
})

test('2.4 a download goes nowhere', async ({ launchApp }) => {
  const host = await launchApp()
  const page = await host.page()
  await tries(page, () => {
    const href = URL.createObjectURL(new Blob(['canary'], { type: 'text/plain' }))
    document.body.appendChild(Object.assign(document.createElement('a'), { href, download: 'fumibako-canary.txt' })).click()
  })
  await host.quit()
  const files = readdirSync(dirname(host.profile), { recursive: true, encoding: 'utf8' })
  expect(files.filter((name) => name.includes('canary') || name.endsWith('.crdownload'))).toEqual([])
})
