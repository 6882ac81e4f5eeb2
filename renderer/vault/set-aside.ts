// What seats wrote behind a fork (JU-33), or what the brake holds (JU-96), and nobody has brought again: opened from where it is kept, for the screen and for whoever
// wrote it. It lets nothing in.

import { openSegmentEvents, openSegmentHeader } from '@shared/judge/open-segment.ts'
import type { Quarantined } from '@shared/judge/ports.ts'
import { isBraked, mayComeAgain } from '@shared/judge/quarantine.ts'
import { seatOf } from '@shared/authority/cut.ts'
import { compareForDisplay, type KnownEvent } from '@shared/log/event.ts'
import { collectionZero, documentHandle } from '@shared/log/names.ts'
import type { VaultCore } from './core.ts'

export interface SetAside {
  readonly collection: string
  /** For the brake alone, not for a fork. */
  readonly braked: boolean
  readonly events: readonly KnownEvent[]
  /** Acts that cannot be read here. */
  readonly closed: number
}

/** By seat; a seat without anything left is in it all the same. Who opened and closed is nobody's work and left out. */
export async function setAsideOf(core: VaultCore): Promise<ReadonlyMap<string, readonly SetAside[]>> {
  const bySeat = new Map<string, SetAside[]>()
  for (const one of (await core.view.quarantined()).filter(mayComeAgain)) {
    const seat = seatOf(one.lane)
    const braked = isBraked(one)
    const found = bySeat.get(seat) ?? []
    if (!braked) bySeat.set(seat, found)
    if (one.collection === collectionZero) continue
    const opened = await openKept(core, one)
    const events = await notAccepted(core, one.collection, opened ?? [])
    // What the brake held and is entered again says nothing of the seat any more.
    if (braked && opened && events.length === 0) continue
    bySeat.set(seat, found)
    found.push({ collection: one.collection, braked, events, closed: opened ? 0 : one.acts.length })
  }
  return bySeat
}

/** Null where it cannot be read here. */
export async function openKept({ around, seat, keys, object }: VaultCore, { name, lane, collection, seq }: Quarantined): Promise<readonly KnownEvent[] | null> {
  const bytes = await object(name)
  const header = bytes && (await openSegmentHeader(around.crypto, seat.workspace, keys, bytes))
  const opened = header && typeof header === 'object' ? await openSegmentEvents(around.crypto, keys, header, (doc) => documentHandle(seat.workspace, doc)) : null
  return opened && typeof opened === 'object' ? opened.events.map(({ id, event }) => ({ id, event, lane: `${lane}/${collection}`, seq })) : null
}

async function notAccepted({ view }: VaultCore, collection: string, events: readonly KnownEvent[]): Promise<readonly KnownEvent[]> {
  const left: KnownEvent[] = []
  for (const one of events) if (!(await view.documentEvents(collection, one.event.doc ?? '')).some(({ id }) => id === one.id)) left.push(one)
  return left
}

/** Once each, causes before effects by their clocks. */
export function inTheirOrder(kept: readonly SetAside[], collection: string): readonly KnownEvent[] {
  const events = kept.filter((one) => one.collection === collection).flatMap((one) => one.events)
  return [...new Map(events.map((one) => [one.id, one])).values()].sort(compareForDisplay)
}
