// Is every check still where the tables say? Each source stands exactly once in its file, and each refusal of a validator is in a table.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A line that says what is wrong. */
const refusal = /reasons\.push\(|lies\.push\(|suspect\('|found\.(fail|unknown)\(|codes\.push\(/

/**
 * @param {string} root
 * @param {readonly import('../mutants.mjs').MutatedFile[]} files
 * @returns {readonly string[]} what is wrong, one line each
 */
export function lostMutants(root, files) {
  return files.flatMap(({ file, mutants }) => {
    const text = readFileSync(join(root, file), 'utf8')
    const moved = mutants.filter(([, source]) => text.split(source).length !== 2).map(([what]) => `${file}: the check "${what}" does not stand there exactly once: amend its row under build/sim/mutants`)
    const reasons = text.split('\n').flatMap((line, i) => (refusal.test(line) ? [{ line, at: i + 1 }] : []))
    const free = reasons.filter(({ line }) => !mutants.some(([, source]) => source.split('\n').some((part, at) => (at === 0 || refusal.test(part)) && line.includes(part)))).map(({ at }) => `${file}:${at}: no mutant takes this check out: add a row under build/sim/mutants`)
    return [...moved, ...free]
  })
}
