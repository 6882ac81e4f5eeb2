// A calendar that a journey turns while the packaged app runs as it is shipped: a small library, built from `clock-shim.c` and preloaded
// into the app and all its processes, adds an offset to the time of day. Steady clocks, timers and waits stay what they are.
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface TurnableClock {
  /** For every launch that is to live by it. */
  readonly env: Readonly<Record<string, string>>
  /** Turns it forward, for whatever lives by it, at once. */
  forward(hours: number): void
  remove(): void
}

const hour = 3_600_000_000_000n

export function makeClock(): TurnableClock {
  const folder = mkdtempSync(join(tmpdir(), 'fumibako-clock-'))
  const [library, offset] = [join(folder, 'clock.so'), join(folder, 'offset')]
  execFileSync('gcc', ['-shared', '-fPIC', '-O2', '-Wall', '-Werror', '-o', library, join(import.meta.dirname, 'clock-shim.c'), '-ldl'])
  let hours = 0
  const write = (): void => {
    const bytes = Buffer.alloc(8)
    bytes.writeBigInt64LE(BigInt(hours) * hour)
    // In place: the app holds this very file in its memory.
    writeFileSync(offset, bytes, { flag: hours === 0 ? 'w' : 'r+' })
  }
  write()
  for (const [path, mode] of [[folder, 0o755], [library, 0o755], [offset, 0o644]] as const) chmodSync(path, mode)
  return {
    env: { LD_PRELOAD: library, FUMIBAKO_CLOCK: offset },
    forward(more) {
      hours += more
      write()
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
