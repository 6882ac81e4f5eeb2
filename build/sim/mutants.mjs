// `npm run sim -- --mutants [--only WORD]`: takes the checks of the validator out, one at a time, in copies of the sources, and runs the
// tests beside them. A mutant that no test notices is a check that nobody would miss. Ends with 1 when one survives, or when a check is
// not where the tables say.
import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { allMutants as files } from './mutants/all.mjs'
import { lostMutants } from './mutants/find.mjs'

/**
 * @typedef {readonly [what: string, source: string, instead: string, doubledBy?: string]} Mutant `source` stands exactly once in the file; `doubledBy`: another check answers alike, so that no test can tell
 * @typedef {{ readonly file: string, readonly tests: readonly string[], readonly mutants: readonly Mutant[] }} MutatedFile `tests`: what vitest is asked for, the likeliest first
 */

const root = fileURLToPath(new URL('../..', import.meta.url))
const { values } = parseArgs({ options: { mutants: { type: 'boolean' }, only: { type: 'string', default: '' }, 'at-once': { type: 'string', default: '2' } } })
const lost = lostMutants(root, files)
for (const line of lost) console.log(line)
if (lost.length > 0) process.exit(1)

const began = performance.now()
const all = files.flatMap(({ file, tests, mutants }) => mutants.map(([what, source, instead, doubledBy]) => ({ file, tests, what, source, instead, doubledBy })))
const waiting = all.filter(({ file, what, doubledBy }) => !doubledBy && `${file} ${what}`.includes(values.only))
const total = waiting.length
/** @type {string[]} */
const survivors = []
const copies = Array.from({ length: Number(values['at-once']) }, copySources)
try {
  for (const asked of new Set(waiting.flatMap(({ tests }) => tests))) if (!(await passes(copies[0] ?? '', asked))) throw new Error(`${asked} fails without any mutant`)
  await Promise.all(copies.map(work))
} finally {
  for (const copy of copies) rmSync(copy, { recursive: true, force: true })
}
console.log(`${total} mutants, ${total - survivors.length} killed, ${survivors.length} survived, ${((performance.now() - began) / 1000).toFixed(0)} s`)
for (const line of survivors) console.log(`survived: ${line}`)
for (const { file, what, doubledBy } of all) if (doubledBy) console.log(`not run, doubled: ${file}: ${what}: ${doubledBy}`)
process.exitCode = survivors.length > 0 || total === 0 ? 1 : 0

/** What vitest needs to run the tests of `shared`, of the vault and of the command line, as they are run here. */
function copySources() {
  mkdirSync(join(root, '.out'), { recursive: true })
  const copy = mkdtempSync(join(root, '.out/mutants-'))
  const settings = ['tsconfig.json', 'build/tsconfig.base.json', ...['build', 'e2e'].map((room) => `${room}/tsconfig.json`)]
  for (const part of ['shared', 'electron', 'renderer', 'package.json', 'build/test/vitest.config.ts', ...settings]) cpSync(join(root, part), join(copy, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  return copy
}

/** Works off mutants in this copy. @param {string} copy */
async function work(copy) {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const path = join(copy, next.file)
    const whole = readFileSync(path, 'utf8')
    writeFileSync(path, whole.replace(next.source, () => next.instead))
    const isKilled = await anyFails(copy, next.tests)
    writeFileSync(path, whole)
    if (!isKilled) survivors.push(`${next.file}: ${next.what}`)
    console.log(`${isKilled ? 'killed  ' : 'SURVIVED'} ${next.file}: ${next.what}`)
  }
}

/** @param {string} folder @param {readonly string[]} tests */
async function anyFails(folder, tests) {
  for (const asked of tests) if (!(await passes(folder, asked))) return true
  return false
}

/** @param {string} folder @param {string} asked @returns {Promise<boolean>} */
function passes(folder, asked) {
  const project = asked.includes('.integration.') ? 'integration' : 'unit'
  const child = spawn(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '-c', 'build/test/vitest.config.ts', '--project', project, '--bail', '1', '--reporter=dot', asked], { cwd: folder, stdio: 'ignore' })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve(code === 0))
  })
}
