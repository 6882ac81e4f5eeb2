// A test runs, waits for a condition, and claims something. It is never switched off, never sleeps, never only executes.
import ts from 'typescript'
import { finding, isTest, nodesOf } from '../source-file.mjs'

const off = new Set(['skip', 'skipIf', 'runIf', 'only', 'todo', 'fixme', 'fails', 'fail', 'slow'])
const runners = new Set(['test', 'it', 'describe'])
const switchedOff = new Set(['xit', 'xtest', 'xdescribe', 'fit', 'fdescribe'])
const claims = /^(expect|assert|check|judge|prove|holds|verify)/i

/** @type {import('../source-file.mjs').Rule} */
export function* honestTests(file) {
  const inTests = isTest(file.path)
  if (!inTests && !file.path.startsWith('e2e/')) return
  for (const node of nodesOf(file.tree)) {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier) && /^(node:)?timers\/promises$/.test(node.moduleSpecifier.text)) {
      yield finding('no-sleep', file, node.getStart(), 'wait for a condition, not for a time')
    }
    if (!ts.isCallExpression(node)) continue
    const callee = node.expression
    if (ts.isPropertyAccessExpression(callee)) {
      if (off.has(callee.name.text) && runners.has(rootName(callee))) yield finding('no-disabled-test', file, node.getStart(), `${callee.getText()} switches a test off`)
      if (callee.name.text === 'waitForTimeout') yield finding('no-sleep', file, node.getStart(), 'wait for a condition, not for a time')
    }
    if (ts.isIdentifier(callee) && switchedOff.has(callee.text)) yield finding('no-disabled-test', file, node.getStart(), `${callee.text} switches a test off`)
    if (isSleep(node)) yield finding('no-sleep', file, node.getStart(), 'wait for a condition, not for a time')
    if (inTests && isTestCall(node) && !claimsSomething(node)) yield finding('no-empty-claim', file, node.getStart(), 'a test claims something')
  }
}

/** `setTimeout(resolve, …)` with nothing else to do; without a time it is the next turn, not a sleep. @param {ts.CallExpression} node */
function isSleep(node) {
  if (!ts.isIdentifier(node.expression) || node.expression.text !== 'setTimeout') return false
  const [act] = node.arguments
  if (!act || !ts.isIdentifier(act) || node.arguments.length < 2) return false
  for (let up = node.parent; up; up = up.parent) {
    if ((ts.isArrowFunction(up) || ts.isFunctionExpression(up)) && up.parameters.some((parameter) => parameter.name.getText() === act.text)) {
      return ts.isNewExpression(up.parent) && up.parent.expression.getText() === 'Promise'
    }
  }
  return false
}

/** @param {ts.CallExpression} node */
function isTestCall(node) {
  const body = node.arguments.at(-1)
  const root = rootName(node.expression)
  if (!body || !(ts.isArrowFunction(body) || ts.isFunctionExpression(body))) return false
  if (root !== 'test' && root !== 'it') return false
  return !ts.isPropertyAccessExpression(node.expression) || !['extend', 'step', 'describe', 'beforeEach', 'afterEach', 'beforeAll', 'afterAll', 'each', 'for'].includes(node.expression.name.text)
}

/** @param {ts.CallExpression} node */
function claimsSomething(node) {
  const body = node.arguments.at(-1)
  if (!body) return false
  for (const inner of nodesOf(body)) {
    if (ts.isCallExpression(inner)) {
      const name = ts.isPropertyAccessExpression(inner.expression) ? inner.expression.name.text : inner.expression.getText()
      if (claims.test(name) || claims.test(rootName(inner.expression))) return true
    }
  }
  return false
}

/** `test` of `test.describe.skip`. @param {ts.Expression} node @returns {string} */
function rootName(node) {
  if (ts.isPropertyAccessExpression(node) || ts.isCallExpression(node) || ts.isTaggedTemplateExpression(node)) {
    return rootName(ts.isTaggedTemplateExpression(node) ? node.tag : node.expression)
  }
  return ts.isIdentifier(node) ? node.text : ''
}
