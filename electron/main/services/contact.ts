// PO-50: when this machine last had everything that the storage showed, and for how long it has been away since. Sealed with the profile.
// The machine's own clock counts, and never less than the latest that was ever seen on it: set back it gains no days.

import * as v from 'valibot'
import { decodeCbor, encodeCbor } from '@shared/base/cbor.ts'
import type { Clock } from '@shared/base/ports.ts'
import type { RoundReport, SuspicionCode } from '@shared/sync/report.ts'
import type { Profile } from './profile.ts'

export interface Contact {
  /** Milliseconds since 1970 UTC by this machine's clock; null = never that is known. */
  last(): Promise<number | null>
  /** Milliseconds since then; `Infinity` = never that is known. */
  away(): Promise<number>
  /** A round over the storage is over. True when it was a contact and is noted anew. */
  round(report: Told): Promise<boolean>
  /** Carried by hand: as new as what others had written there. */
  carried(othersAt: number | null): Promise<void>
}

type Told = Pick<RoundReport, 'at' | 'completeAt' | 'failure' | 'isLost' | 'missing' | 'strangers' | 'suspicions'>

/** Milliseconds since 1970 UTC. */
interface Known {
  readonly at: number | null
  /** The latest time that was seen on this clock since. */
  readonly seen: number
}

const ms = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const schema = v.strictObject({ at: v.nullable(ms), seen: ms })
/** Minutes that are not noted count for nobody. */
const notedMs = 10 * 60 * 1000

export function createContact(profile: Pick<Profile, 'readNote' | 'writeNote'>, clock: Clock): Contact {
  let known: Known | null = null
  let noted: Known | null = null
  const load = async (): Promise<Known> => {
    if (known) return known
    const read = v.safeParse(schema, decodeCbor((await profile.readNote('contact')) ?? new Uint8Array()))
    if (read.success) noted = read.output
    known ??= noted ?? { at: null, seen: 0 }
    return known
  }
  const know = async (next: Known): Promise<boolean> => {
    known = next
    const isNews = !noted || (noted.at === null) !== (next.at === null) || (next.at ?? 0) - (noted.at ?? 0) >= notedMs || next.seen - noted.seen >= notedMs || next.seen < noted.seen
    if (!isNews) return false
    // A full disk keeps nobody out before the time that was noted is over.
    await profile.writeNote('contact', encodeCbor(next)).then(
      () => (noted = next),
      () => undefined,
    )
    return true
  }
  const see = async (): Promise<Known> => {
    const before = await load()
    const now = clock.now()
    if (now > before.seen) await know({ ...before, seen: now })
    return known ?? before
  }
  return {
    last: async () => (await load()).at,
    async away() {
      const { at, seen } = await see()
      return at === null ? Infinity : Math.max(0, seen - at)
    },
    async round(report) {
      if (isContact(report)) {
        await load()
        return know({ at: report.at, seen: report.at })
      }
      await see()
      return false
    },
    async carried(othersAt) {
      const before = await see()
      if (othersAt !== null && othersAt > (before.at ?? 0) && othersAt <= before.seen) await know({ ...before, at: othersAt })
    },
  }
}

/** What devices did, and what speaks of nobody's newest beacon: said elsewhere, and no reason to stay closed. */
const ofOthers: ReadonlySet<SuspicionCode> = new Set(['beacon-forked', 'parcel-unreadable', 'object-refused', 'object-differs', 'profile-copied', 'silent'])

/** Everything that the storage showed is here; but what devices hold out that only an open seat learns to know. */
function isContact({ completeAt, failure, isLost, missing, strangers, suspicions }: Told): boolean {
  if (isLost) return false
  return completeAt !== null || (failure === null && missing.length === 0 && strangers.length > 0 && suspicions.every(({ code }) => ofOthers.has(code)))
}
