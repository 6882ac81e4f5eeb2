// What every file of the package has to be, for the app to hold itself to: SHA-256 of each, in the form of `sha256sum`, which checks it as well.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** From the folder that holds `resources`. */
export const sumsFile = 'resources/sums.sha256'

/** Plain files, as paths from `folder` with `/`; sorted. @param {string} folder @param {string} [below] @returns {readonly string[]} */
export function filesBelow(folder, below = '') {
  const entries = readdirSync(join(folder, below), { withFileTypes: true })
  return entries.flatMap((entry) => {
    const path = below === '' ? entry.name : `${below}/${entry.name}`
    return entry.isDirectory() ? filesBelow(folder, path) : entry.isFile() ? [path] : []
  }).sort()
}

/** The last thing that is written. On macOS the system's own signature says it, and a list within would break that. @param {string} folder */
export function writeSums(folder) {
  if (!existsSync(join(folder, 'resources'))) return
  const paths = filesBelow(folder).filter((path) => path !== sumsFile)
  writeFileSync(join(folder, sumsFile), paths.map((path) => `${createHash('sha256').update(readFileSync(join(folder, path))).digest('hex')}  ${path}\n`).join(''))
}
