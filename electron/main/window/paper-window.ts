// Puts a file on paper: a hidden window of its own draws the pages of exactly the bytes it is given, and Chromium hands them to the printer
// that was named. Its session lives in memory, has no bridge, no cache and no network, and ends with the job. It decides nothing.
import { join } from 'node:path'
import { readFile } from 'node:fs/promises'
import { randomUUID } from 'node:crypto'
import { BrowserWindow, session as sessions, type Session, type WebContents } from 'electron'
import { err, ok, type Result } from '@shared/base/result.ts'
import type { PrinterMissing, PrintFailed } from '@shared/ipc/contract/print.ts'
import type { PaperPrinter } from '../ports.ts'
import { pathUnder, paperOrigin } from './app-path.ts'
import { answer, notFound } from './app-protocol.ts'
import { paperPolicy } from './csp.ts'
import { denyAll } from './permissions.ts'
import { strictPreferences } from './web-preferences.ts'

const drawnWithinMs = 180_000
/** Chromium answers before the job is on its way, and drops it with its window. */
const onItsWayMs = 60_000
const types: Readonly<Record<string, string>> = { html: 'text/html; charset=utf-8', js: 'text/javascript; charset=utf-8', mjs: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' }

/** `folder`: the built page. `asking`: any web contents, through which the system is asked for its printers. */
export function createPaperPrinter(folder: string, asking: () => WebContents): PaperPrinter {
  const printers: PaperPrinter['printers'] = async () => (await asking().getPrintersAsync()).map(({ name, displayName }) => ({ name, title: displayName === '' ? name : displayName }))
  return {
    printers,
    async print(pdf, printer) {
      if (!(await printers()).some(({ name }) => name === printer)) return err({ type: 'PrinterMissing', retry: 'later' })
      const window = new BrowserWindow({ show: false, webPreferences: { ...strictPreferences(createPaperSession(folder, pdf), null), backgroundThrottling: false } })
      const close = (): void => {
        if (!window.isDestroyed()) window.destroy()
      }
      const answered = (await drawn(window)) ? await printed(window.webContents, printer) : err({ type: 'PrintFailed', retry: 'later' } as const)
      if (answered.ok) setTimeout(close, onItsWayMs).unref()
      else close()
      return answered
    },
  }
}

/** One session for each job: what it served is gone with it. */
function createPaperSession(folder: string, pdf: Uint8Array): Session {
  const session = sessions.fromPartition(`paper-${randomUUID()}`, { cache: false })
  denyAll(session, [`${paperOrigin}/`, `blob:${paperOrigin}/`])
  session.protocol.handle('app', async (request) => {
    const path = pathUnder(request.url, paperOrigin)
    if (request.method !== 'GET' || !path) return notFound()
    if (path === 'file.pdf') return answer(pdf, 'application/pdf', paperPolicy)
    const type = types[path.slice(path.lastIndexOf('.') + 1)]
    const bytes = type ? await readFile(join(folder, path)).catch(() => null) : null
    return bytes && type ? answer(bytes, type, paperPolicy) : notFound()
  })
  return session
}

/** True once every page is drawn. */
function drawn(window: BrowserWindow): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), drawnWithinMs)
    const end = (isDrawn: boolean): void => {
      clearTimeout(timer)
      resolve(isDrawn)
    }
    window.webContents.on('page-title-updated', (_event, title) => {
      if (/^Fumibako \d+$/.test(title)) end(true)
      else if (title === 'Fumibako broken') end(false)
    })
    window.webContents.on('render-process-gone', () => end(false))
    window.on('closed', () => end(false))
    void window.loadURL(`${paperOrigin}/index.html`).catch(() => end(false))
  })
}

function printed(contents: WebContents, printer: string): Promise<Result<null, PrinterMissing | PrintFailed>> {
  return new Promise((resolve) => {
    contents.print({ silent: true, deviceName: printer, printBackground: true, margins: { marginType: 'none' }, pageSize: 'A4' }, (isDone) => resolve(isDone ? ok(null) : err({ type: 'PrintFailed', retry: 'later' })))
  })
}
