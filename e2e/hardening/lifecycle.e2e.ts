// One instance, a window that hides, a quit that waits. Seen from outside, on the packaged app.
import { join } from 'node:path'
import { openAccount } from '../hosts/account.ts'
import { holdProcess } from '../hosts/child-process.ts'
import { expect, test } from '../hosts/test.ts'
import { openDisplay } from './x-display.ts'

interface Bridge {
  call(channel: string, input: unknown): Promise<unknown>
  on(event: string, hear: (payload: unknown) => void): () => void
}

/** Closes the app's window as its close button does and waits until no window of it is to be seen. */
async function closeByHand(pid: number): Promise<void> {
  const display = await openDisplay()
  await expect.poll(async () => (await display.visibleWindows(pid)).length).toBe(1)
  for (const window of await display.visibleWindows(pid)) await display.closeWindow(window)
  await expect.poll(() => display.visibleWindows(pid)).toEqual([])
  display.end()
}

async function visibleCount(pid: number): Promise<number> {
  const display = await openDisplay()
  const found = await display.visibleWindows(pid)
  display.end()
  return found.length
}

test('2.4 a second start ends by itself, shows the first one’s window and hands over the file it was given', async ({ launchApp, appFolder }) => {
  const host = await launchApp()
  const page = await host.page()
  await page.evaluate(() => (window as unknown as { fumibako: Bridge }).fumibako.on('app.fileOpened', (payload) => Object.assign(window, { opened: payload })))
  await closeByHand(host.pid)
  const account = openAccount(host.profile, 'nobody')
  const second = holdProcess([...account.become, join(appFolder, 'fumibako'), `--user-data-dir=${host.profile}`, '/tmp/起案 1.fumibako'], account.env)
  expect(await second.ended).toBe(0)
  await expect.poll(() => visibleCount(host.pid)).toBe(1)
  await expect.poll(() => page.evaluate(() => (window as unknown as { opened: unknown }).opened)).toEqual({ path: '/tmp/起案 1.fumibako' })
  expect(await page.getByRole('status').filter({ hasText: '起案 1.fumibako' }).innerText()).toContain('fumibako verify')
})

test('2.4 closing the window hides it and the app goes on', async ({ launchApp }) => {
  const host = await launchApp()
  const page = await host.page()
  await closeByHand(host.pid)
  expect(await page.evaluate(() => (window as unknown as { fumibako: Bridge }).fumibako.call('app.info', {}))).toMatchObject({ ok: true })
  expect(await host.quit()).toBe(0)
})

test('2.4 a script that closes the window, or leads it away, only brings our page back', async ({ launchApp }) => {
  const host = await launchApp()
  const first = await host.page()
  const next = host.context.waitForEvent('page')
  await first.evaluate(() => void setTimeout(() => window.close()))
  const second = await next
  await second.waitForURL('app://fumibako/index.html')
  await second.evaluate(() => void setTimeout(() => (location.href = 'about:blank')))
  await second.waitForURL('about:blank', { waitUntil: 'commit' })
  await second.waitForURL('app://fumibako/index.html')
  expect(await second.evaluate(() => (window as unknown as { fumibako: Bridge }).fumibako.call('app.info', {}))).toMatchObject({ ok: true })
  expect(await host.quit()).toBe(0)
})

test('2.4 quitting waits until the page has saved, and then ends cleanly', async ({ launchApp }) => {
  const host = await launchApp()
  const page = await host.page()
  await page.evaluate(async () => {
    const { call, on } = (window as unknown as { fumibako: Bridge }).fumibako
    on('app.saveNow', () => Object.assign(window, { closing: true }))
    await call('app.unsaved', { count: 2 })
  })
  const quit = host.quit()
  await page.waitForFunction(() => (window as unknown as { closing?: boolean }).closing === true)
  const alive = page.evaluate(() => (window as unknown as { fumibako: Bridge }).fumibako.call('app.info', {}))
  expect(await alive).toMatchObject({ ok: true })
  await page.evaluate(() => void (window as unknown as { fumibako: Bridge }).fumibako.call('app.unsaved', { count: 0 }))
  expect(await quit).toBe(0)
})

test('2.4 quitting in the middle of starting ends cleanly, also when the page would rather stay', async ({ launchApp }) => {
  const early = await launchApp()
  expect(await early.quit()).toBe(0)
  const late = await launchApp()
  const page = await late.page()
  await page.evaluate(() => window.addEventListener('beforeunload', (event) => event.preventDefault()))
  expect(await late.quit()).toBe(0)
})
