// A browser that only notes where it was sent. Electron asks `xdg-open`, which it finds on the PATH (freedesktop.org, xdg-utils), so the app
// itself needs no way to be told to open anything elsewhere.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Account } from './account.ts'

export interface NotedBrowser {
  readonly env: Readonly<Record<string, string>>
  /** Every address so far. */
  opened(): readonly string[]
}

export function noteBrowser({ env, profile }: Account): NotedBrowser {
  const folder = `${profile}-browser`
  const notes = join(env['HOME'] ?? '', 'opened-addresses')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'xdg-open'), `#!/bin/sh\nprintf '%s\\n' "$1" >> '${notes}'\n`)
  chmodSync(join(folder, 'xdg-open'), 0o755)
  return {
    env: { PATH: `${folder}:${env['PATH'] ?? ''}` },
    opened: () => (existsSync(notes) ? readFileSync(notes, 'utf8').split('\n').filter((line) => line !== '') : []),
  }
}
