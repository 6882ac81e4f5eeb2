// From the first window to the last byte: second starts, hiding, quitting. Quitting asks the page to save, begins nothing
// new, locks the session, waits for the work under way and then exits. It never exits over a journal write.
import { app, dialog } from 'electron'
import type { Jobs } from './ipc/jobs.ts'
import { fileArgument } from './platform/process.ts'
import { words, type Language } from './platform/words.ts'
import type { Log, SessionLock } from './ports.ts'

const saveLimitMs = 5_000
const drainLimitMs = 60_000
const sendLimitMs = 10_000

export interface Shell {
  readonly log: Log
  readonly jobs: Jobs
  readonly session: SessionLock
  /** Brings the window to the front. */
  readonly show: () => void
  readonly fileOpened: (path: string) => void
  /** Asks the page to save; resolves when nothing is unsaved. */
  readonly saved: () => Promise<void>
  /** Sends what the storage does not hold yet, if it answers. */
  readonly sent: () => Promise<void>
  /** Lets go of windows, tray and timers. */
  readonly release: () => void
}

export interface Lifecycle {
  readonly quitting: () => boolean
  /** Tells the page of the file this start was given, once it is loaded. */
  readonly openFirstFile: () => void
}

export function runLifecycle(shell: Shell): Lifecycle {
  let stage: 'running' | 'draining' | 'drained' = 'running'
  const tellFile = (argv: readonly string[], folder: string): void => {
    const path = fileArgument(argv, folder)
    if (path !== null) shell.fileOpened(path)
  }
  app.on('second-instance', (_event, argv, folder) => {
    shell.show()
    tellFile(argv, folder)
  })
  app.on('activate', shell.show)
  app.on('window-all-closed', () => shell.log.note('windows.closed'))
  app.on('before-quit', (event) => {
    if (stage === 'drained') return
    event.preventDefault()
    if (stage === 'draining') return
    stage = 'draining'
    void drain(shell).finally(() => {
      stage = 'drained'
      app.quit()
    })
  })
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => app.quit())
  return {
    quitting: () => stage !== 'running',
    openFirstFile: () => tellFile(process.argv, process.cwd()),
  }
}

async function drain({ saved, jobs, session, sent, log, release }: Shell): Promise<void> {
  if (!(await within(saveLimitMs, saved()))) log.note('quit.unsaved')
  jobs.close()
  if (!(await within(drainLimitMs, jobs.idle()))) log.note('quit.undrained', { running: jobs.running().length })
  await within(saveLimitMs, session.lock('quit'))
  if (!(await within(sendLimitMs, sent()))) log.note('quit.unsent')
  release()
}

/** True when the work ends within that time. */
export function within(ms: number, work: Promise<void>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ms)
    void work.then(() => resolve(true)).finally(() => clearTimeout(timer))
  })
}

/** A defect nobody caught: noted, told to the person, and the process ends so that nothing is written on a broken footing. */
export function stopOnDefect(log: Log, language: () => Language): void {
  const stop = (thrown: unknown): void => {
    const id = log.defect('main', thrown)
    const { defectTitle, defectBody } = words[language()]
    if (app.isReady()) dialog.showErrorBox(defectTitle, `${defectBody}${id}`)
    app.exit(70)
  }
  process.on('uncaughtException', stop)
  process.on('unhandledRejection', stop)
}
