// Pure code has no clock, no randomness, no place and no language of its own: they are handed in.
import ts from 'typescript'
import { finding, isTest, nodesOf } from '../source-file.mjs'

const local = new Set(['getFullYear', 'getMonth', 'getDate', 'getDay', 'getHours', 'getMinutes', 'getSeconds', 'getTimezoneOffset', 'toDateString', 'toTimeString', 'toLocaleString', 'toLocaleDateString', 'toLocaleTimeString', 'localeCompare', 'toLocaleLowerCase', 'toLocaleUpperCase'])
const globals = new Set(['performance', 'process', 'navigator', 'localStorage', 'setTimeout', 'setInterval', 'fetch', 'crypto'])

/** @type {import('../source-file.mjs').Rule} */
export function* ambient(file) {
  if (!file.path.startsWith('shared/') || isTest(file.path)) return
  for (const node of nodesOf(file.tree)) {
    const says = ambientUse(node)
    if (says) yield finding('no-ambient', file, node.getStart(), says)
  }
}

/** @param {ts.Node} node */
function ambientUse(node) {
  if (ts.isNewExpression(node) && isName(node.expression, 'Date') && (node.arguments?.length ?? 0) === 0) return 'the time is asked from Clock'
  if (ts.isCallExpression(node) && isName(node.expression, 'Date')) return 'the time is asked from Clock'
  if (ts.isPropertyAccessExpression(node)) {
    if (isName(node.expression, 'Date') && node.name.text === 'now') return 'the time is asked from Clock'
    if (isName(node.expression, 'Math') && node.name.text === 'random') return 'randomness is asked from Random'
    if (isName(node.expression, 'globalThis') && globals.has(node.name.text)) return `${node.name.text} is not pure`
    if (local.has(node.name.text)) return `${node.name.text} depends on where and in what language it runs`
  }
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && globals.has(node.expression.text)) return `${node.expression.text} is not pure`
  return undefined
}

/** @param {ts.Node} node @param {string} name */
function isName(node, name) {
  return ts.isIdentifier(node) && node.text === name
}
