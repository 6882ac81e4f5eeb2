// The machine the app runs on: its files and programs, read as the person who runs the app. `root` stands before every path of a file,
// so that a test can give a tree of its own; the product has none.

import { execFile } from 'node:child_process'
import { open, readdir, readFile, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Heard } from '@shared/posture/checks/heard.ts'
import type { Machine } from './ports.ts'

const longest = 64 * 1024
const patienceMs = 5_000
/** What a program may know of the surroundings: enough to find the person's settings, nothing else. */
const passed = ['HOME', 'USER', 'LOGNAME', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_RUNTIME_DIR', 'XDG_CURRENT_DESKTOP', 'DBUS_SESSION_BUS_ADDRESS', 'SystemRoot', 'SystemDrive', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA', 'TEMP', 'TMP', 'PATHEXT', 'PSModulePath']

const reasons: Readonly<Partial<Record<string, 'absent' | 'denied'>>> = { ENOENT: 'absent', ENOTDIR: 'absent', EACCES: 'denied', EPERM: 'denied' }

function refused(thrown: unknown): Heard {
  return { unread: reasons[(thrown as NodeJS.ErrnoException).code ?? ''] ?? 'failed' }
}

export function createThisMachine(surroundings: Readonly<Partial<Record<string, string>>>, root = '/'): Machine {
  const at = (path: string): string => (root === '/' ? path : join(root, path))
  const env = { ...Object.fromEntries(passed.flatMap((name) => (surroundings[name] === undefined ? [] : [[name, surroundings[name]]]))), LC_ALL: 'C', LANG: 'C', LANGUAGE: 'C', PATH: '/usr/bin:/bin:/usr/sbin:/sbin' }
  return {
    async text(path) {
      try {
        const bytes = await firstBytes(at(path), longest + 1)
        return bytes.length > longest ? { unread: 'large' } : bytes.toString('utf8')
      } catch (thrown) {
        return refused(thrown)
      }
    },
    async hex(path, bytes) {
      return firstBytes(at(path), bytes).then((read) => read.toString('hex'), refused)
    },
    async names(path) {
      return readdir(at(path)).then((names) => names.toSorted().join('\n'), refused)
    },
    async changed(path) {
      return stat(at(path)).then(({ mtimeMs }) => Math.floor(mtimeMs), () => null)
    },
    async real(path) {
      const found = await realpath(at(path)).catch(() => null)
      return found === null || root === '/' ? found : found.slice(root.length)
    },
    run(program, args) {
      return new Promise((resolve) => {
        execFile(program, args, { env, timeout: patienceMs, killSignal: 'SIGKILL', maxBuffer: longest, windowsHide: true, encoding: 'utf8' }, (error, out, said) => {
          if (!error) return resolve(out === '' ? said : out)
          if (typeof error.code === 'string') return resolve(error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER' ? { unread: 'large' } : refused(error))
          if (error.killed === true || error.signal != null) return resolve({ unread: 'late' })
          // A program that ends with another code than zero still answers: "not running" is an answer.
          return resolve(out === '' ? said : out)
        }).stdin?.end()
      })
    },
    env: (name) => surroundings[name] ?? '',
  }
}

/** Files under /proc and /sys say that they are empty until they are read. */
async function firstBytes(path: string, most: number): Promise<Buffer> {
  const found = await stat(path)
  // A pipe would let the reader wait for a writer.
  if (!found.isFile()) throw new Error('no file')
  if (found.size === 0) return (await readFile(path)).subarray(0, most)
  const file = await open(path, 'r')
  try {
    const bytes = Buffer.alloc(most)
    let length = 0
    for (;;) {
      const { bytesRead } = await file.read(bytes, length, most - length, null)
      length += bytesRead
      if (bytesRead === 0 || length === most) return bytes.subarray(0, length)
    }
  } finally {
    await file.close()
  }
}
