// What the screens see: plain values made by the vault worker from opened documents. Screens never see keys, tables or events.
// Dates are ISO civil dates, instants ISO UTC; screens show them in 和暦 through the catalogues.

import type { ActDevice } from '@shared/archive/device-state.ts'
import type { FormDefinition } from '@shared/authority/model.ts'
import type { SharingView } from './sharing-models.ts'
import type { Lease } from '@shared/posture/lease.ts'
import type { Stage } from '@shared/document/state.ts'

export type { Stage }

export interface DocumentSummary {
  readonly id: string
  /** Exact title as typed; empty while nothing is typed. */
  readonly title: string
  readonly formCode: string
  readonly collection: string
  readonly collectionName: string
  readonly stage: Stage
  readonly drafterName: string
  readonly drafterPosition: string
  readonly draftedOn: string
  readonly updatedAt: string
  /** Whose turn it is, for lists: position titles and people of the open steps. */
  readonly waitingFor: readonly string[]
  readonly decisionClass: string | null
  readonly urgent: boolean
  readonly provisionalNumber: string
  /** The official number as it is written; null while there is none. */
  readonly number: string | null
  /** Decided, goes out, and waits for its number. */
  readonly awaitsNumber: boolean
  readonly attachmentCount: number
  /** The worst of its approvals that no other seat has received: 確認待ち or 保留. */
  readonly receipt: 'waiting' | 'held' | null
  /** The viewer approved it and has to put the mark on again (押印待ち). */
  readonly awaitsMark: boolean
  /** While it is being written: other people who wrote on it, and whether that was apart from here (what each wrote was put together). */
  readonly alsoBy: readonly string[]
  readonly mergedHere: boolean
  /** The volume it is filed in, when it is. */
  readonly volumeTitle: string | null
}

export interface Desk {
  /** False while the journal is still being taken in: an empty tray may fill. */
  readonly complete: boolean
  readonly myTurn: readonly DocumentSummary[]
  readonly drafting: readonly DocumentSummary[]
  readonly returned: readonly DocumentSummary[]
  readonly waiting: readonly DocumentSummary[]
  readonly toFile: readonly DocumentSummary[]
  /** Drafts of people who have no seat any more, for whoever may take them over. */
  readonly leftBehind: readonly DocumentSummary[]
  /** Documents that were given alone, of collections that whoever sits here does not read. */
  readonly given: readonly DocumentSummary[]
  readonly recent: readonly DocumentSummary[]
}

/** Whose summaries stand in lists for records that have not been taken in yet. */
export interface SummarySource {
  /** Names of who wrote them. */
  readonly by: readonly string[]
  /** When the oldest was written (ISO UTC). */
  readonly at: string
  /** Records of those that they cover that were taken in, of how many. */
  readonly taken: number
  readonly total: number
}

export interface CoverValue {
  readonly field: string
  /** More than one value = people typed different values offline; submit waits until one is chosen. */
  readonly values: readonly (string | boolean | number | readonly string[])[]
  /** Where values differ: for each, who entered it and when (ISO UTC); otherwise empty. */
  readonly by: readonly { readonly names: readonly string[]; readonly at: string }[]
}

/** Somebody who wrote on the same draft at another computer without knowing of what was written here. */
export interface WriterApart {
  readonly name: string
  /** The same person, at another computer. */
  readonly isSelf: boolean
  readonly at: string
}

export interface StepView {
  readonly id: string
  readonly kind: 'line' | 'concurrence' | 'decide'
  readonly positionTitle: string
  readonly holderName: string
  readonly status: 'waiting' | 'open' | 'approved' | 'passed' | 'returned' | 'refused' | 'needs-review'
  /** When it was decided; what was confirmed since, on the first day (DC-13). */
  readonly actedAt: string | null
  /** When an approval that had been held was confirmed; null where there was nothing to confirm. */
  readonly confirmedAt: string | null
  readonly actedByName: string | null
  /** Whoever is asked is away until then (ISO civil date); who decides meanwhile, null = nobody. */
  readonly away: { readonly to: string; readonly actingTitle: string | null } | null
  /** The position that decided in this one's place (代決); null where it did so itself, or nobody has. */
  readonly actedAsTitle: string | null
  /** 後閲: who was away and has read it since, and when. */
  readonly postReview: { readonly name: string; readonly at: string } | null
  readonly comment: string | null
  /** A signed mark that a colleague's branch overtook and that must be appended again (押印待ち). */
  readonly markPending: boolean
  /** 確認待ち or 保留: no other seat has received the approval; who gave it, when, and until when it is waited for (ISO UTC). */
  readonly receipt: { readonly kind: 'waiting' | 'held'; readonly name: string; readonly at: string; readonly until: string } | null
}

export interface AttachmentView {
  readonly id: string
  readonly name: string
  readonly mediaType: string
  readonly size: number
  readonly sha256: string
}

export interface Notice {
  readonly code: string
  readonly facts: Readonly<Record<string, string | number>>
}

