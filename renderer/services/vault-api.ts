// What a feature may ask of the vault worker. Commands answer a Result; queries are live: the callback is called with the first
// value and again after each change, until the returned function is called. Nothing here shows a key, a table or an event.

import type { CollectionKind } from '@shared/authority/collection.ts'
import type { PolicyValues } from '@shared/authority/policy-change.ts'
import type { ReviewValues } from '@shared/authority/review-rules.ts'
import type { CheckId } from '@shared/posture/model.ts'
import type { Failure, Result } from '@shared/base/result.ts'
import type {
  ActStateRow,
  AttachmentView,
  CabinetNode,
  Desk,
  DocumentView,
  BrakeView,
  JobState,
  LeaseRow,
  Notice,
  OfflineView,
  NumberSeriesView,
  RegisterRow,
  SearchHit,
  SummarySource,
  TownView,
  VolumeView,
} from './view-models.ts'
import type { AbsencesView } from './absence-models.ts'
import type { AuditQuery, AuditView } from './audit-models.ts'
import type { HeldRow } from './held-models.ts'
import type { ReviewView, Role } from './review-models.ts'
import type { DocumentRole } from './sharing-models.ts'
import type { CouldRead, CouldReadOf, DeviceRulesView, ReconcileView, TrustView } from './trust-models.ts'

/** Why a command was not done. `type` is looked up in the catalogues under `failure.<type>`; facts fill its sentence. */
export interface CommandFailure extends Failure {
  readonly facts?: Readonly<Record<string, string | number>>
  /** Every reason of a rule that said no. */
  readonly reasons?: readonly Notice[]
}

export type Done<V = null> = Promise<Result<V, CommandFailure>>

/** Live queries by name: argument and value. */
export interface VaultQueries {
  readonly desk: { readonly arg: null; readonly value: Desk }
  readonly document: { readonly arg: { readonly id: string }; readonly value: DocumentView | null }
  /** A summary names it, and not all of its records are here. */
  readonly awaited: { readonly arg: { readonly id: string }; readonly value: boolean }
  /** Null when everything shown comes from records. */
  readonly summary: { readonly arg: null; readonly value: SummarySource | null }
  readonly cabinet: { readonly arg: null; readonly value: readonly CabinetNode[] }
  readonly volume: { readonly arg: { readonly id: string }; readonly value: VolumeView | null }
  readonly register: { readonly arg: { readonly fiscalYear: number | null }; readonly value: readonly RegisterRow[] }
  readonly numbers: { readonly arg: null; readonly value: readonly NumberSeriesView[] }
  readonly town: { readonly arg: null; readonly value: TownView }
  readonly offline: { readonly arg: null; readonly value: OfflineView }
  /** Null where there is no such removal or seat. */
  readonly couldRead: { readonly arg: CouldReadOf; readonly value: CouldRead | null }
  readonly trust: { readonly arg: null; readonly value: TrustView }
  /** AU-72 the text of a list of accounts beside the people here. */
  readonly reconcile: { readonly arg: { readonly text: string }; readonly value: ReconcileView }
  /** 権限の点検; `back`: so many quarters ago. */
  readonly review: { readonly arg: { readonly back: number }; readonly value: ReviewView }
  /** 監査証跡: who did what, as far as whoever sits here may see it. */
  readonly audit: { readonly arg: AuditQuery; readonly value: AuditView }
  /** The town's own rules for its devices; null where it has none. */
  /** On which device and in which state what was decided of a document was done. */
  readonly actStates: { readonly arg: { readonly id: string }; readonly value: readonly ActStateRow[] }
  /** `minute`: of the clock, so that it is asked anew when time passes. */
  readonly leases: { readonly arg: { readonly minute: number }; readonly value: readonly LeaseRow[] }
  /** What of the person here does not count, and why. */
  readonly held: { readonly arg: null; readonly value: readonly HeldRow[] }
  readonly brake: { readonly arg: null; readonly value: BrakeView }
  /** 不在と代決, from today on. */
  readonly absences: { readonly arg: null; readonly value: AbsencesView }
  readonly deviceRules: { readonly arg: null; readonly value: DeviceRulesView | null }
}

