// PC-6: from which value on a check passes, as a town sets it in its policy. Whole numbers only; what a policy does not say is as usual.

import * as v from 'valibot'
import { defaultRules, type PostureRules } from './rules.ts'

/** Each with its unit in its name. */
export interface Thresholds {
  /** Without input, the screen is locked after so many minutes at the latest. */
  readonly lockMinutes: number
  /** From the dark screen to the lock. */
  readonly lockDelaySeconds: number
  /** How old signatures of a scanner may be. */
  readonly signatureDays: number
  /** The same for what macOS brings itself. */
  readonly builtInDays: number
  /** How long a machine may go without asking for updates (Linux). */
  readonly patchDays: number
  /** How long a restart may wait that an update asked for. */
  readonly rebootDays: number
  /** Between this clock and what was heard of others. */
  readonly clockMinutes: number
  /** That stay free on the disk of the records (2³⁰ bytes each). */
  readonly freeGigabytes: number
}

export type Threshold = keyof Thresholds

interface ThresholdRange {
  readonly from: number
  readonly to: number
  /** Which way fewer devices pass. */
  readonly stricter: 'less' | 'more'
  readonly mayBeNone: false
}

const upTo = (from: number, to: number): ThresholdRange => ({ from, to, stricter: 'less', mayBeNone: false })

export const thresholdRanges: Readonly<Record<Threshold, ThresholdRange>> = {
  lockMinutes: upTo(1, 60),
  lockDelaySeconds: upTo(0, 60),
  signatureDays: upTo(1, 30),
  builtInDays: upTo(1, 180),
  patchDays: upTo(1, 180),
  rebootDays: upTo(0, 60),
  clockMinutes: upTo(1, 60),
  freeGigabytes: { from: 1, to: 500, stricter: 'more', mayBeNone: false },
}

export const thresholdNames = Object.keys(thresholdRanges) as readonly Threshold[]

const gigabyte = 1024 ** 3
const { lockMinutes, lockDelaySeconds, signatureDays, builtInDays, patchDays, rebootDays, clockMinutes, freeBytes } = defaultRules
export const usualThresholds: Thresholds = { lockMinutes, lockDelaySeconds, signatureDays, builtInDays, patchDays, rebootDays, clockMinutes, freeGigabytes: freeBytes / gigabyte }

const within = ({ from, to }: ThresholdRange) => v.optional(v.pipe(v.number(), v.integer(), v.minValue(from), v.maxValue(to)))
/** A name or a value outside these makes the policy unreadable (AU-22). */
export const thresholdsSchema = v.strictObject({
  lockMinutes: within(thresholdRanges.lockMinutes),
  lockDelaySeconds: within(thresholdRanges.lockDelaySeconds),
  signatureDays: within(thresholdRanges.signatureDays),
  builtInDays: within(thresholdRanges.builtInDays),
  patchDays: within(thresholdRanges.patchDays),
  rebootDays: within(thresholdRanges.rebootDays),
  clockMinutes: within(thresholdRanges.clockMinutes),
  freeGigabytes: within(thresholdRanges.freeGigabytes),
})
export type SetThresholds = Readonly<v.InferOutput<typeof thresholdsSchema>>

/** Every value as it holds. */
export function thresholdsOf(set: SetThresholds = {}): Thresholds {
  return eachThreshold((name) => set[name] ?? usualThresholds[name])
}

/** The stricter of both, value by value, in whatever order. */
export function stricterThresholds(a: SetThresholds = {}, b: SetThresholds = {}): SetThresholds {
  const [left, right] = [thresholdsOf(a), thresholdsOf(b)]
  const named = thresholdNames.filter((name) => a[name] !== undefined || b[name] !== undefined)
  return Object.fromEntries(named.map((name) => [name, stricterOf(name, left[name], right[name])]))
}

function stricterOf(name: Threshold, a: number, b: number): number {
  return thresholdRanges[name].stricter === 'less' ? Math.min(a, b) : Math.max(a, b)
}

/** Only what is not as usual: a policy says no more than it has to. */
export function saidThresholds(of: Thresholds): SetThresholds | null {
  const said = thresholdNames.filter((name) => of[name] !== usualThresholds[name])
  return said.length === 0 ? null : Object.fromEntries(said.map((name) => [name, of[name]]))
}

/** What the checks go by. `contexts`: those that rules for acts name. */
export function rulesUnder(set: SetThresholds | null, contexts: readonly string[] = []): PostureRules {
  const { freeGigabytes, ...values } = thresholdsOf(set ?? {})
  return { ...defaultRules, ...values, freeBytes: freeGigabytes * gigabyte, contexts: [...contexts] }
}

function eachThreshold(of: (name: Threshold) => number): Thresholds {
  return Object.fromEntries(thresholdNames.map((name) => [name, of(name)])) as unknown as Thresholds
}