/** An act the person may do now, or may not with the reasons in words. */
export interface ActView {
  readonly act: 'submit' | 'approve' | 'return' | 'refuse' | 'withdraw' | 'file' | 'redraft' | 'abandon' | 'adopt' | 'export' | 'remark' | 'confirm' | 'number' | 'copy' | 'print' | 'post-review'
  readonly allowed: boolean
  readonly reasons: readonly Notice[]
  /** Positions the person could act as; when more than one, the screen asks 「どの職として」. */
  readonly positions: readonly { readonly id: string; readonly title: string }[]
  readonly step: string | null
  /** Decided in the place of whoever is away (代決): of which position, and whether it has to be said why it cannot wait. */
  readonly inPlaceOf?: { readonly title: string; readonly urgency: boolean }
  /** Titles of the positions that are away and are passed over (後閲). */
  readonly aheadOf?: readonly string[]
}

export interface HistoryEntry {
  readonly id: string
  readonly at: string
  readonly personName: string
  readonly positionTitle: string | null
  readonly type: string
  readonly facts: Readonly<Record<string, string | number>>
  /** The type is not known to this version: kept and shown as such. */
  readonly unknown: boolean
  /** False: it came after its seat was taken away and changed nothing. */
  readonly hasEffect: boolean
}

/** PO-40 how long one kind of act can still be done without a connection. */
export type LeaseRow = Lease

/** AR-62 one act, on which device and in which state it was done. */
export interface ActStateRow {
  readonly id: string
  readonly type: string
  readonly personName: string
  readonly positionTitle: string | null
  readonly at: string
  /** Of what was sent for approval: which version. */
  readonly revision: number | null
  /** On the device that shows it. */
  readonly here: boolean
  readonly device: ActDevice
}

export interface MissingField {
  readonly field: string
  readonly ja: string
  readonly en: string
}

export interface DocumentView {
  readonly summary: DocumentSummary
  /** What this seat did to it last, by the name under which it is asked whom it has reached; null where it did nothing. */
  readonly ownRecord: string | null
  readonly form: FormDefinition
  readonly cover: readonly CoverValue[]
  readonly missing: readonly MissingField[]
  readonly attachments: readonly AttachmentView[]
  readonly steps: readonly StepView[]
  readonly acts: readonly ActView[]
  readonly history: readonly HistoryEntry[]
  /** May this person write on it as it stands? A colleague's draft is written on by whoever may write there; the drafter sends it on its way. */
  readonly mayWrite: boolean
  /** While it is being written: with whose work what was written here was put together. */
  readonly together: readonly WriterApart[]
  /** Changes of the text that came from elsewhere: the text on the screen is taken anew when it grows. */
  readonly textsFromElsewhere: number
  /** 競合記録 and other things a person must know. */
  readonly conflicts: readonly Notice[]
  /** Code of the class the route follows, or would follow as the cover stands. */
  readonly decisionClass: string
  /** The flags that raised that class above the chosen one, if any did. */
  readonly forcedBy: readonly string[]
  readonly senderLine: string
  readonly revision: number | null
  readonly frozenSha256: string | null
  readonly predecessor: { readonly id: string; readonly title: string } | null
  readonly successors: readonly { readonly id: string; readonly title: string }[]
  /** Signature rung in words: none, 時刻未認証 … */
  readonly rung: 'none' | 'untimed' | 'timed' | 'long-term'
  readonly hasPages: boolean
  /** May this person give it a new key? And which it was given, the first one first; `at`: ISO 8601. */
  /** Who may see it. */
  readonly sharing: SharingView
  readonly keys: { readonly may: boolean; readonly given: readonly { readonly event: string; readonly name: string; readonly at: string; readonly reason: string }[] }
}

export interface VolumeView {
  readonly id: string
  readonly code: string
  readonly classification: string
  readonly title: string
  readonly fiscalYear: number
  readonly retentionLabel: string
  readonly retentionStart: string | null
  readonly retentionEnd: string | null
  readonly disposition: string
  readonly location: string
  readonly medium: string
  readonly managerTitle: string
  readonly originalManagerTitle: string
  readonly closed: boolean
  /** May this person take it out? */
  readonly mayExport: boolean
  readonly documents: readonly DocumentSummary[]
}

/** 書庫: the tree of classification nodes with the volumes under them. */
export interface CabinetNode {
  readonly code: string
  readonly label: string
  readonly level: 1 | 2 | 3
  readonly children: readonly CabinetNode[]
  readonly volumes: readonly VolumeView[]
}

export interface RegisterRow {
  readonly classification: string
  readonly title: string
  readonly retentionPeriod: string
  readonly retentionEnd: string
  readonly disposition: string
  readonly location: string
  readonly creationFiscalYear: string
  readonly originalManager: string
  readonly retentionStart: string
  readonly medium: string
  readonly currentManager: string
  /** Official numbers of its documents; in the CSV of an export, not among the eleven columns. */
  readonly documentNumbers: string
}

