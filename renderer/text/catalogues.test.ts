import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, it } from 'vitest'
import { authoritySchemas } from '@shared/authority/events.ts'
import { documentEventTypes } from '@shared/document/events.ts'
import { numberActTypes } from '@shared/numbers/events.ts'
import { en } from './en.ts'
import { ja } from './ja.ts'
import { createText, failureText } from './translate.ts'

const root = join(import.meta.dirname, '../..')

function sources(folder: string, skip: RegExp): readonly { readonly file: string; readonly source: string }[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name) && !skip.test(name))
    .map((name) => ({ file: `${folder}/${name}`, source: readFileSync(join(root, folder, name), 'utf8') }))
}

function quoted(list: string): readonly string[] {
  return [...list.matchAll(/'([\w.-]+)'/g)].map((match) => match[1] ?? '')
}

const variables = (message: string): readonly string[] => [...new Set([...message.matchAll(/\{(\w+)[,}]/g)].map((match) => match[1] ?? ''))].sort()

describe('2.15 the catalogues', () => {
  it('2.15 say every sentence in both languages, with the same facts', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(ja).sort())
    for (const [key, message] of Object.entries(ja)) {
      expect(variables((en as Readonly<Record<string, string>>)[key] ?? ''), key).toEqual(variables(message))
    }
  })

  it('2.15 hold only messages that can be formatted', () => {
    for (const [language, catalogue] of [['ja', ja], ['en', en]] as const) {
      for (const [key, message] of Object.entries(catalogue)) {
        expect(() => new IntlMessageFormat(message, language, undefined, { ignoreTag: true }), `${language} ${key}`).not.toThrow()
        expect(message.trim(), `${language} ${key}`).not.toBe('')
      }
    }
  })

  it('2.15 have a sentence for every failure a screen can meet', () => {
    const types = new Set<string>()
    for (const { source } of [...sources('shared', /^(archive|sync)\//), ...sources('renderer', /^(consent|text)\//), ...sources('electron/main', /^$/)]) {
      for (const match of source.matchAll(/Failure<((?:\s*\|?\s*'\w+')+)\s*>/g)) for (const type of quoted(match[1] ?? '')) types.add(type)
      for (const match of source.matchAll(/\bfailed\('(\w+)'/g)) types.add(match[1] ?? '')
    }
    expect(types.size).toBeGreaterThan(20)
    expect([...types].filter((type) => !(`failure.${type}` in ja))).toEqual([])
  })

  it('2.15 have words for every act there can be in a history, and for every reason why one cannot be done', () => {
    expect([...documentEventTypes, ...Object.keys(authoritySchemas), ...numberActTypes].filter((type) => !(`event.${type}` in ja))).toEqual([])
    const codes = new Set<string>()
    for (const { source } of [...sources('shared/document', /^(testing|outline)/), ...sources('shared/judge', /testing/), ...sources('renderer', /^(?!vault\/(acting|commands|document))/)]) {
      for (const match of source.matchAll(/\bcode: '([a-z]+(?:-[a-z]+)+)'/g)) codes.add(match[1] ?? '')
    }
    expect([...codes].filter((code) => !(`reason.${code}` in ja))).toEqual([])
  })
})

describe('sentences', () => {
  const text = createText('ja')

  it('name an unknown code instead of showing nothing', () => {
    expect(text.code('failure', 'NeverSeen')).toContain('NeverSeen')
    expect(text.code('event', 'future.act')).toContain('future.act')
  })

  it('do without a fact that did not come along', () => {
    expect(text('unlock.wait')).toBe('あと  秒で、もう一度入力できます。')
    expect(text.code('notice', 'vault.rebuilt')).toContain('0 区間')
  })

  it('tell the reasons of a refusal after it', () => {
    const refused = { type: 'GateDenied', retry: 'never' as const, reasons: [{ code: 'not-admin' }] }
    expect(failureText(text, refused)).toContain('管理者だけができます。')
    expect(failureText(text, { type: 'NotAllowed', facts: { reason: 'step-not-open' } })).toContain('まだ、この職の順番ではありません。')
    expect(failureText(text, { type: 'HostDefect', id: 'b7' } as never)).toContain('b7')
  })

  it('keep names as they are, also beside markup characters', () => {
    expect(text('document.follows', { title: "<b>\u{20bb7}田's {x}</b>" })).toContain("<b>\u{20bb7}田's {x}</b>")
  })
})
