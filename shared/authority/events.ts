// The events of collection zero, with the schema of each body. A type that is not here is kept and shown, never guessed.

import * as v from 'valibot'
import { thresholdsSchema, type SetThresholds } from '../posture/checks/model.ts'
import { actRulesSchema, checkIds, type ActRule, type CheckException } from '../posture/model.ts'
import type {
  Absence,
  AccountBinding,
  Appointment,
  Collection,
  DecisionTable,
  DevicePolicy,
  DeviceRules,
  DocumentGrant,
  FormDefinition,
  Grant,
  IdentityProvider,
  NumberSeries,
  Person,
  Position,
  ProviderPublicKey,
  ReviewRules,
  Role,
  RetentionSchedule,
  Section,
} from './model.ts'
import { longestLiftHours, mostLifted } from './brake.ts'
import { providerKeySchema } from './provider-key.ts'

/** Fixes who this workspace is. Its event id is the genesis hash, which root.pem carries as a SAN URI. */
export interface Genesis {
  readonly workspace: string
  readonly kind: 'practice' | 'real'
  /** P-256 points: the key of the workspace's X.509 root, and the two keys of the recovery sheet. */
  readonly rootKey: Uint8Array
  readonly recoverySigningKey: Uint8Array
  readonly recoveryExchangeKey: Uint8Array
  /** Commitment to epoch 0 of collection zero. */
  readonly epoch: string
}

export interface Device {
  readonly id: string
  readonly signingKey: Uint8Array
  /** L0 practice without keystore, L1 OS user store, L2 hardware, L3 attested. */
  readonly level: 'L0' | 'L1' | 'L2' | 'L3'
}

export interface Seat {
  readonly id: string
  readonly person: string
  readonly device: string
  readonly signingKey: Uint8Array
  readonly exchangeKey: Uint8Array
  /** X.509 certificate (DER) issued by the workspace root; names the person, for PAdES only. */
  readonly certificate: Uint8Array
  /** The person's key that this seat holds (public); absent for founded seats, which hold the person's first. */
  readonly personKey?: Uint8Array
}

export interface Epoch {
  readonly collection: string
  readonly epoch: number
  readonly commitment: string
}

export interface Town {
  readonly name: string
  readonly nameEn: string
  readonly mayorTitle: string
  readonly code: string
}

/** How far a lane of a collection was trusted by whoever took its seat or its person's right away: the last segment and its hash. */
export interface TrustedLane {
  readonly collection: string
  readonly lane: string
  readonly seq: number
  readonly hash: string
}

/** A removal. `cut`: lanes that are not named are trusted up to 0; without it nothing that was accepted is taken back. */
export interface Removal {
  readonly id: string
  readonly reason: string
  readonly cut?: readonly TrustedLane[]
}

/** A voice for an act, named by its event id. `alone`: nobody else could have voted there, which the judge checks. */
export interface Vote {
  readonly act: string
  readonly alone: boolean
}

/** AU-12 the second founder's own seat stands behind the founding. */
export interface GenesisConfirmation {
  readonly genesis: string
}

/** Makes every policy stricter; what is null or not named stays as it is. Values only ever add up. */
export interface Tightening {
  readonly id: string
  readonly consentFor: readonly string[]
  readonly sessionHours: number | null
  readonly idleLockMinutes: number | null
  readonly recoveryHours: number | null
  readonly silentHours?: number | null
  /** AU-19 for approvals made from then on. */
  readonly witnessHours?: number
  readonly policyLagHours?: number
  readonly contactDays?: number
  readonly massDocuments?: number
  /** Rules beside those that hold: more of them are never looser (PO-25). */
  readonly rules?: readonly ActRule[]
  readonly thresholds?: SetThresholds
  readonly reason?: string
}

/** AU-31 a device saw this key at the provider. */
export interface KeySeen {
  readonly issuer: string
  readonly kid: string
  readonly key: ProviderPublicKey
}

/** AU-33 "this account is mine", by whoever's session rests on a token of it. `label`: what the provider calls the person there. */
export interface AccountClaim {
  readonly issuer: string
  readonly subject: string
  readonly label: string
}

/** AU-70 a device that is lost: it erases itself when it hears of it (LG-100). */
export interface LostDevice {
  readonly id: string
  readonly reason: string
}

/** AU-51 "I have read these rules and keep them": by their name and the hash of the text that was read. */
export interface RulesAcknowledged {
  readonly rules: string
  readonly text: string
}

/** AU-103 somebody is back sooner: the absence ends with the day given. */
export interface AbsenceEnd {
  readonly absence: string
  readonly to: string
  readonly reason: string
}

