// Puts another application into the packaged runtime: same executable, same fuses, same way of loading, other content. The
// folder may be read by every account. It never changes the packaged application.

import { chmodSync, copyFileSync, linkSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPackage, extractAll } from '@electron/asar'

export interface PlacedApp {
  /** Holds the executable `fumibako`. */
  readonly folder: string
  remove(): void
}

/** `fill` gets the folder that becomes `app.asar`; with `basis` it holds the product's own files first. */
export async function placeApp(app: string, basis: 'empty' | 'product', fill: (content: string) => void): Promise<PlacedApp> {
  const work = mkdtempSync(join(tmpdir(), 'fumibako-bench-'))
  chmodSync(work, 0o755)
  const folder = join(work, 'app')
  const content = join(work, 'content')
  linkTree(app, folder)
  const archive = join(folder, 'resources/app.asar')
  if (basis === 'product') extractAll(archive, content)
  else mkdirSync(content)
  fill(content)
  rmSync(archive)
  await createPackage(content, archive)
  chmodSync(archive, 0o644)
  rmSync(content, { recursive: true })
  return { folder, remove: () => rmSync(work, { recursive: true, force: true }) }
}

function linkTree(from: string, to: string): void {
  mkdirSync(to)
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) linkTree(source, target)
    else linkOrCopy(source, target)
  }
}

function linkOrCopy(source: string, target: string): void {
  try {
    linkSync(source, target)
  } catch {
    copyFileSync(source, target)
  }
}
