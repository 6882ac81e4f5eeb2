// The one window people work in. Closing it hides it; it goes only when the app quits. If its process dies, a script closes
// it or it is led away, it comes back with our page: nothing that was acknowledged is lost, the page holds no truth.
import { BrowserWindow, nativeTheme, type Session, type WebContents } from 'electron'
import type { Settings } from '@shared/ipc/contract/settings.ts'
import { isUnderOrigin } from '../ipc/trusted-sender.ts'
import { mainOrigin } from './app-path.ts'
import { strictPreferences } from './web-preferences.ts'

export interface MainWindow {
  /** The window as it is now; another one after a page closed it. */
  readonly window: () => BrowserWindow
  /** Null between a window that is gone and the next one. */
  readonly contentsId: () => number | null
  readonly load: () => Promise<void>
  /** Begins a new page in the same window. A page that resists is ended by force and comes back new all the same. */
  readonly renew: () => Promise<void>
  /** Brings it to the front, whatever it was: hidden, minimised or behind. */
  readonly show: () => void
  readonly apply: (settings: Settings) => void
  readonly emit: (name: string, payload: unknown) => void
}

export interface MainWindowOptions {
  readonly session: Session
  readonly preload: string
  readonly icon: string
  readonly quitting: () => boolean
  readonly quit: () => void
  /** Each new web contents, before anything is loaded into it. */
  readonly opened: (contents: WebContents) => void
  /** The page is gone by itself: the session must be locked before it comes back. `reason` is Chromium's word or `closed`. */
  readonly gone: (reason: string) => Promise<void>
}

export function createMainWindow(options: MainWindowOptions): MainWindow {
  const { quitting, gone } = options
  let window = open(false)
  let renewing: Promise<void> | null = null

  function open(again: boolean): BrowserWindow {
    const made = makeWindow(options)
    const { webContents } = made
    made.on('close', (event) => {
      if (quitting()) return
      event.preventDefault()
      made.hide()
    })
    // Only a script gets here without `close`: what it closed is opened anew, hidden, as closing by hand would leave it.
    made.on('closed', () => {
      if (!quitting()) void gone('closed').then(() => (window = open(true)))
    })
    webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason !== 'clean-exit' && !quitting()) void gone(reason).then(() => loadInto(made, quitting))
    })
    webContents.on('did-navigate', (_event, url) => {
      if (!isUnderOrigin(url, mainOrigin)) void loadInto(made, quitting)
    })
    webContents.on('before-input-event', (event, input) => {
      const command = process.platform === 'darwin' ? input.meta : input.control
      if (input.type !== 'keyDown' || !command || input.alt || input.shift) return
      if (input.key === 'w') made.close()
      else if (input.key === 'q') options.quit()
      else return
      event.preventDefault()
    })
    options.opened(webContents)
    if (again) void loadInto(made, quitting)
    else made.once('ready-to-show', () => made.show())
    return made
  }

  return {
    window: () => window,
    contentsId: () => (window.isDestroyed() ? null : window.webContents.id),
    load: () => loadInto(window, quitting),
    renew() {
      renewing ??= renew(window, quitting).finally(() => {
        renewing = null
      })
      return renewing
    },
    show() {
      if (window.isDestroyed()) return
      if (window.isMinimized()) window.restore()
      window.show()
      window.focus()
    },
    apply({ theme }) {
      nativeTheme.themeSource = theme
    },
    emit(name, payload) {
      if (!window.isDestroyed()) window.webContents.send(name, payload)
    },
  }
}

const closingMs = 2_000

/** A load that another one or quitting overtakes is no failure; a page of ours that is missing is. */
async function loadInto(window: BrowserWindow, quitting: () => boolean): Promise<void> {
  if (window.isDestroyed()) return
  try {
    await window.loadURL(`${mainOrigin}/index.html`)
  } catch (thrown) {
    if (!quitting() && (thrown as { code?: unknown }).code !== 'ERR_ABORTED' && !(await isClosing(window))) throw thrown
  }
}

/** A page that closes itself while it loads breaks the load a moment before its window is gone. */
function isClosing(window: BrowserWindow): Promise<boolean> {
  return new Promise((resolve) => {
    if (window.isDestroyed()) return resolve(true)
    const late = setTimeout(() => resolve(false), closingMs)
    window.once('closed', () => {
      clearTimeout(late)
      resolve(true)
    })
  })
}

async function renew(window: BrowserWindow, quitting: () => boolean): Promise<void> {
  if (window.isDestroyed()) return
  try {
    await window.loadURL(`${mainOrigin}/index.html`)
  } catch {
    // It navigated on its own meanwhile, which was refused but broke our load.
    if (!quitting() && !window.isDestroyed()) window.webContents.forcefullyCrashRenderer()
  }
}

function makeWindow({ session, preload, icon }: MainWindowOptions): BrowserWindow {
  return new BrowserWindow({
    title: '文箱',
    width: 1320,
    height: 880,
    minWidth: 720,
    minHeight: 540,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#151210' : '#f3efe7',
    icon,
    webPreferences: strictPreferences(session, preload),
  })
}
