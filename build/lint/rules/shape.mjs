// How a file of ours looks from outside: its length, its first line, its name, what it exports, its letters.
import ts from 'typescript'
import { finding, isTest } from '../source-file.mjs'

const limit = 400
const drawers = /(^|[-/.])(utils?|helpers?|common|misc|manager)([-/.]|$)/
const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*$/
const compatibility = /[\uf900-\ufaff\u{2f800}-\u{2fa1f}]/u

/** @type {import('../source-file.mjs').Rule} */
export function* shape(file) {
  const { path, text, tree } = file
  const lines = text.split('\n').length - 1
  if (lines > limit) yield finding('file-size', file, text.length, `${lines} lines; ${limit} is the limit`)
  const name = path.split('/').at(-1) ?? ''
  if (!kebab.test(name)) yield finding('file-name', file, 0, 'file names are kebab-case')
  if (drawers.test(path)) yield finding('file-name', file, 0, 'a drawer is not a name: say what it holds')
  if (/^index\.tsx?$/.test(name)) yield finding('no-barrel', file, 0, 'no barrels: import from the file that has it')
  if (!isTest(path) && !/^(#!.*\n)?(\/\/|\/\*)/.test(text)) yield finding('first-line', file, 0, 'the first lines say what the file decides and what it must never do')
  if (/\b(TODO|FIXME|XXX)\b/.test(text) && !path.startsWith('build/lint/')) yield finding('no-left-over', file, text.search(/\b(TODO|FIXME|XXX)\b/), 'finish it or leave it out')
  const odd = compatibility.exec(text)
  if (odd) yield finding('written-as-escape', file, odd.index, 'compatibility ideographs are written as escapes, or an editor changes them unseen')
  for (const statement of tree.statements) {
    if (ts.isExportAssignment(statement) && !/\.config\.ts$/.test(path)) yield finding('no-default-export', file, statement.getStart(), 'no default exports')
    if (ts.isExportDeclaration(statement) && statement.moduleSpecifier && !statement.exportClause) yield finding('no-barrel', file, statement.getStart(), 'no export *')
    if (ts.isEnumDeclaration(statement)) yield finding('no-enum', file, statement.getStart(), 'literal unions, no enums')
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : []
    if (modifiers.some((modifier) => modifier.kind === ts.SyntaxKind.DefaultKeyword)) yield finding('no-default-export', file, statement.getStart(), 'no default exports')
  }
}
