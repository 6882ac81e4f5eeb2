// Reads what vitest and Playwright wrote about their tests into one plain list. Knows both shapes and nothing else.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** @typedef {{ readonly titles: readonly string[], readonly file: string, readonly ok: boolean, readonly again: boolean }} TestOutcome `titles`: from the outermost group to the test; `again`: it passed at the second try only */

/** @param {string} root @returns {readonly TestOutcome[]} */
export function readReports(root) {
  return ['unit', 'integration', 'e2e'].flatMap((name) => {
    const file = join(root, `.out/test/${name}.json`)
    if (!existsSync(file)) return []
    const report = JSON.parse(readFileSync(file, 'utf8'))
    return 'testResults' in report ? fromVitest(root, report) : fromPlaywright(report)
  })
}

/** @param {string} root @param {{ testResults: { name: string, status: string, assertionResults: { ancestorTitles: string[], title: string, status: string, failureMessages?: string[] }[] }[] }} report @returns {TestOutcome[]} */
export function fromVitest(root, report) {
  return report.testResults.flatMap(({ name, status, assertionResults }) => {
    const file = name.startsWith(root) ? name.slice(root.length) : name
    const tests = assertionResults.map((test) => ({ titles: [...test.ancestorTitles, test.title], file, ok: test.status === 'passed', again: test.status === 'passed' && (test.failureMessages?.length ?? 0) > 0 }))
    return tests.length === 0 && status !== 'passed' ? [{ titles: ['the file could not be run'], file, ok: false, again: false }] : tests
  })
}

/** @typedef {{ title: string, file: string, suites?: Suite[], specs?: { title: string, ok: boolean, tests: { status: string }[] }[] }} Suite */

/** @param {{ suites: Suite[], errors?: { message?: string }[] }} report @returns {TestOutcome[]} */
export function fromPlaywright(report) {
  const broken = (report.errors ?? []).map((error) => ({ titles: [error.message?.split('\n')[0] ?? 'the run broke'], file: 'e2e', ok: false, again: false }))
  return [...broken, ...report.suites.flatMap((suite) => fromSuite(suite, []))]
}

/** @param {Suite} suite @param {readonly string[]} above @returns {TestOutcome[]} */
function fromSuite({ title, file, suites = [], specs = [] }, above) {
  const titles = title === file ? above : [...above, title]
  return [...specs.map((spec) => ({ titles: [...titles, spec.title], file: `e2e/${file}`, ok: spec.ok, again: spec.tests.some((test) => test.status === 'flaky') })), ...suites.flatMap((suite) => fromSuite(suite, titles))]
}
