// Journeys nobody here has seen drive the application through e2e/screens: its README must name everything they may call.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, it } from 'vitest'

const screens = fileURLToPath(new URL('../../e2e/screens', import.meta.url))

/** Names of exported interfaces and classes with their public members. */
function screenObjects(path: string): readonly { readonly name: string; readonly members: readonly string[] }[] {
  const tree = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ESNext, true)
  return tree.statements.flatMap((statement) => {
    if (!ts.isInterfaceDeclaration(statement) && !ts.isClassDeclaration(statement)) return []
    if (!ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return []
    const open = [...statement.members].filter((member) => !ts.canHaveModifiers(member) || !ts.getModifiers(member)?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword))
    return [{ name: statement.name?.text ?? '', members: open.flatMap((member) => (member.name ? [member.name.getText()] : [])) }]
  })
}

it('2.17 the README of the screens names every page object and each of its methods', () => {
  const readme = existsSync(join(screens, 'README.md')) ? readFileSync(join(screens, 'README.md'), 'utf8') : ''
  const objects = existsSync(screens) ? readdirSync(screens).filter((name) => name.endsWith('.ts')).flatMap((name) => screenObjects(join(screens, name))) : []
  expect(objects.length).toBeGreaterThan(0)
  const sections = new Map(readme.split(/^#+ /m).map((section) => [/`?(\w+)`?/.exec(section)?.[1] ?? '', section]))
  const missing = objects.flatMap(({ name, members }) => {
    const section = sections.get(name)
    return section === undefined ? [name] : members.filter((member) => !new RegExp(`\\b${member}\\b`).test(section)).map((member) => `${name}.${member}`)
  })
  expect(missing).toEqual([])
})
