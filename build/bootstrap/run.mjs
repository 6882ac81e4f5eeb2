// Sets up what a command needs, then hands over to it. The commands themselves live in their own folders of this room.
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { installDependencies } from './dependencies.mjs'
import { provideDisplay } from './display.mjs'
import { needsByCommand } from './needs.mjs'
import { runToEnd } from './process.mjs'
import { provideRuntime } from './runtime.mjs'
import { say, stop } from './say.mjs'
import { provideSystemPackages } from './system-packages.mjs'
import { provideUnpackedPackages } from './unpacked-packages.mjs'

/** @typedef {{ root: string, args: readonly string[], runtime: import('./runtime.mjs').Runtime | undefined, env: Readonly<Record<string, string>> }} Setting */

/**
 * @param {string} root of the repository
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Promise<number>} exit code
 */
export async function run(root, command, args) {
  const needs = needsByCommand[command]
  const body = bodies[command]
  if (!needs || !body) stop(`no command "${command}"; there are: ${Object.keys(needsByCommand).join(' ')}`)
  await provideSystemPackages(command, needs.system)
  await provideUnpackedPackages(needs.unpacked ?? [])
  await installDependencies(root)
  const runtime = needs.runtime === 'none' ? undefined : await provideRuntime(root, needs.runtime)
  const display = await provideDisplay(needs.display)
  try {
    return await body({ root, args, runtime, env: display.env })
  } finally {
    display.close()
  }
}

/** @type {Readonly<Record<string, (setting: Setting) => Promise<number>>>} */
const bodies = {
  start,
  demo: (setting) => tool(setting, 'demo'),
  'demo:hostile': (setting) => tool(setting, 'demo:hostile'),
  screens: (setting) => tool(setting, 'screens'),
  bench: (setting) => tool(setting, 'bench'),
  sim: async (setting) => {
    const { root, args } = setting
    if (args.includes('--mutants')) return script(setting, 'build/sim/mutants.mjs')
    const { buildTool } = await import('../vite/build-app.mjs')
    await buildTool(root, 'sim')
    return runToEnd(process.execPath, [join(root, '.out/tools/sim.mjs'), ...args], { cwd: root })
  },
  check: (setting) => script(setting, 'build/test/check.mjs'),
  test: async (setting) => script({ ...setting, env: { ...setting.env, FUMIBAKO_APP: await packaged(setting) } }, 'build/test/all.mjs'),
  package: async (setting) => {
    const folder = await packaged(setting)
    if (setting.args.includes('--deb') && setting.runtime) {
      const { makeDebian } = await import('../package/debian.mjs')
      console.log(makeDebian(setting.root, folder, setting.runtime))
    } else console.log(folder)
    return 0
  },
  fumibako: async ({ root, args }) => {
    const { buildCli } = await import('../vite/build-app.mjs')
    await buildCli(root)
    return runToEnd(process.execPath, [join(root, '.out/cli/fumibako.mjs'), ...args], { cwd: callersFolder() })
  },
}

/** @param {Setting} setting */
async function start(setting) {
  const app = await packaged(setting)
  const asRoot = process.getuid?.() === 0
  if (asRoot) say('running as root: Chromium has no sandbox then; use an ordinary account for real work')
  return runToEnd(join(app, 'fumibako'), [...(asRoot ? ['--no-sandbox'] : []), ...setting.args], { cwd: callersFolder(), env: setting.env, quietOut: true })
}

/** @param {Setting} setting @param {'demo' | 'demo:hostile' | 'screens' | 'bench'} name */
async function tool(setting, name) {
  const app = await packaged(setting)
  const { buildTool } = await import('../vite/build-app.mjs')
  await buildTool(setting.root, name)
  return runToEnd(process.execPath, [join(setting.root, `.out/tools/${name.replace(':', '-')}.mjs`), ...setting.args], {
    cwd: callersFolder(),
    env: { ...setting.env, FUMIBAKO_APP: app, FUMIBAKO_ROOT: setting.root },
  })
}

/** @param {Setting} setting @param {string} path */
function script(setting, path) {
  return runToEnd(process.execPath, [join(setting.root, path), ...setting.args], { cwd: setting.root, env: setting.env })
}

/** @param {Setting} setting @returns {Promise<string>} the folder of the packaged application */
async function packaged({ root, runtime }) {
  if (!runtime) stop('packaging needs an Electron runtime')
  const { packageApp } = await import('../package/package-app.mjs')
  return packageApp(root, runtime)
}

/** npm runs scripts in the repository; the person's own folder is where their relative paths count from. */
function callersFolder() {
  const folder = resolve(process.env['INIT_CWD'] ?? process.cwd())
  return existsSync(folder) ? folder : process.cwd()
}