/** AU-95 "I mean to change so many documents": within hours from the act's own time, at the seat that writes it. */
export interface BrakeLift {
  readonly documents: number
  readonly hours: number
  readonly reason: string
}

/** AU-60 somebody looked at a grant: it stays until the day given, as it is or narrower. */
export interface GrantReview {
  readonly grant: string
  /** ISO civil date of the next look. */
  readonly reviewBy: string
  /** A narrower role; absent = as it is. */
  readonly role?: Role
  /** An earlier last day; absent = as it is. */
  readonly to?: string
  readonly reason: string
}

/** AU-65 a report of who may do what was made: which pages and which table, for which days. */
export interface ReviewReport {
  readonly from: string
  readonly to: string
  /** SHA-256 (hex) of the pages as they were signed, without the signature. */
  readonly revision: string
  /** SHA-256 (hex) of the table. */
  readonly table: string
}

/** AR-73 an audit was exported: what was asked for, how much was found until when, which pages and which table. */
export interface AuditReported {
  readonly person: string | null
  readonly device: string | null
  readonly group: string
  /** ISO civil dates. */
  readonly from: string | null
  readonly to: string | null
  readonly words: string
  readonly rows: number
  /** The moment of the newest act that was there, milliseconds since 1970 UTC by the clock of the log. */
  readonly until: number
  /** SHA-256 (hex) and size of the pages as they were signed, without the signature. */
  readonly revision: string
  readonly size: number
  /** SHA-256 (hex) of the table. */
  readonly table: string
}

