// The one path into the log: JSON lines in the profile, two files of at most 1 MiB. Never content, names, keys or the
// message of an error that somebody else threw (it may quote what it choked on): only its kind and where it came from.
import { randomUUID } from 'node:crypto'
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Log } from '../ports.ts'

const maxBytes = 1024 * 1024

export function createLogFile(folder: string): Log {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, 'fumibako.log')
  const write = (line: string): void => {
    rotate(file)
    appendFileSync(file, line, { mode: 0o600 })
  }
  return {
    note: (code, facts = {}) => write(toLogLine(code, facts)),
    defect(where, thrown) {
      const id = randomUUID()
      write(toLogLine('defect', { id, where, ...describe(thrown) }))
      return id
    },
  }
}

export function toLogLine(code: string, facts: Readonly<Record<string, string | number | boolean>>): string {
  return `${JSON.stringify({ at: new Date().toISOString(), code, ...facts })}\n`
}

function describe(thrown: unknown): { readonly kind: string; readonly stack: string } {
  if (!(thrown instanceof Error)) return { kind: typeof thrown, stack: '' }
  const frames = (thrown.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return { kind: thrown.name, stack: frames.slice(0, 12).map((line) => line.trim()).join(' | ') }
}

function rotate(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size > maxBytes) renameSync(file, `${file}.1`)
}
