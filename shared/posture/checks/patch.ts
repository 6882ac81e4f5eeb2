// PC-13 os.patch: is the system one that its maker still mends, and was it mended lately?

import { compareVersions, type Context, fail, type Finding, judgeText, lineValue, pass, registryValues, textOf, type Told, unclear, unknown, unread } from './heard.ts'
import { daysMs, endOfDay } from './rules.ts'

/** `/etc/os-release`; `stamps`: `asked <ms>` for each time that updates were asked for, `reboot <ms>` since when a restart waits. */
export function linuxPatch(told: Told, { rules, now }: Context): Finding {
  const [release, stamps] = [textOf(told, 'os-release'), textOf(told, 'stamps')]
  if (release === null) return unread(told, 'self', 'os-release')
  const field = (name: string): string => new RegExp(`^${name}="?([^"\\n]*)"?$`, 'm').exec(release)?.[1]?.trim() ?? ''
  const [id, version] = [field('ID'), field('VERSION_ID')]
  if (!/^[a-z0-9._-]+$/.test(id)) return unclear('self')
  const known = rules.linux[`${id} ${version}`] ?? rules.linux[`${id} ${version.split('.')[0] ?? ''}`]
  if (!known) return unknown('self', 'patch-unlisted')
  if (now > endOfDay(known.until)) return fail('self', 'patch-unsupported')
  const reboots = stampsOf(stamps, 'reboot')
  if (reboots.some((since) => now - since > daysMs(rules.rebootDays))) return fail('self', 'patch-reboot')
  const asked = stampsOf(stamps, 'asked').filter((at) => at <= now + daysMs(1))
  if (asked.length === 0) return unknown('self', 'patch-never-asked')
  return now - Math.max(...asked) > daysMs(rules.patchDays) ? fail('self', 'patch-stale') : pass('self')
}

function stampsOf(text: string | null, name: string): readonly number[] {
  return (text ?? '').split('\n').flatMap((line) => {
    const at = new RegExp(`^${name} (\\d{12,14})$`).exec(line)?.[1]
    return at === undefined ? [] : [Number(at)]
  })
}

/** `reg query "HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion"`: build and revision (UBR). */
export function windowsPatch(told: Told, { rules, now }: Context): Finding {
  return judgeText(told, 'self', 'version', (text) => {
    const values = registryValues(text)
    const key = 'hkey_local_machine\\software\\microsoft\\windows nt\\currentversion\\'
    const [build, revision] = [values.get(`${key}currentbuild`), values.get(`${key}ubr`)]
    if (typeof build !== 'string' || !/^\d{5,6}$/.test(build) || typeof revision !== 'number') return unclear('self')
    const known = rules.windows[build]
    if (!known) return unknown('self', 'patch-unlisted')
    if (now > endOfDay(known.until)) return fail('self', 'patch-unsupported')
    return revision < known.revision ? fail('self', 'patch-behind') : pass('self')
  })
}

/** `sw_vers`. A rapid security response stands as `ProductVersionExtra` and comes on top of the version. */
export function macosPatch(told: Told, { rules, now }: Context): Finding {
  return judgeText(told, 'self', 'sw-vers', (text) => {
    const version = lineValue(text, 'ProductVersion') ?? ''
    if (!/^mac ?os( x)?$/i.test(lineValue(text, 'ProductName') ?? '') || !/^\d{2}\.\d+(\.\d+)?$/.test(version)) return unclear('self')
    const known = rules.macos[version.split('.')[0] ?? '']
    if (!known) return unknown('self', 'patch-unlisted')
    if (known.until !== null && now > endOfDay(known.until)) return fail('self', 'patch-unsupported')
    const against = compareVersions(version, known.version)
    return against === null ? unclear('self') : against < 0 ? fail('self', 'patch-behind') : pass('self')
  })
}
