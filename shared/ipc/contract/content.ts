// Content by need, as the vault asks for it: which packs are on this disk, bring these now, keep bringing those. Main sees names of
// packs and nothing of what they hold. Which documents a person wants offline is sealed by the vault and only kept here.
import * as v from 'valibot'
import { bytes, event, method, nothing } from '../define.ts'
import type { Failure } from '../../base/result.ts'
import type { SessionLocked } from './consent.ts'
import type { DiskBroken, DiskFull } from './vault.ts'

/** The storage does not answer, or there is none: what is not here cannot come now. */
export type ContentAway = Failure<'ContentAway'>
/** The storage answers, but nobody has put it there (yet), or what lies there is not whole. */
export type ContentNowhere = Failure<'ContentNowhere'>
export type ContentStopped = Failure<'ContentStopped'>

const packs = v.pipe(v.array(v.pipe(v.string(), v.regex(/^p\/[0-9a-f]{2}\/[0-9a-f]{64}$/))), v.maxLength(50_000))

/** Packs of one document that a new key took the place of, and those that hold its files since; never what they hold. */
const replaced = v.pipe(v.array(v.strictObject({ gone: packs, kept: v.pipe(packs, v.minLength(1)) })), v.maxLength(10_000))

export const content = {
  /** Those of these packs that are not on this disk. */
  absent: method('vault', v.strictObject({ names: packs })).gives<{ readonly names: readonly string[] }, SessionLocked>(),
  /**
   * Resolves when all of them are on this disk, before anything that is fetched unasked. What was asked for last comes first, since that is
   * what a person has open now; `bulk` (a whole package) gives way to what is not.
   */
  fetch: method('vault', v.strictObject({ names: packs, bulk: v.optional(v.boolean(), false) })).gives<null, SessionLocked | ContentAway | ContentNowhere | ContentStopped | DiskFull | DiskBroken>(),
  /** Whoever waits for `fetch` is answered `ContentStopped`; what came already stays. */
  stop: method('vault', nothing).gives<null, SessionLocked>(),
  /** In place of what was wanted before: brought in this order whenever the storage answers, also while locked. */
  want: method('vault', v.strictObject({ names: packs })).gives<null, SessionLocked>(),
  /** SY-130 what is noted on this machine of replaced packs; `keepReplaced` puts another list in its place, also for while it is locked. */
  readReplaced: method('vault', nothing).gives<{ readonly documents: readonly { readonly gone: readonly string[]; readonly kept: readonly string[] }[] }, SessionLocked>(),
  keepReplaced: method('vault', v.strictObject({ documents: replaced })).gives<null, SessionLocked | DiskFull>(),
  /** SY-134 those of these packs that the storage surely does not hold any more; null: it was not looked for since the start. */
  cleared: method('vault', v.strictObject({ names: packs })).gives<{ readonly names: readonly string[] | null }, SessionLocked>(),
  /** What the seat's person wants offline, as the vault sealed it; null when nothing was kept. */
  readPins: method('vault', nothing).gives<{ readonly sealed: Uint8Array | null }, SessionLocked>(),
  keepPins: method('vault', v.strictObject({ sealed: v.pipe(bytes, v.check((sealed) => sealed.length <= 1024 * 1024)) })).gives<null, SessionLocked | DiskFull>(),
} as const

export const contentEvents = {
  /** Some of what was wanted has come. */
  came: event('vault').carries<null>(),
} as const
