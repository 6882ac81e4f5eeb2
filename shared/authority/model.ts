// Collection zero in nouns: who there is, which position they hold when, what the town's rules are.
// Every rule that differs between towns is one of these values with effective dates; no rule lives in code.
// Dates are ISO civil dates (YYYY-MM-DD, Japan); `to` is the last day on which a value holds, null = open.

import type { SetThresholds } from '../posture/checks/model.ts'
import type { ActRule } from '../posture/model.ts'

export interface Effective {
  readonly from: string
  readonly to: string | null
}

export interface Person {
  readonly id: string
  /** Exactly as typed, never normalised. */
  readonly familyName: string
  readonly givenName: string
  /** Reading in katakana, for sorting and search. */
  readonly reading: string
  /** Contractors are not staff: they draft with a responsible employee and never decide or stamp. */
  readonly employment: 'regular' | 'special' | 'fiscal-year' | 'part-time-special' | 'seconded' | 'contractor' | 'assembly'
}

export interface Section {
  readonly id: string
  readonly name: string
  readonly nameEn: string
}

export interface Position {
  readonly id: string
  /** e.g. 総務課長: as it stands in marks and registers. */
  readonly title: string
  readonly titleEn: string
  readonly section: string
  /** The next position up the line, null at the top (the mayor). */
  readonly superior: string | null
  /** May this position decide at all (named in the decision rules)? */
  readonly mayDecide: boolean
}

export interface Appointment extends Effective {
  readonly id: string
  readonly person: string
  readonly position: string
  readonly kind: 'primary' | 'concurrent' | 'seconded' | 'acting'
}

/** A collection is a set of documents with one group of readers; its content key epochs are wrapped to the granted people. */
export interface Collection {
  readonly id: string
  readonly name: string
  readonly nameEn: string
  readonly section: string | null
}

/** `owner` answers for a collection: reads it and reviews who else may (AU-61). */
export type Role = 'reader' | 'writer' | 'approver' | 'records' | 'owner' | 'admin'

/** Who may do what where. `collection` null = collection zero (only `admin` and `reader` make sense there). */
export interface Grant extends Effective {
  readonly id: string
  readonly person: string
  readonly collection: string | null
  readonly role: Role
  readonly reason: string
  readonly reviewBy: string
}

/** What a right on one document lets its holder do: read it, write in it while it is a draft, decide in it. */
export type DocumentRole = 'reader' | 'writer' | 'approver'

/** AU-90 a right on one document, of somebody who may otherwise not read its collection. It always has a last day. */
export interface DocumentGrant extends Grant {
  readonly collection: string
  /** The document's handle (LG-4): it tells nobody anything who does not know the document. */
  readonly document: string
  readonly role: DocumentRole
  readonly to: string
  /** Commitment to the document's first key (LG-71). */
  readonly key: string
}

/** A right of either kind. */
export type AnyGrant = Grant & { readonly document?: string }

export interface NumberSeries extends Effective {
  readonly id: string
  readonly kind: 'incoming' | 'outgoing' | 'decision' | 'ordinance' | 'regulation' | 'order' | 'notice' | 'bill'
  /** 文書記号. */
  readonly symbol: string
  readonly periodKind: 'fiscalYear' | 'calendarYear'
  /** The section that counts for itself; null = one count for the town. */
  readonly section: string | null
  /** How a number is written: `{era}`, `{year}` (of the day the period begins), `{symbol}`, `{n}`. */
  readonly pattern: string
  /** How many numbers a seat takes along at once, unless something else is asked for. */
  readonly blockSize: number
}

/** 保存期間: `years` null = permanent (永年) or continuous use; `rule` says how the start date follows from the event date. */
export interface RetentionClass {
  readonly id: string
  readonly label: string
  readonly labelEn: string
  readonly years: number | null
  readonly rule: 'fiscal' | 'calendar' | 'exact' | 'permanent' | 'continuous'
  readonly disposition: 'destroy' | 'transfer' | 'review'
}

/** 分類: three levels; the path of labels is shown, the code is stored. */
export interface ClassNode {
  readonly code: string
  readonly label: string
  readonly level: 1 | 2 | 3
  readonly parent: string | null
  /** Default retention class of files under a level-3 node. */
  readonly retention: string | null
}

export interface RetentionSchedule extends Effective {
  readonly id: string
  readonly title: string
  readonly classes: readonly RetentionClass[]
  readonly nodes: readonly ClassNode[]
  /** Which date starts the clock (domain: 完結日, 決裁日, …). */
  readonly eventBasis: 'completion' | 'decision' | 'accountingYear' | 'lastAction'
}

