import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { printable } from './show.ts'
import { sentenceOf, sentences } from './text.ts'

const shared = new URL('../../shared/', import.meta.url).pathname

/** What the door answers about keys and arrival never reaches a verifier. */
const doorOnly = new Set(['door.ts', 'open-segment.ts'])

/** Reason codes as the judges write them: `code: 'x'`, `fail('x'`, `unknown('x'`, `note('x'`, `push('x'`. */
function codesIn(folder: string): readonly string[] {
  return readdirSync(join(shared, folder))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !doorOnly.has(name))
    .flatMap((name) => [...readFileSync(join(shared, folder, name), 'utf8').matchAll(/(?:code: |\b(?:fail|unknown|note)\(|codes\.push\()'([a-z][a-z0-9-]+)'/g)].map((m) => m[1] as string))
}

const parts = (template: string): readonly string[] => [...template.matchAll(/\{[a-z]+\}/gi)].map((m) => m[0]).toSorted()

describe('the sentences of the command line', () => {
  it.each(['archive', 'judge', 'pdf', 'signing'])('2.14 every reason of shared/%s has a sentence in both languages', (folder) => {
    const missing = codesIn(folder).filter((code) => !Object.hasOwn(sentences, code))
    expect([...new Set(missing)]).toEqual([])
  })

  it('Japanese and English fill in the same facts', () => {
    for (const [code, [ja, en]] of Object.entries(sentences)) expect([code, parts(ja)]).toEqual([code, parts(en)])
  })

  it('fills facts in once, whatever they contain', () => {
    expect(sentenceOf('file-unreadable', { path: '{line}$&' }, 'en')).toBe('{line}$& cannot be read.')
    expect(sentenceOf('toString', {}, 'ja')).toBe('toString')
  })

  it('2.14 no name from a package can repaint the terminal', () => {
    expect(printable('a\u001b[2J\u202eb\r\n\u0085葛\u{E0100}')).toBe('a\\u001b[2J\\u202eb\\u000d\\u000a\\u0085葛\u{E0100}')
  })
})
