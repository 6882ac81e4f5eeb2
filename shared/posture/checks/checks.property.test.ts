import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkIds, systems } from '../model.ts'
import { defaultRules } from './rules.ts'
import { checks } from './table.ts'

const context = { rules: { ...defaultRules, tenant: 'town.example.jp' }, now: Date.UTC(2026, 10, 1) }
const bytes = fc.uint8Array({ maxLength: 400 }).map((raw) => new TextDecoder('utf8').decode(raw))
const noise = fc.oneof(bytes, fc.string({ maxLength: 400, unit: 'binary' }), fc.array(fc.string(), { maxLength: 20 }).map((lines) => lines.join('\n')))
const heard = fc.oneof(noise, fc.constantFrom('absent', 'denied', 'late', 'large', 'failed').map((unread) => ({ unread }) as const))

const folder = join(import.meta.dirname, 'captures')
const captures = readdirSync(folder).filter((name) => !name.endsWith('.md')).map((name) => readFileSync(join(folder, name), 'utf8'))
/** A capture with a piece taken out and another put in. */
const wounded = fc.tuple(fc.constantFrom(...captures), fc.nat(), fc.nat(60), fc.string({ maxLength: 20 })).map(([text, at, length, put]) => text.slice(0, at % text.length) + put + text.slice((at % text.length) + length))

describe('4.5 any bytes from a source', () => {
  it('4.5 PC-1 PC-3 give a verdict with a reason, never a pass and never a throw', () => {
    for (const system of systems) {
      for (const id of checkIds) {
        const { sources, judge } = checks[system][id]
        fc.assert(
          fc.property(fc.tuple(...sources.map(() => heard)), (said) => {
            const finding = judge(Object.fromEntries(sources.map((source, at) => [source, said[at]])), context)
            expect(finding.verdict, `${system} ${id}`).not.toBe('pass')
            expect(finding.reason).toMatch(/^[a-z][a-z0-9-]{0,39}$/)
          }),
          { numRuns: 60, seed: 45 },
        )
      }
    }
  })

  it('4.5 PC-1 wounded captures, in any source of any check, never throw', () => {
    for (const system of systems) {
      for (const id of checkIds) {
        const { sources, judge } = checks[system][id]
        fc.assert(
          fc.property(fc.tuple(...sources.map(() => wounded)), (said) => {
            const { verdict, reason } = judge(Object.fromEntries(sources.map((source, at) => [source, said[at]])), context)
            expect((verdict === 'pass') === (reason === null)).toBe(true)
          }),
          { numRuns: 60, seed: 46 },
        )
      }
    }
  })
})
