// Consent: the vault hands over the very events that would be sealed; main reads them itself, shows what they mean with the pages
// they name, and a person answers with a PIN. The PIN goes from the consent page to main and no further. What is confirmed is
// exactly these events: the gate lets their hashes pass once.
import * as v from 'valibot'
import { bytes, method, nothing } from '../define.ts'
import type { NewCollection } from '../../authority/collection.ts'
import type { GrantChange } from '../../authority/grant-change.ts'
import type { PolicyChange } from '../../authority/policy-change.ts'
import type { Failure } from '../../base/result.ts'
import { pin, type KeyUnavailable, type TryLater, type WrongPin } from './session.ts'

export const consentOutcomes = ['approve', 'return', 'refuse', 'withdraw', 'submit', 'file', 'export', 'print', 'admin', 'share', 'report', 'audit', 'number-registrar', 'number-takeover', 'number-agree', 'number-block', 'number-void', 'number-return', 'dispose', 'enrol-seat', 'join-seat', 'add-admin', 'remove-admin', 'add-seat', 'remove-seat', 'change-policy', 'tighten-policy', 'change-provider', 'bind-account', 'release-account', 'excuse-check', 'end-excuse', 'change-review', 'withdraw-proposal', 'settle-storage', 'lost-device', 'leave-lost', 'lift-brake', 'add-collection', 'absence', 'end-absence'] as const
export type ConsentOutcome = (typeof consentOutcomes)[number]

const line = v.pipe(v.string(), v.maxLength(2_000))

/** What the vault asks. `events` are the plaintext CBOR of the acts that need consent, all of one type. */
export const consentRequest = v.strictObject({
  events: v.pipe(v.array(bytes), v.minLength(1), v.maxLength(5_000)),
  title: v.pipe(v.string(), v.minLength(1), v.maxLength(2_000)),
  /** Label and value pairs in the person's language, shown as told by the page. */
  facts: v.pipe(v.array(v.strictObject({ label: line, value: line })), v.maxLength(40)),
  warnings: v.pipe(v.array(line), v.maxLength(20)),
  /** The frozen unsigned PDF; its SHA-256 must be the `revision` that each event names. Of a printing the file that is printed, which the event names as `file`. */
  pdf: v.optional(bytes),
  /**
   * The file so far, which must begin with `pdf`, and the field that takes this person's mark. `dated`: the civil day of the decision whose
   * mark is put on later; absent = today. Main shows it.
   */
  signature: v.optional(v.strictObject({ file: bytes, field: v.pipe(v.string(), v.maxLength(64)), label: v.optional(v.pipe(v.string(), v.maxLength(8))), dated: v.optional(v.pipe(v.string(), v.maxLength(10))) })),
})
export type ConsentRequest = Readonly<v.InferOutput<typeof consentRequest>>

/** What the consent page is given; every word of who and what comes from the events as main read them. */
export interface ShownConsent {
  readonly outcome: ConsentOutcome
  readonly title: string
  readonly actingAs: string
  readonly person: string
  readonly facts: readonly { readonly label: string; readonly value: string }[]
  /** Values of the town's policy that it changes, as main read them. */
  readonly changes?: readonly PolicyChange[]
  /** Rights that are given, carried on, made less or taken away; `person` is the name. */
  readonly grants?: readonly GrantChange[]
  /** AU-97 a collection that is made. */
  readonly collection?: Pick<NewCollection, 'name' | 'nameEn' | 'kind' | 'purpose'>
  /** AU-95 how many documents within how many hours are meant to be changed. */
  readonly lift?: { readonly documents: number; readonly hours: number }
  /** AU-100 who is away on which days (ISO civil dates, both included), and who decides meanwhile; null = nobody. */
  readonly absence?: { readonly position: string; readonly acting: string | null; readonly from: string; readonly to: string }
  /** Codes of what is said of the storage. */
  readonly doubts?: readonly string[]
  /** The day on the mark, where that is not today (ISO civil date). */
  readonly markDate?: string
  readonly comment: string
  readonly pdf: Uint8Array | null
  /** SHA-256 (hex) of the pages, computed by main. */
  readonly pdfSha256: string | null
  readonly warnings: readonly string[]
  readonly language: 'ja' | 'en'
  readonly practice: boolean
  /** What is typed to confirm: the PIN of the open seat, or a first PIN (typed twice) for a new one. */
  readonly asks: 'pin' | 'new-pin'
  /** The six words of a machine that wants to join, as main computed them. */
  readonly words?: { readonly ja: readonly string[]; readonly en: readonly string[] }
}

export interface ConsentGiven {
  /** Names this confirmation (for export). */
  readonly consent: string
  /** The file with the mark appended, when a signature was asked for. */
  readonly file: Uint8Array | null
}
/** The person closed the window or pressed cancel; nothing was signed. */
export type ConsentCancelled = Failure<'ConsentCancelled'>
/** Another consent window is open: one question at a time. */
export type ConsentBusy = Failure<'ConsentBusy'>
export type SessionLocked = Failure<'SessionLocked'>
/** The events are not what main can show and confirm (wrong person, position not held, other pages, no such field). */
export interface ConsentRefused extends Failure<'ConsentRefused'> {
  readonly reason: string
}

/** The storage misleads this machine, surely (SY-37): nothing is decided until a person looked into it. Nothing was written. */
export type StorageDoubted = Failure<'StorageDoubted'>

/** Why the window stays open: the PIN was wrong, it came too early, or the new one is too short. */
export type PinRefused = WrongPin | TryLater | Failure<'PinTooShort'>

export const consent = {
  request: method('vault', consentRequest).gives<ConsentGiven, ConsentCancelled | ConsentBusy | ConsentRefused | KeyUnavailable | StorageDoubted | SessionLocked>(),
  shown: method('consent', nothing).gives<ShownConsent>(),
  confirm: method('consent', v.strictObject({ pin })).gives<null, PinRefused>(),
  cancel: method('consent', nothing).gives<null>(),
} as const
