// SY-36 to SY-38: what a storage did to mislead stays said until a person says that it was looked into, also when it has healed since;
// and while it stays said, nothing is decided at this machine. It changes nothing of what is sent, fetched or kept.

import * as v from 'valibot'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import type { RoundReport, Suspicion, SuspicionCode } from './report.ts'

export interface Doubt {
  readonly code: SuspicionCode
  readonly subject: string
  /** When it was first noticed: milliseconds since 1970 UTC by this machine's clock. */
  readonly at: number
}

export interface Doubts {
  readonly open: readonly Doubt[]
  /** `<code> <subject>` of what a person looked into and that is still so. */
  readonly settled: readonly string[]
}

export const noDoubts: Doubts = { open: [], settled: [] }

/** SY-37 an honest storage does none of these three rounds long, and what others did meanwhile may be kept from here. */
const freezing: ReadonlySet<SuspicionCode> = new Set(['beacon-missing', 'beacon-forged', 'beacon-rolled-back', 'beacon-forked', 'withheld', 'storage-emptied', 'silent'])
const mostDoubts = 50

const keyOf = ({ code, subject }: Pick<Suspicion, 'code' | 'subject'>): string => `${code} ${subject}`

/** SY-36 what heals within the round is told all the same. */
function stays({ code, certain }: Suspicion): boolean {
  return code === 'own-beacon-lost' || code === 'profile-copied' || (certain && freezing.has(code))
}

export function withReport({ open, settled }: Doubts, report: RoundReport): Doubts {
  const now = new Set(report.suspicions.map(keyOf))
  // What is over may come again, and is new then. A round that was cut short proves nothing over.
  const still = report.failure ? settled : settled.filter((key) => now.has(key))
  const known = new Set([...still, ...open.map(keyOf)])
  const fresh = report.suspicions.filter((one) => stays(one) && !known.has(keyOf(one))).map(({ code, subject }): Doubt => ({ code, subject, at: report.at }))
  return { open: [...open, ...fresh].slice(-mostDoubts), settled: still }
}

/** SY-38 a person looked into all that is said now. What a whole round showed to be over is new when it comes back. */
export function settle({ open, settled }: Doubts, report: RoundReport | null): Doubts {
  const now = (report?.suspicions ?? []).map(keyOf)
  return { open: [], settled: report && !report.failure ? now : [...new Set([...settled, ...open.map(keyOf), ...now])] }
}

export function isFrozen({ open }: Doubts): boolean {
  return open.some(({ code }) => freezing.has(code))
}

/** What a report says and nobody has looked into. */
export function unsettled({ settled }: Doubts, report: RoundReport | null): readonly Suspicion[] {
  return (report?.suspicions ?? []).filter((one) => !settled.includes(keyOf(one)))
}

const schema = v.strictObject({ open: v.array(v.strictObject({ code: v.string(), subject: v.string(), at: v.number() })), settled: v.array(v.string()) })

export function doubtsToBytes(doubts: Doubts): Uint8Array {
  return encodeCbor(doubts)
}

/** None for bytes that are none. */
export function parseDoubts(bytes: Uint8Array | null): Doubts {
  const parsed = v.safeParse(schema, decodeCbor(bytes ?? new Uint8Array()))
  return parsed.success ? (parsed.output as Doubts) : noDoubts
}
