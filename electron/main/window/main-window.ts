// The one window people work in. Closing it hides it; it goes only when the app quits. If its process dies it is loaded
// anew: nothing that was acknowledged is lost, because the page holds no truth.
import { BrowserWindow, nativeTheme, type Session } from 'electron'
import type { Settings } from '@shared/ipc/contract/settings.ts'
import { mainOrigin } from './app-path.ts'
import { strictPreferences } from './web-preferences.ts'

export interface MainWindow {
  readonly window: BrowserWindow
  load(): Promise<void>
  /** Brings it to the front, whatever it was: hidden, minimised or behind. */
  show(): void
  apply(settings: Settings): void
  emit(name: string, payload: unknown): void
}

export interface MainWindowOptions {
  readonly session: Session
  readonly preload: string
  readonly icon: string | null
  readonly mayClose: () => boolean
  /** The page's process is gone: the session must be locked before the page comes back. */
  readonly crashed: (reason: string) => Promise<void>
}

export function createMainWindow({ session, preload, icon, mayClose, crashed }: MainWindowOptions): MainWindow {
  const window = new BrowserWindow({
    title: '文箱',
    width: 1320,
    height: 880,
    minWidth: 720,
    minHeight: 540,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1a1a1c' : '#ffffff',
    ...(icon === null ? {} : { icon }),
    webPreferences: strictPreferences(session, preload),
  })
  const load = (): Promise<void> => window.loadURL(`${mainOrigin}/index.html`)
  window.on('close', (event) => {
    if (mayClose()) return
    event.preventDefault()
    window.hide()
  })
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit' && !mayClose()) void crashed(reason).then(load)
  })
  window.once('ready-to-show', () => window.show())
  return {
    window,
    load,
    show() {
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
