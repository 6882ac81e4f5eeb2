// One practice office for all tests of a file: set up once, ended and deleted after the last. A failure keeps its log and windows.
import { launch, type Host } from '../hosts/electron-host.ts'
import { test } from '../hosts/test.ts'
import { openOffice } from './steps.ts'

/** Call it at the top of a file; the function it gives is the host, locked between tests that leave it so. */
export function shareOffice(seats: readonly string[]): () => Host {
  const held: { host?: Host } = {}
  const host = (): Host => {
    if (!held.host) throw new Error('the office opens before the first test')
    return held.host
  }
  test.beforeAll(async ({ appFolder }) => {
    held.host = await launch({ appFolder })
    await openOffice(held.host, seats)
  })
  test.afterEach(async ({}, testInfo) => {
    if (testInfo.status === testInfo.expectedStatus || !held.host) return
    await testInfo.attach('log', { body: held.host.logs(), contentType: 'text/plain' })
    for (const [n, page] of held.host.context.pages().entries()) {
      const body = await page.screenshot({ timeout: 5_000 }).catch(() => undefined)
      if (body) await testInfo.attach(`window-${n}`, { body, contentType: 'image/png' })
    }
  })
  test.afterAll(() => held.host?.dispose())
  return host
}
