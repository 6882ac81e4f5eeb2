// Runs the import law over a tree that is laid out like the repository. Decides nothing: the law is in layers.cjs.
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cruise } from 'dependency-cruiser'
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config'

const layers = createRequire(import.meta.url)('./layers.cjs')
const tsConfig = fileURLToPath(new URL('../tsconfig.base.json', import.meta.url))

/**
 * @param {string} root
 * @returns {Promise<readonly { law: string, from: string, to: string }[]>} every broken law, in order
 */
export async function brokenLaws(root) {
  const rooms = ['shared', 'electron', 'renderer', 'e2e'].filter((room) => existsSync(join(root, room)))
  const { output } = await cruise(
    rooms,
    { baseDir: root, ruleSet: layers, validate: true, tsPreCompilationDeps: true, doNotFollow: { path: 'node_modules' }, exclude: { path: '\\.css$' }, preserveSymlinks: true, tsConfig: { fileName: tsConfig } },
    { alias: { '@shared': join(root, 'shared') }, extensions: ['.ts', '.tsx', '.mjs', '.js'], exportsFields: ['exports'], conditionNames: ['types', 'import', 'require', 'node', 'default'] },
    { tsConfig: extractTSConfig(tsConfig) },
  )
  if (typeof output === 'string') throw new Error('dependency-cruiser gave a text instead of a result')
  return output.summary.violations.map(({ rule, from, to }) => ({ law: rule.name, from, to }))
}
