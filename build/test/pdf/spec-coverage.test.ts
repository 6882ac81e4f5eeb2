import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))

function textsUnder(folder: string, wanted: (name: string) => boolean): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(wanted)
    .map((name) => readFileSync(join(root, folder, name), 'utf8'))
}

/** Ids in the titles of tests: `it('… PF-1 …'`, `it.each(…)('PF-1 …'`. */
function quotedIds(prefix: string): ReadonlySet<string> {
  const titles = [...textsUnder('shared', (name) => name.endsWith('.test.ts')), ...textsUnder('build/test/pdf', (name) => name.endsWith('.test.ts'))].flatMap((text) => [...text.matchAll(/\b(?:it|describe)\b.*?\(\s*'([^']*)'|\)\('([^']*)'/g)].map(([, plain, each]) => plain ?? each ?? ''))
  return new Set(titles.flatMap((title) => title.match(new RegExp(`\\b${prefix}-\\d+\\b`, 'g')) ?? []))
}

describe('2.2 rules and tests name each other', () => {
  it.each([
    ['shared/pdf', 'PF'],
    ['shared/signing', 'SG'],
  ])('every rule of %s is quoted by a test, and every quoted rule exists', (folder, prefix) => {
    const spec = readFileSync(join(root, folder, 'SPEC.md'), 'utf8')
    const rules = new Set([...spec.matchAll(new RegExp(`^- \\*\\*(${prefix}-\\d+)\\*\\*`, 'gm'))].map(([, id]) => id as string))
    const quoted = quotedIds(prefix)
    expect([...rules].filter((id) => !quoted.has(id))).toEqual([])
    expect([...quoted].filter((id) => !rules.has(id))).toEqual([])
    expect(rules.size).toBeGreaterThan(5)
  })
})
