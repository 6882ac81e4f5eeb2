// Decides what is built from which entry and in which form. Never reads product code and never writes outside `.out`.
// Main, preloads, the command line and the tools are one file each; the two pages are built apart, so that
// the consent window shares no chunk with the page it guards against.
import { builtinModules } from 'node:module'
import { join } from 'node:path'

/** @typedef {(root: string) => import('vite').InlineConfig} Target */

/**
 * One bundle for Node or Electron: builtins and `electron` stay outside, everything else goes in.
 * @param {{ entry: string, outDir: string, fileName: string, format: 'cjs' | 'es', external?: readonly (string | RegExp)[], target?: string }} bundle
 * @returns {Target}
 */
function nodeBundle({ entry, outDir, fileName, format, external = [], target = 'node20' }) {
  return (root) => ({
    ...base(root),
    ssr: { noExternal: true, external: ['electron', 'original-fs'] },
    build: {
      ...baseBuild,
      ssr: true,
      target,
      minify: false,
      outDir: join(root, outDir),
      rolldownOptions: {
        checks,
        input: join(root, entry),
        external: ['electron', 'original-fs', ...builtinModules, /^node:/, ...external],
        output: { format, entryFileNames: fileName, codeSplitting: false },
      },
    },
  })
}

/**
 * One page with its workers, addressed relative to itself so that it works under any `app://` host.
 * @param {{ entry: string, pageRoot: string, outDir: string }} page
 * @returns {Target}
 */
function page({ entry, pageRoot, outDir }) {
  return (root) => ({
    ...base(root),
    root: join(root, pageRoot),
    base: './',
    worker: { format: 'es' },
    build: {
      ...baseBuild,
      target: 'chrome130',
      minify: true,
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 8192,
      outDir: join(root, outDir),
      // Fonts are served from their own folder, not bundled: the printed documents use the same files.
      rolldownOptions: { checks, input: join(root, entry), external: [/^\/fonts\//] },
    },
  })
}

/** @type {Pick<import('vite').BuildOptions, 'emptyOutDir' | 'sourcemap' | 'reportCompressedSize'>} */
const baseBuild = { emptyOutDir: false, sourcemap: false, reportCompressedSize: false }

/** How long a plugin took is nobody's concern here. */
const checks = { pluginTimings: false }

/** @param {string} root @returns {import('vite').InlineConfig} */
function base(root) {
  return {
    configFile: false,
    envDir: false,
    publicDir: false,
    logLevel: 'warn',
    root,
    mode: 'production',
    define: { 'process.env.NODE_ENV': '"production"' },
    resolve: { alias: { '@shared': join(root, 'shared') } },
    oxc: { jsx: { runtime: 'automatic' } },
  }
}

/** What the packaged application is made of; everything lands in `.out/app`. @type {readonly Target[]} */
export const appTargets = [
  nodeBundle({ entry: 'electron/main/main.ts', outDir: '.out/app', fileName: 'main.cjs', format: 'cjs' }),
  nodeBundle({ entry: 'electron/preload/preload.ts', outDir: '.out/app', fileName: 'preload.cjs', format: 'cjs' }),
  nodeBundle({ entry: 'electron/preload/consent-preload.ts', outDir: '.out/app', fileName: 'consent-preload.cjs', format: 'cjs' }),
  page({ entry: 'renderer/index.html', pageRoot: 'renderer', outDir: '.out/app/renderer' }),
  page({ entry: 'renderer/consent/index.html', pageRoot: 'renderer/consent', outDir: '.out/app/renderer/consent' }),
  page({ entry: 'renderer/paper/index.html', pageRoot: 'renderer/paper', outDir: '.out/app/renderer/paper' }),
]

/** The command line: Node only, one file without dependencies. @type {readonly Target[]} */
export const cliTargets = [
  nodeBundle({ entry: 'electron/cli/fumibako.ts', outDir: '.out/cli', fileName: 'fumibako.mjs', format: 'es' }),
]

/**
 * A program of the bench that runs in a process of its own: product modules as they are in the sources now.
 * @param {string} entry relative to the repository @param {string} fileName in `.out/bench` @returns {Target}
 */
export function benchTarget(entry, fileName) {
  return nodeBundle({ entry, outDir: '.out/bench', fileName, format: 'cjs' })
}

/**
 * A page of the bench with its workers, as the product's own is built.
 * @param {string} folder relative to the repository; holds `index.html` @param {string} name under `.out/bench` @returns {Target}
 */
export function benchPageTarget(folder, name) {
  return page({ entry: `${folder}/index.html`, pageRoot: folder, outDir: `.out/bench/${name}` })
}

/**
 * A tool of the repository written in TypeScript (demo, screens, bench); packages stay in node_modules.
 * @typedef {'demo' | 'demo:hostile' | 'screens' | 'bench' | 'sim'} ToolName `folder:file`, or both alike
 * @param {ToolName} name
 * @returns {Target}
 */
export function toolTarget(name) {
  const [folder, file = folder] = name.split(':')
  return nodeBundle({
    entry: `build/${folder}/${file}.ts`,
    outDir: '.out/tools',
    fileName: `${name.replace(':', '-')}.mjs`,
    format: 'es',
    external: [/^(?!@shared\/)(@[\w-]+\/)?[a-z][\w.-]*(\/.*)?$/],
  })
}
