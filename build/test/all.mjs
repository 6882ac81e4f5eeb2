// `npm test`: the check, the integration tests and the journeys in the packaged application, then one table of what proves what.
// Every stage runs even when an earlier one failed. Expects FUMIBAKO_APP and a display from the bootstrap.
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkSteps, vitest } from './check-steps.mjs'
import { pointTable, tableLines } from './point-table.mjs'
import { readReports } from './read-reports.mjs'
import { runSteps } from './steps.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
rmSync(join(root, '.out/test'), { recursive: true, force: true })

const outcomes = [
  ...(await runSteps(checkSteps(), root, 2)),
  ...(await runSteps(
    [
      { name: 'simulated towns from 2,000 seeds', command: ['build/bootstrap.mjs', 'sim', '--seeds', '2000'], loud: true },
      { name: 'integration tests', command: vitest('integration'), loud: true },
      { name: 'journeys in the packaged application', command: ['node_modules/@playwright/test/cli.js', 'test', '-c', 'e2e/playwright.config.ts'], loud: true },
    ],
    root,
    1,
  )),
]

const tests = readReports(root)
const { rows, strangers } = pointTable(JSON.parse(readFileSync(join(root, 'build/test/points.json'), 'utf8')), tests)
console.log('')
for (const line of tableLines(rows)) console.log(line)
for (const number of strangers) console.log(`${number} is claimed by a test and is no point`)

const brokenTests = tests.filter((test) => !test.ok)
const brokenSteps = outcomes.filter((outcome) => !outcome.ok)
const unproved = rows.filter((row) => row.passed.length === 0 && row.failed.length === 0)
console.log('')
for (const test of tests.filter(({ again }) => again)) console.log(`passed at the second try only, to be mended: ${test.file}: ${test.titles.join(' › ')}`)
for (const test of brokenTests) console.log(`failed: ${test.file}: ${test.titles.join(' › ')}`)
for (const step of brokenSteps) console.log(`failed: ${step.name}`)
for (const row of unproved) console.log(`failed: ${row.point} is proved by no test`)

const failed = brokenTests.length + brokenSteps.length + unproved.length + strangers.length
const passed = tests.length - brokenTests.length + outcomes.length - brokenSteps.length
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
