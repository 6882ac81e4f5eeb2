// Runs steps as child processes, a few at a time, and remembers how each ended. A step that fails says everything it said.
import { spawn } from 'node:child_process'
import { performance } from 'node:perf_hooks'

/** @typedef {{ readonly name: string, readonly command: readonly string[], readonly env?: Readonly<Record<string, string>>, readonly loud?: boolean }} Step `loud`: show its words while it runs */
/** @typedef {{ readonly name: string, readonly ok: boolean, readonly seconds: number }} Outcome */

/**
 * @param {readonly Step[]} steps
 * @param {string} root
 * @param {number} atOnce
 * @returns {Promise<readonly Outcome[]>} in the order of `steps`
 */
export async function runSteps(steps, root, atOnce) {
  /** @type {Outcome[]} */
  const outcomes = []
  const waiting = [...steps.entries()]
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [at, step] = next
      outcomes[at] = await runStep(step, root)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return outcomes
}

/** @param {Step} step @param {string} root @returns {Promise<Outcome>} */
async function runStep({ name, command, env, loud }, root) {
  const start = performance.now()
  const child = spawn(process.execPath, command, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', loud ? 'inherit' : 'pipe', loud ? 'inherit' : 'pipe'] })
  let said = ''
  child.stdout?.on('data', (chunk) => (said += chunk))
  child.stderr?.on('data', (chunk) => (said += chunk))
  /** @type {number | NodeJS.Signals} */
  const ended = await new Promise((resolve) => {
    child.once('error', (error) => {
      said += error.message
      resolve(1)
    })
    child.once('close', (code, signal) => resolve(signal ?? code ?? 1))
  })
  const seconds = (performance.now() - start) / 1000
  if (ended !== 0 && said) console.log(said.trimEnd())
  console.log(`${ended === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds.toFixed(1)} s)${typeof ended === 'string' ? `, ended by ${ended}` : ''}`)
  return { name, ok: ended === 0, seconds }
}
