// Bundles one program of the bench that runs in a process of its own.

import { join } from 'node:path'
import { benchTarget } from '../vite/targets.mjs'

/** @returns the file written: `.out/bench/<name>.cjs`. `entry` is relative to the repository. */
export async function bundle(root: string, entry: string, name: string): Promise<string> {
  const { build } = await import('vite')
  await build(benchTarget(entry, `${name}.cjs`)(root))
  return join(root, '.out/bench', `${name}.cjs`)
}
