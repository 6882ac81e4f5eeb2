// What 権限の点検 shows, made by the vault worker: who may do what, what became of it in the quarter, and what is to be looked at.

import type { CampaignOutcome } from '@shared/authority/campaign.ts'
import type { Role, RolePair } from '@shared/authority/model.ts'
import type { ReviewValues } from '@shared/authority/review-rules.ts'

export type { CampaignOutcome, Role }

export interface ReviewView {
  /** How many quarters ago; 0 = this one. */
  readonly back: number
  readonly fiscalYear: number
  readonly quarter: number
  /** First and last day, ISO. */
  readonly from: string
  readonly to: string
  /** Of the rights that stood when the quarter began. */
  readonly coverage: { readonly due: number; readonly reviewed: number }
  /** The rights that whoever sits here may look at, and their own. */
  readonly rows: readonly ReviewRow[]
  readonly pairs: readonly Pick<RolePair, 'id' | 'reason' | 'reasonEn'>[]
  readonly unusedDays: number
  /** Of the rules in force today. */
  readonly rules: ReviewValues
  /** Administrators change them; one who is alone needs no second voice. */
  readonly mayChange: boolean
  readonly alone: boolean
  /** False while it is looked through when rights were used. */
  readonly usesKnown: boolean
  /** Administrators give rights and sign the report. */
  readonly mayGive: boolean
  readonly mayReport: boolean
  /** Collections that whoever sits here can give rights on. */
  readonly places: readonly { readonly id: string; readonly name: string; readonly nameEn: string; /** Names of those at whose machine the keys are handed on; empty = this one. */ readonly handedBy: readonly string[] }[]
  /** The last day to which a look today can put off the next, by how closely the role is looked after. */
  readonly latest: Readonly<Record<Role, string>>
}

export interface ReviewRow {
  readonly grant: string
  readonly person: string
  readonly name: string
  /** Null = the whole town. */
  readonly place: { readonly name: string; readonly nameEn: string } | null
  /** Null = all its documents; otherwise the title of the one document, empty where it is not read here. */
  readonly document: string | null
  readonly role: Role
  readonly reason: string
  /** ISO civil dates. */
  readonly from: string
  readonly to: string | null
  readonly reviewBy: string
  readonly lapsesOn: string
  readonly outcome: CampaignOutcome
  /** Who looked, and on which day (ISO civil date). */
  readonly by: { readonly name: string; readonly at: string; readonly reason: string } | null
  readonly overdue: boolean
  /** ISO civil date, and otherwise why there is none: it never was, the acts are not read here, or nobody's use is told apart. */
  readonly lastUsed: string | 'never' | 'unseen' | 'uncounted'
  readonly unused: boolean
  readonly pairs: readonly string[]
  /** Names of who answers for it. */
  readonly owners: readonly string[]
  /** Whoever sits here answers for it. */
  readonly isMine: boolean
  readonly mayKeep: boolean
  readonly mayRemove: boolean
  /** Why it cannot be carried on, as a code; null where it can. */
  readonly refusal: string | null
  /** The roles it can be made less to. */
  readonly lesser: readonly Role[]
}
