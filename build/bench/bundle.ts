// Bundles one program of the bench that runs in a process of its own: product modules as they are in the sources now.

import { builtinModules } from 'node:module'
import { join } from 'node:path'

/** @returns the file written: `.out/bench/<name>.cjs`. `entry` is relative to the repository. */
export async function bundle(root: string, entry: string, name: string): Promise<string> {
  const { build } = await import('vite')
  await build({
    configFile: false,
    envDir: false,
    publicDir: false,
    logLevel: 'warn',
    root,
    mode: 'production',
    define: { 'process.env.NODE_ENV': '"production"' },
    resolve: { alias: { '@shared': join(root, 'shared') } },
    ssr: { noExternal: true, external: ['electron'] },
    build: {
      ssr: true,
      target: 'node20',
      minify: false,
      sourcemap: false,
      emptyOutDir: false,
      reportCompressedSize: false,
      outDir: join(root, '.out/bench'),
      rolldownOptions: {
        input: join(root, entry),
        external: ['electron', ...builtinModules, /^node:/],
        output: { format: 'cjs', entryFileNames: `${name}.cjs`, codeSplitting: false },
      },
    },
  })
  return join(root, '.out/bench', `${name}.cjs`)
}
