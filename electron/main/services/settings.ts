// What a person set on this machine, kept as one small JSON file in the profile. Unreadable or foreign content means the
// defaults; it holds nothing secret and no rule of a town.
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import * as v from 'valibot'
import { defaultSettings, settingsShape, type Settings } from '@shared/ipc/contract/settings.ts'

export interface SettingsStore {
  readonly get: () => Settings
  /** Atomic: the old file stays until the new one is whole. */
  readonly set: (settings: Settings) => void
}

export function createSettingsFile(file: string): SettingsStore {
  let current = read(file)
  return {
    get: () => current,
    set(settings) {
      const next = `${file}.new`
      writeFileSync(next, JSON.stringify(settings), { mode: 0o600 })
      renameSync(next, file)
      current = settings
    },
  }
}

function read(file: string): Settings {
  try {
    return v.parse(settingsShape, JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    // No file yet, or one that we did not write: both mean that nothing was set.
    return defaultSettings
  }
}
