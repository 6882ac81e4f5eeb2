// A folder for one test, with programs that stand in for the system's, and everything put back afterwards.
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

export interface Scratch {
  readonly folder: string
  /** Puts a shell script of that name first in PATH; it notes its arguments, a line per call, before it runs `body`. */
  program(name: string, body: string): void
  /** The calls of such a program so far. */
  calls(name: string): readonly string[]
  env(name: string, value: string | undefined): void
  write(path: string, content: string | Uint8Array): string
}

export function openScratch(): Scratch {
  const folder = mkdtempSync(join(tmpdir(), 'fumibako-setup-'))
  const before = new Map<string, string | undefined>()
  const env = (name: string, value: string | undefined): void => {
    if (!before.has(name)) before.set(name, process.env[name])
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
  onTestFinished(() => {
    for (const [name, value] of before) env(name, value)
    rmSync(folder, { recursive: true, force: true })
  })
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  env('PATH', `${bin}:${process.env['PATH'] ?? ''}`)
  return {
    folder,
    env,
    program(name, body) {
      writeFileSync(join(bin, name), `#!/bin/sh\necho "$@" >> "${folder}/${name}.calls"\n${body}\n`)
      chmodSync(join(bin, name), 0o755)
    },
    calls(name) {
      const file = join(folder, `${name}.calls`)
      return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : []
    },
    write(path, content) {
      mkdirSync(join(folder, path, '..'), { recursive: true })
      writeFileSync(join(folder, path), content)
      return join(folder, path)
    },
  }
}
