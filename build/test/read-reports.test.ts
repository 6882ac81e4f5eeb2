import { describe, expect, it } from 'vitest'
import { fromPlaywright, fromVitest } from './read-reports.mjs'

describe('2.2 the reports of the tests', () => {
  it('say which test passed at the second try only', () => {
    const assertionResults = [
      { ancestorTitles: ['group'], title: 'once', status: 'passed', failureMessages: [] },
      { ancestorTitles: ['group'], title: 'twice', status: 'passed', failureMessages: ['late'] },
      { ancestorTitles: ['group'], title: 'never', status: 'failed', failureMessages: ['late', 'late'] },
    ]
    const outcomes = fromVitest('/root/', { testResults: [{ name: '/root/a.test.ts', status: 'failed', assertionResults }] })
    expect(outcomes.map(({ file, titles, ok, again }) => [file, titles.at(-1), ok, again])).toEqual([
      ['a.test.ts', 'once', true, false],
      ['a.test.ts', 'twice', true, true],
      ['a.test.ts', 'never', false, false],
    ])
  })

  it('say so of journeys too', () => {
    const specs = [
      { title: 'once', ok: true, tests: [{ status: 'expected' }] },
      { title: 'twice', ok: true, tests: [{ status: 'flaky' }] },
      { title: 'never', ok: false, tests: [{ status: 'unexpected' }] },
    ]
    const outcomes = fromPlaywright({ suites: [{ title: 'a.e2e.ts', file: 'a.e2e.ts', specs }] })
    expect(outcomes.map(({ titles, ok, again }) => [titles.at(-1), ok, again])).toEqual([
      ['once', true, false],
      ['twice', true, true],
      ['never', false, false],
    ])
  })
})
