// What a series of numbers looks like after all its acts: types only, no rule lives here.

import type { KnownEvent } from '../log/event.ts'

/** Who may give the next number: a seat, by an act. */
export interface Lease {
  /** Id of the act that made the seat registrar. */
  readonly id: string
  readonly seat: string
  readonly kind: 'first' | 'transfer' | 'takeover'
  /** Takeovers by an administrator up to and with this one; hand-overs before it. Both grow along a line of leases. */
  readonly takeovers: number
  readonly depth: number
  readonly reason: string
  readonly known: KnownEvent
}

/** Numbers `first` to `last` of a period that a seat gives by itself. */
export interface Block {
  readonly id: string
  readonly period: number
  readonly first: number
  readonly last: number
  readonly seat: string
  /** The asking that it answers; null for one that was handed out. */
  readonly ask: string | null
  readonly lease: Lease
  readonly known: KnownEvent
}

/** Numbers left free when the registrar was lost. */
export interface Gap {
  readonly id: string
  readonly period: number
  readonly first: number
  readonly last: number
  readonly reason: string
}

/** One giving of a number to a document that its author was entitled to. */
export interface Claim {
  readonly id: string
  readonly series: string
  readonly period: number
  readonly n: number
  readonly doc: string
  readonly block: string | null
  /** The lease the number comes from: the block's, or the registrar's own. */
  readonly lease: Lease
  readonly known: KnownEvent
}

export interface Voiding {
  readonly id: string
  readonly period: number
  readonly first: number
  readonly last: number
  /** A return covers only what was unused when it was written. */
  readonly unusedOnly: boolean
  readonly reason: string
  readonly again: boolean
}

/** A takeover that waits for another administrator's word; taken back, it waits no more. */
export interface OpenTakeover {
  readonly id: string
  readonly seat: string
  readonly reason: string
  readonly known: KnownEvent
}

/** A seat's asking for numbers to take along that the registrar has not answered and the seat has not taken back. */
export interface OpenAsk {
  readonly id: string
  readonly seat: string
  readonly size: number
  readonly known: KnownEvent
}

/** Why an act does not count; it is kept and shown. */
export type IdleCause = 'takeover-unknown' | 'own-proposal' | 'not-own-proposal' | 'takeover-withdrawn' | 'takeover-lapsed' | 'ask-unknown' | 'ask-withdrawn' | 'not-registrar' | 'registrar-elsewhere' | 'not-the-next-number' | 'block-unknown' | 'not-in-block' | 'number-used' | 'not-a-number-yet' | 'unreadable'

export interface IdleAct {
  readonly known: KnownEvent
  readonly why: IdleCause
}

/** Every number of a period up to the highest, and why it is what it is. */
export type Explained =
  | { readonly n: number; readonly kind: 'given'; readonly doc: string; readonly act: string }
  /** 欠番; `doc`: it had been given to this document. */
  | { readonly n: number; readonly kind: 'void'; readonly doc: string | null; readonly reason: string; readonly act: string }
  /** Given by a seat that was taken away, behind what was trusted of it: 欠番, and the document gets another. Null: it was free, and voided by such a seat. */
  | { readonly n: number; readonly kind: 'revoked'; readonly doc: string | null; readonly act: string }
  /** Given to a document that has another number. */
  | { readonly n: number; readonly kind: 'spare'; readonly doc: string; readonly act: string }
  | { readonly n: number; readonly kind: 'block'; readonly block: string }
  | { readonly n: number; readonly kind: 'gap'; readonly reason: string; readonly act: string }

export interface PeriodBook {
  readonly period: number
  /** The highest number that is spoken for. */
  readonly max: number
  readonly blocks: readonly Block[]
  /** From 1 to `max`, none left out. */
  readonly numbers: readonly Explained[]
}

/** Two documents met at one number: the one keeps it, the other waits for a new one. */
export interface Collision {
  readonly kept: Claim
  readonly lost: Claim
}

export interface SeriesBook {
  readonly series: string
  readonly registrar: Lease | null
  /** All that count, the one that stands first. */
  readonly leases: readonly Lease[]
  readonly periods: ReadonlyMap<number, PeriodBook>
  readonly collisions: readonly Collision[]
  readonly takeovers: readonly OpenTakeover[]
  readonly asks: readonly OpenAsk[]
  readonly idle: readonly IdleAct[]
  /** Ids of the latest acts: what the next one names as its past. */
  readonly heads: readonly string[]
}

export interface NumberBooks {
  readonly series: ReadonlyMap<string, SeriesBook>
  /** The one number of each document that has one. */
  readonly numberOf: ReadonlyMap<string, Claim>
  /** Documents whose number was cancelled and that are not to get another. */
  readonly closed: ReadonlySet<string>
}
