// Whoever comes next reads the READMEs first: they must exist, fit on a page, and tell the truth about commands and files.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const rooms = ['shared', 'electron', 'renderer', 'build', 'e2e']
const pages = ['README.md', ...rooms.map((room) => `${room}/README.md`)]
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Readonly<Record<string, string>> }

function text(page: string): string {
  return existsSync(join(root, page)) ? readFileSync(join(root, page), 'utf8') : ''
}

describe('2.3 the READMEs', () => {
  it.each(pages)('%s is there, on one page', (page) => {
    const lines = text(page).split('\n').length
    expect(lines).toBeGreaterThan(5)
    expect(lines).toBeLessThan(120)
  })

  it.each(pages)('%s names only commands and files that exist', (page) => {
    const commands = [...text(page).matchAll(/\bnpm (?:run )?(start|test|(?<=run )[a-z]+)\b/g)].map(([, name]) => name ?? '')
    expect(commands.filter((name) => scripts[name] === undefined)).toEqual([])
    const links = [...text(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, link]) => link ?? '')
    expect(links.filter((link) => !existsSync(join(root, dirname(page), link)))).toEqual([])
  })

  it('README.md shows a picture, the two commands, how to add things, and what is not promised', () => {
    const page = text('README.md')
    expect(page).toMatch(/!\[[^\]]*\]\([^)]+\.png\)/)
    expect(page).toContain('npm start')
    expect(page).toContain('npm run demo')
    for (const room of rooms) expect(page).toContain(`${room}/`)
    expect(page).toMatch(/1\..*2\..*3\./s)
  })
})
