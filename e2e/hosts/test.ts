// The `test` of every journey: launches are recorded and ended with the test, whatever happened; a failure keeps pictures and words.
import { test as base } from '@playwright/test'
import { makeClock, type TurnableClock } from './clock.ts'
import { launch, type Host, type LaunchOptions } from './electron-host.ts'
import { placePackage } from './package-folder.ts'

interface TestFixtures {
  /** Starts the packaged app; every launch of a test is ended and deleted after it. */
  readonly launchApp: (options?: LaunchOptions) => Promise<Host>
  /** What a launch with `env: clock.env` takes for the time of day. */
  readonly clock: TurnableClock
}

interface WorkerFixtures {
  readonly appFolder: string
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  appFolder: [
    async ({}, use) => {
      const placed = placePackage()
      await use(placed.folder)
      placed.remove()
    },
    { scope: 'worker' },
  ],
  clock: async ({}, use) => {
    const clock = makeClock()
    await use(clock)
    clock.remove()
  },
  launchApp: async ({ appFolder }, use, testInfo) => {
    const hosts: Host[] = []
    await use(async (options = {}) => {
      const host = await launch({ appFolder, ...options })
      hosts.push(host)
      return host
    })
    const failed = testInfo.status !== testInfo.expectedStatus
    for (const [at, host] of hosts.entries()) {
      if (failed) {
        await testInfo.attach(`log-${at}`, { body: host.logs(), contentType: 'text/plain' })
        for (const [n, page] of host.context.pages().entries()) {
          const body = await page.screenshot({ timeout: 5_000 }).catch(() => undefined)
          if (body) await testInfo.attach(`window-${at}-${n}`, { body, contentType: 'image/png' })
        }
      }
    }
    // Several launches may share a profile: all are ended before anything is deleted.
    for (const host of hosts) await host.kill()
    for (const host of hosts) await host.dispose()
  },
})

export { expect } from '@playwright/test'
