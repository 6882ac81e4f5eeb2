// Prints HTML to an unsigned PDF in a hidden window that is kept warm. Its session lives in memory, has no cache and no
// network, and sees one document (under an address that is good once) and the fonts that document named. Scripts are off.
// It never signs, never adds page numbers and never keeps a document after it is printed.
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BrowserWindow, session as sessions, type Session, type WebContents } from 'electron'
import { err, ok } from '@shared/base/result.ts'
import type { PrintRequest } from '@shared/ipc/contract/print.ts'
import type { Printer } from '../ports.ts'
import { pathUnder, printOrigin } from './app-path.ts'
import { answer, notFound } from './app-protocol.ts'
import { printPolicy } from './csp.ts'
import { denyAll } from './permissions.ts'
import { contentWidth, firstPageSize, marginsScript, measureScript, placeBoxes, type Margins, type Measured } from './print-measure.ts'
import { strictPreferences } from './web-preferences.ts'

const measuringWorld = 7
const a4 = { width: 594.96, height: 841.92 }
const emptyDocument = '<!doctype html><title></title>'

interface Document {
  readonly path: string
  readonly html: string
  readonly fonts: readonly string[]
}

export function createPrintWindow(fontFolder: string): Printer {
  let document: Document = { path: '', html: emptyDocument, fonts: [] }
  let warm: BrowserWindow | null = null
  let queue: Promise<unknown> = Promise.resolve()
  let waiting = 0

  async function show(contents: WebContents, html: string, fonts: readonly string[]): Promise<void> {
    document = { path: randomUUID(), html, fonts }
    await contents.loadURL(`${printOrigin}/${document.path}`)
  }
  function opened(): BrowserWindow {
    if (warm && !warm.isDestroyed() && !warm.webContents.isCrashed()) return warm
    warm?.destroy()
    warm = openWindow(createPrintSession(fontFolder, () => document))
    return warm
  }
  async function render({ html, baseFonts }: PrintRequest): ReturnType<Printer['render']> {
    const missing = baseFonts.find((font) => !existsSync(join(fontFolder, font)))
    if (missing !== undefined) return err({ type: 'FontMissing', retry: 'never', font: missing })
    const { webContents } = opened()
    await show(webContents, html, baseFonts)
    const { margins, measured } = await measure(webContents)
    const pdf = new Uint8Array(await printed(webContents))
    const boxes = placeBoxes(measured, margins, firstPageSize(pdf))
    return boxes.ok ? ok({ pdf, boxes: boxes.value }) : boxes
  }
  /** Nothing of a document stays once nobody waits for the next one. */
  async function empty(): Promise<void> {
    if (--waiting === 0 && warm && !warm.isDestroyed()) await show(warm.webContents, emptyDocument, [])
  }
  return {
    render(request) {
      waiting++
      const work = queue.then(() => render(request))
      queue = work.then(empty, empty).catch(() => warm?.destroy())
      return work
    },
  }
}

/** One address is known at a time; it answers once. Fonts only those that the present document named. */
function createPrintSession(fontFolder: string, current: () => Document): Session {
  const session = sessions.fromPartition('print', { cache: false })
  if (session.protocol.isProtocolHandled('app')) session.protocol.unhandle('app')
  denyAll(session, [`${printOrigin}/`, 'data:'])
  let served = ''
  session.protocol.handle('app', async (request) => {
    const { path, html, fonts } = current()
    const asked = pathUnder(request.url, printOrigin)
    if (asked === path && served !== path) {
      served = path
      return answer(html, 'text/html; charset=utf-8', printPolicy)
    }
    const font = fonts.find((name) => asked === `fonts/${name}`)
    return font ? answer(await readFile(join(fontFolder, font)), 'font/ttf', printPolicy, 'max-age=31536000, immutable') : notFound()
  })
  return session
}

function openWindow(session: Session): BrowserWindow {
  const window = new BrowserWindow({
    show: false,
    width: 800,
    height: 1130,
    webPreferences: { ...strictPreferences(session, null), javascript: false, backgroundThrottling: false },
  })
  window.webContents.debugger.attach('1.3')
  return window
}

async function measure(contents: WebContents): Promise<{ readonly margins: Margins; readonly measured: Measured }> {
  const inOwnWorld = (code: string): Promise<unknown> => contents.executeJavaScriptInIsolatedWorld(measuringWorld, [{ code }])
  await contents.debugger.sendCommand('Emulation.setEmulatedMedia', { media: 'print' })
  const margins = (await inOwnWorld(marginsScript)) as Margins
  const size = { width: contentWidth(a4.width, margins), height: 1130, deviceScaleFactor: 1, mobile: false }
  await contents.debugger.sendCommand('Emulation.setDeviceMetricsOverride', size)
  // On paper no scroll bar takes width away.
  await contents.debugger.sendCommand('Emulation.setScrollbarsHidden', { hidden: true })
  return { margins, measured: (await inOwnWorld(measureScript)) as Measured }
}

function printed(contents: WebContents): Promise<Buffer> {
  return contents.printToPDF({
    pageSize: 'A4',
    preferCSSPageSize: true,
    printBackground: true,
    generateTaggedPDF: true,
    generateDocumentOutline: true,
    margins: { top: 0, bottom: 0, left: 0, right: 0 },
  })
}
