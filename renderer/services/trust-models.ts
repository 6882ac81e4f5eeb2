// What 端末と信頼 shows, made by the vault worker: who may decide, what waits for a second voice, and what this device cannot promise.

import type { PolicyChange, PolicyValues } from '@shared/authority/policy-change.ts'
import type { ProposedMatter } from '@shared/authority/proposal.ts'
import type { Notice } from './view-models.ts'

/** 端末と信頼: what this device is and what it cannot promise. */
export interface TrustView {
  readonly device: string
  readonly keystore: 'os' | 'pin-only'
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
  readonly twofold: readonly TwofoldRow[]
  readonly accounts: AccountsView
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

export interface AccountRow {
  readonly id: string
  readonly name: string
  /** What the provider calls the person. */
  readonly label: string
}

/** A seat that was used in two places at once. */
export interface TwofoldRow {
  readonly seat: string
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
