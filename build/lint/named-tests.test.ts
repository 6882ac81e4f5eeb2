// What a page for people quotes as a test is a test: SECURITY.md proves nothing with a title that nobody runs.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Titles in backticks, up to where they are shortened. */
function quoted(page: string): readonly string[] {
  const cells = readFileSync(join(root, page), 'utf8').split('\n').filter((line) => line.startsWith('|'))
  const named = cells.flatMap((line) => [...line.matchAll(/`(\d+\.\d+b? [^`]+|are installed [^`]+)`/g)].map(([, title = '']) => title))
  return named.map((title) => (title.split('…')[0] ?? '').trim())
}

it('4.16 every test that SECURITY.md names exists, and each row of the threat model has one or says what is left', () => {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.test.ts', '*.test.tsx', '*.e2e.ts'], { cwd: root, encoding: 'utf8' }).split('\n').filter((path) => path !== '')
  const all = files.map((path) => readFileSync(join(root, path), 'utf8').replaceAll("\\'", "'")).join('\n')
  const titles = quoted('electron/SECURITY.md')
  expect(titles.length).toBeGreaterThan(80)
  expect(titles.filter((title) => !["'", '"', '`'].some((mark) => all.includes(mark + title)))).toEqual([])
  const rows = readFileSync(join(root, 'electron/SECURITY.md'), 'utf8').split('\n').filter((line) => /^\| T\d+ \|/.test(line))
  expect(rows.map((line) => Number(/^\| T(\d+)/.exec(line)?.[1]))).toEqual(Array.from({ length: 28 }, (_, i) => i + 1))
  expect(rows.filter((line) => !/`(\d+\.\d+|are installed )|Left: /.test(line))).toEqual([])
})
