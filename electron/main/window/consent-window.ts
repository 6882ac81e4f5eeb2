// The window in which a person says yes: main's own, with its own preload, session and origin. The page that asked can
// neither see, script nor open it; it shows what main was given and the hash that main computed. One question at a time.
// A PIN typed here goes to the check and is forgotten; nothing here decides whether it was right.
import { createHash } from 'node:crypto'
import { BrowserWindow, nativeTheme, session as sessions, type Session } from 'electron'
import { err, ok, type Result } from '@shared/base/result.ts'
import type { ConsentCancelled, PinRefused, ShownConsent } from '@shared/ipc/contract/consent.ts'
import type { Contract } from '@shared/ipc/contract.ts'
import type { Handlers } from '@shared/ipc/define.ts'
import type { ConsentDesk, ConsentQuestion } from '../ports.ts'
import { consentOrigin } from './app-path.ts'
import { serveFolders } from './app-protocol.ts'
import { consentPolicy } from './csp.ts'
import { denyAll } from './permissions.ts'
import { strictPreferences } from './web-preferences.ts'

export interface ConsentWindow {
  readonly desk: ConsentDesk
  readonly handlers: Handlers<Contract, 'consent'>
  /** The web contents whose calls count, while a question stands. */
  readonly contentsId: () => number | null
}

export interface ConsentWindowOptions {
  readonly folder: string
  readonly fonts: string
  readonly preload: string
  readonly parent: () => BrowserWindow
  readonly language: () => 'ja' | 'en'
  readonly zoom: () => number
}

interface OpenQuestion {
  readonly window: BrowserWindow
  readonly shown: ShownConsent
  /** Resolves with null when accepted, with the refusal otherwise. */
  readonly answer: (pin: string) => Promise<PinRefused | null>
  readonly cancel: () => void
}

const cancelled: ConsentCancelled = { type: 'ConsentCancelled', retry: 'never' }

export function createConsentWindow({ folder, fonts, preload, parent, language, zoom }: ConsentWindowOptions): ConsentWindow {
  let open: OpenQuestion | null = null
  let session: Session | null = null

  function ask<V>(question: ConsentQuestion, check: (pin: string) => Promise<Result<V, PinRefused>>) {
    if (open) return Promise.resolve(err({ type: 'ConsentBusy', retry: 'later' } as const))
    const pdfSha256 = question.pdf ? createHash('sha256').update(question.pdf).digest('hex') : null
    session ??= createConsentSession(folder, fonts)
    const window = openWindow(session, preload, parent(), question.pdf !== null)
    window.webContents.on('dom-ready', () => window.webContents.setZoomFactor(zoom()))
    return new Promise<Result<{ readonly value: V; readonly pdfSha256: string | null }, ConsentCancelled>>((resolve) => {
      function end(result: Result<{ readonly value: V; readonly pdfSha256: string | null }, ConsentCancelled>): void {
        if (open?.window === window) open = null
        resolve(result)
        if (!window.isDestroyed()) window.destroy()
        if (!parent().isDestroyed() && parent().isVisible()) parent().focus()
      }
      async function answer(pin: string): Promise<PinRefused | null> {
        const checked = await check(pin)
        if (!checked.ok) return checked.error
        setImmediate(() => end(ok({ value: checked.value, pdfSha256 })))
        return null
      }
      open = { window, shown: { ...question, pdfSha256, language: language() }, answer, cancel: () => end(err(cancelled)) }
      window.on('closed', () => end(err(cancelled)))
      window.webContents.on('render-process-gone', () => end(err(cancelled)))
      void window.loadURL(`${consentOrigin}/index.html`).catch(() => end(err(cancelled)))
    })
  }

  return {
    desk: { ask, withdraw: () => open?.cancel() },
    contentsId: () => open?.window.webContents.id ?? null,
    handlers: { consent: handlersOver(() => open) },
  }
}

function handlersOver(current: () => OpenQuestion | null): Handlers<Contract, 'consent'>['consent'] {
  function standing(): OpenQuestion {
    const open = current()
    if (!open) throw new Error('defect: the consent page speaks and no question stands')
    return open
  }
  let checking = false
  return {
    shown: async () => ok(standing().shown),
    async confirm({ pin }) {
      const { answer } = standing()
      if (checking) return err({ type: 'TryLater', retry: 'later', waitMs: 500 })
      checking = true
      const refusal = await answer(pin).finally(() => {
        checking = false
      })
      return refusal ? err(refusal) : ok(null)
    },
    async cancel() {
      const { cancel } = standing()
      setImmediate(cancel)
      return ok(null)
    },
  }
}

function createConsentSession(folder: string, fonts: string): Session {
  const session = sessions.fromPartition('consent', { cache: false })
  denyAll(session, [`${consentOrigin}/`, `blob:${consentOrigin}/`])
  const folders = [{ prefix: 'fonts/', folder: fonts }, { prefix: '', folder }]
  serveFolders(session, { origin: consentOrigin, policy: consentPolicy, folders })
  return session
}

/** So long a loaded window may stay hidden. */
const unpaintedMs = 2000

function openWindow(session: Session, preload: string, parent: BrowserWindow, wide: boolean): BrowserWindow {
  const window = new BrowserWindow({
    title: '文箱',
    parent,
    modal: true,
    width: wide ? 1080 : 680,
    height: wide ? 800 : 720,
    minWidth: 560,
    minHeight: 480,
    center: true,
    show: false,
    minimizable: false,
    fullscreenable: false,
    autoHideMenuBar: true,
    skipTaskbar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1a1a1c' : '#ffffff',
    webPreferences: strictPreferences(session, preload),
  })
  const show = (): void => {
    if (!window.isDestroyed() && !window.isVisible()) window.show()
  }
  window.once('ready-to-show', show)
  // On a busy machine a hidden window may not be painted: somebody waits for it, so it comes all the same.
  window.webContents.once('did-finish-load', () => setTimeout(show, unpaintedMs))
  return window
}
