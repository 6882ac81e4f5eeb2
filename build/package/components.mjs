// What a package is made of, for whoever has to know where a library with a hole in it is used: a CycloneDX 1.5 list of what the lock file
// ships and of the runtime that the package was made with. Read from the lock file itself: npm's own list (11.19) leaves out what it first
// reaches through an alias. The same sources give the same list.
import { Buffer } from 'node:buffer'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** @typedef {{ readonly version: string, readonly name?: string, readonly license?: string, readonly integrity?: string, readonly dev?: boolean, readonly devOptional?: boolean }} Locked an entry of `packages` in a lock file of version 3 */

/**
 * @param {string} root of the repository
 * @param {import('../bootstrap/runtime.mjs').Runtime} runtime
 * @returns {string} the list as JSON
 */
export function componentList(root, runtime) {
  const { version, packages } = /** @type {{ version: string, packages: Record<string, Locked> }} */ (JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')))
  const shipped = Object.entries(packages).filter(([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional)
  const libraries = new Map(shipped.map(([path, locked]) => [purl(nameAt(path, locked), locked.version), library(nameAt(path, locked), locked)]))
  const electron = { type: 'framework', name: 'electron', version: runtime.version, purl: purl('electron', runtime.version), licenses: [{ license: { id: 'MIT' } }] }
  const application = { type: 'application', name: 'fumibako', version, licenses: [{ license: { id: 'Apache-2.0' } }] }
  return `${JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.5', version: 1, metadata: { component: application }, components: [...libraries.values(), electron] }, null, 1)}\n`
}

/** @param {string} name @param {Locked} locked */
function library(name, { version, license = '', integrity = '' }) {
  const [alg = '', content = ''] = integrity.split('-')
  const hashes = [{ alg: alg.replace(/^sha/, 'SHA-'), content: Buffer.from(content, 'base64').toString('hex') }]
  return { type: 'library', name, version, purl: purl(name, version), hashes, licenses: [/ (?:OR|AND|WITH) /.test(license) ? { expression: license } : { license: { id: license } }] }
}

/** An entry under another name says its own. @param {string} path @param {Locked} locked */
function nameAt(path, { name }) {
  return name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
}

/** Package URL, type npm. @param {string} name @param {string} version */
function purl(name, version) {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`
}
