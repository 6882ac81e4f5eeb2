// Into which segments acts on several documents go that are written at once. Whoever was given one document alone judges what is about it
// alone (JU-91): so each document has segments of its own, in its order, and nothing of another beside it.

import { largestSegmentActs } from '@shared/log/header.ts'
import type { LogEvent } from '@shared/log/event.ts'
import { eventToBytes } from '@shared/log/segment.ts'

/** Half of what a segment may have: what is sealed is somewhat larger. */
const mostBytes = 2 * 1024 * 1024

/** `isApart`: which documents have segments of their own; the others share theirs. */
export function inSegments(events: readonly LogEvent[], isApart: (doc: string) => boolean = () => true): readonly (readonly LogEvent[])[] {
  const byDocument = new Map<string, LogEvent[]>()
  for (const event of events) {
    const of = event.doc !== null && isApart(event.doc) ? event.doc : ''
    const own = byDocument.get(of) ?? []
    if (own.push(event) === 1) byDocument.set(of, own)
  }
  return [...byDocument.values()].flatMap(inSize)
}

function inSize(events: readonly LogEvent[]): readonly (readonly LogEvent[])[] {
  const segments: LogEvent[][] = []
  let size = 0
  for (const event of events) {
    const bytes = eventToBytes(event).length
    const last = segments.at(-1)
    if (last && last.length < largestSegmentActs && size + bytes <= mostBytes) last.push(event)
    else {
      segments.push([event])
      size = 0
    }
    size += bytes
  }
  return segments
}
