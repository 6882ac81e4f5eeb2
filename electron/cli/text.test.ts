import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { printable, toLines } from './show.ts'
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

  it('times are told in Japan, in the era of the day, and left alone when they are none', () => {
    const told = (at: string, language: 'ja' | 'en'): string =>
      toLines({ outcome: 'pass', report: { kind: 'pdf', verdict: { outcome: 'pass', reasons: [] }, signatures: [{ path: '', field: 'f', signer: 'a', position: null, at, reason: null, location: null, verdict: { outcome: 'pass', reasons: [] } }], decisions: [], notices: [] } }, language)
    expect(told('2026-09-30T15:30:00Z', 'ja')).toContain('令和8年10月1日 00:30')
    expect(told('2026-09-30T15:30:00Z', 'en')).toContain('2026-10-01 00:30 (Japan)')
    expect(told('9999-99-99', 'ja')).toContain('9999-99-99')
    expect(told('9999-12-31T23:00:00Z', 'en')).toContain('9999-12-31T23:00:00Z')
  })

  it('2.14 no name from a package can repaint the terminal', () => {
    expect(printable('a\u001b[2J\u202eb\r\n\u0085葛\u{E0100}')).toBe('a\\u001b[2J\\u202eb\\u000d\\u000a\\u0085葛\u{E0100}')
  })
})