const bytes = v.instance(Uint8Array)
const point = v.pipe(bytes, v.length(65))
const text = v.string()
const id = v.pipe(text, v.minLength(1), v.maxLength(64))
const date = v.pipe(text, v.regex(/^\d{4}-\d{2}-\d{2}$/))
const effective = { from: date, to: v.nullable(date) }
/** Values of the model are checked in their keys here; finer rules belong to whoever uses them. */
const keyed = v.looseObject({ id })
const keyedEffective = v.looseObject({ id, ...effective })
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const removal = v.strictObject({ id, reason: text, cut: v.optional(v.array(v.strictObject({ collection: id, lane: text, seq: count, hash: text }))) })
const eventName = v.pipe(text, v.regex(/^[0-9a-f]{64}$/))
const seat = v.strictObject({ id, person: id, device: id, signingKey: point, exchangeKey: point, certificate: bytes, personKey: v.optional(point) })
/** https, or a provider on the loopback of a practice workspace; without query and fragment (OpenID Connect Discovery, section 2). */
const issuer = v.pipe(text, v.maxLength(255), v.regex(/^(https:\/\/|http:\/\/127\.0\.0\.1[:/])[!-~]+$/), v.check((one) => !/[?#]/.test(one)))
const subject = v.pipe(text, v.regex(/^[ -~]{1,255}$/))
const amount = v.pipe(v.number(), v.minValue(0))
const limit = v.nullable(amount)
const days = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(3660))
const role = v.picklist(['reader', 'writer', 'approver', 'records', 'owner', 'admin'])
const pair = v.strictObject({ id, roles: v.strictTuple([role, role]), within: v.picklist(['collection', 'town']), reason: text, reasonEn: text })

export const authoritySchemas = {
  'workspace.genesis': v.strictObject({
    workspace: id,
    kind: v.picklist(['practice', 'real']),
    rootKey: point,
    recoverySigningKey: point,
    recoveryExchangeKey: point,
    epoch: text,
  }),
  'genesis.confirm': v.strictObject({ genesis: eventName }),
  'workspace.root': v.strictObject({ certificate: bytes, crl: bytes }),
  'town.put': v.looseObject({ name: text }),
  'device.add': v.strictObject({ id, signingKey: point, level: v.picklist(['L0', 'L1', 'L2', 'L3']) }),
  'device.lost': v.strictObject({ id, reason: v.pipe(text, v.minLength(1), v.maxLength(1000)) }),
  'seat.add': seat,
  /** A seat made with the recovery sheet: signed by the recovery key, so that it may introduce itself. */
  'seat.recover': v.strictObject({
    seat,
    device: v.strictObject({ id, signingKey: point, level: v.picklist(['L0', 'L1', 'L2', 'L3']) }),
    signature: v.pipe(bytes, v.length(64)),
  }),
  'seat.remove': removal,
  'person.put': keyed,
  'person.key': v.strictObject({ person: id, exchangeKey: point }),
  'section.put': keyed,
  'position.put': keyed,
  'appointment.put': keyedEffective,
  'collection.put': keyed,
  'epoch.new': v.strictObject({ collection: id, epoch: v.number(), commitment: text }),
  'grant.put': keyedEffective,
  /** AU-90 one document, by its handle; `key` commits to its first key. */
  'grant.document': v.strictObject({ id, person: id, collection: id, document: v.pipe(text, v.regex(/^[0-9a-z]{24}$/)), role: v.picklist(['reader', 'writer', 'approver']), reason: v.pipe(text, v.minLength(1), v.maxLength(1000)), key: v.pipe(text, v.regex(/^[0-9a-z]{16}$/)), from: date, to: date, reviewBy: date }),
  'grant.remove': removal,
  'grant.review': v.strictObject({ grant: id, reviewBy: date, role: v.optional(role), to: v.optional(date), reason: v.pipe(text, v.maxLength(1000)) }),
  'review-rules.put': v.strictObject({ id, days: v.strictObject({ usual: days, close: days }), unusedDays: days, pairs: v.pipe(v.array(pair), v.maxLength(100)), reason: v.optional(v.pipe(text, v.maxLength(1000))), ...effective }),
  'review.report': v.strictObject({ from: date, to: date, revision: eventName, table: eventName }),
  'audit.report': v.strictObject({ person: v.nullable(id), device: v.nullable(id), group: id, from: v.nullable(date), to: v.nullable(date), words: v.pipe(text, v.maxLength(200)), rows: count, until: count, revision: eventName, size: count, table: eventName }),
  'series.put': keyedEffective,
  'schedule.put': keyedEffective,
  'decision-table.put': keyedEffective,
  'form.put': keyedEffective,
  /** AU-22 a word that is not known makes it unreadable, not looser. */
  'policy.put': v.strictObject({
    id,
    kind: v.picklist(['trial', 'enforced']),
    title: text,
    consentFor: v.array(text),
    withheld: v.optional(v.array(v.strictObject({ employment: text, acts: v.array(text) }))),
    sessionHours: amount,
    idleLockMinutes: amount,
    recoveryHours: v.optional(amount),
    silentHours: v.optional(amount),
    witnessHours: v.optional(amount),
    policyLagHours: v.optional(amount),
    contactDays: v.optional(amount),
    massDocuments: v.optional(amount),
    rules: v.optional(actRulesSchema),
    thresholds: v.optional(thresholdsSchema),
    ...effective,
    reason: v.optional(text),
    replaces: v.optional(v.array(eventName)),
  }),
  'policy.tighten': v.strictObject({ id, consentFor: v.array(text), sessionHours: limit, idleLockMinutes: limit, recoveryHours: limit, silentHours: v.optional(limit), witnessHours: v.optional(amount), policyLagHours: v.optional(amount), contactDays: v.optional(amount), massDocuments: v.optional(amount), rules: v.optional(actRulesSchema), thresholds: v.optional(thresholdsSchema), reason: v.optional(text) }),
  /** AU-23 two voices excuse one check of one device for at most thirty days. */
  'exception.put': v.strictObject({ id, device: id, check: v.picklist(checkIds), reason: v.pipe(text, v.minLength(1)), from: date, to: date }),
  'exception.remove': v.strictObject({ id, reason: text }),
  'device-rules.put': v.strictObject({ id, text: v.pipe(text, v.minLength(1), v.maxLength(8000)), textEn: v.pipe(text, v.maxLength(8000)), ...effective }),
  'device-rules.acknowledge': v.strictObject({ rules: id, text: eventName }),
  'idp.put': v.strictObject({ id, issuer, clientId: v.pipe(text, v.regex(/^[!-~]{1,255}$/)), ...effective }),
  'idp.key': v.strictObject({ issuer, kid: v.pipe(text, v.regex(/^[!-~]{1,128}$/)), key: providerKeySchema }),
  'identity.claim': v.strictObject({ issuer, subject, label: v.pipe(text, v.maxLength(255)) }),
  'identity.bind': v.strictObject({ id, person: id, issuer, subject }),
  'identity.release': v.strictObject({ id, reason: v.pipe(text, v.maxLength(1000)) }),
  /** AU-71 whoever reached the storage says so: what its segment knows of collection zero is the newest there was. */
  'authority.current': v.strictObject({}),
  /** AU-95 the person of the seat that writes it means to change so many documents within so many hours from now. */
  'brake.lift': v.strictObject({ documents: v.pipe(count, v.minValue(1), v.maxValue(mostLifted)), hours: v.pipe(count, v.minValue(1), v.maxValue(longestLiftHours)), reason: v.pipe(text, v.minLength(1), v.maxLength(1000)) }),
  /** AU-100 named by its event id. */
  'absence.put': v.strictObject({ position: id, acting: v.nullable(id), reason: v.pipe(text, v.minLength(1), v.maxLength(1000)), from: date, to: date }),
  'absence.end': v.strictObject({ absence: eventName, to: date, reason: v.pipe(text, v.maxLength(1000)) }),
  'vote.cast': v.strictObject({ act: eventName, alone: v.boolean() }),
  /** AU-11 its author closes a proposal that waits. */
  'vote.withdraw': v.strictObject({ act: eventName }),
  /** Nothing writes these two any more; logs that hold them stay readable. */
  'session.unlock': v.strictObject({ session: text }),
  'session.lock': v.strictObject({ reason: v.picklist(['hand', 'idle', 'suspend', 'quit']) }),
  /** What is said of the storage, by code with the time it was noticed, and that whoever sits here looked into it. */
  'session.settle': v.strictObject({ doubts: v.pipe(v.array(v.strictObject({ code: v.pipe(text, v.maxLength(40)), at: count })), v.maxLength(100)) }),
  /** From this number on a former lane of the seat waits for a record that is nowhere: its person leaves it (JU-39). */
  'session.leave': v.strictObject({ collection: text, lane: text, seq: v.pipe(count, v.minValue(1)) }),
} as const

export type AuthorityType = keyof typeof authoritySchemas

export interface AuthorityBodies {
  readonly 'workspace.genesis': Genesis
  readonly 'genesis.confirm': GenesisConfirmation
  readonly 'workspace.root': { readonly certificate: Uint8Array; readonly crl: Uint8Array }
  readonly 'town.put': Town
  readonly 'device.add': Device
  readonly 'device.lost': LostDevice
  readonly 'seat.add': Seat
  readonly 'seat.recover': { readonly seat: Seat; readonly device: Device; readonly signature: Uint8Array }
  readonly 'seat.remove': Removal
  readonly 'person.put': Person
  readonly 'person.key': { readonly person: string; readonly exchangeKey: Uint8Array }
  readonly 'section.put': Section
  readonly 'position.put': Position
  readonly 'appointment.put': Appointment
  readonly 'collection.put': Collection
  readonly 'epoch.new': Epoch
  readonly 'grant.put': Grant
  readonly 'grant.document': DocumentGrant
  readonly 'grant.remove': Removal
  readonly 'grant.review': GrantReview
  readonly 'review-rules.put': ReviewRules
  readonly 'review.report': ReviewReport
  readonly 'audit.report': AuditReported
  readonly 'series.put': NumberSeries
  readonly 'schedule.put': RetentionSchedule
  readonly 'decision-table.put': DecisionTable
  readonly 'form.put': FormDefinition
  readonly 'policy.put': DevicePolicy
  readonly 'policy.tighten': Tightening
  readonly 'device-rules.put': DeviceRules
  readonly 'device-rules.acknowledge': RulesAcknowledged
  readonly 'idp.put': IdentityProvider
  readonly 'idp.key': KeySeen
  readonly 'identity.claim': AccountClaim
  readonly 'identity.bind': AccountBinding
  readonly 'identity.release': { readonly id: string; readonly reason: string }
  readonly 'exception.put': CheckException
  readonly 'exception.remove': { readonly id: string; readonly reason: string }
  readonly 'authority.current': Readonly<Record<never, never>>
  readonly 'brake.lift': BrakeLift
  readonly 'absence.put': Absence
  readonly 'absence.end': AbsenceEnd
  readonly 'vote.cast': Vote
  readonly 'vote.withdraw': { readonly act: string }
  readonly 'session.unlock': { readonly session: string }
  readonly 'session.settle': { readonly doubts: readonly StorageDoubt[] }
  readonly 'session.leave': { readonly collection: string; readonly lane: string; readonly seq: number }
  readonly 'session.lock': { readonly reason: 'hand' | 'idle' | 'suspend' | 'quit' }
}

export interface StorageDoubt {
  readonly code: string
  /** Milliseconds since 1970 UTC by the clock of the machine that noticed it. */
  readonly at: number
}

/** Who looked into a storage, and in earlier logs who unlocked and locked, is kept; it says nothing of who there is and what holds. */
export function changesAuthority(type: string): boolean {
  return !type.startsWith('session.')
}

export function isAuthorityType(type: string): type is AuthorityType {
  return Object.hasOwn(authoritySchemas, type)
}

/** The typed body, or null when it does not fit its type's schema. */
export function parseAuthorityBody<T extends AuthorityType>(type: T, body: unknown): AuthorityBodies[T] | null {
  const parsed = v.safeParse(authoritySchemas[type], body)
  return parsed.success ? (parsed.output as unknown as AuthorityBodies[T]) : null
}
