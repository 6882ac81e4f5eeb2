// Debian packages of servers whose installation would start them on this machine: they are only unpacked, into the person's cache
// folder, from where tests start them on loopback. Nothing is installed, no script of theirs runs. On anything but Debian does nothing.
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { capture } from './process.mjs'
import { cacheFolder, isIntact, keep } from './runtime-cache.mjs'
import { say, stop } from './say.mjs'

/**
 * @param {readonly (readonly string[])[]} wanted packages that belong together; the first one names their folder
 * @param {boolean} [asRoot] may refresh stale package lists
 */
export async function provideUnpackedPackages(wanted, asRoot = process.getuid?.() === 0) {
  if (!existsSync('/etc/debian_version')) return
  for (const names of wanted) {
    const folder = join(cacheFolder('debian'), names[0] ?? '')
    if (await isIntact(folder, names.join(' '))) continue
    say(`unpacking ${names.join(' ')} (not installed: their installation would start a server)`)
    await keep(folder, names.join(' '), (partial) => unpack(names, partial, asRoot))
  }
}

/** @param {readonly string[]} names @param {string} folder @param {boolean} asRoot */
async function unpack(names, folder, asRoot) {
  const fetched = join(folder, 'fetched')
  mkdirSync(fetched)
  const download = () => apt(['download', ...names], fetched)
  const first = await download()
  if (first.code !== 0 && asRoot) await apt(['update'], fetched)
  const last = first.code === 0 ? first : await download()
  if (last.code !== 0) stop(`${names.join(' ')} could not be fetched; run: sudo apt-get update`)
  for (const file of readdirSync(fetched).filter((name) => name.endsWith('.deb'))) {
    const { code, output } = await capture('dpkg-deb', ['-x', join(fetched, file), folder])
    if (code !== 0) stop(`${file} could not be unpacked (${output.trim()})`)
  }
  rmSync(fetched, { recursive: true })
}

/** @param {readonly string[]} words @param {string} cwd */
function apt(words, cwd) {
  return capture('apt-get', ['-q', ...words], { cwd, env: { LC_ALL: 'C' } })
}
