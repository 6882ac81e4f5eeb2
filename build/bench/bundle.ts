// Bundles one program of the bench that runs in a process of its own, or one page.

import { join } from 'node:path'
import { benchPageTarget, benchTarget } from '../vite/targets.mjs'

/** @returns the file written: `.out/bench/<name>.cjs`. `entry` is relative to the repository. */
export async function bundle(root: string, entry: string, name: string): Promise<string> {
  const { build } = await import('vite')
  await build(benchTarget(entry, `${name}.cjs`)(root))
  return join(root, '.out/bench', `${name}.cjs`)
}

/** @returns the folder written: `.out/bench/<name>`, with `index.html`. */
export async function bundlePage(root: string, folder: string, name: string): Promise<string> {
  const { build } = await import('vite')
  await build(benchPageTarget(folder, name)(root))
  return join(root, '.out/bench', name)
}
