// What 監査証跡 shows, made by the vault worker: every act that can be read here, who did it as what, on which device, in which state,
// under which rules, and whether it counts.

import type { AuditFilter, AuditGroup, AuditState, WantedGroup } from '@shared/archive/audit.ts'
import type { ProtectionLevel, System } from '@shared/posture/model.ts'

export type { AuditGroup, WantedGroup }

/** `words`: part of a title, a name, a reason; empty = all. */
export interface AuditQuery extends AuditFilter {
  readonly words: string
}

export interface AuditView {
  /** How much of the log was looked through: null = all of it. */
  readonly reading: { readonly done: number; readonly total: number } | null
  /** Administrators and records officers see everybody's acts, everybody else their own. */
  readonly scope: 'all' | 'own'
  readonly mayExport: boolean
  /** Acts that whoever sits here may see, and how many of them the query wants. */
  readonly total: number
  readonly matching: number
  /** The newest of them; not more than a screen can hold (`audit-view.ts`). */
  readonly rows: readonly AuditRow[]
  readonly people: readonly { readonly id: string; readonly name: string }[]
  readonly devices: readonly { readonly id: string; readonly people: readonly string[] }[]
}

export interface AuditRow {
  readonly id: string
  /** ISO 8601 UTC, by the clock of the log. */
  readonly at: string
  readonly personName: string
  /** As which it was done; null where it was as none, `unread` where that is sealed for whoever sits here. */
  readonly positionTitle: string | null | 'unread'
  /** Where it was done as none: titles of the positions that the person held on that day. */
  readonly held: readonly string[]
  readonly type: string
  readonly facts: Readonly<Record<string, string | number>>
  /** Title of the document or volume, or name of what an act of administration is about; empty where it is about the town, null where it cannot be read here. */
  readonly about: string | null
  /** Name of the collection; null for the town's own records. */
  readonly place: string | null
  /** `said`: what the device told of itself; null where it told nothing that can be read. */
  readonly device: { readonly id: string; readonly said: { readonly system: System; readonly level: ProtectionLevel } | null }
  readonly here: boolean
  readonly state: AuditState
  /** The rules in force: their title, the day they began, and the day of the last tightening; null where there were none. */
  readonly rule: { readonly id: string; readonly title: string; readonly from: string; readonly tightened: string | null } | null
  readonly counts: 'yes' | 'no' | 'waits' | 'unread'
  readonly why: readonly { readonly area: 'reason' | 'notice'; readonly code: string; readonly facts: Readonly<Record<string, string | number>> }[]
}
