// The `test` of every journey: launches are recorded and ended with the test, whatever happened; a failure keeps pictures and words.
import { test as base } from '@playwright/test'
import { makeClock, type TurnableClock } from './clock.ts'
import { launch, start, type Host, type LaunchOptions, type Started } from './electron-host.ts'
import { placePackage } from './package-folder.ts'

interface TestFixtures {
  /** Every app that the test started so far, in that order. */
  readonly apps: (Started | Host)[]
  /** Starts the packaged app; every launch of a test is ended and deleted after it. */
  readonly launchApp: (options?: LaunchOptions) => Promise<Host>
  /** Starts it for nobody who looks: an app that ends by itself. */
  readonly startApp: (options?: LaunchOptions) => Promise<Started>
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
  apps: async ({}, use, testInfo) => {
    const apps: (Started | Host)[] = []
    await use(apps)
    const failed = testInfo.status !== testInfo.expectedStatus
    for (const [at, app] of apps.entries()) {
      if (failed) {
        await testInfo.attach(`log-${at}`, { body: app.logs(), contentType: 'text/plain' })
        for (const [n, page] of ('context' in app ? app.context.pages() : []).entries()) {
          const body = await page.screenshot({ timeout: 5_000 }).catch(() => undefined)
          if (body) await testInfo.attach(`window-${at}-${n}`, { body, contentType: 'image/png' })
        }
      }
    }
    // Several launches may share a profile: all are ended before anything is deleted.
    for (const app of apps) await app.kill()
    for (const app of apps) await app.dispose()
  },
  launchApp: async ({ appFolder, apps }, use) => use((options) => noted(apps, launch({ appFolder, ...options }))),
  startApp: async ({ appFolder, apps }, use) => use((options) => noted(apps, start({ appFolder, ...options }))),
})

async function noted<A extends Started>(apps: (Started | Host)[], starting: Promise<A>): Promise<A> {
  const app = await starting
  apps.push(app)
  return app
}

export { expect } from '@playwright/test'
