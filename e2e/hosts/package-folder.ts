// Finds the packaged application and puts it where an ordinary account may read it. Never builds anything.
import { chmodSync, cpSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const everyone = 0o005

export interface PlacedPackage {
  /** Holds the executable `fumibako`. */
  readonly folder: string
  remove(): void
}

/** The folder named by FUMIBAKO_APP: in place when the account that runs it may read it, else as a copy. */
export function placePackage(): PlacedPackage {
  const source = process.env['FUMIBAKO_APP']
  if (!source || !existsSync(join(source, 'fumibako'))) {
    throw new Error('FUMIBAKO_APP names no packaged application: use npm test, npm run demo or npm run screens')
  }
  if (process.getuid?.() !== 0 || isOpenToAll(source)) return { folder: source, remove: () => {} }
  const copy = mkdtempSync(join(tmpdir(), 'fumibako-package-'))
  chmodSync(copy, 0o755)
  cpSync(source, join(copy, 'app'), { recursive: true, preserveTimestamps: true, verbatimSymlinks: true })
  return { folder: join(copy, 'app'), remove: () => rmSync(copy, { recursive: true, force: true }) }
}

function isOpenToAll(folder: string): boolean {
  const open = (statSync(folder).mode & everyone) === everyone
  return open && (dirname(folder) === folder || isOpenToAll(dirname(folder)))
}