/** One number of a series: its document, or why it has none. */
export interface NumberRow {
  readonly key: string
  readonly period: number
  readonly n: number
  /** As it is written. */
  readonly number: string
  readonly kind: 'given' | 'void' | 'spare' | 'revoked' | 'block' | 'gap'
  /** Null when there is none (`hasDocument` says so), or none that can be read here. */
  readonly doc: string | null
  readonly hasDocument: boolean
  readonly title: string
  readonly reason: string
  /** Who has taken it along and not used it. */
  readonly holder: string
  readonly by: string
  readonly at: string
  readonly mayVoid: boolean
}

/** Numbers that a seat took along. */
export interface NumberBlockView {
  readonly id: string
  readonly period: number
  readonly first: string
  readonly last: string
  readonly holder: string
  readonly isMine: boolean
  readonly free: number
  readonly mayReturn: boolean
}

/** 文書番号簿: one series. */
export interface NumberTakeoverView {
  readonly id: string
  readonly proposer: string
  readonly seat: string
  readonly reason: string
  readonly at: string
  readonly mayAgree: boolean
  /** One's own: it can be taken back. */
  readonly mayWithdraw: boolean
}

export interface NumberAskView {
  readonly id: string
  readonly name: string
  /** This seat's own: it can be taken back. */
  readonly isMe: boolean
  readonly size: number
}

export interface NumberSeriesView {
  readonly id: string
  readonly symbol: string
  /** Null = the whole town's. */
  readonly sectionName: string | null
  readonly period: number
  /** The next number, as it would be written. */
  readonly next: string
  readonly blockSize: number
  readonly registrar: { readonly name: string; readonly isMe: boolean; readonly kind: 'first' | 'transfer' | 'takeover'; readonly at: string; readonly reason: string } | null
  readonly may: { readonly keep: boolean; readonly begin: boolean; readonly handOver: boolean; readonly takeOver: boolean; readonly ask: boolean }
  /** Proposals that another administrator has not agreed to yet. */
  readonly takeovers: readonly NumberTakeoverView[]
  /** Who waits for numbers to take along. */
  readonly asks: readonly NumberAskView[]
  readonly seats: readonly { readonly id: string; readonly name: string; readonly isMe: boolean; readonly keeps: boolean }[]
  /** Documents that wait for a number of it, of those that can be read here. */
  readonly waiting: number
  readonly blocks: readonly NumberBlockView[]
  /** Newest period and highest number first. */
  readonly rows: readonly NumberRow[]
  /** A number that two documents met at: the one keeps it, the other waits for a new one. */
  readonly collisions: readonly { readonly number: string; readonly kept: string; readonly lost: string }[]
}

export interface SearchHit {
  readonly document: DocumentSummary
  readonly where: 'title' | 'body'
  readonly excerpt: string
}

export interface JobState {
  readonly id: string
  readonly done: number
  readonly total: number
  readonly phase: string
}

/** Another machine of the town, by the people who have a seat there. */
export interface MachineRow {
  readonly device: string
  readonly people: readonly string[]
}

export interface TownView {
  readonly workspaceKind: 'practice' | 'real'
  /** 試行: one administrator decides alone, for nobody else could. */
  readonly trial: boolean
  readonly townName: string
  readonly machines: readonly MachineRow[]
  readonly me: { readonly person: string; readonly name: string; readonly positions: readonly { readonly id: string; readonly title: string }[]; readonly isAdmin: boolean }
  readonly positions: readonly { readonly id: string; readonly title: string; readonly sectionName: string; readonly holderName: string | null; readonly mayDecide: boolean }[]
  readonly collections: readonly { readonly id: string; readonly name: string; readonly writable: boolean }[]
  readonly decisionClasses: readonly { readonly code: string; readonly label: string; readonly labelEn: string }[]
  readonly retentionClasses: readonly { readonly id: string; readonly label: string; readonly labelEn: string }[]
  readonly people: readonly { readonly id: string; readonly name: string; readonly positions: readonly string[]; readonly hasSeatHere: boolean; readonly employment: string }[]
  readonly forms: readonly FormDefinition[]
}

/** How much of some documents' content is on this device. Sizes in bytes. */
export interface OfflineShare {
  readonly documents: number
  /** Documents of which something is not here. */
  readonly missing: number
  readonly bytes: number
  readonly missingBytes: number
}

/** オフラインで使うもの: what the person wants to open here without a connection, and how far it is here. */
export interface OfflineView {
  /** Whatever may still reach this person. */
  readonly mine: OfflineShare & { readonly on: boolean }
  readonly volumes: readonly (OfflineShare & { readonly id: string; readonly title: string })[]
  readonly documents: readonly (OfflineShare & { readonly id: string; readonly title: string })[]
}

/** JU-95 how many documents one seat may change within an hour, and until when (ISO instant) its person confirmed that it will be so many. */
export interface BrakeView {
  readonly limit: number
  readonly lift: { readonly documents: number; readonly until: string } | null
}
