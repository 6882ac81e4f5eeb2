// Decides which Electron a command runs on, and says which. Never silently another one than asked for.
import { installedRuntime, provideOfficialRuntime } from './official-runtime.mjs'
import { say, stop } from './say.mjs'
import { hasTestRuntime, provideTestRuntime } from './test-runtime.mjs'

/** @typedef {{ readonly kind: 'official' | 'test', readonly version: string, readonly dist: string }} Runtime */

/**
 * `product`: installed, else official, else the test runtime. `test`: the pinned test runtime where it exists, else as `product`.
 * `FUMIBAKO_RUNTIME=official|test` insists on one.
 * @param {string} root
 * @param {'product' | 'test'} wanted
 * @returns {Promise<Runtime>}
 */
export async function provideRuntime(root, wanted) {
  const insisted = process.env['FUMIBAKO_RUNTIME']
  const runtime = await choose(root, insisted === 'test' || (wanted === 'test' && insisted !== 'official' && hasTestRuntime()), insisted === 'official')
  say(`Electron ${runtime.version}${runtime.kind === 'test' ? ' (pinned test runtime, never a release)' : ''}`)
  return runtime
}

/** @param {string} root @param {boolean} testOnly @param {boolean} officialOnly @returns {Promise<Runtime>} */
async function choose(root, testOnly, officialOnly) {
  if (testOnly && !hasTestRuntime()) stop('the test runtime exists for Linux x64 only')
  if (testOnly) return provideTestRuntime(root)
  const installed = installedRuntime(root)
  if (installed) return installed
  const official = await provideOfficialRuntime(root)
  if (!('unavailable' in official)) return official
  if (officialOnly) stop(official.unavailable)
  if (!hasTestRuntime()) stop(`${official.unavailable}, and the test runtime exists for Linux x64 only`)
  return provideTestRuntime(root)
}
