// What a person decided about the line: a pause, a metered line, limits. Kept sealed with the other notes of this machine; unreadable
// means that nothing was decided.

import * as v from 'valibot'
import { decodeCbor, encodeCbor } from '@shared/base/cbor.ts'
import { lineChoice, type LineChoice, type Metered } from '@shared/ipc/contract/sync.ts'
import type { Profile } from './profile.ts'

const schema = v.strictObject({ v: v.literal(1), line: lineChoice, pausedUntil: v.union([v.number(), v.literal('resumed')]) })

export interface KeptLine {
  readonly line: LineChoice
  /** Milliseconds since 1970 UTC; 0 = no pause, Infinity = until a person ends it. */
  readonly pausedUntil: number
}

export const undecided: KeptLine = { line: { metered: 'never', up: 0, down: 0 }, pausedUntil: 0 }

export async function readLine(profile: Profile): Promise<KeptLine> {
  const read = v.safeParse(schema, decodeCbor((await profile.readNote('line')) ?? new Uint8Array()))
  if (!read.success) return undecided
  const { line, pausedUntil } = read.output
  return { line, pausedUntil: pausedUntil === 'resumed' ? Infinity : pausedUntil }
}

export function writeLine(profile: Profile, { line, pausedUntil }: KeptLine): Promise<void> {
  return profile.writeNote('line', encodeCbor({ v: 1, line, pausedUntil: pausedUntil === Infinity ? 'resumed' : pausedUntil }))
}

/** SY-83: no document moves by itself on a line that is said to be metered; where the system does not know, it is not. */
export function holdsBack({ metered }: LineChoice, told: Metered): boolean {
  return metered === 'always' || (metered === 'told' && told === 'yes')
}
