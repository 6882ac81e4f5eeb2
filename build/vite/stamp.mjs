// Decides whether something made earlier is still made of the same sources: by content, never by time.
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const notSource = /(\.test\.tsx?|\.tsbuildinfo|\.md)$|(^|\/)(testing|fixtures|node_modules|\.out)(\/|$)/
/** What tools are made of: the simulation is code of `testing/`. */
export const notToolSource = /(\.test\.tsx?|\.tsbuildinfo|\.md)$|(^|\/)(fixtures|node_modules|\.out)(\/|$)/

/**
 * SHA-256 (hex) over names and contents of the given files and folders, in a fixed order; what is absent counts as absent.
 * @param {string} root
 * @param {readonly string[]} paths relative to root
 * @param {string} [salt] anything else the result depends on
 * @param {RegExp} [leftOut] paths that it is not made of
 */
export function hashSources(root, paths, salt = '', leftOut = notSource) {
  const hash = createHash('sha256').update(salt)
  for (const path of paths.flatMap((path) => filesUnder(root, path, leftOut)).sort()) {
    const content = readFileSync(join(root, path))
    hash.update(`\n${path}\n${content.length}\n`).update(content)
  }
  return hash.digest('hex')
}

/** @param {string} root @param {string} path @param {RegExp} leftOut @returns {string[]} */
function filesUnder(root, path, leftOut) {
  if (leftOut.test(path)) return []
  const found = statSync(join(root, path), { throwIfNoEntry: false })
  if (!found) return []
  if (!found.isDirectory()) return [path]
  return readdirSync(join(root, path)).flatMap((name) => filesUnder(root, `${path}/${name}`, leftOut))
}

/** @param {string} file @param {string} value */
export function isStamped(file, value) {
  const found = statSync(file, { throwIfNoEntry: false })
  return found !== undefined && readFileSync(file, 'utf8') === value
}

/** @param {string} file @param {string} value */
export function writeStamp(file, value) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, value)
}
