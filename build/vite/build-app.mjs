// Builds the application, the command line or one tool into `.out`, and nothing when its sources have not changed.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashSources, isStamped, notToolSource, writeStamp } from './stamp.mjs'
import { appTargets, cliTargets, toolTarget } from './targets.mjs'

const recipe = ['build/vite', 'package.json', 'package-lock.json']
const product = ['electron', 'shared', 'renderer']
const fontFamilies = ['biz-udpgothic', 'biz-udgothic', 'biz-udmincho', 'noto-sans-jp']
const fontWeights = ['400Regular', '700Bold']

/**
 * `.out/app`: main, preloads, pages, fonts and what electron-builder reads.
 * @param {string} root
 * @returns {Promise<string>} the hash of the sources it was built from
 */
export async function buildApp(root) {
  const hash = hashSources(root, [...recipe, ...product])
  const stamp = join(root, '.out/stamps/app')
  if (isStamped(stamp, hash) && existsSync(join(root, '.out/app/package.json'))) return hash
  rmSync(stamp, { force: true })
  rmSync(join(root, '.out/app'), { recursive: true, force: true })
  await buildAll(root, appTargets)
  copyFonts(root)
  copyForeign(root)
  writeAppPackage(root)
  writeStamp(stamp, hash)
  return hash
}

/** `.out/cli/fumibako.mjs`. @param {string} root */
export async function buildCli(root) {
  return buildStamped(root, cliTargets, [...recipe, 'electron/cli', 'electron/main', 'shared'], 'cli')
}

/** `.out/tools/<name>.mjs`, a colon as a hyphen. @param {string} root @param {import('./targets.mjs').ToolName} name */
export async function buildTool(root, name) {
  return buildStamped(root, [toolTarget(name)], [...recipe, `build/${name.split(':')[0]}`, 'e2e', 'shared'], name.replace(':', '-'), notToolSource)
}

/**
 * @param {string} root
 * @param {readonly import('./targets.mjs').Target[]} targets
 * @param {readonly string[]} sources
 * @param {string} name
 * @param {RegExp} [leftOut]
 */
async function buildStamped(root, targets, sources, name, leftOut) {
  const hash = hashSources(root, sources, '', leftOut)
  const stamp = join(root, '.out/stamps', name)
  if (isStamped(stamp, hash)) return
  await buildAll(root, targets)
  writeStamp(stamp, hash)
}

/** @param {string} root @param {readonly import('./targets.mjs').Target[]} targets */
async function buildAll(root, targets) {
  const { build } = await import('vite')
  for (const target of targets) await build(target(root))
}

/** The fonts the pages and the printed documents use, with their licences beside them. @param {string} root */
function copyFonts(root) {
  const to = join(root, '.out/app/renderer/fonts')
  mkdirSync(to, { recursive: true })
  for (const family of fontFamilies) {
    const from = join(root, 'node_modules/@expo-google-fonts', family)
    for (const weight of fontWeights) {
      for (const name of readdirSync(join(from, weight)).filter((name) => name.endsWith('.ttf'))) {
        cpSync(join(from, weight, name), join(to, name))
      }
    }
    cpSync(join(from, 'LICENSE_FONT'), join(to, `${family}-OFL.txt`))
  }
}

/** What calls libraries of the system, for this platform, with its licence; packaging leaves it outside the archive. @param {string} root */
function copyForeign(root) {
  const { platform, arch } = process
  const to = join(root, '.out/app/native')
  mkdirSync(to, { recursive: true })
  cpSync(join(root, 'node_modules/@koromix', `koffi-${platform}-${arch}`, `${platform}_${arch}`, 'koffi.node'), join(to, 'koffi.node'))
  cpSync(join(root, 'node_modules/koffi/LICENSE.txt'), join(to, 'koffi-LICENSE.txt'))
}

/** @param {string} root */
function writeAppPackage(root) {
  const { name, version, description, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const content = { name, productName: 'Fumibako', version, description, license, main: 'main.cjs' }
  writeFileSync(join(root, '.out/app/package.json'), `${JSON.stringify(content, null, 2)}\n`)
}
