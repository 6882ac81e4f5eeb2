// Starts an application of the packaged runtime with an account of its own and finds its page, as the journeys do, but
// remembers the moment before the process was started.

import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { Account } from '../../../e2e/hosts/account.ts'
import { holdProcess } from '../../../e2e/hosts/child-process.ts'
import { connect } from '../../../e2e/hosts/connect.ts'

export interface StartedApp {
  /** Milliseconds since the epoch, right before the process was started. */
  readonly begun: number
  readonly page: Page
  /** Asks it to quit and waits until it has. */
  quit(): Promise<void>
  kill(): Promise<void>
}

const patience = 60_000

export async function startApp(folder: string, account: Account): Promise<StartedApp> {
  const switches = ['--remote-debugging-port=0', `--user-data-dir=${account.profile}`, '--lang=ja', `--export-folder=${account.exports}`, '--force-device-scale-factor=1']
  const begun = performance.timeOrigin + performance.now()
  const app = holdProcess([...account.become, join(folder, 'fumibako'), ...switches], { ...account.env, LANG: 'ja_JP.UTF-8', LANGUAGE: 'ja' })
  try {
    const [, address = ''] = await app.waitFor(/DevTools listening on (ws:\S+)/, patience)
    const browser = await connect(address)
    const [context] = browser.contexts()
    if (!context) throw new Error('the application shows no page')
    const page = context.pages()[0] ?? (await context.waitForEvent('page', { timeout: patience }))
    return {
      begun,
      page,
      async quit() {
        app.signal('SIGTERM')
        await app.ended
        await browser.close().catch(() => undefined)
      },
      async kill() {
        await app.kill()
        await browser.close().catch(() => undefined)
      },
    }
  } catch (error) {
    await app.kill()
    throw error
  }
}
