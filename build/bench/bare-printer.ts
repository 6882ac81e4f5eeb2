// The peer's way to print: a warm hidden window of a bare Electron, loaded from memory, and `printToPDF`.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { BrowserWindow, session as sessions } from 'electron'

export interface BarePrinter {
  /** Fonts are at `app://bare/<file>`. */
  print(html: string): Promise<Uint8Array>
}

export function openBarePrinter(folder: string, fontFiles: readonly string[]): BarePrinter {
  const fonts = new Map(fontFiles.map((file) => [`/${file}`, readFileSync(join(folder, file))]))
  let shown = ''
  let n = 0
  const session = sessions.fromPartition('bare')
  session.protocol.handle('app', (request) => {
    const { pathname } = new URL(request.url)
    const font = fonts.get(pathname)
    return font ? new Response(font, { headers: { 'Content-Type': 'font/ttf', 'Cache-Control': 'max-age=31536000, immutable' } }) : new Response(shown, { headers: { 'Content-Type': 'text/html; charset=utf-8' } })
  })
  const window = new BrowserWindow({ show: false, width: 800, height: 1130, webPreferences: { session } })
  return {
    async print(html) {
      shown = html
      n += 1
      await window.loadURL(`app://bare/${n}`)
      return window.webContents.printToPDF({ pageSize: 'A4', preferCSSPageSize: true, printBackground: true, generateTaggedPDF: true, generateDocumentOutline: true })
    },
  }
}
