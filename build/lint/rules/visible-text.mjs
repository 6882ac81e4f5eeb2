// Every word a person reads comes from the catalogues in renderer/text, so that it can be translated and reviewed.
import ts from 'typescript'
import { finding, isTest, nodesOf } from '../source-file.mjs'

const letters = /\p{L}/u
const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u
const visible = new Set(['title', 'alt', 'label', 'placeholder', 'description', 'errorMessage', 'aria-label', 'aria-description', 'aria-roledescription', 'aria-valuetext', 'aria-placeholder', 'heading', 'text', 'hint'])

/** @type {import('../source-file.mjs').Rule} */
export function* visibleText(file) {
  if (!file.path.startsWith('renderer/') || !file.path.endsWith('.tsx') || isTest(file.path)) return
  for (const node of nodesOf(file.tree)) {
    if (isRaw(node)) yield finding('no-raw-text', file, node.getStart(), 'visible words come from renderer/text')
  }
}

/** @param {ts.Node} node */
function isRaw(node) {
  if (ts.isJsxText(node)) return letters.test(node.text)
  if (!ts.isStringLiteralLike(node) && !ts.isTemplateHead(node)) return false
  if (japanese.test(node.text)) return !ts.isImportDeclaration(node.parent)
  if (!letters.test(node.text)) return false
  const holder = ts.isJsxExpression(node.parent) ? node.parent.parent : node.parent
  if (ts.isJsxAttribute(holder)) return visible.has(holder.name.getText())
  return ts.isJsxExpression(node.parent) && (ts.isJsxElement(holder) || ts.isJsxFragment(holder))
}
