// Turns a report into what is printed: stable JSON, or lines for people. Text from a package never reaches the terminal
// as control characters.

import type { Reason, Verdict } from '@shared/base/verdict.ts'
import type { ActDevice } from '@shared/archive/device-state.ts'
import type { Report } from '@shared/archive/report.ts'
import type { Language } from './arguments.ts'
import { jstDate } from '@shared/base/civil-date.ts'
import { deviceWords, toldWords } from '@shared/posture/device-words.ts'
import { formatWareki } from '@shared/base/wareki.ts'
import { sentenceOf, words } from './text.ts'

export interface Shown {
  readonly outcome: Verdict['outcome'] | 'error'
  readonly report: Report
}

interface ShownReason {
  readonly code: string
  readonly facts: Readonly<Record<string, string | number>>
  readonly text: string
}

function showReason({ code, facts = {} }: Reason, language: Language): ShownReason {
  return { code, facts, text: sentenceOf(code, facts, language) }
}

/** `{outcome, kind, reasons, signatures, decisions, notices}`; every reason as `{code, facts, text}`. */
export function toJson({ outcome, report }: Shown, language: Language): string {
  const reasons = (list: readonly Reason[]): readonly ShownReason[] => list.map((one) => showReason(one, language))
  const value = {
    outcome,
    kind: report.kind,
    reasons: reasons(report.verdict.reasons),
    signatures: report.signatures.map(({ verdict, ...rest }) => ({ ...rest, outcome: verdict.outcome, reasons: reasons(verdict.reasons) })),
    decisions: report.decisions.map(({ verdict, ...rest }) => ({ ...rest, outcome: verdict.outcome, reasons: reasons(verdict.reasons) })),
    notices: reasons(report.notices),
  }
  return `${JSON.stringify(value, null, 2)}\n`
}

export function toLines({ outcome, report }: Shown, language: Language): string {
  const say = (pair: readonly [string, string]): string => pair[language === 'ja' ? 0 : 1]
  const { heading } = words
  const kind = say(words.kind[report.kind])
  const lines = [`${say(words.outcome[outcome])}${kind === '' ? '' : language === 'ja' ? `（${kind}）` : ` (${kind})`}`]
  const list = (title: readonly [string, string], items: readonly string[]): void => {
    if (items.length > 0) lines.push('', `${say(title)}:`, ...items.map((item) => `  ${item}`))
  }
  const sentence = (reason: Reason): string => `- ${showReason(reason, language).text}`
  list(heading.notices, report.notices.map(sentence))
  list(heading.reasons, distinct(report.verdict.reasons.map(sentence)))
  list(
    heading.decisions,
    report.decisions.flatMap((d) => [`${say(words.outcome[d.verdict.outcome])}  ${say(heading.document)}${d.n} ${d.title}  ${say(words.act[d.act])}  ${d.position ?? ''} ${d.person}  ${timeOf(d.at, language)}`, ...(d.device ? [`    ${deviceLine(d.device, language)}`] : [])]),
  )
  list(
    heading.signatures,
    report.signatures.flatMap((s) => [`${say(words.outcome[s.verdict.outcome])}  ${s.path === '' ? s.field : s.path}  ${s.position ?? ''} ${s.signer ?? say(heading.unnamed)}  ${s.at === null ? '' : timeOf(s.at, language)}`, ...(report.kind === 'pdf' ? [s.reason, s.location].flatMap((one) => (one === null ? [] : [`    ${one}`])) : [])]),
  )
  return `${lines.map(printable).join('\n')}\n`
}

function deviceLine(device: ActDevice, language: Language): string {
  const said = device.state === 'sealed' ? `${deviceWords(language, device)}${language === 'ja' ? '。状態は示されていません' : '. Its state is not shown'}` : toldWords(language, device)
  return device.statement === null ? said : `${said}${language === 'ja' ? '（' : ' ('}${timeOf(device.statement.at, language)}${language === 'ja' ? '）' : ')'}`
}

/** After it Japan counts five-digit years. */
const lastInstant = Date.parse('9999-12-31T14:59:59Z')

/** Japan's time, as it stands in the register; what is no time stays as it was written. */
function timeOf(at: string, language: Language): string {
  const ms = Date.parse(at)
  if (Number.isNaN(ms) || ms < 0 || ms > lastInstant) return at
  const time = new Date(ms + 9 * 3_600_000).toISOString().slice(11, 16)
  return language === 'ja' ? `${formatWareki(jstDate(ms))} ${time}` : `${jstDate(ms)} ${time} (Japan)`
}

function distinct(lines: readonly string[]): readonly string[] {
  return [...new Set(lines)]
}

/** Control and direction-changing characters are shown as codes, so that no file name can repaint the terminal. */
export function printable(line: string): string {
  return line.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
