// Runs our own rules over the files git knows. Prints each breach as `path:line rule: what`, ends with 1 when there is one.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brokenLaws } from './cruise.mjs'
import { ambient } from './rules/ambient.mjs'
import { doors } from './rules/doors.mjs'
import { honestTests } from './rules/honest-tests.mjs'
import { shape } from './rules/shape.mjs'
import { visibleText } from './rules/visible-text.mjs'
import { readSource } from './source-file.mjs'

const rules = [shape, ambient, honestTests, visibleText, doors]
const topLevel = /^(electron|renderer|shared|build|e2e|package\.json|package-lock\.json|tsconfig\.json|README\.md|LICENSE|\..+)$/

/** @param {string} root @returns {Promise<readonly string[]>} */
async function breaches(root) {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' }).split('\n').filter((path) => path !== '' && existsSync(join(root, path)))
  const strangers = [...new Set(files.map((path) => path.split('/')[0] ?? ''))].filter((name) => !topLevel.test(name))
  const misnamed = files.filter((path) => /^e2e\/.*\.(test|spec)\.ts$/.test(path))
  const found = files.filter((path) => /\.(ts|tsx|mjs)$/.test(path)).flatMap((path) => {
    const file = readSource(root, path)
    return rules.flatMap((rule) => [...rule(file)])
  })
  return [
    ...strangers.map((name) => `${name} top-level: not one of the agreed entries`),
    ...misnamed.map((path) => `${path} e2e-name: journeys end in .e2e.ts, or nobody runs them`),
    ...found.map(({ rule, path, line, says }) => `${path}:${line} ${rule}: ${says}`),
    ...(await brokenLaws(root)).map(({ law, from, to }) => `${from} law ${law}: imports ${to}`),
  ]
}

const all = await breaches(fileURLToPath(new URL('../..', import.meta.url)))
for (const line of all) console.log(line)
process.exitCode = all.length > 0 ? 1 : 0
