// 監査証跡: what counts as one act of an audit, in which group people look for it, and which acts a filter wants. The same on the screen,
// in what is exported and where that is verified. It reads types and signed facts only; words belong to whoever shows them.

import type { CheckId } from '../posture/model.ts'
import type { SaidState } from './device-state.ts'

/** AR-72 a session that wrote something: somebody freed the keys of a seat with the PIN. No event says so; its certificate does. */
export const unlockType = 'session.open'

export const auditGroups = ['unlock', 'view', 'draft', 'typing', 'decide', 'file', 'number', 'export', 'admin', 'own', 'machine', 'other'] as const
export type AuditGroup = (typeof auditGroups)[number]

const exact: Readonly<Record<string, AuditGroup>> = {
  [unlockType]: 'unlock',
  'session.unlock': 'unlock',
  'session.lock': 'unlock',
  'document.open': 'view',
  'document.print': 'export',
  'document.export': 'export',
  'review.report': 'export',
  'audit.report': 'export',
  'document.submit': 'draft',
  'document.withdraw': 'draft',
  'document.rekey': 'admin',
  'document.witness': 'machine',
  'draft.body': 'typing',
  'draft.cover': 'typing',
  'epoch.new': 'machine',
  'authority.current': 'machine',
  'idp.key': 'machine',
  'identity.claim': 'own',
  'device-rules.acknowledge': 'own',
  'brake.lift': 'own',
  'rendition.append': 'decide',
  'document.post-review': 'decide',
}
const byNoun: Readonly<Record<string, AuditGroup>> = { draft: 'draft', decision: 'decide', record: 'file', volume: 'file', number: 'number', session: 'own' }

/** `inZero`: an act of collection zero. What is of no noun known here is an act of administration there and `other` elsewhere. */
export function auditGroupOf(type: string, inZero: boolean): AuditGroup {
  if (Object.hasOwn(exact, type)) return exact[type] as AuditGroup
  const noun = type.slice(0, Math.max(0, type.indexOf('.')))
  return Object.hasOwn(byNoun, noun) ? (byNoun[noun] as AuditGroup) : inZero ? 'admin' : 'other'
}

/** `usual`: all but single strokes of typing and what machines write by themselves. */
export type WantedGroup = AuditGroup | 'usual' | 'all'

export interface AuditFilter {
  /** Ids; null = anybody, any device. */
  readonly person: string | null
  readonly device: string | null
  readonly group: WantedGroup
  /** ISO civil dates in Japan, both included; null = open. */
  readonly from: string | null
  readonly to: string | null
}

/** What a filter asks of an act; all of it is signed. */
export interface AuditFacts {
  readonly type: string
  readonly inZero: boolean
  readonly person: string
  readonly device: string
  /** Milliseconds since 1970 UTC, by the clock of the log. */
  readonly at: number
}

const dayMs = 24 * 60 * 60 * 1000

export function isWanted(filter: AuditFilter): (act: AuditFacts) => boolean {
  const { person, device, group } = filter
  const from = filter.from === null ? -Infinity : Date.parse(`${filter.from}T00:00:00+09:00`)
  const until = filter.to === null ? Infinity : Date.parse(`${filter.to}T00:00:00+09:00`) + dayMs
  const inGroup = (own: AuditGroup): boolean => group === 'all' || (group === 'usual' ? own !== 'typing' && own !== 'machine' : own === group)
  return (act) => act.at >= from && act.at < until && (person === null || act.person === person) && (device === null || act.device === device) && inGroup(auditGroupOf(act.type, act.inZero))
}

/** Newest first; what is of the same moment by its name, so that every replica lists alike. */
export function compareAudited(a: { readonly at: number; readonly n: number; readonly id: string }, b: { readonly at: number; readonly n: number; readonly id: string }): number {
  return b.at - a.at || b.n - a.n || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0)
}

/** What a device said of itself, in short: `bad` and `unsure` name the checks. */
export interface AuditState {
  readonly kind: 'good' | 'bad' | 'unsure' | 'untold' | 'sealed'
  readonly bad: readonly CheckId[]
  readonly unsure: readonly CheckId[]
}

export function auditStateOf(said: SaidState): AuditState {
  if (said.kind !== 'told') return { kind: said.kind, bad: [], unsure: [] }
  const of = (verdict: 'fail' | 'unknown'): readonly CheckId[] => said.statement.checks.filter((check) => check.verdict === verdict).map(({ id }) => id).sort()
  const [bad, unsure] = [of('fail'), of('unknown')]
  return { kind: bad.length > 0 ? 'bad' : unsure.length > 0 ? 'unsure' : 'good', bad, unsure }
}
