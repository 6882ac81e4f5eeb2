// Decides which Debian packages are missing for a command. As root it installs them; otherwise it names the one command to run.
// On anything but Debian it does nothing: what is missing there shows itself.
import { existsSync } from 'node:fs'
import { capture, which } from './process.mjs'
import { say, stop } from './say.mjs'

/**
 * @param {string} command
 * @param {readonly string[]} wanted in the words of `needs.mjs`
 * @param {boolean} [asRoot]
 */
export async function provideSystemPackages(command, wanted, asRoot = process.getuid?.() === 0) {
  if (wanted.length === 0 || !existsSync('/etc/debian_version')) return
  const missing = await missingPackages(wanted)
  if (missing.length === 0) return
  const install = ['apt-get', 'install', '-y', '--no-install-recommends', ...missing]
  if (!asRoot) {
    stop(`npm run ${command} needs ${missing.length} system package(s) that are not installed; run: sudo ${install.join(' ')}`)
  }
  say(`installing system packages: ${missing.join(' ')}`)
  const first = await apt(install)
  if (first.code === 0) return
  const update = await apt(['apt-get', 'update'])
  const second = update.code === 0 ? await apt(install) : update
  if (second.code !== 0) stop(`system packages could not be installed (${lastError(second.output)}); run: ${install.join(' ')}`)
}

/**
 * @param {readonly string[]} wanted
 * @returns {Promise<readonly string[]>} names to install
 */
export async function missingPackages(wanted) {
  const open = wanted.filter((want) => !want.includes(':') || !which(want.split(':')[0] ?? ''))
  const groups = open.map((want) => (want.split(':').at(-1) ?? '').split('|'))
  if (groups.length === 0) return []
  const { output } = await capture('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n', ...groups.flat()])
  const installed = new Set(output.split('\n').filter((line) => line.endsWith(' installed')).map((line) => line.split(' ')[0]))
  return groups.filter((names) => !names.some((name) => installed.has(name))).map((names) => names[0] ?? '')
}

/** @param {readonly string[]} words */
function apt([program = '', ...args]) {
  return capture(program, ['-q', '-o', 'DPkg::Lock::Timeout=120', ...args], {
    env: { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
  })
}

/** @param {string} output */
function lastError(output) {
  const lines = output.trim().split('\n')
  return lines.filter((line) => line.startsWith('E:')).at(-1) ?? lines.at(-1) ?? 'no reason given'
}
