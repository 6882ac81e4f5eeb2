// How set-up speaks: short lines on stderr, and one clear sentence when it cannot go on. Never writes to stdout.

/** @param {string} line */
export function say(line) {
  process.stderr.write(`fumibako: ${line}\n`)
}

/**
 * Ends the command with exit code 1 and this sentence, without a stack.
 * @param {string} sentence
 * @returns {never}
 */
export function stop(sentence) {
  throw Object.assign(new Error(sentence), { name: 'Stop' })
}

/** @param {unknown} error @returns {error is Error} */
export function isStop(error) {
  return error instanceof Error && error.name === 'Stop'
}
