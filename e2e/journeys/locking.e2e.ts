// The seat locks itself when the machine goes to sleep: the login manager says so on its bus, as it does on a real machine.
import { expect, test } from '../hosts/test.ts'
import { UnlockScreen } from '../screens/unlock-screen.ts'
import { startLoginManager } from '../servers/login-manager.ts'
import { openOffice, people, sitDown } from './steps.ts'

test('2.8 the seat locks itself when the machine goes to sleep', async ({ launchApp }) => {
  const login = await startLoginManager()
  try {
    const host = await launchApp({ env: login.env })
    await openOffice(host, [people.drafter])
    await sitDown(host, people.drafter)
    const page = await host.page()
    await page.evaluate(() => Object.assign(window, { mark: 'of the open seat' }))
    await login.sleep()
    const unlock = new UnlockScreen(page)
    expect(await unlock.seats()).toContain(people.drafter)
    expect(await page.evaluate(() => (window as unknown as { mark?: unknown }).mark)).toBeUndefined()
    await sitDown(host, people.drafter)
  } finally {
    await login.stop()
  }
})
