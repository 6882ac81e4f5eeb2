// PC-16 lock.screen: does a screen that nobody sits at ask for the password soon?

import { type Context, fail, type Finding, pass, registryValues, textOf, type Told, unclear, unknown, unread } from './heard.ts'
import type { TrustClass } from '../statement.ts'

/** The desktop of the session (`XDG_CURRENT_DESKTOP`) decides whose settings count: those of another one say nothing. */
export function linuxLock(told: Told, context: Context): Finding {
  const desktop = (textOf(told, 'desktop') ?? '').trim().toLowerCase().split(':')
  if (desktop.some((name) => ['gnome', 'unity', 'ubuntu', 'cinnamon', 'budgie'].includes(name))) return gnomeLock(told, context)
  if (desktop.includes('kde')) return kdeLock(told, context)
  return unknown('self', 'lock-desktop-unknown')
}

const keys = ['lock-enabled', 'lock-delay', 'idle-delay'] as const

/** `gsettings get` of three keys, and whether each is fixed under /etc/dconf/db (then only an administrator can change it). */
function gnomeLock(told: Told, { rules }: Context): Finding {
  const locks = (textOf(told, 'dconf-locks') ?? '').split('\n').map((line) => line.trim())
  const paths = ['/org/gnome/desktop/screensaver/lock-enabled', '/org/gnome/desktop/screensaver/lock-delay', '/org/gnome/desktop/session/idle-delay']
  const trust: TrustClass = paths.every((path) => locks.includes(path)) ? 'owned' : 'self'
  const [enabled, delay, idle] = keys.map((key) => textOf(told, key)?.trim() ?? null)
  if (enabled == null || delay == null || idle == null) return unread(told, trust, ...keys)
  if (enabled === 'false') return fail(trust, 'lock-off')
  const seconds = [delay, idle].map((text) => /^uint32 (\d{1,7})$/.exec(text)?.[1]).map(Number)
  const [after, before] = seconds
  if (enabled !== 'true' || after === undefined || before === undefined || Number.isNaN(after) || Number.isNaN(before)) return unclear(trust)
  return judgeTimes(trust, before, after, rules)
}

/** Nothing before the dark screen (zero) is never. */
function judgeTimes(trust: TrustClass, idleSeconds: number, delaySeconds: number, rules: Context['rules']): Finding {
  if (idleSeconds === 0) return fail(trust, 'lock-never')
  if (delaySeconds > rules.lockDelaySeconds) return fail(trust, 'lock-delay')
  return idleSeconds > rules.lockMinutes * 60 ? fail(trust, 'lock-late') : pass(trust)
}

/** `[Daemon]` of kscreenlockerrc: Autolock (true), Timeout in minutes (5), LockGrace in seconds (5); `[$i]` in the system's file fixes. */
function kdeLock(told: Told, { rules }: Context): Finding {
  const [own, system] = [textOf(told, 'kde'), textOf(told, 'kde-system')]
  if (own === null && system === null) return unread(told, 'self', 'kde')
  const fixed = system !== null && /^\[(\$i)\]|^\[Daemon\]\[\$i\]/m.test(system)
  const text = fixed ? system : `${own ?? ''}\n`
  if (!/^\[[^\]\n]+\]/m.test(text)) return unclear('self')
  const trust: TrustClass = fixed ? 'owned' : 'self'
  const value = (name: string, otherwise: string): string => new RegExp(`^${name}=(\\S*)\\s*$`, 'm').exec(daemonPart(text))?.[1] ?? otherwise
  if (value('Autolock', 'true') === 'false') return fail(trust, 'lock-never')
  const [minutes, grace] = [value('Timeout', '5'), value('LockGrace', '5')].map((number) => (/^\d{1,6}$/.test(number) ? Number(number) : null))
  if (value('Autolock', 'true') !== 'true' || minutes == null || grace == null) return unclear(trust)
  return judgeTimes(trust, minutes * 60, grace, rules)
}

const daemonPart = (text: string): string => /^\[Daemon\](?:\[\$i\])?\n([^[]*)/m.exec(text)?.[1] ?? ''

/** The machine's limit (InactivityTimeoutSecs), otherwise the screen saver's keys: first those of the policy, then the person's own. */
export function windowsLock(told: Told, { rules }: Context): Finding {
  const machine = registryValues(textOf(told, 'inactivity') ?? '').get('hkey_local_machine\\software\\microsoft\\windows\\currentversion\\policies\\system\\inactivitytimeoutsecs')
  if (typeof machine === 'number' && machine > 0) return machine > rules.lockMinutes * 60 ? fail('owned', 'lock-late') : pass('owned')
  const policy = saver(textOf(told, 'saver-policy'), 'hkey_current_user\\software\\policies\\microsoft\\windows\\control panel\\desktop\\')
  if (policy) return judgeSaver('owned', policy, rules)
  const own = saver(textOf(told, 'saver'), 'hkey_current_user\\control panel\\desktop\\')
  return own ? judgeSaver('self', own, rules) : unread(told, 'self', 'saver')
}

interface Saver {
  readonly active: string | number | undefined
  readonly secure: string | number | undefined
  readonly seconds: string | number | undefined
}

function saver(text: string | null, key: string): Saver | null {
  const values = registryValues(text ?? '')
  const [active, secure, seconds] = ['screensaveactive', 'screensaverissecure', 'screensavetimeout'].map((name) => values.get(`${key}${name}`))
  return active === undefined && secure === undefined && seconds === undefined ? null : { active, secure, seconds }
}

function judgeSaver(trust: TrustClass, { active, secure, seconds }: Saver, rules: Context['rules']): Finding {
  if (active === '0') return fail(trust, 'lock-never')
  if (secure === '0' || (secure === undefined && active === '1')) return fail(trust, 'lock-off')
  if (active !== '1' || secure !== '1' || typeof seconds !== 'string' || !/^\d{1,7}$/.test(seconds)) return unclear(trust)
  return judgeTimes(trust, Number(seconds), 0, rules)
}

/** Managed `com.apple.screensaver` as JSON, otherwise `sysadminctl -screenLock status` with the person's own idle time. */
export function macosLock(told: Told, { rules }: Context): Finding {
  const managed = textOf(told, 'saver-managed')
  const field = (name: string): number | null => {
    const value = new RegExp(`"${name}"\\s*:\\s*(true|false|\\d{1,7})\\b`).exec(managed ?? '')?.[1]
    return value === undefined ? null : value === 'true' ? 1 : value === 'false' ? 0 : Number(value)
  }
  const [ask, delay, idle] = [field('askForPassword'), field('askForPasswordDelay'), field('idleTime')]
  if (ask !== null && delay !== null && idle !== null) return ask === 0 ? fail('owned', 'lock-off') : judgeTimes('owned', idle, delay, rules)
  const [status, own] = [textOf(told, 'screen-lock'), textOf(told, 'saver')]
  if (status === null || own === null) return unread(told, 'self', 'screen-lock', 'saver')
  if (/screenLock is off\s*$/.test(status)) return fail('self', 'lock-off')
  const after = /screenLock delay is (immediate|\d{1,7} seconds)\s*$/.exec(status)?.[1]
  if (after === undefined || !/^\d{1,7}\s*$/.test(own)) return unclear('self')
  return judgeTimes('self', Number(own), after === 'immediate' ? 0 : Number.parseInt(after, 10), rules)
}
