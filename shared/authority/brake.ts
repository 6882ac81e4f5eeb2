// JU-95, AU-95: how many documents one seat may change within an hour before it is asked whether that is meant, and what its person said
// to that with the PIN. A slip of the hand, or a program that works in somebody's name, is stopped early; work on many documents is not.

import { civilTimeJst } from '../base/civil-date.ts'
import type { DevicePolicy, LiftedBrake } from './model.ts'

/** Where the policy does not say. */
export const usualMassDocuments = 200
/** What is counted: documents changed within so long. */
export const brakeWindowMs = 60 * 60 * 1000
/** AU-95 for at most so many hours, and so many documents, a person can say so at once. */
export const longestLiftHours = 8
export const mostLifted = 100_000

/** Who looked, printed, received or took out a copy changed nothing of what is there. */
const changesNothing: ReadonlySet<string> = new Set(['document.open', 'document.print', 'document.witness', 'document.post-review', 'document.export'])

export function changesDocument(type: string): boolean {
  return !changesNothing.has(type)
}

/** By document, when it was last changed (milliseconds since 1970 UTC by the clock of the log). */
export type Changed = ReadonlyMap<string, number>

/** What the brake says to a change: so many documents since then, of so many that may be changed. */
export interface Braked {
  readonly documents: number
  readonly limit: number
  /** Time of day in Japan, HH:MM, of the first change that counts. */
  readonly since: string
}

export function massLimit(policy: Pick<DevicePolicy, 'massDocuments'> | null): number {
  return policy?.massDocuments ?? usualMassDocuments
}

/** Null: goes on. `changed` holds the documents of the act itself too, and everything that this seat changed since the lift or within the hour before `at`. */
export function brakedBy(policy: Pick<DevicePolicy, 'massDocuments'> | null, lifts: readonly LiftedBrake[], seat: string, at: number, changed: Changed): Braked | null {
  const limit = massLimit(policy)
  const within = changedSince(changed, at - brakeWindowMs)
  if (within.length <= limit) return null
  const isLifted = lifts.some((lift) => lift.seat === seat && lift.from <= at && at <= lift.until && changedSince(changed, lift.from).length <= lift.documents)
  return isLifted ? null : { documents: within.length, limit, since: civilTimeJst(Math.min(...within)) }
}

function changedSince(changed: Changed, since: number): readonly number[] {
  return [...changed.values()].filter((at) => at >= since)
}
