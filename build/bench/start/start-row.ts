// Row: from starting the process to a desk with documents on it, without the person's typing, against a bare window of the same
// runtime. The product starts twice into the same practice workspace before anything is counted: the first time builds the view.

import { execFileSync } from 'node:child_process'
import { chownSync, copyFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { openAccount, type Account } from '../../../e2e/hosts/account.ts'
import { placePackage } from '../../../e2e/hosts/package-folder.ts'
import { UnlockScreen } from '../../../e2e/screens/unlock-screen.ts'
import { bundle } from '../bundle.ts'
import { drafter, nameOf, pin, subject } from '../office/roles.ts'
import { placeApp } from '../place-app.ts'
import type { Race, Row, Run, Setting } from '../row.ts'
import { documentTimes, lastPaint, watchForDesk } from './page-times.ts'
import { startApp } from './started-app.ts'

export const startRow: Row = {
  name: 'start',
  product: 'start of the packaged app to the unlock screen, and from the PIN to a desk with its documents',
  peer: 'start of a bare Electron window with one static page, to DOM ready',
  async prepare(setting) {
    const placed = placePackage()
    const account = openAccount(undefined, 'nobody')
    const bareAccount = openAccount(undefined, 'nobody')
    const bare = await placeApp(setting.app, 'empty', (content) => {
      for (const name of ['main.cjs', 'package.json']) copyFileSync(join(setting.root, 'build/bench/start/bare', name), join(content, name))
    })
    copyFileSync(join(setting.root, 'build/bench/start/bare/index.html'), join(bare.folder, 'resources/index.html'))
    const close = async (): Promise<void> => {
      for (const thing of [account, bareAccount, bare, placed]) thing.remove()
    }
    try {
      const facts = await makeWorkspace(setting, account)
      await startProduct(placed.folder, account)
      return { facts, product: () => startProduct(placed.folder, account), peer: () => startBare(bare.folder, bareAccount), close }
    } catch (error) {
      await close()
      throw error
    }
  },
}

async function makeWorkspace({ root, short }: Setting, account: Account): Promise<Race['facts']> {
  const program = await bundle(root, 'build/bench/start/program.ts', 'start')
  const said = execFileSync(process.execPath, [program, root, account.profile, short ? '2' : '20'], { encoding: 'utf8', env: { PATH: process.env['PATH'], TZ: 'Asia/Tokyo' } })
  handOver(account.profile, account.profile)
  return JSON.parse(said) as Race['facts']
}

/** Gives everything in a folder to the owner of another. */
function handOver(folder: string, like: string): void {
  const { uid, gid } = statSync(like)
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) chownSync(join(folder, entry), uid, gid)
}

async function startProduct(folder: string, account: Account): Promise<Run> {
  const app = await startApp(folder, account)
  try {
    const screen = new UnlockScreen(app.page)
    await screen.shown()
    const { began } = await documentTimes(app.page)
    const locked = await lastPaint(app.page)
    const desk = watchForDesk(app.page, subject)
    desk.catch(() => undefined)
    await screen.unlock(nameOf(drafter.person), pin)
    const { asked, opened, shown } = await desk
    await app.quit()
    const parts = [
      { name: 'process started until its page begins', ms: began - app.begun },
      { name: 'page until the unlock screen is painted', ms: locked - began },
      { name: 'PIN until the seat is open (main)', ms: opened - asked },
      { name: 'vault opens, desk is painted', ms: shown - opened },
    ]
    return { ms: parts.reduce((sum, { ms }) => sum + ms, 0), parts }
  } catch (error) {
    await app.kill()
    throw error
  }
}

async function startBare(folder: string, account: Account): Promise<Run> {
  const app = await startApp(folder, account)
  try {
    const { began, ready } = await documentTimes(app.page)
    const parts = [
      { name: 'process started until its page begins', ms: began - app.begun },
      { name: 'page until DOM ready', ms: ready - began },
    ]
    return { ms: ready - app.begun, parts }
  } finally {
    await app.kill()
  }
}
