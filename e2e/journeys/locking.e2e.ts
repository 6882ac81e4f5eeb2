// The seat locks itself when the machine goes to sleep: the login manager says so on its bus, as it does on a real machine.
import { connect } from '../hosts/connect.ts'
import { expect, test } from '../hosts/test.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { DraftingScreen } from '../screens/drafting-screen.ts'
import { UnlockScreen } from '../screens/unlock-screen.ts'
import { startLoginManager } from '../servers/sleep-bus.ts'
import { openOffice, people, pin, sitDown } from './steps.ts'

test('2.8 the seat locks itself when the machine goes to sleep, and what was just typed is kept', async ({ launchApp }) => {
  const login = await startLoginManager()
  try {
    const host = await launchApp({ env: login.env })
    await openOffice(host, [people.drafter])
    await sitDown(host, people.drafter)
    const page = await host.page()
    await page.evaluate(() => Object.assign(window, { mark: 'of the open seat' }))
    await new DeskScreen(page).newDraft()
    const drafting = new DraftingScreen(page)
    await drafting.showTab('起案用紙')
    await drafting.beginCover('件名', '蓋を閉じる直前に打った件名')
    const closed = page.waitForEvent('close')
    await login.sleep()
    // Going to sleep ends every connection of the app, the debugger's too: look again from the start.
    await closed
    const [, address = ''] = /DevTools listening on (ws:\S+)/.exec(host.logs()) ?? []
    const browser = await connect(address)
    const again = browser.contexts()[0]?.pages().find((one) => one.url().startsWith('app://fumibako/'))
    if (!again) throw new Error('the window is gone')
    const unlock = new UnlockScreen(again)
    expect(await unlock.seats()).toContain(people.drafter)
    expect(await again.evaluate(() => (window as unknown as { mark?: unknown }).mark)).toBeUndefined()
    await unlock.unlock(people.drafter, pin)
    await new DeskScreen(again).open('起案中', '蓋を閉じる直前に打った件名')
    await browser.close()
  } finally {
    await login.stop()
  }
})

test('2.8 quitting keeps what was typed a moment before', async ({ launchApp }) => {
  const host = await launchApp()
  await openOffice(host, [people.drafter])
  await sitDown(host, people.drafter)
  await new DeskScreen(await host.page()).newDraft()
  const drafting = new DraftingScreen(await host.page())
  await drafting.showTab('起案用紙')
  await drafting.beginCover('件名', '終える直前に打った件名')
  expect(await host.quit()).toBe(0)
  const again = await launchApp({ profile: host.profile })
  await sitDown(again, people.drafter)
  await new DeskScreen(await again.page()).open('起案中', '終える直前に打った件名')
})
