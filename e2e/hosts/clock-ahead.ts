// A machine whose clock is ahead, as days later: libfaketime stands before the app's own calls for the time of day. Timers go on as
// ever, and the app itself knows of nothing.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const root = '/usr/lib'

/** What stands before the command, after the change of user: what the library shares belongs to whoever loads it first. */
export function clockAhead(hours: number): readonly string[] {
  const library = readdirSync(root).map((arch) => join(root, arch, 'faketime/libfaketime.so.1')).find((file) => existsSync(file))
  if (library === undefined) throw new Error('libfaketime is not installed')
  return ['env', `LD_PRELOAD=${library}`, `FAKETIME=+${hours}h`, 'FAKETIME_DONT_FAKE_MONOTONIC=1']
}
