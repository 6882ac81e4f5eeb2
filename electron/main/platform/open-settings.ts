// Opens one place of the system's own settings. The place comes from main's closed table, never from a page.
import { spawn } from 'node:child_process'
import { shell } from 'electron'
import type { SettingsPlace } from '../posture/settings.ts'

/** False when the system does not open it. */
export async function openSettingsPlace(place: SettingsPlace): Promise<boolean> {
  if (place.kind === 'address') return shell.openExternal(place.address).then(() => true, () => false)
  return new Promise((resolve) => {
    const child = spawn(place.program, place.args, { detached: true, stdio: 'ignore' })
    child.once('error', () => resolve(false))
    child.once('spawn', () => {
      child.unref()
      resolve(true)
    })
  })
}
