import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { defaultSettings } from '@shared/ipc/contract/settings.ts'
import { createSettingsFile } from './settings.ts'

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'settings-'))
  onTestFinished(() => rmSync(made, { recursive: true }))
  return made
}

it('keeps what was set and leaves no second file', () => {
  const at = folder()
  const file = join(at, 'settings.json')
  expect(createSettingsFile(file).get()).toEqual(defaultSettings)
  createSettingsFile(file).set({ language: 'en', theme: 'dark', zoom: 2 })
  expect(createSettingsFile(file).get()).toEqual({ language: 'en', theme: 'dark', zoom: 2 })
  expect(readdirSync(at)).toEqual(['settings.json'])
})

it('takes the defaults for content it did not write', () => {
  const file = join(folder(), 'settings.json')
  for (const foreign of ['', '{', '[]', '{"language":"fr","theme":"dark","zoom":1}', '{"language":"ja"}']) {
    writeFileSync(file, foreign)
    expect(createSettingsFile(file).get()).toEqual(defaultSettings)
  }
})
