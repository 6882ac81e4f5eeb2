// Holds one process group that a test started: its words, its end, and nothing that anyone else started.
import { spawn } from 'node:child_process'

export interface HeldProcess {
  readonly pid: number
  /** Everything it wrote so far, stdout and stderr in order of arrival. */
  logs(): string
  /** Resolves with the first match in what it writes; rejects with its words when it ends before, or after `timeout` ms. */
  waitFor(pattern: RegExp, timeout: number): Promise<RegExpExecArray>
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>
  signal(name: NodeJS.Signals): void
  /** Ends the whole group at once and waits until it is gone. */
  kill(): Promise<void>
}

/** `command` with its arguments; `input` is written to its stdin, which is then closed. */
export function holdProcess(command: readonly string[], env: Readonly<Record<string, string>>, input?: string): HeldProcess {
  const [program = '', ...args] = command
  const child = spawn(program, args, { env, cwd: '/', detached: true, stdio: ['pipe', 'pipe', 'pipe'] })
  const pid = child.pid
  let text = ''
  const listeners = new Set<() => void>()
  const hear = (chunk: Buffer) => {
    text += chunk.toString()
    for (const listener of listeners) listener()
  }
  child.stdin.on('error', () => {})
  child.stdin.end(input ?? '')
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  let over: number | NodeJS.Signals | null = null
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    const end = (how: number | NodeJS.Signals) => {
      over = how
      resolve(how)
      for (const listener of listeners) listener()
    }
    child.once('error', (error) => {
      text += error.message
      end(127)
    })
    child.once('exit', (code, signal) => end(signal ?? code ?? 0))
  })
  if (pid === undefined) throw new Error(`could not start ${program}`)
  const signalGroup = (name: NodeJS.Signals) => {
    try {
      process.kill(-pid, name)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
  return {
    pid,
    ended,
    logs: () => text,
    signal: (name) => void (over !== null || child.kill(name)),
    waitFor(pattern, timeout) {
      return new Promise((resolve, reject) => {
        const settle = (act: () => void) => {
          clearTimeout(timer)
          listeners.delete(look)
          act()
        }
        const look = () => {
          const found = pattern.exec(text)
          if (found) settle(() => resolve(found))
          else if (over !== null) settle(() => reject(new Error(`${program} ended (${over}) before it wrote ${pattern}:\n${text}`)))
        }
        const timer = setTimeout(() => settle(() => reject(new Error(`${program} did not write ${pattern} in ${timeout} ms:\n${text}`))), timeout)
        listeners.add(look)
        look()
      })
    },
    async kill() {
      signalGroup('SIGKILL')
      await ended
    },
  }
}
