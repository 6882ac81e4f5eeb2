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
  const code = await new Promise((resolve) => {
    child.once('error', (error) => {
      said += error.message
      resolve(1)
    })
    child.once('close', resolve)
  })
  const seconds = (performance.now() - start) / 1000
  if (code !== 0 && said) console.log(said.trimEnd())
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds.toFixed(1)} s)`)
  return { name, ok: code === 0, seconds }
}
