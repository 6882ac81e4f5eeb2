// Makes the unpacked application for this machine from `.out/app` and a runtime, without fetching anything.
// On the test runtime its name, its `runtime.json` and a file in it say so: such a package is never a release.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { say, stop } from '../bootstrap/say.mjs'
import { buildApp, buildCli } from '../vite/build-app.mjs'
import { hashSources, isStamped, writeStamp } from '../vite/stamp.mjs'
import { builderConfig } from './builder-config.mjs'
import { componentList } from './components.mjs'
import { writeDesktopFiles } from './desktop-files.mjs'
import { iconPng } from './icon.mjs'
import { writeSums } from './sums.mjs'

/**
 * @param {string} root of the repository
 * @param {import('../bootstrap/runtime.mjs').Runtime} runtime
 * @returns {Promise<string>} the folder that holds the executable `fumibako`
 */
export async function packageApp(root, runtime) {
  const appHash = await buildApp(root)
  await buildCli(root)
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const out = join(root, '.out/package')
  const folder = join(out, `fumibako-${version}-${process.platform}-${process.arch}${runtime.kind === 'test' ? '-testruntime' : ''}`)
  const hash = hashSources(root, ['build/package', '.out/cli', 'package-lock.json'], `${appHash}\n${runtime.kind} ${runtime.version}`)
  const stamp = join(root, '.out/stamps', `package-${runtime.kind}`)
  if (isStamped(stamp, hash) && existsSync(folder)) return folder
  say('packaging')
  rmSync(stamp, { force: true })
  rmSync(folder, { recursive: true, force: true })
  await pack(root, runtime, folder)
  writeStamp(stamp, hash)
  return folder
}

/** @param {string} root @param {import('../bootstrap/runtime.mjs').Runtime} runtime @param {string} folder */
async function pack(root, runtime, folder) {
  const work = join(root, '.out/package-work')
  rmSync(work, { recursive: true, force: true })
  const extra = join(work, 'extra')
  mkdirSync(extra, { recursive: true })
  const icon = iconPng(512)
  writeFileSync(join(work, 'icon.png'), icon)
  writeFileSync(join(root, '.out/app/icon.png'), icon)
  writeFileSync(join(root, '.out/app/runtime.json'), `${JSON.stringify({ runtime: runtime.kind, electron: runtime.version })}\n`)
  writeDesktopFiles(extra, icon)
  writeFileSync(join(extra, 'components.cdx.json'), componentList(root, runtime))
  mkdirSync(join(extra, 'cli'))
  copyFileSync(join(root, '.out/cli/fumibako.mjs'), join(extra, 'cli/fumibako.mjs'))
  await runBuilder(root, builderConfig({ root, runtime, icon: join(work, 'icon.png'), output: join(work, 'out'), extra }))
  const unpacked = readdirSync(join(work, 'out')).find((name) => name.endsWith('unpacked') || name.startsWith('mac'))
  if (!unpacked) stop('electron-builder left no unpacked application')
  mkdirSync(join(root, '.out/package'), { recursive: true })
  renameSync(join(work, 'out', unpacked), folder)
  if (runtime.kind === 'test') {
    writeFileSync(join(folder, 'TESTRUNTIME.txt'), `Electron ${runtime.version}, the pinned runtime for development and test. Not a release.\n`)
  }
  writeSums(folder)
  rmSync(work, { recursive: true, force: true })
}

/** @param {string} root @param {import('electron-builder').Configuration} config */
async function runBuilder(root, config) {
  // electron-builder reports on stdout, where the command's own result belongs.
  process.env['DEBUG_COLORS'] ??= '0'
  const { build, Platform } = await import('electron-builder')
  const write = process.stdout.write.bind(process.stdout)
  /** @type {string[]} */
  const log = []
  process.stdout.write = /** @type {typeof process.stdout.write} */ ((/** @type {string | Uint8Array} */ chunk) => {
    log.push(String(chunk))
    return true
  })
  try {
    await build({ projectDir: root, targets: Platform.current().createTarget('dir'), config, publish: 'never' })
  } catch (error) {
    stop(`packaging failed: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`)
  } finally {
    process.stdout.write = write
    mkdirSync(join(root, '.out/logs'), { recursive: true })
    writeFileSync(join(root, '.out/logs/package.log'), log.join(''))
  }
}
