// One segment of the open seat: its events are built on what is known here, judged as every replica will judge them, sealed under the keys
// of their documents, and signed and journalled by main. Nothing of it is in the view yet.

import { newestEpoch } from '@shared/authority/ask.ts'
import type { Result } from '@shared/base/result.ts'
import type { ContentKey } from '@shared/crypto/ports.ts'
import type { BodyOf } from '@shared/document/events.ts'
import type { NewEvent } from '@shared/flow/ports.ts'
import type { HybridClock } from '@shared/log/clock.ts'
import type { Hlc, KnownEvent, LogEvent } from '@shared/log/event.ts'
import type { SegmentHeader } from '@shared/log/header.ts'
import { collectionZero } from '@shared/log/names.ts'
import { sealEvents } from '@shared/log/seal-events.ts'
import { eventId, eventToBytes } from '@shared/log/segment.ts'
import type { SessionCertificate } from '@shared/log/session.ts'
import { bookOf } from '@shared/numbers/ask.ts'
import type { CommandFailure } from '../services/vault-api.ts'
import type { VaultCore } from './core.ts'
import { failed, failedBy, notAllowed } from './failure.ts'
import { currentKeyId } from './files.ts'
import { judgeEvents } from './judge-events.ts'

export interface WrittenSegment {
  readonly name: string
  readonly bytes: Uint8Array
}

/** `after`: events of its segment that come before these. */
export async function buildEvents(core: VaultCore, clock: HybridClock, collection: string, drafts: readonly NewEvent[], after: LogEvent | null): Promise<readonly LogEvent[]> {
  const latest = new Map<string, string>()
  if (after?.doc) latest.set(after.doc, eventId(eventToBytes(after)))
  const events: LogEvent[] = []
  for (const { type, doc, position, body, series } of drafts) {
    const line = doc ?? series ?? null
    const before = line === null ? null : (latest.get(line) ?? null)
    const deps = before ? [before] : doc !== null ? headsOf(await core.view.documentEvents(collection, doc)) : series === undefined ? [] : bookOf(core.numbers(), series).heads
    const hlc = clock.tick()
    const event: LogEvent = {
      v: 1,
      type,
      doc,
      deps,
      hlc,
      at: new Date(core.around.clock.now()).toISOString(),
      person: core.seat.person,
      position,
      body,
      salt: core.around.crypto.random.bytes(16),
    }
    if (line !== null) latest.set(line, eventId(eventToBytes(event)))
    events.push(event)
  }
  return events
}

/** The events that no other one names as its past. */
function headsOf(events: readonly KnownEvent[]): readonly string[] {
  const past = new Set(events.flatMap(({ event }) => event.deps))
  return events.map((known) => known.id).filter((id) => !past.has(id)).sort()
}

/** Judged as every replica will, sealed, gated, signed and journalled; not in the view yet. */
export async function writeSegment(core: VaultCore, session: SessionCertificate, collection: string, events: readonly LogEvent[], at?: Hlc): Promise<Result<WrittenSegment, CommandFailure>> {
  const { around, seat, keys, view } = core
  const seq = ((await view.head(collection, seat.lane))?.seq ?? 0) + 1
  const epoch = newestEpoch(core.authority(), collectionZero)
  // A removal elsewhere renewed the key and this seat was not known there yet: an administrator's machine hands it on (AU-16).
  if (!(await keys.epochKey(collectionZero, epoch))) return failed('KeyNotYet', 'later')
  const sealing = new Map<LogEvent, ContentKey>()
  for (const event of events) {
    const key = event.doc === null ? await keys.epochKey(collectionZero, epoch) : await keys.keyOf(collection, event.doc, keyIdOf(core, event))
    if (!key) return failed('KeyMissing')
    sealing.set(event, key)
  }
  const place = { workspace: seat.workspace, collection, lane: seat.lane, seq }
  const sealed = await sealEvents(around.crypto, place, events, (event) => sealing.get(event) as ContentKey, (event) => keyIdOf(core, event))
  const header = { ...headerOf(core, collection, seq, events, sealed.acts), ...(at ? { hlc: at } : {}) }
  const reasons = await judgeEvents(core, session, header, events)
  if (reasons.length > 0) return notAllowed(reasons)
  const { hlc, authority, acts } = header
  const committed = await around.host.journal.commit({ collection, seq, hlc, authority: { ...authority }, epoch, acts: acts.map((act) => ({ ...act })), events: [...sealed.events] })
  return committed.ok ? committed : failedBy(committed.error)
}

/** LG-69 what gives a document a new key stands under it, as does everything after it. */
function keyIdOf(core: VaultCore, event: LogEvent): string | null {
  if (event.doc === null) return null
  return event.type === 'document.rekey' ? ((event.body as BodyOf<'document.rekey'>).key) : currentKeyId(core, event.doc)
}

export function headerOf({ seat, view }: VaultCore, collection: string, seq: number, events: readonly LogEvent[], acts: SegmentHeader['acts']): SegmentHeader {
  const hlc = events.at(-1)?.hlc ?? { ms: 0, n: 0 }
  return { suite: 1, schema: 1, workspace: seat.workspace, collection, lane: seat.lane, seq, prev: null, session: seat.session, authority: view.zeroVector(), hlc, acts }
}
