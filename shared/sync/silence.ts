// SY-48: a storage that shows nothing new to anybody. Each machine that is on writes its beacon at least every four hours, so a storage that
// takes and answers everything and yet moves nobody's beacon, while somebody works here, keeps others' records from here. Nights and
// holidays do not count: only the time in which this machine itself was worked at and heard.

import * as v from 'valibot'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import type { RoundReport, Suspicion } from './report.ts'

/** What collection zero says of it. */
export interface SilenceRule {
  /** Hours after which nothing is decided any more (the town's policy). */
  readonly hours: number
  /** Other devices with a seat that is not taken away. */
  readonly others: number
}

/** What was heard of the others. Milliseconds; instants since 1970 UTC by this machine's clock. */
export interface Heard {
  /** Publisher → the newest number heard of it. */
  readonly serials: Readonly<Record<string, number>>
  /** When one of them moved last, as noticed here. */
  readonly since: number
  /** For how long since then somebody worked here while the storage answered. */
  readonly watched: number
  /** The last round that counted. */
  readonly at: number
  /** As a seat that was open here knew it last; null before the first. */
  readonly rule: SilenceRule | null
}

/** So long somebody who works elsewhere cannot be silent (SY-52). */
export const heartbeatMs = 4 * 60 * 60 * 1000
/** Two rounds further apart than this did not watch what lay between them. */
const longestStepMs = 10 * 60 * 1000
/** With a single other machine, silence is a colleague's day off. */
const fewestOthers = 2

/** `sitting`: the rule while somebody works here, null otherwise. */
export function heard(before: Heard | null, { at, failure, publishers }: RoundReport, sitting: SilenceRule | null): Heard | null {
  if (failure !== null) return before
  const serials = { ...before?.serials }
  let moved = before === null
  for (const { publisher, serial } of publishers) {
    if (serial <= (serials[publisher] ?? 0)) continue
    serials[publisher] = serial
    moved = true
  }
  const rule = sitting ?? before?.rule ?? null
  if (moved || before === null) return { serials, since: at, watched: 0, at, rule }
  const step = at - before.at
  return { ...before, watched: before.watched + (sitting && step > 0 && step <= longestStepMs ? step : 0), at, rule }
}

/** Null where nobody can say: the others are too few, or it was not watched long enough. */
export function silenceOf(known: Heard | null, now: number): Suspicion | null {
  const rule = known?.rule
  if (!known || !rule || rule.others < fewestOthers || known.watched < heartbeatMs) return null
  return now - known.since < rule.hours * 60 * 60 * 1000 ? null : { code: 'silent', subject: 'all', certain: true }
}

const schema = v.strictObject({ serials: v.record(v.string(), v.number()), since: v.number(), watched: v.number(), at: v.number(), rule: v.nullable(v.strictObject({ hours: v.number(), others: v.number() })) })

export function heardToBytes(known: Heard): Uint8Array {
  return encodeCbor(known)
}

/** Null for bytes that are none. */
export function parseHeard(bytes: Uint8Array | null): Heard | null {
  const parsed = v.safeParse(schema, decodeCbor(bytes ?? new Uint8Array()))
  return parsed.success ? parsed.output : null
}