/** 決裁区分 → who decides, with the legal basis of a standing delegation (専決). */
export interface DecisionClass {
  readonly code: string
  readonly label: string
  readonly labelEn: string
  /** `line` = the holder of `position` up the drafter's own line; otherwise one fixed position id. */
  readonly decider: { readonly kind: 'line'; readonly rank: 'section-chief' | 'manager' } | { readonly kind: 'position'; readonly position: string }
  readonly basis: string
}

export interface DecisionTable extends Effective {
  readonly id: string
  readonly title: string
  /** From the lowest to the highest authority, e.g. 丙, 乙, 甲. */
  readonly classes: readonly DecisionClass[]
  /** Flags of the cover sheet which, when true, force the highest class. */
  readonly escalatingFlags: readonly string[]
  readonly concurrenceMode: 'consent' | 'opinion'
  /** Are consulted positions asked one after another, or all at once (並行合議)? absent = one by one. */
  readonly concurrenceOrder?: 'one-by-one' | 'side-by-side'
  /** May one act of a person who holds two positions of the route satisfy both? */
  readonly mergeSamePerson: boolean
  /** Sender line of outgoing documents whatever the class, e.g. 磐梯町長 ○○ (the position id). */
  readonly senderPosition: string
  /** Who decides for whom while they are away (代決); absent = nobody decides in anybody's place. */
  readonly proxies?: ProxyRules
}

/** 代決: what the town's rules of deciding say of it. */
export interface ProxyRules {
  /** 代決順位: for a position, who decides in its place, first to last; a later one only while those before are away too. */
  readonly orders: readonly { readonly principal: string; readonly acting: readonly string[] }[]
  /** Flags of the cover with which a matter is decided in nobody's place, unless it is urgent or was so instructed, in words. */
  readonly notWith: readonly string[]
  /** 後閲: what has to pass a position that is away goes on without it, up to the decision, and is read there afterwards; absent = it waits. */
  readonly passesAway?: boolean
  /** AU-102 an absence lasts at most so many days at a time. */
  readonly longestDays: number
}

/** Who decides for whom on a day. */
export interface StandIn {
  readonly principal: string
  readonly acting: string
}

/** AU-100 不在: the holder of a position is away from `from` to `to`, and `acting` decides in their place (代決); null = nobody does. */
export interface Absence extends Effective {
  readonly position: string
  readonly acting: string | null
  readonly to: string
  readonly reason: string
}

/** An absence as it stands, by the name (event id) of the act that said so. */
export interface HeldAbsence extends Absence {
  readonly id: string
  readonly person: string
}

/** Closed vocabulary of the device policy; `trial` asks nothing of token and posture but says so. */
export interface DevicePolicy extends Effective {
  readonly id: string
  /** `trial` has no rules for acts; `enforced` is what towns with managed machines and a sign-in hold. Only the rules decide. */
  readonly kind: 'trial' | 'enforced'
  readonly title: string
  /** What acts need of the device and the sign-in; absent = nothing, and what is unknown is said. */
  readonly rules?: readonly ActRule[]
  /** From which value on the checks of a device pass; what is not said is as usual. */
  readonly thresholds?: SetThresholds
  /** Act types that need the consent window and the PIN. */
  readonly consentFor: readonly string[]
  /** Act types that people of an employment do not do, whatever they are granted; absent = none. Patterns as in `consentFor`. */
  readonly withheld?: readonly { readonly employment: Person['employment']; readonly acts: readonly string[] }[]
  /** Longest life of a session certificate, hours. */
  readonly sessionHours: number
  readonly idleLockMinutes: number
  /** How long a seat made with the recovery sheets waits, during which an administrator may remove it; absent = 72. */
  readonly recoveryHours?: number
  /** Why it was changed, where it was. */
  readonly reason?: string
  /** AU-13 names (event ids) of tightenings that this one replaces; others go on to hold. */
  readonly replaces?: readonly string[]
  /** Hours of a storage that shows nothing new to anybody after which nothing is decided (SY-48); absent = 24. */
  readonly silentHours?: number
  /** Within how many hours another seat has to have received an approval for it to count; absent = no such rule. */
  readonly witnessHours?: number
  /** JU-70 how old the word of somebody else may be, in hours, that the rules known here are the newest; absent = not asked. */
  readonly policyLagHours?: number
  /** PO-50 after how many days without the storage a device opens no seat; absent = never. */
  readonly contactDays?: number
  /** JU-95 how many documents one seat changes within an hour before its person is asked; absent = 200. */
  readonly massDocuments?: number
}

/** AU-50 the town's own rules for its devices (端末管理の業務ルール), as text: everybody with a seat reads and accepts them, and again every year. */
export interface DeviceRules extends Effective {
  readonly id: string
  /** Lines, one rule each. */
  readonly text: string
  readonly textEn: string
}

