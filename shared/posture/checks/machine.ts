// PC-12, PC-18, PC-20 to PC-22: what is the same on every system. tpm.key, idp.context, app.intact, clock, store.health. Their sources are
// composed by main as `name=value` lines.

import { compareVersions, type Context, fail, type Finding, judgeText, pass, type Told, unclear, unknown } from './heard.ts'

/** `key`: `software`, `works` where the device's key signed just now inside its hardware, or why it did not. */
export function hardwareKey(told: Told): Finding {
  return judgeText(told, 'self', 'key', (text) => {
    const said = valuesOf(text).get('key')
    if (said === 'works') return pass('hardware')
    if (said === 'software') return unknown('self', 'key-not-hardware')
    if (said === 'none') return unknown('self', 'key-none')
    return keyFaults.get(said ?? '') ?? unclear('self')
  })
}

const keyFaults: ReadonlyMap<string, Finding> = new Map([
  ['module', fail('self', 'key-module')],
  ['silent', fail('self', 'key-silent')],
  ['token', fail('self', 'key-token')],
  ['pin', fail('self', 'key-pin')],
  ['key', fail('self', 'key-gone')],
])

/** `at`: when the provider last vouched, milliseconds; `contexts`: which authentication contexts it found satisfied, each encoded as in an
 * address, with commas. Empty without a sign-in that holds. Only what the town's rules name is looked for. */
export function signInContext(told: Told, { rules, now }: Context): Finding {
  return judgeText(told, 'vouched', 'token', (text) => {
    if (text === '') return unknown('vouched', 'token-absent')
    const [at, contexts] = [valuesOf(text).get('at') ?? '', valuesOf(text).get('contexts')?.split(',')]
    if (!/^\d{1,15}$/.test(at) || !contexts) return unclear('vouched')
    if (rules.contexts.length === 0) return unknown('vouched', 'context-unasked')
    if (rules.contexts.some((one) => !contexts.includes(encodeURIComponent(one)))) return fail('vouched', 'context-missing')
    return now - Number(at) > rules.tokenHours * 3_600_000 ? unknown('vouched', 'token-old') : pass('vouched')
  })
}

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
    if (!['packaged', 'writable', 'debugged'].every((name) => /^(yes|no)$/.test(said(name))) || !/^(yes|no|unlisted)$/.test(said('unchanged'))) return unclear('self')
    if (said('unchanged') === 'no') return fail('self', 'app-changed')
    if (said('debugged') === 'yes') return fail('self', 'app-debugged')
    if (said('packaged') === 'no') return fail('self', 'app-unpackaged')
    if (said('writable') === 'yes') return fail('self', 'app-writable')
    if (!/^[01r]{8,16}$/.test(said('fuses'))) return unknown('self', 'app-fuses-unread')
    if (fuses.some(([at, state]) => said('fuses')[at] !== state)) return fail('self', 'app-fuses')
    if (said('unchanged') === 'unlisted') return unknown('self', 'app-unlisted')
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
