// What 端末と信頼 shows, made by the vault worker: who may decide, what waits for a second voice, and what this device cannot promise.

import type { UnreadableList } from '@shared/authority/reconcile.ts'
import type { PolicyChange, PolicyValues } from '@shared/authority/policy-change.ts'
import type { ProposedMatter } from '@shared/authority/proposal.ts'
import type { Notice } from './view-models.ts'
import type { ProtectionLevel } from '@shared/posture/model.ts'

/** 端末と信頼: what this device is and what it cannot promise. */
export interface TrustView {
  readonly device: string
  /** How well the keys of this device are kept, as it was enrolled. Null while collection zero is on its way in: then nothing here is known yet. */
  readonly level: ProtectionLevel | null
  readonly activeSeats: number
  readonly stateHash: string
  readonly segments: number
  readonly quarantined: readonly Notice[]
  readonly unknownEvents: number
  /** Who said that they looked into a storage, the latest first: at most three. `at`: ISO 8601 UTC. */
  readonly settled: readonly { readonly name: string; readonly at: string }[]
  readonly notices: readonly Notice[]
  readonly administrators: readonly AdministratorRow[]
  readonly proposals: readonly ProposalRow[]
  /** Values of the policy in force; null where there is none. */
  readonly policy: PolicyValues | null
  readonly seats: readonly SeatRow[]
  /** Checks of devices that are excused today. */
  readonly excuses: readonly ExcuseRow[]
  readonly twofold: readonly TwofoldRow[]
  readonly devices: readonly DeviceRow[]
  readonly removed: readonly RemovedReader[]
  /** Whoever sits here may give documents of some collection new keys. */
  readonly mayRekey: boolean
  /** Records of the person here that wait for an earlier one which is not on this machine, and those that nobody can prove any more. */
  readonly lost: { readonly waiting: number; readonly unproven: number }
  readonly accounts: AccountsView
}

/** AU-23 one check of a device, excused; `id` is that of the excuse. */
export interface ExcuseRow extends Pick<DeviceRow, 'device' | 'here' | 'people'> {
  readonly id: string
  readonly check: string
  /** The last day, ISO. */
  readonly to: string
  readonly reason: string
}

/** The town's accounts at its identity provider. */
export interface AccountsView {
  /** Which provider the town names; null while it names none. */
  readonly issuer: string | null
  /** Of this machine's own settings, where the town does not name it. */
  readonly issuerHere: string | null
  readonly bound: readonly AccountRow[]
  /** Accounts with which somebody signed in, and that are nobody's yet. */
  readonly claims: readonly AccountRow[]
}

/** AU-72 what a list of the provider's accounts says beside the people here. */
export type ReconcileView = { readonly unreadable: UnreadableList } | OrphansView

export interface OrphansView {
  readonly unreadable: null
  /** In the list. */
  readonly accounts: number
  /** Labels of accounts in use that are nobody's here. */
  readonly ofNobody: readonly string[]
  /** Names of people with a seat and no account. */
  readonly without: readonly string[]
  /** People with a seat whose account is stopped, or not in the list. */
  readonly gone: readonly { readonly name: string; readonly label: string; readonly why: 'stopped' | 'not-listed'; readonly seats: number }[]
}

export interface AccountRow {
  readonly id: string
  readonly name: string
  /** What the provider calls the person. */
  readonly label: string
}

/** A device with a seat, or one that is lost. */
export interface DeviceRow {
  /** How well its keys are kept, as it was enrolled. */
  readonly level: ProtectionLevel
  readonly device: string
  readonly here: boolean
  /** Whose seats are or were on it. */
  readonly people: readonly string[]
  /** A second voice is needed for one of its seats. */
  readonly takesTwo: boolean
  readonly lost: LostReport | null
}

/** Documents that could be read, by the collections that whoever sits here reads too. `mayRekey`: whoever sits here may give them new keys. */
export interface CouldRead {
  readonly collections: readonly { readonly name: string; readonly documents: readonly CouldReadDocument[]; readonly mayRekey: boolean }[]
  /** Collections that whoever sits here cannot read: nothing can be counted. */
  readonly unread: readonly string[]
  /** False while it is still looked through what lies here: nothing is counted before. */
  readonly usesKnown: boolean
}

/** `at`: when it was made. `opened`: when it was last opened, as far as that is written down here. `rekeyed`: when it got a new key since. ISO 8601 UTC. */
export interface CouldReadDocument {
  readonly doc: string
  readonly rekeyed: string | null
  /** Whether what was sealed under its earlier keys still lies on the storage; null: none was, or nobody looked yet. */
  readonly earlier: 'there' | 'gone' | null
  readonly title: string
  readonly at: string
  readonly opened: string | null
}

/** Whose reading: of a removal by its id, of a seat or of rights that may be taken away. */
export type CouldReadOf = { readonly kind: 'removal'; readonly id: string } | { readonly kind: 'seat'; readonly seat: string } | { readonly kind: 'rights'; readonly grants: readonly string[] }

/** Somebody from whom reading was taken: with a seat, or with a right. `at`: ISO 8601. */
export interface RemovedReader {
  readonly id: string
  readonly name: string
  readonly kind: 'seat' | 'right'
  readonly by: string
  readonly at: string
  readonly reason: string
}

/** What to report of a lost device: who said so, and what could be read on it by those whose seats were on it. */
export interface LostReport extends CouldRead {
  readonly by: string
  /** ISO 8601 UTC, as below. */
  readonly at: string
  readonly reason: string
}

/** A seat of which records are kept aside: it was used in two places at once, or its person left what waits for a lost record. */
export interface TwofoldRow {
  readonly why: 'twofold' | 'left' | 'braked'
  readonly seat: string
  readonly device: string
  readonly name: string
  /** The one this person sits at. */
  readonly own: boolean
  /** Acts on documents that are kept aside and do not count. */
  readonly held: number
  /** Those of them that the person here can enter again. */
  readonly adoptable: number
}

export interface AdministratorRow {
  readonly person: string
  readonly name: string
  readonly positions: readonly string[]
  /** Without a seat nobody can vote. */
  readonly seated: boolean
}

/** An act that waits for a second voice. */
export interface ProposalRow {
  readonly id: string
  readonly kind: ProposedMatter['kind']
  /** Whom it is about. */
  readonly subject: string
  readonly reason: string
  readonly proposer: string
  readonly at: string
  /** Of a change of the policy. */
  readonly changes: readonly PolicyChange[]
  readonly voices: readonly string[]
  readonly mayVote: boolean
  /** One's own: it can be taken back. */
  readonly mayWithdraw: boolean
}

export interface SeatRow {
  readonly seat: string
  readonly name: string
  readonly here: boolean
  /** The one this person sits at. */
  readonly own: boolean
  /** An administrator's: taking it away takes a second voice. */
  readonly takesTwo: boolean
  /** ISO 8601 UTC; null for a seat that does not wait after a recovery. */
  readonly waitsUntil: string | null
}

/** The town's own rules for its devices, as whoever sits here sees them. */
export interface DeviceRulesView {
  /** By language. */
  readonly text: { readonly ja: string; readonly en: string }
  /** Of the text in force; what is acknowledged. */
  readonly hash: string
  /** First day, ISO. */
  readonly from: string
  /** When whoever sits here last accepted this text, ISO 8601 UTC; null for never. */
  readonly acknowledgedAt: string | null
  /** It is time to accept them, for the first time or again. */
  readonly due: boolean
  /** For administrators: names of those with a seat who have not; null for everybody else. */
  readonly missing: readonly string[] | null
}