/** AU-62 how closely the town looks after who may do what (権限の点検). */
export interface ReviewRules extends Effective {
  readonly id: string
  /** At most so many days from one look to the next: `close` for records officers, owners and administrators, `usual` for everybody else. */
  readonly days: { readonly usual: number; readonly close: number }
  /** Of a right that nobody used for so many days it is said. */
  readonly unusedDays: number
  /** Roles that one person should not hold together. */
  readonly pairs: readonly RolePair[]
  /** Why they were put. Absent in those that were founded. */
  readonly reason?: string
}

export interface RolePair {
  readonly id: string
  readonly roles: readonly [Role, Role]
  /** Both in one collection, or anywhere in the town. */
  readonly within: 'collection' | 'town'
  readonly reason: string
  readonly reasonEn: string
}

/** The town's identity provider (OpenID Connect). Which one and as which client: data with effective dates, changed by two voices (AU-30). */
export interface IdentityProvider extends Effective {
  readonly id: string
  /** Exactly as the provider writes it in its tokens (`iss`). */
  readonly issuer: string
  /** How the provider knows this product (`aud`). */
  readonly clientId: string
}

/** A public key with which a provider signs: the members of a JWK (RFC 7517, 7518) that make the key, each in canonical base64url. */
export type ProviderPublicKey = { readonly kty: 'RSA'; readonly n: string; readonly e: 'AQAB' } | { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string }

/** AU-31 a key of a provider, and who saw it there. */
export interface ProviderKey {
  readonly issuer: string
  readonly kid: string
  readonly key: ProviderPublicKey
  /** RFC 7638, SHA-256, base64url. */
  readonly thumbprint: string
  readonly observers: readonly { readonly person: string; readonly device: string }[]
}

/** AU-32 whose account at a provider it is. (iss, sub) never changes hands; names are labels. */
export interface AccountBinding {
  readonly id: string
  readonly person: string
  readonly issuer: string
  readonly subject: string
}

/** AU-19 a witness rule that was made stricter: for approvals made from that moment on, until a day on which another policy takes its place. */
export interface WitnessTightening {
  /** Milliseconds since 1970 UTC, inclusive. */
  readonly since: number
  /** The first day on which it holds no more; null while nothing took its place. */
  readonly until: string | null
  readonly hours: number
}

/** AU-71 somebody's word that the rules known to them are the newest, by the clock of their segment (milliseconds since 1970 UTC). */
export interface HeardWord {
  readonly person: string
  readonly at: number
}

/** AU-95 the person of a seat means to change so many documents in this time (milliseconds since 1970 UTC by the clock of the log). */
export interface LiftedBrake {
  readonly seat: string
  readonly from: number
  readonly until: number
  readonly documents: number
}

/** A form (T1 …) is data: its fields, what is required, how they are entered and printed. */
export interface FormField {
  readonly id: string
  readonly group: 'identity' | 'dates' | 'who' | 'content' | 'decision' | 'outgoing' | 'filing' | 'access'
  readonly kind: 'text' | 'longtext' | 'date' | 'choice' | 'flags' | 'boolean' | 'money' | 'class-node' | 'retention' | 'positions' | 'derived'
  readonly label: string
  readonly labelEn: string
  readonly required: boolean
  /** The sentence shown when a required field is empty. */
  readonly missing?: { readonly ja: string; readonly en: string }
  readonly choices?: readonly { readonly value: string; readonly label: string; readonly labelEn: string }[]
  readonly printed: boolean
}

export interface FormDefinition extends Effective {
  readonly id: string
  readonly code: string
  readonly title: string
  readonly titleEn: string
  readonly fields: readonly FormField[]
  readonly defaultClass: string
  readonly defaultRetention: string
  /** A decided document goes out, and gets a number of this kind of series, when the field holds one of these values; absent = never. */
  readonly numbered?: { readonly kind: NumberSeries['kind']; readonly field: string; readonly values: readonly string[] }
}

/** Everything a town starts with: the sample town is one such value; a real town replaces it by its own rules. */
export interface TownData {
  readonly town: { readonly name: string; readonly nameEn: string; readonly mayorTitle: string; readonly code: string }
  readonly sections: readonly Section[]
  readonly people: readonly Person[]
  readonly positions: readonly Position[]
  readonly appointments: readonly Appointment[]
  readonly collections: readonly Collection[]
  readonly grants: readonly Grant[]
  readonly series: readonly NumberSeries[]
  readonly schedules: readonly RetentionSchedule[]
  readonly decisionTables: readonly DecisionTable[]
  readonly forms: readonly FormDefinition[]
  readonly policies: readonly DevicePolicy[]
  /** Absent: the town has written none. */
  readonly deviceRules?: readonly DeviceRules[]
  /** Absent: what `usualReviewRules` says. */
  readonly reviewRules?: readonly ReviewRules[]
}
