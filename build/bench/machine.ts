// The machine a figure was taken on, in facts that name no person, host or path.

import { execFileSync } from 'node:child_process'
import { cpus, loadavg, totalmem } from 'node:os'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Machine {
  readonly platform: string
  readonly cores: number
  readonly cpu: string
  readonly memoryGiB: number
  readonly node: string
  readonly electron: string
  readonly openssl: string
  /** Load average of the minute before the first row. */
  readonly loadBefore: number
  /** Others were using the machine: absolute figures are too high, ratios less so. */
  readonly loaded: boolean
}

/** `app` is the folder of the packaged application. */
export function describeMachine(app: string): Machine {
  const [load = 0] = loadavg()
  const cores = cpus().length
  return {
    platform: `${process.platform}-${process.arch}`,
    cores,
    cpu: cpus()[0]?.model.trim() ?? '',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    electron: readFileSync(join(app, 'version'), 'utf8').trim(),
    openssl: execFileSync('openssl', ['version'], { encoding: 'utf8' }).trim(),
    loadBefore: Math.round(load * 100) / 100,
    loaded: load > cores / 4,
  }
}
