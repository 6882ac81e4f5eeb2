// Runs the packaged application as shipped (fuses, sandbox) with a profile of its own, and hands out its windows.
// The inspector is fused off, so windows are reached over Chromium's debugging port. Never passes --no-sandbox.
import { join } from 'node:path'
import type { BrowserContext, Page } from '@playwright/test'
import { startKeyring } from '../servers/keyring.ts'
import { openAccount, type Account } from './account.ts'
import { holdProcess, type HeldProcess } from './child-process.ts'
import { connect } from './connect.ts'
import { placePackage } from './package-folder.ts'
import { noteBrowser } from './noted-browser.ts'

export interface LaunchOptions {
  /** A profile made by an earlier launch (its home, keyring and locks come with it); a fresh one when absent. */
  readonly profile?: string
  /** Language of the surroundings, `ja` when absent. */
  readonly lang?: 'ja' | 'en'
  readonly env?: Readonly<Record<string, string>>
  /** A private session bus with an unlocked keyring; without it the app finds no keystore. */
  readonly keyring?: boolean
  /** `nobody` when absent; only matters when the tests run as root. */
  readonly uid?: 'nobody' | 'self'
  readonly args?: readonly string[]
  /** Words that bring the app into another world (`world.ts`). */
  readonly enter?: readonly string[]
  /** A package placed beforehand; by default each launch places it (in place when it is readable). */
  readonly appFolder?: string
}

/** The app, whoever looks at it. */
export interface Started {
  readonly profile: string
  /** Where this app's exports go (it asks nobody). */
  readonly exports: string
  readonly pid: number
  logs(): string
  /** Addresses that the app asked the system's browser to open so far. */
  opened(): readonly string[]
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>
  /** Asks the app to quit, as the system does; resolves with its exit code after it has drained, or the signal that ended it. */
  quit(): Promise<number | NodeJS.Signals>
  /** Ends it as a power cut would. The profile stays. */
  kill(): Promise<void>
  /** Ends whatever still runs and deletes profile and home. */
  dispose(): Promise<void>
}

/** With its windows. */
export interface Host extends Started {
  /** The main window, once its page is there. */
  page(): Promise<Page>
  /** The consent window, once it is asked for. */
  consentPage(): Promise<Page>
  readonly context: BrowserContext
}

interface Held extends Started {
  /** Of its debugging port. */
  readonly address: string
  /** Done before the app ends. */
  readonly first: (ending: () => Promise<void>) => void
}

const patience = 30_000

export async function launch(options: LaunchOptions = {}): Promise<Host> {
  const held = await hold(options)
  try {
    const connected = await connect(held.address)
    held.first(() => connected.close().catch(() => {}))
    const context = connected.contexts()[0]
    if (!context) throw new Error('the app shows no browser context')
    context.setDefaultTimeout(patience)
    return { ...held, context, page: () => pageAt(context, 'app://fumibako/'), consentPage: () => pageAt(context, 'app://consent/') }
  } catch (error) {
    await (options.profile === undefined ? held.dispose() : held.kill())
    throw error
  }
}

/** Starts it and looks at none of its windows: for an app that may be over before anybody could ask for them. */
export async function start(options: LaunchOptions = {}): Promise<Started> {
  return hold(options)
}

async function hold(options: LaunchOptions): Promise<Held> {
  const placed = options.appFolder === undefined ? placePackage() : { folder: options.appFolder, remove: () => {} }
  const account = openAccount(options.profile, options.uid ?? 'nobody')
  const endings: (() => Promise<void> | void)[] = [placed.remove]
  const end = async (): Promise<void> => {
    for (const ending of endings.splice(0)) await ending()
  }
  const removeAll = async (): Promise<void> => {
    await end()
    account.remove()
  }
  try {
    const keyring = options.keyring ? await startKeyring(account) : undefined
    if (keyring) endings.unshift(keyring.stop)
    const browser = noteBrowser(account)
    const app = holdProcess(commandLine(placed.folder, account, options), { ...account.env, ...browser.env, ...languageEnv(options.lang), ...keyring?.env, ...options.env })
    endings.unshift(app.kill)
    const [, address = ''] = await app.waitFor(/DevTools listening on (ws:\S+)/, patience)
    return {
      address,
      first: (ending) => void endings.unshift(ending),
      profile: account.profile,
      exports: account.exports,
      pid: app.pid,
      logs: app.logs,
      opened: browser.opened,
      ended: app.ended,
      quit: () => quit(app).finally(end),
      async kill() {
        await app.kill()
        await end()
      },
      dispose: removeAll,
    }
  } catch (error) {
    await (options.profile === undefined ? removeAll() : end())
    throw error
  }
}

function commandLine(folder: string, account: Account, { lang = 'ja', args = [], enter = [] }: LaunchOptions): readonly string[] {
  const switches = ['--remote-debugging-port=0', `--user-data-dir=${account.profile}`, `--lang=${lang}`, `--export-folder=${account.exports}`, '--force-device-scale-factor=1', '--font-render-hinting=none']
  return [...enter, ...account.become, join(folder, 'fumibako'), ...switches, ...args]
}

function languageEnv(lang: 'ja' | 'en' = 'ja'): Readonly<Record<string, string>> {
  return { LANG: lang === 'ja' ? 'ja_JP.UTF-8' : 'en_US.UTF-8', LANGUAGE: lang }
}

/** SIGTERM is how the system asks: the app drains and ends by itself. */
function quit(app: HeldProcess): Promise<number | NodeJS.Signals> {
  app.signal('SIGTERM')
  return within(app.ended, patience, () => new Error(`the app did not quit:\n${app.logs()}`))
}

/** The page at that origin, now or when it comes. */
async function pageAt(context: BrowserContext, origin: string): Promise<Page> {
  const there = (page: Page) => page.url().startsWith(origin)
  const found = context.pages().find(there)
  if (found) return found
  const arrives = (page: Page) => page.waitForURL((url) => url.href.startsWith(origin), { timeout: patience, waitUntil: 'commit' }).then(() => page)
  const later = context.waitForEvent('page', { timeout: patience, predicate: (page) => arrives(page).then(() => true, () => false) })
  return Promise.any([...context.pages().map(arrives), later])
}

function within<T>(promise: Promise<T>, timeout: number, late: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(late()), timeout)
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
