// What a rule sees of a file, and how it says that something is wrong. Rules read; they never change a file.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

/** @typedef {{ readonly path: string, readonly text: string, readonly tree: ts.SourceFile }} SourceFile */
/** @typedef {{ readonly rule: string, readonly path: string, readonly line: number, readonly says: string }} Finding */
/** @typedef {(file: SourceFile) => Iterable<Finding>} Rule */

/** @param {string} root @param {string} path relative to root @returns {SourceFile} */
export function readSource(root, path) {
  return parseSource(path, readFileSync(join(root, path), 'utf8'))
}

/** @param {string} path @param {string} text @returns {SourceFile} */
export function parseSource(path, text) {
  const kind = path.endsWith('.tsx') ? ts.ScriptKind.TSX : path.endsWith('.ts') ? ts.ScriptKind.TS : ts.ScriptKind.JS
  return { path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true, kind) }
}

/** @param {string} rule @param {SourceFile} file @param {number} position @param {string} says @returns {Finding} */
export function finding(rule, file, position, says) {
  return { rule, path: file.path, line: file.tree.getLineAndCharacterOfPosition(position).line + 1, says }
}

/** Every node of a tree, parents first. @param {ts.Node} node @returns {Generator<ts.Node>} */
export function* nodesOf(node) {
  yield node
  /** @type {ts.Node[]} */
  const children = []
  ts.forEachChild(node, (child) => void children.push(child))
  for (const child of children) yield* nodesOf(child)
}

/** @param {string} path */
export function isTest(path) {
  return /\.(test|e2e)\.tsx?$/.test(path)
}
