// Feeds each of our own rules a line that breaks it and the like that keeps it.
import { describe, expect, it } from 'vitest'
import { ambient } from './rules/ambient.mjs'
import { doors } from './rules/doors.mjs'
import { honestTests } from './rules/honest-tests.mjs'
import { shape } from './rules/shape.mjs'
import { visibleText } from './rules/visible-text.mjs'
import { parseSource } from './source-file.mjs'

const all = [shape, ambient, honestTests, visibleText, doors]
const head = '// says what it decides\n'

function broken(path: string, text: string): readonly string[] {
  const file = parseSource(path, text)
  return [...new Set(all.flatMap((rule) => [...rule(file)].map((one) => one.rule)))].sort()
}

const breaking: readonly (readonly [rule: string, path: string, text: string])[] = [
  ['file-size', 'shared/base/a.ts', head + 'const a = 1\n'.repeat(400)],
  ['file-name', 'shared/base/myFile.ts', head],
  ['file-name', 'shared/base/string-utils.ts', head],
  ['file-name', 'shared/common/a.ts', head],
  ['no-barrel', 'shared/base/index.ts', head],
  ['no-barrel', 'shared/base/a.ts', `${head}export * from './b.ts'`],
  ['first-line', 'shared/base/a.ts', 'export const a = 1'],
  ['no-left-over', 'shared/base/a.ts', `${head}// ${'TO'}DO later`],
  ['written-as-escape', 'shared/base/a.ts', `${head}const a = '${String.fromCodePoint(0xfa19)}'`],
  ['no-default-export', 'shared/base/a.ts', `${head}export default function a() {}`],
  ['no-enum', 'shared/base/a.ts', `${head}enum A { b }`],
  ['no-ambient', 'shared/base/a.ts', `${head}const a = Date.now()`],
  ['no-ambient', 'shared/base/a.ts', `${head}const a = new Date()`],
  ['no-ambient', 'shared/base/a.ts', `${head}const a = Math.random()`],
  ['no-ambient', 'shared/base/a.ts', `${head}const a = new Date(0).getHours()`],
  ['no-ambient', 'shared/base/a.ts', `${head}const a = globalThis.crypto`],
  ['no-disabled-test', 'shared/base/a.test.ts', "it.skip('a', () => { expect(1).toBe(1) })"],
  ['no-disabled-test', 'e2e/journeys/a.e2e.ts', "test.describe.only('a', () => {})"],
  ['no-disabled-test', 'e2e/journeys/a.e2e.ts', "test('a', async () => { test.skip(); expect(1).toBe(1) })"],
  ['no-sleep', 'shared/base/a.test.ts', "it('a', async () => { await new Promise((go) => setTimeout(go, 9)); expect(1).toBe(1) })"],
  ['no-sleep', 'e2e/journeys/a.e2e.ts', "test('a', async () => { await page.waitForTimeout(9); expect(1).toBe(1) })"],
  ['no-sleep', 'e2e/hosts/a.ts', `${head}import { setTimeout } from 'node:timers/promises'`],
  ['no-empty-claim', 'shared/base/a.test.ts', "it('a', () => { run() })"],
  ['no-raw-text', 'renderer/ui/a.tsx', `${head}const a = <p>保存</p>`],
  ['no-raw-text', 'renderer/ui/a.tsx', `${head}const a = <p>Save</p>`],
  ['no-raw-text', 'renderer/ui/a.tsx', `${head}const a = <p>{'Save'}</p>`],
  ['no-raw-text', 'renderer/ui/a.tsx', `${head}const a = <p aria-label="Save" />`],
  ['no-raw-text', 'renderer/ui/a.tsx', `${head}const a = on ? '保存' : ''`],
  ['one-door', 'electron/main/services/a.ts', `${head}import { ipcMain } from 'electron'`],
  ['one-door', 'renderer/services/a.ts', `${head}import { ipcRenderer as wire } from 'electron'`],
  ['pure-transaction', 'renderer/vault/dexie/a.ts', `${head}db.transaction('rw', db.a, async () => { await crypto.subtle.digest('SHA-256', b) })`],
]

const keeping: readonly (readonly [path: string, text: string])[] = [
  ['shared/base/a.ts', `${head}export const a = (clock: Clock) => new Date(clock.now()).getUTCHours()`],
  ['shared/base/a.test.ts', "it('a', () => { expect(Date.now()).toBeGreaterThan(0) })"],
  ['shared/base/a.test.ts', "it('a', async () => { await new Promise((turn) => setTimeout(turn)); expect(1).toBe(1) })"],
  ['shared/base/a.property.test.ts', "it.each([1])('%s', (n) => { fc.assert(fc.property(fc.nat(), () => n > 0)) })"],
  ['e2e/hosts/a.ts', `${head}const late = (reject: () => void) => setTimeout(() => reject(), 9)`],
  ['renderer/ui/a.tsx', `${head}const a = <p className="lead" data-kind="x" aria-label={text('save')}>{text('save')} 3</p>`],
  ['renderer/text/ja.ts', `${head}export const ja = { save: '保存' }`],
  ['electron/main/ipc/bind.ts', `${head}import { ipcMain } from 'electron'`],
  ['renderer/vault/dexie/a.ts', `${head}db.transaction('rw', db.a, async () => { await db.a.bulkPut(rows) })`],
  ['e2e/playwright.config.ts', `${head}export default defineConfig({})`],
]

describe('2.2 our own rules', () => {
  it.each(breaking)('%s is noticed in %s', (rule, path, text) => {
    expect(broken(path, text)).toContain(rule)
  })

  it.each(keeping)('a lawful %s passes', (path, text) => {
    expect(broken(path, text)).toEqual([])
  })
})
