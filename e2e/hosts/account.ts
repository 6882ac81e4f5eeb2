// A throw-away account for one profile: own home, own XDG folders, own temporary folder, and the user id the app runs as.
// Root never runs the app itself: the real sandbox needs an ordinary user.
import { chmodSync, chownSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'

const nobody = 65_534

export interface Account {
  /** Given to the app as `--user-data-dir`. */
  readonly profile: string
  /** A folder of its own for what the app exports. */
  readonly exports: string
  readonly env: Readonly<Record<string, string>>
  /** Words to put before a command so that it runs as this account. */
  readonly become: readonly string[]
  remove(): void
}

/** A new account, or with `profile` the one it was made with (a profile copied elsewhere gets a home beside it). */
export function openAccount(profile: string | undefined, uid: 'nobody' | 'self'): Account {
  const asNobody = uid === 'nobody' && process.getuid?.() === 0
  const folder = profile === undefined ? newFolder() : dirname(profile)
  const name = profile === undefined ? 'profile' : basename(profile)
  const inside = (part: string) => join(folder, `${name}-${part}`)
  const own = (path: string) => {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    if (asNobody) chownSync(path, nobody, nobody)
    return path
  }
  const home = own(inside('home'))
  own(join(home, '.local'))
  own(join(home, '.local/share'))
  const env: Record<string, string> = {
    PATH: process.env['PATH'] ?? '/usr/bin:/bin',
    HOME: home,
    USER: asNobody ? 'nobody' : (process.env['USER'] ?? 'tester'),
    XDG_CONFIG_HOME: own(join(home, '.config')),
    XDG_CACHE_HOME: own(join(home, '.cache')),
    XDG_DATA_HOME: join(home, '.local/share'),
    XDG_RUNTIME_DIR: own(inside('run')),
    TMPDIR: own(inside('tmp')),
    TZ: 'Asia/Tokyo',
    // A bus that is not there: otherwise the library would start one of its own and leave it behind.
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${inside('run')}/no-bus`,
    ...displayEnv(home, asNobody),
  }
  own(join(folder, name))
  const become = asNobody ? ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', '--inh-caps=-all', '--'] : []
  return { profile: join(folder, name), exports: own(inside('exports')), env, become, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) }
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fumibako-e2e-'))
  chmodSync(folder, 0o755)
  return folder
}

/** The display's cookie is handed over as a copy, because the account cannot read ours. */
function displayEnv(home: string, asNobody: boolean): Record<string, string> {
  const display = process.env['DISPLAY']
  if (!display) throw new Error('no DISPLAY: use npm test, npm run demo or npm run screens, which bring one')
  const cookie = process.env['XAUTHORITY']
  if (!cookie || !existsSync(cookie)) return { DISPLAY: display }
  const copy = join(home, '.Xauthority')
  copyFileSync(cookie, copy)
  chmodSync(copy, 0o600)
  if (asNobody) chownSync(copy, nobody, nobody)
  return { DISPLAY: display, XAUTHORITY: copy }
}
