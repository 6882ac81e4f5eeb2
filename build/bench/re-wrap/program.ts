// Runs inside Electron: the keys of a collection are wrapped under another epoch in a worker of the page, as in the product, over main's
// object store. The peer takes as many small documents under a new key the only way it knows.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { app, BrowserWindow, session as sessions } from 'electron'
import { err, ok } from '@shared/base/result.ts'
import { toWire, type Envelope } from '@shared/ipc/codec.ts'
import type { Serve } from '@shared/ipc/serve.ts'
import { createVaultPorts } from '../../../electron/main/ipc/vault-port.ts'
import { prepareProcess } from '../../../electron/main/platform/process.ts'
import { keepBook } from '../../../electron/main/services/keep-book.ts'
import type { ObjectStore } from '../../../electron/main/services/object-store.ts'
import { mainOrigin } from '../../../electron/main/window/app-path.ts'
import { serveFolders } from '../../../electron/main/window/app-protocol.ts'
import { mainPolicy } from '../../../electron/main/window/csp.ts'
import { strictPreferences } from '../../../electron/main/window/web-preferences.ts'
import { answerRuns } from '../answer-runs.ts'
import type { Race, Run } from '../row.ts'
import { startStopwatch } from '../stopwatch.ts'
import { writeCorpus } from '../sync/corpus.ts'
import { runToEnd } from '../sync/measure.ts'
import { watchHeld, type Wrapped } from './facts.ts'
import { makeTown, type TownOnDisk } from './town.ts'

/** Main's two answers that the row needs, as the vault gets them. */
function serveObjects(store: ObjectStore): Serve {
  const answer = async (channel: string, input: { readonly name: string; readonly bytes: Uint8Array }): Promise<Envelope> => {
    if (channel === 'objects.get') return ok({ bytes: await store.get(input.name) })
    if (channel === 'objects.put') return keepBook(store, input.name, input.bytes)
    return err({ type: 'BadRequest', retry: 'never' })
  }
  return async (channel, input) => toWire(await answer(channel, input as never)) as Envelope
}

async function openPage({ store }: TownOnDisk): Promise<BrowserWindow> {
  serveFolders(sessions.defaultSession, { origin: mainOrigin, policy: mainPolicy, folders: [{ prefix: '', folder: join(app.getAppPath(), 'bench') }] })
  const window = new BrowserWindow({ show: false, webPreferences: { ...strictPreferences(sessions.defaultSession, join(app.getAppPath(), 'preload.cjs')), backgroundThrottling: false } })
  createVaultPorts(mainOrigin, serveObjects(store), () => undefined).grant(window.webContents)
  await window.loadURL(`${mainOrigin}/index.html`)
  return window
}

/** Resident MiB of the page's process and of main, at their most. */
function watchMemory(): () => { readonly page: number; readonly main: number } {
  const most = { page: 0, main: 0 }
  const look = (): void => {
    for (const { type, memory } of app.getAppMetrics()) {
      const mib = Math.round(memory.workingSetSize / 1024)
      if (type === 'Tab') most.page = Math.max(most.page, mib)
      if (type === 'Browser') most.main = Math.max(most.main, mib)
    }
  }
  look()
  const timer = setInterval(look, 200)
  return () => {
    look()
    clearInterval(timer)
    return most
  }
}

/** Code that hands over a value; bytes travel as arrays of numbers. */
function callOf({ epochKeys, docs }: TownOnDisk): string {
  const keys = epochKeys.map(({ key, ...rest }) => `{...${JSON.stringify(rest)}, key: Uint8Array.from(${JSON.stringify([...key])})}`)
  return `reWrap({ epochKeys: [${keys.join()}], docs: ${JSON.stringify(docs)} })`
}

async function prepare(documents: number): Promise<Race> {
  const folder = mkdtempSync(join(tmpdir(), 'fumibako-re-wrap-'))
  const town = await makeTown(join(folder, 'objects'), documents)
  const window = await openPage(town)
  const wrapAll = async (): Promise<Wrapped & { readonly mainHeld: number }> => {
    const call = callOf(town)
    const held = watchHeld()
    const done = (await window.webContents.executeJavaScript(call)) as Wrapped
    if (done.wrapped !== documents) throw new Error(`${documents - done.wrapped} keys were not wrapped`)
    return { ...done, mainHeld: held() }
  }
  const memory = watchMemory()
  const before = memory()
  const used = watchMemory()
  const first = await wrapAll()
  const most = used()
  const octets = await town.octets()
  const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: folder, RESTIC_CACHE_DIR: join(folder, 'cache'), RESTIC_PASSWORD: 'old', RESTIC_REPOSITORY: join(folder, 'old') }
  writeCorpus(join(folder, 'documents'), 'text', documents, 'txt')
  await runToEnd(['restic', 'init'], env)
  await runToEnd(['restic', 'backup', join(folder, 'documents')], env)
  return {
    facts: { documents, octets, 'page held, ms': first.pageHeld, 'vault held, ms': first.vaultHeld, 'main held, ms': first.mainHeld, 'page before, MiB': before.page, 'page at most, MiB': most.page, 'main before, MiB': before.main, 'main at most, MiB': most.main },
    async product(): Promise<Run> {
      town.forget()
      const { ms, putting } = await wrapAll()
      return { ms, parts: [{ name: 'read, unwrap and wrap', ms: ms - putting }, { name: 'books to main, forced to the medium', ms: putting }] }
    },
    async peer() {
      const [target, from] = [{ ...env, RESTIC_REPOSITORY: join(folder, 'new'), RESTIC_PASSWORD: 'new', RESTIC_FROM_PASSWORD: 'old' }, ['--from-repo', join(folder, 'old')]]
      const watch = startStopwatch()
      await watch.time('restic init', () => runToEnd(['restic', 'init', ...from, '--copy-chunker-params'], target))
      await watch.time('restic copy', () => runToEnd(['restic', 'copy', ...from], target))
      const run = watch.stop()
      rmSync(join(folder, 'new'), { recursive: true })
      return run
    },
    async close() {
      window.destroy()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function end(error?: unknown): void {
  if (error !== undefined) process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  app.exit(error === undefined ? 0 : 1)
}

if (prepareProcess()) void app.whenReady().then(() => prepare(Number(app.commandLine.getSwitchValue('documents')))).then(answerRuns).then(() => end(), end)
