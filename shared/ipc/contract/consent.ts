// Consent: the vault asks, the consent page shows, a person answers with a PIN. The PIN goes from the consent page to
// main and no further; the vault learns only that this view was confirmed, under which id and over which bytes.
import * as v from 'valibot'
import { method, nothing } from '../define.ts'
import type { Failure } from '../../base/result.ts'
import { pin, type WrongPin } from './session.ts'

export const consentOutcomes = ['approve', 'return', 'refuse', 'withdraw', 'submit', 'export', 'admin', 'share', 'register', 'dispose'] as const
export type ConsentOutcome = (typeof consentOutcomes)[number]

const line = v.pipe(v.string(), v.maxLength(2_000))
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(2_000))

/** What a person is asked to confirm. `facts` are label and value pairs already in the person's language. */
export const consentView = v.strictObject({
  outcome: v.picklist(consentOutcomes),
  title: name,
  /** The position acted as, and the person, as they will stand in the mark. */
  actingAs: name,
  person: name,
  facts: v.pipe(v.array(v.strictObject({ label: line, value: line })), v.maxLength(40)),
  comment: v.optional(v.pipe(v.string(), v.maxLength(20_000))),
  /** The very bytes whose SHA-256 is signed. */
  pdf: v.optional(v.instance(Uint8Array)),
  warnings: v.pipe(v.array(line), v.maxLength(20)),
  language: v.picklist(['ja', 'en']),
  theme: v.picklist(['system', 'light', 'dark']),
  practice: v.boolean(),
})
export type ConsentView = Readonly<v.InferOutput<typeof consentView>>

/** What the consent page is given: the view and the hash that main computed from the bytes itself. */
export type ShownConsent = ConsentView & { readonly pdfSha256: string | null }

export interface ConsentGiven {
  /** Names this confirmation; good once, for what was shown. */
  readonly consent: string
  /** SHA-256 (hex) of the PDF that was shown, computed by main; null when there was none. */
  readonly pdfSha256: string | null
}
/** The person closed the window or pressed cancel; nothing was signed. */
export type ConsentCancelled = Failure<'ConsentCancelled'>
/** Another consent window is open: one question at a time. */
export type ConsentBusy = Failure<'ConsentBusy'>
export type SessionLocked = Failure<'SessionLocked'>

export const consent = {
  request: method('vault', consentView).gives<ConsentGiven, ConsentCancelled | ConsentBusy | SessionLocked>(),
  shown: method('consent', nothing).gives<ShownConsent>(),
  confirm: method('consent', v.strictObject({ pin })).gives<null, WrongPin>(),
  cancel: method('consent', nothing).gives<null>(),
} as const

