// One command from its start to its end: wall time, processor time and memory by GNU time, the same for every contender, and what
// passed through the proxy meanwhile. A command that fails throws with its last words.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { holdProcess } from '../../../e2e/hosts/child-process.ts'
import { endsWithUs } from '../../../e2e/servers/loopback.ts'
import type { CountingProxy, Traffic } from './proxy.ts'

export interface Cost extends Traffic {
  /** Milliseconds from starting the process to its end. */
  readonly ms: number
  /** Processor time of the process and its children, user and system. */
  readonly cpuMs: number
  /** Largest resident size of one process. */
  readonly rssMiB: number
}

export interface Measured {
  readonly cost: Cost
  readonly words: string
}

export type Env = Readonly<Record<string, string>>

export async function measure(proxy: CountingProxy, command: readonly string[], env: Env): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'fumibako-time-'))
  const file = join(folder, 'time')
  try {
    proxy.take()
    const begun = performance.now()
    const words = await runToEnd(['/usr/bin/time', '-o', file, '-f', '%U %S %M', ...command], env)
    const ms = performance.now() - begun
    const [user = 0, system = 0, kib = 0] = readFileSync(file, 'utf8').trim().split('\n').at(-1)?.split(' ').map(Number) ?? []
    return { cost: { ms: Math.round(ms), cpuMs: Math.round((user + system) * 1000), rssMiB: Math.round(kib / 1024), ...proxy.take() }, words }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** No act of any contender takes that long; one that waits for an answer would take for ever. */
const patience = 600_000

/** What it wrote. */
export async function runToEnd(command: readonly string[], env: Env): Promise<string> {
  const held = holdProcess([...endsWithUs, ...command], env)
  const timer = setTimeout(() => void held.kill(), patience)
  const code = await held.ended.finally(() => clearTimeout(timer))
  if (code !== 0) throw new Error(`${command[command[0] === '/usr/bin/time' ? 5 : 0] ?? ''} ended with ${code}: ${held.logs().slice(-600)}`)
  return held.logs()
}
