// Counts the demo's steps: a line for each on the screen, and report.json at the end.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Runtime {
  readonly electron: string
  readonly chrome: string
}

export type Step = <T>(name: string, work: () => Promise<T>) => Promise<T>

export interface DemoReport {
  /** Runs one step, says how it went, and lets its error through. */
  readonly step: Step
  readonly runtime: (runtime: Runtime) => void
  /** `{"steps":[{"name","ok","ms"}],"documents","electron","chrome"}` */
  readonly write: () => void
}

export function createReport(out: string, documents: number): DemoReport {
  const steps: { name: string; ok: boolean; ms: number }[] = []
  let known: Runtime = { electron: '', chrome: '' }
  const done = (name: string, ok: boolean, began: number): void => {
    const ms = Math.round(performance.now() - began)
    steps.push({ name, ok, ms })
    console.log(`${ok ? 'ok    ' : 'failed'} ${name} (${(ms / 1000).toFixed(1)} s)`)
  }
  return {
    async step(name, work) {
      const began = performance.now()
      try {
        const value = await work()
        done(name, true, began)
        return value
      } catch (thrown) {
        done(name, false, began)
        throw thrown
      }
    },
    runtime: (runtime) => void (known = runtime),
    write: () => writeFileSync(join(out, 'report.json'), `${JSON.stringify({ steps, documents, ...known }, null, 2)}\n`),
  }
}
