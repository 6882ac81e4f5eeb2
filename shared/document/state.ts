// What a document looks like after all its events: types only, no rule lives here.

import type { BlobRef } from '../log/blob.ts'
import type { KnownEvent } from '../log/event.ts'
import type { Attachment, BodyOf, CoverValue, FrozenRevision, Step } from './events.ts'

export type Stage =
  | 'draft'
  | 'in-route'
  | 'returned'
  | 'withdrawn'
  | 'refused'
  | 'decided'
  | 'filed'
  | 'abandoned'
  | 'needs-decision'

/** Why a person has to look: two true histories that no rule ranks. */
export type OpenQuestion =
  | 'two-revisions'
  | 'mixed-closing'
  | 'refused-elsewhere'
  | 'abandoned-elsewhere'
  | 'filed-and-closed'
  | 'two-volumes'

export type ActKind = 'approve' | 'return' | 'refuse' | 'withdraw'

/** Has another seat received an approval in time? `late` = only after the time the town allows: it is held until confirmed. */
export type Witness = 'not-needed' | 'waiting' | 'witnessed' | 'late'

/** One act on a frozen revision. `counted` false = kept and shown, without effect; then a Conflict says why. */
export interface Act {
  readonly event: string
  readonly kind: ActKind
  /** SHA-256 (hex) of the unsigned PDF of the revision acted on. */
  readonly revision: string
  readonly step: string | null
  readonly person: string
  readonly position: string | null
  /** ISO 8601 UTC, as the device claimed. */
  readonly at: string
  /** When the person decided: of an approval that confirms an earlier one, the moment of that one (DC-13); of any other act `at`. */
  readonly decidedAt: string
  /** The comment of an approval, the reason of everything else. */
  readonly text: string
  readonly counted: boolean
  /** Acted in the place of the step's position (代決). */
  readonly proxy: boolean
  /** The seat it was signed at. */
  readonly seat: string
  /** `not-needed` for everything but approvals. */
  readonly witness: Witness
  /** Until when it has to be received, ISO 8601 UTC; null where the town asks for nothing. */
  readonly witnessBy: string | null
}

/** `passed`: whoever holds it was away and others went ahead (DC-44); `needs-review`: someone acted here, but a concurrent act took precedence or none does. */
export type StepStatus = 'open' | 'waiting' | 'approved' | 'passed' | 'returned' | 'refused' | 'needs-review'

export interface StepState extends Step {
  readonly status: StepStatus
  /** The act that counts for the step: an approval, a return or a refusal. */
  readonly act: Act | null
  /** 保留: an approval that came too late to everybody else and was not confirmed since. */
  readonly held: Act | null
}

export interface RevisionState {
  /** SHA-256 (hex) of the unsigned PDF. */
  readonly sha256: string
  readonly submit: string
  readonly frozen: FrozenRevision
  readonly submittedAt: string
  readonly submittedBy: { readonly person: string; readonly position: string | null }
  readonly outcome: 'in-route' | 'returned' | 'withdrawn' | 'refused' | 'decided' | 'needs-decision'
  readonly steps: readonly StepState[]
}

/** 競合記録: something that was done and did not take effect, never silently lost. */
export interface Conflict {
  readonly event: string
  readonly type: string
  readonly person: string
  readonly position: string | null
  readonly at: string
  readonly revision: string | null
  readonly step: string | null
  readonly why: ConflictCause
  /** Ids of the events that took precedence. */
  readonly against: readonly string[]
}

export type ConflictCause =
  | 'lost-to-return'
  | 'lost-to-refusal'
  | 'lost-to-withdrawal'
  | 'lost-to-principal'
  | 'lost-to-later-word'
  | 'same-step-twice'
  | 'late'
  | 'confirmed-again'
  | 'undecided'
  | 'unknown-revision'
  | 'superseded-revision'
  | 'step-not-open'
  | 'position-not-on-step'
  | 'merge-not-allowed'
  | 'not-in-this-stage'
  | 'edit-after-decision'
  | 'duplicate-create'
  | 'text-not-own'
  | 'text-twice'
  | 'text-too-large'
  | 'text-unreadable'

export interface CoverField {
  /** Distinct latest values, in display order; more than one = they differ and a person must choose. */
  readonly values: readonly CoverValue[]
  readonly conflict: boolean
  /** Where values differ: for each, who entered it and when; otherwise empty. */
  readonly by: readonly (readonly Author[])[]
}

export interface Author {
  readonly person: string
  /** ISO 8601 UTC, as the device claimed. */
  readonly at: string
}

/** A lane (`<seat>.<incarnation>`) that wrote on the draft; `apart` = at the same time as another one, without knowing of it. */
export interface Writer extends Author {
  readonly lane: string
  readonly apart: boolean
}

/** The signed file: a line of appended signatures over the unsigned PDF. */
export interface Rendition {
  /** The longest line's last file; null while there is only the unsigned PDF. */
  readonly file: BlobRef | null
  /** Steps whose mark is in `file`, in the order they were appended. */
  readonly marked: readonly string[]
  /** Approved steps whose mark is not in it yet (押印待ち). */
  readonly missing: readonly string[]
  /** SHA-256 of other ends that lost: their signers append again. */
  readonly branches: readonly string[]
}

export interface FiledState extends BodyOf<'record.file'> {
  readonly event: string
  readonly person: string
  readonly at: string
}

/** A key that took the place of the document's first (LG-68): who gave it, when (as claimed) and why. */
export interface GivenKey {
  readonly key: string
  readonly reason: string
  readonly event: string
  readonly person: string
  readonly at: string
}

/** 後閲 of a step that was decided in the place of its position, or that others went ahead of. */
export interface PostReview {
  readonly step: string
  readonly event: string
  readonly person: string
  /** ISO 8601 UTC, as the device claimed. */
  readonly at: string
}

export interface DocumentState {
  readonly id: string
  readonly form: string | null
  readonly collection: string | null
  readonly stage: Stage
  readonly openQuestion: OpenQuestion | null
  readonly drafter: { readonly person: string; readonly position: string | null } | null
  readonly createdAt: string | null
  readonly cover: Readonly<Record<string, CoverField>>
  /** Who wrote since the current revision was frozen, or ever while there is none. */
  readonly writers: readonly Writer[]
  /** Yjs updates in causal order, without those that are never applied (texts.ts); merging is the reader's. */
  readonly bodyUpdates: readonly Uint8Array[]
  readonly attachments: readonly Attachment[]
  /** In causal order, superseded ones included. */
  readonly revisions: readonly RevisionState[]
  readonly current: RevisionState | null
  /** SHA-256 of the revisions that are spoken about: one, or several when the open question is which. */
  readonly candidates: readonly string[]
  /** Something was written after the current revision was frozen. */
  readonly editedSinceRevision: boolean
  readonly acts: readonly Act[]
  /** The claimed time of the deciding approval, ISO 8601 UTC; null unless decided or filed. */
  readonly decidedAt: string | null
  readonly filed: FiledState | null
  readonly abandoned: { readonly reason: string; readonly person: string; readonly at: string } | null
  readonly predecessor: { readonly doc: string; readonly reason: string } | null
  readonly rendition: Rendition
  readonly conflicts: readonly Conflict[]
  /** Of the current revision; left out while there is none. */
  readonly postReviews?: readonly PostReview[]
  /** In causal order; what is written goes under the last. Left out while there is only the first key. */
  readonly keys?: readonly GivenKey[]
  /** Events of types this version does not know. */
  readonly unknown: readonly KnownEvent[]
}
