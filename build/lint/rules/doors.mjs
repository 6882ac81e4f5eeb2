// Doors that exist once: the IPC of Electron behind the one table, and transactions that do nothing but table calls.
import ts from 'typescript'
import { finding, isTest, nodesOf } from '../source-file.mjs'

/** Names of Electron and the only folders that may say them. @type {Readonly<Record<string, RegExp>>} */
const keepers = {
  ipcMain: /^electron\/main\/ipc\//,
  ipcRenderer: /^electron\/preload\//,
  contextBridge: /^electron\/preload\//,
  safeStorage: /^electron\/main\/keys\/|^electron\/main\/compose[a-z-]*\.ts$/,
}

/** Work that leaves the transaction's own queue: IndexedDB commits early while it waits. */
const leaves = /^(crypto|subtle|fetch|setTimeout|postMessage|seal\w*|encrypt\w*|decrypt\w*|digest\w*|sha\d+\w*|sign\w*|deriveKey|import)$/

/** @type {import('../source-file.mjs').Rule} */
export function* doors(file) {
  if (isTest(file.path)) return
  for (const node of nodesOf(file.tree)) {
    if (ts.isImportSpecifier(node) && importsFrom(node) === 'electron') {
      const name = (node.propertyName ?? node.name).text
      const keeper = keepers[name]
      if (keeper && !keeper.test(file.path)) yield finding('one-door', file, node.getStart(), `${name} is used in its own folder only`)
    }
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === 'transaction' && file.path.startsWith('renderer/vault/')) {
      yield* impureCalls(file, node)
    }
  }
}

/** @param {import('../source-file.mjs').SourceFile} file @param {ts.CallExpression} transaction */
function* impureCalls(file, transaction) {
  const body = transaction.arguments.at(-1)
  if (!body) return
  for (const node of nodesOf(body)) {
    if (!ts.isCallExpression(node)) continue
    const called = ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : node.expression.getText()
    if (leaves.test(called)) yield finding('pure-transaction', file, node.getStart(), `${called} inside a transaction: do it before`)
  }
}

/** @param {ts.ImportSpecifier} node */
function importsFrom(node) {
  const { moduleSpecifier } = node.parent.parent.parent
  return ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : ''
}
