// Which test proves which numbered point: a title that starts with the number, or the nearest group around it that does.
// A point that nothing proves is a failure, and so is a number that is no point.

/** @typedef {{ readonly point: string, readonly says: string, readonly passed: readonly string[], readonly failed: readonly string[] }} Row */

const leading = /^((?:\d+\.\d+[a-z]?[\s,、;:：]+)+)/

/** @param {readonly string[]} titles @returns {readonly string[]} the points a test claims */
export function pointsOf(titles) {
  const nearest = titles.findLast((title) => leading.test(title))
  return nearest?.match(leading)?.[1]?.match(/\d+\.\d+[a-z]?/g) ?? []
}

/**
 * A number with sub-points (2.6) counts for each of them.
 * @param {Readonly<Record<string, string>>} points
 * @param {readonly import('./read-reports.mjs').TestOutcome[]} tests
 * @returns {{ readonly rows: readonly Row[], readonly strangers: readonly string[] }}
 */
export function pointTable(points, tests) {
  const ids = Object.keys(points)
  const matches = (/** @type {string} */ id, /** @type {string} */ claimed) => id === claimed || (id.startsWith(claimed) && /^[a-z]$/.test(id.slice(claimed.length))) || (claimed.startsWith(id) && /^[a-z]$/.test(claimed.slice(id.length)))
  const rows = ids.map((id) => {
    const mine = tests.filter((test) => pointsOf(test.titles).some((claimed) => matches(id, claimed)))
    const names = (/** @type {boolean} */ ok) => mine.filter((test) => test.ok === ok).map((test) => `${test.file}: ${test.titles.at(-1)}`)
    return { point: id, says: points[id] ?? '', passed: names(true), failed: names(false) }
  })
  const claimed = new Set(tests.flatMap((test) => pointsOf(test.titles)))
  return { rows, strangers: [...claimed].filter((one) => !ids.some((id) => matches(id, one))) }
}

/** @param {readonly Row[]} rows @returns {readonly string[]} lines for people */
export function tableLines(rows) {
  return rows.flatMap(({ point, says, passed, failed }) => {
    const state = failed.length > 0 ? 'FAILED' : passed.length > 0 ? 'passed' : 'NO TEST'
    const shown = [...failed.map((name) => `         FAILED ${name}`), ...passed.slice(0, 3).map((name) => `         ${name}`)]
    const more = passed.length > 3 ? [`         … and ${passed.length - 3} more`] : []
    return [`${point.padEnd(6)} ${state.padEnd(7)} ${String(passed.length).padStart(4)} passed  ${says}`, ...shown, ...more]
  })
}
