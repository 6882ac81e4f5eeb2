// One file that a Debian system installs without a question (`apt-get install ./…deb`): the packaged application under /opt, owned by
// root, its menu entry and file type where a desktop looks for them, and the system's own record of what every file has to be.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { windowPackages } from '../bootstrap/needs.mjs'
import { which } from '../bootstrap/process.mjs'
import { say, stop } from '../bootstrap/say.mjs'
import { filesBelow, writeSums } from './sums.mjs'

/** As Debian calls what Node calls so. */
const architectures = /** @type {Readonly<Record<string, string>>} */ ({ x64: 'amd64', arm64: 'arm64', arm: 'armhf' })

/**
 * @param {string} root of the repository
 * @param {string} folder of the packaged application
 * @param {import('../bootstrap/runtime.mjs').Runtime} runtime
 * @param {'xz' | 'none'} compression `none` for what is thrown away again
 * @returns {string} path of the file
 */
export function makeDebian(root, folder, runtime, compression = 'xz') {
  if (process.platform !== 'linux' || !which('dpkg-deb')) stop('a Debian package is made on Debian: dpkg-deb is not here')
  const { version, license, description } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const architecture = architectures[process.arch] ?? process.arch
  // A tilde sorts before the release of that number (Debian Policy 5.6.12).
  const ownVersion = runtime.kind === 'test' ? `${version}~testruntime` : version
  const tree = join(root, '.out/debian')
  const file = join(root, '.out/package', `fumibako_${ownVersion}_${architecture}.deb`)
  say('making the Debian package')
  rmSync(tree, { recursive: true, force: true })
  const place = join(tree, 'opt/fumibako')
  mkdirSync(join(tree, 'opt'), { recursive: true })
  cpSync(folder, place, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true })
  cpSync(join(place, 'resources/share'), join(tree, 'usr/share'), { recursive: true })
  rmSync(join(place, 'resources/share'), { recursive: true })
  writeSums(place)
  mkdirSync(join(tree, 'usr/bin'), { recursive: true })
  symlinkSync('../../opt/fumibako/fumibako', join(tree, 'usr/bin/fumibako'))
  openToReaders(tree)
  // Chromium's helper for systems that let no ordinary user have namespaces.
  chmodSync(join(place, 'chrome-sandbox'), 0o4755)
  writeCopyright(tree, license)
  writeControl(tree, [
    ['Package', 'fumibako'],
    ['Version', ownVersion],
    ['Architecture', architecture],
    ['Maintainer', 'Fumibako contributors <maintainers@fumibako.invalid>'],
    ['Installed-Size', String(Math.ceil(sizeOf(tree) / 1024))],
    ['Depends', windowPackages.map((one) => one.replace('|', ' | ')).join(', ')],
    ['Recommends', 'gnome-keyring | kwalletmanager'],
    ['Section', 'editors'],
    ['Priority', 'optional'],
    ['Description', `${description.slice(description.indexOf(':') + 1).trim()}\n 文箱: 小さな自治体のための、つながらなくても使えるペーパーレスの役場。`],
  ])
  execFileSync('dpkg-deb', ['--root-owner-group', `-Z${compression}`, '--build', tree, file], { stdio: ['ignore', 'ignore', 'inherit'] })
  rmSync(tree, { recursive: true })
  return file
}

/** The sums are what `dpkg --verify` holds the installed files to. @param {string} tree @param {readonly (readonly [string, string])[]} fields */
function writeControl(tree, fields) {
  const sums = filesBelow(tree).map((path) => `${createHash('md5').update(readFileSync(join(tree, path))).digest('hex')}  ${path}\n`)
  mkdirSync(join(tree, 'DEBIAN'))
  writeFileSync(join(tree, 'DEBIAN/md5sums'), sums.join(''))
  writeFileSync(join(tree, 'DEBIAN/control'), fields.map(([name, value]) => `${name}: ${value}\n`).join(''))
}

/** Debian Policy 12.5. @param {string} tree @param {string} license */
function writeCopyright(tree, license) {
  const folder = join(tree, 'usr/share/doc/fumibako')
  mkdirSync(folder, { recursive: true })
  const common = `/usr/share/common-licenses/${license}`
  writeFileSync(join(folder, 'copyright'), `Fumibako: ${license}${existsSync(common) ? `, see ${common}` : ''}\nIts libraries and the runtime: /opt/fumibako/resources/components.cdx.json, /opt/fumibako/LICENSES.chromium.html\n`)
}

/** Everybody reads, root alone writes. @param {string} folder */
function openToReaders(folder) {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) openToReaders(path)
    else if (entry.isFile()) chmodSync(path, statSync(path).mode & 0o111 ? 0o755 : 0o644)
  }
}

/** @param {string} tree */
function sizeOf(tree) {
  return filesBelow(tree).reduce((sum, path) => sum + statSync(join(tree, path)).size, 0)
}