/** Commands by name: argument and value. */
export interface VaultCommands {
  readonly createDraft: { readonly arg: { readonly form: string; readonly collection: string; readonly position: string; readonly predecessor?: { readonly id: string; readonly reason: string } }; readonly value: { readonly id: string } }
  readonly setCover: { readonly arg: { readonly id: string; readonly field: string; readonly value: string | boolean | number | readonly string[] }; readonly value: null }
  /** The whole Yjs state (V2 update) of the body, to start the editor with. */
  readonly openBody: { readonly arg: { readonly id: string }; readonly value: { readonly state: Uint8Array; readonly clientId: number } }
  /** An incremental Yjs V2 update; resolved once it is on disk (fdatasync). The editor batches: at most one call under way. */
  readonly updateBody: { readonly arg: { readonly id: string; readonly update: Uint8Array }; readonly value: null }
  readonly attach: { readonly arg: { readonly id: string; readonly name: string; readonly mediaType: string; readonly bytes: Uint8Array }; readonly value: AttachmentView }
  readonly detach: { readonly arg: { readonly id: string; readonly attachment: string }; readonly value: null }
  readonly readAttachment: { readonly arg: { readonly id: string; readonly attachment: string }; readonly value: { readonly bytes: Uint8Array; readonly name: string; readonly mediaType: string } }
  /** Characters that no font of the pages has, as typed: they would stand there as a boxed code. */
  readonly boxedCharacters: { readonly arg: { readonly id: string }; readonly value: readonly string[] }
  /** The pages as they would be frozen now (not kept). */
  readonly preview: { readonly arg: { readonly id: string }; readonly value: { readonly pdf: Uint8Array } }
  /** The frozen or, once there are marks, the signed file. */
  readonly readPages: { readonly arg: { readonly id: string }; readonly value: { readonly pdf: Uint8Array; readonly signed: boolean } }
  readonly submit: { readonly arg: { readonly id: string; readonly position: string; readonly decisionClass: string; readonly concurrence: readonly string[] }; readonly value: null }
  readonly act: { readonly arg: { readonly id: string; readonly act: 'approve' | 'return' | 'refuse' | 'withdraw' | 'confirm'; readonly step: string | null; readonly position: string; readonly comment: string; /** DC-41 why it cannot wait, where it is decided in somebody's place. */ readonly urgency?: string }; readonly value: null }
  /** DC-43 後閲: whoever was away has read what was decided in their place. */
  readonly postReview: { readonly arg: { readonly id: string; readonly step: string; readonly position: string }; readonly value: null }
  /** 押印待ち: append the person's mark again to the file that stayed. */
  readonly remark: { readonly arg: { readonly id: string; readonly step: string; readonly position: string }; readonly value: null }
  /** DC-20 takes a colleague's draft over. */
  readonly adoptDraft: { readonly arg: { readonly id: string; readonly position: string; readonly reason: string }; readonly value: null }
  readonly abandon: { readonly arg: { readonly id: string; readonly reason: string }; readonly value: null }
  readonly createVolume: { readonly arg: { readonly node: string; readonly title: string; readonly publicTitle: string; readonly retentionClass: string; readonly fiscalYear: number; readonly location: string; readonly collection: string; readonly position: string }; readonly value: { readonly id: string } }
  /** Seals the document's files anew under a new key, and what is written from then on. */
  readonly rekeyDocument: { readonly arg: { readonly id: string; readonly reason: string }; readonly value: null }
  readonly fileDocument: { readonly arg: { readonly id: string; readonly volume: string; readonly position: string }; readonly value: null }
  /** Who keeps a series, numbers taken along, 欠番. */
  readonly keepNumbers: {
    readonly arg: {
      readonly series: string
      readonly act:
        | { readonly kind: 'registrar'; readonly seat: string; readonly reason: string }
        | { readonly kind: 'takeover'; readonly seat: string; readonly skip: number; readonly reason: string }
        | { readonly kind: 'agree'; readonly takeover: string }
        | { readonly kind: 'withdraw'; readonly takeover: string }
        | { readonly kind: 'ask'; readonly size: number }
        | { readonly kind: 'unask'; readonly ask: string }
        | { readonly kind: 'block'; readonly seat: string; readonly size: number }
        | { readonly kind: 'void'; readonly period: number; readonly n: number; readonly reason: string; readonly again: boolean }
        | { readonly kind: 'return'; readonly period: number; readonly block: string; readonly reason: string }
    }
    readonly value: null
  }
  /** Gives a document one of the numbers taken along here. */
  readonly giveNumber: { readonly arg: { readonly id: string }; readonly value: null }
  readonly search: { readonly arg: { readonly query: string }; readonly value: readonly SearchHit[] }
  /** What is to be opened here without a connection; `id` of a volume or a document. */
  readonly pin: { readonly arg: { readonly what: 'mine'; readonly on: boolean } | { readonly what: 'volume' | 'document'; readonly id: string; readonly on: boolean }; readonly value: null }
  /** Asks for consent, then for a folder, then writes (`outgoing`: the copy that bears the number, alone); progress by `onJob`. Value: the path written. */
  readonly exportPackage: { readonly arg: { readonly scope: { readonly kind: 'document'; readonly id: string } | { readonly kind: 'outgoing'; readonly id: string } | { readonly kind: 'volume'; readonly id: string } | { readonly kind: 'fiscal-year'; readonly year: number }; readonly position: string; readonly reason: string; /** Sealed in one file for somebody outside. */ readonly share?: { readonly to: string } }; readonly value: { readonly path: string; readonly documents: number; /** Of a sealed one; shown once. */ readonly passphrase: string | null } }
  /** The printers of this machine; empty where there is none. */
  readonly listPrinters: { readonly arg: Readonly<Record<string, never>>; readonly value: readonly { readonly name: string; readonly title: string }[] }
  /** Asks for consent over the pages, records it, then hands the pages to the printer. */
  readonly printDocument: { readonly arg: { readonly id: string; readonly position: string; readonly printer: { readonly name: string; readonly title: string }; readonly reason: string }; readonly value: null }
  readonly cancelJob: { readonly arg: { readonly job: string }; readonly value: null }
  /** Admin act: add the seat of another machine whose six words were compared, for a person of the town. */
  readonly approveJoin: { readonly arg: { readonly id: string; readonly digest: string; readonly person: string }; readonly value: null }
  /** Admin act: propose a further administrator; alone where nobody else could vote. */
  readonly proposeAdmin: { readonly arg: { readonly person: string; readonly reason: string }; readonly value: null }
  /** Admin act: propose that somebody is an administrator no more. */
  readonly removeAdmin: { readonly arg: { readonly person: string; readonly reason: string }; readonly value: null }
  /** Admin act: take a seat away with a cut; of an administrator it is a proposal. */
  readonly removeSeat: { readonly arg: { readonly seat: string; readonly reason: string }; readonly value: null }
  /** Admin act: a device is lost. Its seats are taken away, and it erases itself when it reaches the storage. */
  readonly reportLost: { readonly arg: { readonly device: string; readonly reason: string }; readonly value: null }
  /** Admin act: other values of the town's policy; alone where nothing becomes looser, otherwise a proposal. */
  readonly changePolicy: { readonly arg: { readonly values: PolicyValues; readonly reason: string }; readonly value: null }
  /** Admin act: for so many days from today one check of one device is said only; a proposal. */
  readonly excuseCheck: { readonly arg: { readonly device: string; readonly check: CheckId; readonly days: number; readonly reason: string }; readonly value: null }
  /** Admin act: the excuse ends at once. */
  readonly endExcuse: { readonly arg: { readonly excuse: string; readonly reason: string }; readonly value: null }
  /** Admin act: closes a proposal of one's own that waits. */
  readonly withdrawProposal: { readonly arg: { readonly proposal: string }; readonly value: null }
  /** Admin act: what this machine's administrator set becomes the provider that the town names; alone where nobody else could vote. */
  readonly nameProvider: { readonly arg: null; readonly value: null }
  /** Admin act: an account that somebody said is theirs is theirs. */
  readonly bindAccount: { readonly arg: { readonly claim: string }; readonly value: null }
  /** Admin act: an account is nobody's any more. */
  readonly releaseAccount: { readonly arg: { readonly binding: string; readonly reason: string }; readonly value: null }
  /** Enters again what the person wrote at this seat where it was used in two places at once. */
  readonly adopt: { readonly arg: null; readonly value: { readonly acts: number } }
  /** Waits no more for records of the person here that are nowhere, confirmed in main's own window, and enters the later ones again. */
  readonly leaveLost: { readonly arg: null; readonly value: { readonly acts: number } }
  /** Looks at rights, all alike: carries them on as far as the rules allow, makes them less (a lesser role, an earlier last day), or takes them away. */
  readonly reviewGrants: {
    readonly arg: {
      readonly grants: readonly string[]
      readonly act: { readonly kind: 'keep' } | { readonly kind: 'reduce'; readonly role: Role | null; readonly to: string | null } | { readonly kind: 'remove' }
      readonly reason: string
    }
    readonly value: null
  }
  /** Admin act: the report of a quarter's review, signed, with its table; asks for consent, then for a folder. Value: the path written, null where no folder was chosen. */
  readonly reportReview: { readonly arg: { readonly back: number }; readonly value: { readonly path: string } | null }
  /** Admin act: what the query finds in the audit trail, signed, with its table and what proves it; asks for consent, then for a folder. Value: the path written, null where no folder was chosen. */
  readonly exportAudit: { readonly arg: AuditQuery; readonly value: { readonly path: string } | null }
  /** Admin act: somebody may use the documents of a collection. `to`: last day, null = open; `reviewBy`: null = as late as the rules allow. */
  /** AU-67 the rules of the review: two voices. */
  readonly changeReviewRules: { readonly arg: { readonly values: ReviewValues; readonly reason: string }; readonly value: null }
  readonly giveRight: { readonly arg: { readonly person: string; readonly collection: string; readonly role: Exclude<Role, 'admin'>; readonly to: string | null; readonly reviewBy: string | null; readonly reason: string }; readonly value: null }
  /** This one document to somebody who may not read the others of its collection; `to`: the last day (ISO civil date). */
  readonly giveDocument: { readonly arg: { readonly id: string; readonly person: string; readonly role: DocumentRole; readonly to: string; readonly reason: string }; readonly value: null }
  readonly takeDocumentBack: { readonly arg: { readonly grant: string; readonly reason: string }; readonly value: null }
  /** AU-100 somebody is away; `from`: null = today. `acting`: who decides meanwhile, null = nobody. */
  readonly registerAbsence: { readonly arg: { readonly position: string; readonly acting: string | null; readonly from: string | null; readonly to: string; readonly reason: string }; readonly value: null }
  /** AU-103 today is its last day. */
  readonly endAbsence: { readonly arg: { readonly absence: string; readonly reason: string }; readonly value: null }
  /** Admin act: a voice for a proposal that waits. */
  readonly voteFor: { readonly arg: { readonly proposal: string }; readonly value: null }
  /** Whoever sits here looked into what is said of the storage; confirmed in main's own window, and kept. */
  /** "I have read these rules and keep them": for the text of this hash. */
  readonly acknowledgeRules: { readonly arg: { readonly text: string }; readonly value: null }
  /** Admin act: a new collection of documents with whoever answers for it and the people who use it. `to`, `reviewBy`: of all of these rights; null = open, as late as the rules allow. */
  readonly foundCollection: {
    readonly arg: {
      readonly name: string
      readonly nameEn: string
      readonly kind: CollectionKind
      readonly purpose: string
      readonly owner: string
      readonly people: readonly { readonly person: string; readonly role: Exclude<Role, 'admin' | 'owner'> }[]
      readonly to: string | null
      readonly reviewBy: string | null
      readonly reason: string
    }
    readonly value: null
  }
  /** JU-95 many documents will be changed at this seat: confirmed in main's own window with the PIN. */
  readonly liftBrake: { readonly arg: { readonly documents: number; readonly hours: number; readonly reason: string }; readonly value: null }
  /** For administrators: other rules for devices, from today on. Everybody accepts them anew. */
  readonly changeDeviceRules: { readonly arg: { readonly text: string; readonly textEn: string }; readonly value: null }
  readonly settleStorage: { readonly arg: null; readonly value: null }
  /** Admin act: make a seat for a person on this device; the person types the new PIN in main's own window. */
  readonly enrolSeat: { readonly arg: { readonly person: string }; readonly value: null }
}

export interface VaultApi {
  command<K extends keyof VaultCommands>(name: K, arg: VaultCommands[K]['arg']): Done<VaultCommands[K]['value']>
  watch<K extends keyof VaultQueries>(name: K, arg: VaultQueries[K]['arg'], callback: (value: VaultQueries[K]['value']) => void): () => void
  onJob(callback: (job: JobState) => void): () => void
  /** One line the vault wants said (e.g. rebuilt from the folder), as a notice code with facts. */
  onNotice(callback: (notice: { readonly code: string; readonly facts: Readonly<Record<string, string | number>> }) => void): () => void
}
