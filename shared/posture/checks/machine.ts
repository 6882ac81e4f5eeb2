// PC-12, PC-18, PC-20 to PC-22: what is the same on every system. tpm.key, idp.context, app.intact, clock, store.health. Their sources are
// composed by main as `name=value` lines.

import { compareVersions, type Context, fail, type Finding, judgeText, pass, type Told, unclear, unknown } from './heard.ts'

/** Nobody uses a key in hardware yet. */
export const hardwareKey = (): Finding => unknown('self', 'key-not-hardware')

/** Filled from the sign-in token, where there is one. */
export const signInContext = (): Finding => unknown('vouched', 'token-absent')

function valuesOf(text: string): ReadonlyMap<string, string> {
  return new Map(text.split('\n').flatMap((line) => {
    const match = /^([a-z-]+)=([\x21-\x7e]*)$/.exec(line)
    return match ? [[match[1] ?? '', match[2] ?? ''] as const] : []
  }))
}

/** The wire of fuses as `@electron/fuses` numbers them: 0 RunAsNode, 2 NodeOptions, 3 inspect arguments, 5 only from the archive, 7 more for files. */
const fuses: readonly (readonly [number, string])[] = [[0, '0'], [2, '0'], [3, '0'], [5, '1'], [7, '0']]

/** What somebody else could have changed or opened comes first. */
export function appIntact(told: Told, { rules }: Context): Finding {
  return judgeText(told, 'self', 'app', (text) => {
    const app = valuesOf(text)
    const said = (name: string): string => app.get(name) ?? ''
    if (!['packaged', 'writable', 'debugged'].every((name) => /^(yes|no)$/.test(said(name)))) return unclear('self')
    if (said('debugged') === 'yes') return fail('self', 'app-debugged')
    if (said('packaged') === 'no') return fail('self', 'app-unpackaged')
    if (said('writable') === 'yes') return fail('self', 'app-writable')
    if (!/^[01r]{8,16}$/.test(said('fuses'))) return unknown('self', 'app-fuses-unread')
    if (fuses.some(([at, state]) => said('fuses')[at] !== state)) return fail('self', 'app-fuses')
    const [version, electron] = [compareVersions(said('version'), rules.minimumVersion), electronAge(said('electron'), rules.electron)]
    if (version === null || electron === null) return unclear('self')
    return version < 0 ? fail('self', 'app-old') : electron < 0 ? fail('self', 'app-runtime-old') : pass('self')
  })
}

/** Negative: too old. A major beyond those listed began after the flaw was mended. */
function electronAge(version: string, first: Readonly<Record<string, string>>): number | null {
  const major = Number(/^(\d{1,4})\.\d+\.\d+$/.exec(version)?.[1] ?? Number.NaN)
  const majors = Object.keys(first).map(Number)
  if (Number.isNaN(major) || majors.length === 0) return null
  const listed = first[String(major)]
  return listed === undefined ? (major > Math.max(...majors) ? 0 : -1) : compareVersions(version, listed)
}

/** `skew-ms`: how far this clock is ahead of what others said; no line where nobody said anything. */
export function clockRight(told: Told, { rules }: Context): Finding {
  return judgeText(told, 'self', 'clock', (text) => {
    if (text.trim() === '') return unknown('self', 'clock-nothing-heard')
    const skew = valuesOf(text).get('skew-ms') ?? ''
    if (!/^-?\d{1,15}$/.test(skew)) return unclear('self')
    return Math.abs(Number(skew)) > rules.clockMinutes * 60_000 ? fail('self', 'clock-off') : pass('self')
  })
}

/** `free-bytes` on the disk of the records. */
export function storeHealthy(told: Told, { rules }: Context): Finding {
  return judgeText(told, 'self', 'store', (text) => {
    const free = valuesOf(text).get('free-bytes') ?? ''
    if (!/^\d{1,18}$/.test(free)) return unclear('self')
    return Number(free) < rules.freeBytes ? fail('self', 'store-full') : pass('self')
  })
}
