// Decides when node_modules must be made again: when the lock file is not the one it was made from. Runs no install script.
import { createHash } from 'node:crypto'
import { existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { capture } from './process.mjs'
import { say, stop } from './say.mjs'

/** @param {string} root */
export async function installDependencies(root) {
  const modules = join(root, 'node_modules')
  // A linked folder belongs to another checkout: installing would empty it under its owner.
  if (lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink()) return
  const stampFile = join(modules, '.fumibako-stamp')
  const stamp = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(`${process.platform}-${process.arch}`)
    .digest('hex')
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return
  say('installing the packages of the lock file (npm ci)')
  await npmCi(root, root)
  writeFileSync(stampFile, stamp)
}

/**
 * `npm ci` without install scripts, with the npm that runs us. The whole output is kept in `.out/logs`.
 * @param {string} root of the repository
 * @param {string} folder of the npm project
 */
export async function npmCi(root, folder) {
  const npm = process.env['npm_execpath'] ?? ''
  const [program, first] = /\.c?js$/.test(npm) && existsSync(npm) ? [process.execPath, [npm]] : ['npm', []]
  const { code, output } = await capture(program, [...first, 'ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund'], {
    cwd: folder,
    env: { npm_config_loglevel: 'error', NODE_ENV: 'development' },
  })
  if (code === 0) return
  const log = join(root, '.out/logs/npm-ci.log')
  mkdirSync(join(root, '.out/logs'), { recursive: true })
  writeFileSync(log, output)
  const reason = output.split('\n').find((line) => /^npm (error|ERR!) (?!code|errno|syscall|A complete log)/.test(line))
  stop(`npm ci failed in ${folder}: ${reason?.replace(/^npm (error|ERR!) /, '') ?? `exit code ${code}`} (whole output: ${log})`)
}
