// PC-1 to PC-3: what a source said, or why it said nothing, and what follows from it. Nothing here throws, whatever the text is, and
// no text that is not exactly of the expected form is ever a pass.

import type { TrustClass } from '../statement.ts'
import type { PostureRules } from './rules.ts'

/** Why a source said nothing: not there, not allowed, too slow, too long, or it ended badly. */
export type Unread = 'absent' | 'denied' | 'late' | 'large' | 'failed'

/** Text of a file or of a program (its standard output, or what it said of errors where that is empty). */
export type Heard = string | { readonly unread: Unread }

/** What was heard of every source, by name. A source nobody asked is absent. */
export type Told = Readonly<Partial<Record<string, Heard>>>

export interface Finding {
  readonly verdict: 'pass' | 'fail' | 'unknown'
  /** A code of the catalogues; null where it passes. */
  readonly reason: string | null
  readonly trust: TrustClass
}

export interface Context {
  readonly rules: PostureRules
  /** Milliseconds since 1970 UTC. */
  readonly now: number
}

export type Judge = (told: Told, context: Context) => Finding

/** One check on one system: the sources it is judged by, in this order, and how. */
export interface Check {
  readonly sources: readonly string[]
  readonly judge: Judge
}

export const pass = (trust: TrustClass): Finding => ({ verdict: 'pass', reason: null, trust })
export const fail = (trust: TrustClass, reason: string): Finding => ({ verdict: 'fail', reason, trust })
export const unknown = (trust: TrustClass, reason: string): Finding => ({ verdict: 'unknown', reason, trust })

/** The text of a source, or null. */
export function textOf(told: Told, source: string): string | null {
  const heard = told[source]
  return typeof heard === 'string' ? heard : null
}

/** PC-2 unknown, with why the first of these sources that said nothing did not. */
export function unread(told: Told, trust: TrustClass, ...sources: readonly string[]): Finding {
  for (const source of sources) {
    const heard = told[source]
    if (typeof heard !== 'string') return unknown(trust, `source-${heard?.unread ?? 'absent'}`)
  }
  return unclear(trust)
}

/** PC-3 unknown: the source spoke, and not as it is known to speak (another language, a login page, noise). */
export const unclear = (trust: TrustClass): Finding => unknown(trust, 'source-unclear')

/** Judges the text of one source, or says why there is none. */
export function judgeText(told: Told, trust: TrustClass, source: string, judge: (text: string) => Finding): Finding {
  const text = textOf(told, source)
  return text === null ? unread(told, trust, source) : judge(text)
}

/** `name: value` lines with single-line values, the first of each name; null where the name is not there. */
export function lineValue(text: string, name: string): string | null {
  for (const line of text.split(/\r?\n/)) {
    const at = line.indexOf(':')
    if (at > 0 && line.slice(0, at).trim() === name) return line.slice(at + 1).trim()
  }
  return null
}

/** An object of JSON, or null. */
export function jsonObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : null
  } catch {
    return null
  }
}

/** Values by name of what `reg.exe query` lists: numbers of REG_DWORD, texts of REG_SZ; names in lower case, the first of each key. */
export function registryValues(text: string): ReadonlyMap<string, string | number> {
  const values = new Map<string, string | number>()
  let key = ''
  for (const line of text.split(/\r?\n/)) {
    if (/^HKEY_[A-Z_]+\\/.test(line)) key = line.trim().toLowerCase()
    const [, name = '', kind, value = ''] = /^ {4}(\S+) {4}(REG_DWORD|REG_SZ) {4}(.*)$/.exec(line) ?? []
    if (key === '' || name === '') continue
    const path = `${key}\\${name.toLowerCase()}`
    if (values.has(path)) continue
    if (kind === 'REG_SZ') values.set(path, value.trim())
    else if (/^0x[0-9a-f]{1,8}$/.test(value.trim())) values.set(path, Number.parseInt(value, 16))
  }
  return values
}

/** `1.2.3` against `1.2.4`: negative, zero or positive; null where one is no version. Missing parts are zero. */
export function compareVersions(a: string, b: string): number | null {
  const parts = [a, b].map((version) => (/^\d{1,6}(\.\d{1,6}){0,3}$/.test(version) ? version.split('.').map(Number) : null))
  const [left, right] = parts
  if (!left || !right) return null
  for (let at = 0; at < 4; at += 1) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
