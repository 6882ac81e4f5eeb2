// What the document screen makes of a view: which acts are offered, how a mark is named, what the history says. Pure.

import { wordsOf } from '@shared/document/act-words.ts'
import { namesInWords } from '../../services/machine-words.ts'
import type { ActView, DocumentView, HistoryEntry, MachineRow, StepView } from '../../services/view-models.ts'
import { formatDate, formatInstant } from '../../text/dates.ts'
import type { Text } from '../../text/translate.ts'

export type OfferedAct = Exclude<ActView['act'], 'submit' | 'abandon' | 'adopt'>

const order: readonly OfferedAct[] = ['post-review', 'confirm', 'approve', 'return', 'refuse', 'remark', 'number', 'file', 'withdraw', 'redraft', 'copy', 'export', 'print']

/** Acts that can be done now, the likeliest first; an act open on several steps comes once for each. */
export function offeredActs(view: DocumentView): readonly (ActView & { readonly act: OfferedAct })[] {
  return order.flatMap((name) => view.acts.filter((one): one is ActView & { readonly act: OfferedAct } => one.act === name && one.allowed))
}

/** Acts that cannot be done now and have reasons to say. */
export function refusedActs(view: DocumentView): readonly (ActView & { readonly act: OfferedAct })[] {
  return order.flatMap((name) => view.acts.filter((one): one is ActView & { readonly act: OfferedAct } => one.act === name && !one.allowed && one.reasons.length > 0))
}

export function needsComment(act: OfferedAct): boolean {
  return act === 'return' || act === 'refuse' || act === 'withdraw'
}

/** The name of a mark as it is read out: 決裁印 総務課長 佐藤 2026年4月1日. */
export function markName(text: Text, step: StepView): string {
  const name = step.actedByName ?? step.holderName
  const date = step.actedAt === null ? '' : markDate(step.actedAt)
  return text(step.actedAsTitle === null ? 'mark.name' : 'mark.proxyName', { kind: text.code('stepKind', step.kind), position: step.actedAsTitle ?? step.positionTitle, name: familyName(name), date: text.language === 'ja' ? date : step.actedAt === null ? '' : formatDate('en', step.actedAt) })
}

/** 2026年4月1日 of an ISO instant, in Japan. */
function markDate(instant: string): string {
  const at = Date.parse(instant)
  return Number.isNaN(at) ? '' : new Intl.DateTimeFormat('ja-JP', { year: 'numeric', month: 'long', day: 'numeric', timeZone: 'Asia/Tokyo' }).format(at)
}

/** The date on the mark itself, short as on a date stamp: 8. 4. 1 */
export function stampDate(instant: string): string {
  const at = Date.parse(instant)
  if (Number.isNaN(at)) return ''
  const parts = new Intl.DateTimeFormat('ja-JP-u-ca-japanese', { year: 'numeric', month: 'numeric', day: 'numeric', timeZone: 'Asia/Tokyo' }).formatToParts(at)
  return ['year', 'month', 'day'].map((type) => parts.find((part) => part.type === type)?.value ?? '').join('. ')
}

/** Names come as family and given name with a space between; marks bear the family name. */
export function familyName(name: string): string {
  return name.split(/[ \u3000]/)[0] ?? name
}

export function historyWords(text: Text, entry: HistoryEntry): { readonly what: string; readonly said: string; readonly who: string; readonly when: string } {
  const act = entry.unknown ? text('event.unknown', { code: entry.type }) : text.code('event', entry.type, entry.facts)
  const what = entry.hasEffect ? act : text('history.noEffect', { act })
  const who = entry.positionTitle === null ? entry.personName : text('history.who', { position: entry.positionTitle, name: entry.personName })
  const said = wordsOf(entry.facts)
  return { what, said, who, when: formatInstant(text.language, entry.at) }
}

interface Reach {
  /** Null: not asked yet. */
  readonly devices: readonly string[] | null
  /** Of this machine, on the storage; null while nobody knows. */
  readonly unsent: number | null
  readonly machines: readonly MachineRow[]
}

/** Whom what was done here has reached; null while there is nothing to say: nobody else is there, it is not known, or it is not sent. */
export function reachedWords(text: Text, { devices, unsent, machines }: Reach): string | null {
  if (devices === null || machines.length === 0) return null
  const reached = machines.filter(({ device }) => devices.includes(device))
  if (reached.length === 0) return unsent === 0 ? text('reach.notYet') : null
  const people = [...new Set(reached.flatMap((machine) => machine.people))]
  return text('reach.reached', { names: namesInWords(text, people) })
}
