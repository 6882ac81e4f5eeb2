// JU-39: a seat leaves a former lane of its own from a number on, where what comes before is nowhere. It is set aside from there on as a
// forked lane is, and its person enters again what can be read. That the seat said so is proof enough, wherever it was said.

import { parseAuthorityBody } from '../authority/events.ts'
import { seatOf } from '../authority/cut.ts'
import type { KnownEvent } from '../log/event.ts'
import type { SegmentHeader } from '../log/header.ts'
import { collectionZero } from '../log/names.ts'
import { chainOf, type Fork } from './forks.ts'
import type { Forks } from './ports.ts'

/** The first lane that this segment leaves and that is not known to be left from there on. */
export function leftBy({ collection, lane }: SegmentHeader, events: readonly Pick<KnownEvent, 'event'>[], forks: Forks): Fork | null {
  if (collection !== collectionZero) return null
  for (const { event } of events) {
    const left = event.type === 'session.leave' ? parseAuthorityBody('session.leave', event.body) : null
    if (left && left.lane !== lane && seatOf(left.lane) === seatOf(lane) && left.seq < (forks.get(chainOf(left)) ?? Infinity)) return { ...left, left: true }
  }
  return null
}

/** What is missing before this number stands behind the fork as well: whether it comes or not, nothing of it counts. */
export function isMissedForNothing(forks: Forks, header: SegmentHeader, headSeq: number): boolean {
  return headSeq + 1 >= (forks.get(chainOf(header)) ?? Infinity)
}
