// Reads the journal again for the trail of an export: headers of collection zero and of the collections concerned, opened, with the
// plaintext of those events that must be shown. Other documents' events stay sealed here as they do in the package.

import { mustShow, type TrailInput, type TrailSource } from '@shared/archive/trail.ts'
import { ok, type Result } from '@shared/base/result.ts'
import { openSegmentHeader } from '@shared/judge/open-segment.ts'
import { openSessionEvidence } from '@shared/judge/session-proofs.ts'
import type { Evidence } from '@shared/log/evidence.ts'
import { parseHeader } from '@shared/log/header.ts'
import { collectionZero, sessionName } from '@shared/log/names.ts'
import { openEvent } from '@shared/log/segment.ts'
import { documentHandle } from '@shared/log/names.ts'
import { parseSession } from '@shared/log/session.ts'
import type { CommandFailure } from '../services/vault-api.ts'
import type { VaultCore } from './core.ts'
import { failed, failedBy } from './failure.ts'

const readAhead = 32

/** In any order; only segments that this view has taken in. `numbers`: acts of collection zero that are shown besides what must be. */
export async function trailSources(core: VaultCore, collections: readonly string[], subjects: readonly string[], numbers: ReadonlySet<string>): Promise<Result<readonly TrailSource[], CommandFailure>> {
  const handles = new Set(subjects.map((id) => documentHandle(core.seat.workspace, id)))
  const sources: TrailSource[] = []
  for (const { collection, lane, seq } of core.view.heads()) {
    if (collection !== collectionZero && !collections.includes(collection)) continue
    for (let from = 1; from <= seq; from += readAhead) {
      const read = await core.around.host.journal.read({ collection, lane, from, count: Math.min(readAhead, seq - from + 1) })
      if (!read.ok) return failedBy(read.error)
      for (const { bytes } of read.value) {
        const source = await sourceOf(core, bytes, handles, numbers)
        if (!source) return failed('JournalUnreadable')
        sources.push(source)
      }
    }
  }
  return ok(sources)
}

/** The session certificates behind these records and further ones, with what their devices said. */
export async function sessionsBehind(core: VaultCore, sources: readonly TrailSource[], more: Iterable<string> = []): Promise<Pick<TrailInput, 'session' | 'posture'>> {
  const sessions = new Map<string, Uint8Array>()
  const statements = new Map<string, Evidence>()
  for (const hash of new Set([...sources.map(({ header }) => parseHeader(header)?.session ?? ''), ...more])) {
    const object = await core.object(sessionName(hash))
    const session = object && parseSession(object)
    if (object) sessions.set(hash, object)
    const evidence = session && (await openSessionEvidence({ host: core.around.crypto, keys: core.keys }, session))
    if (evidence && typeof evidence !== 'string' && evidence.posture) statements.set(hash, evidence.posture)
  }
  return { session: (hash) => sessions.get(hash) ?? null, posture: (hash) => statements.get(hash) ?? null }
}

async function sourceOf({ around, seat, keys }: VaultCore, bytes: Uint8Array, handles: ReadonlySet<string>, numbers: ReadonlySet<string>): Promise<TrailSource | null> {
  const opened = await openSegmentHeader(around.crypto, seat.workspace, keys, bytes)
  if (typeof opened === 'string') return null
  const { segment, header, headerBytes } = opened
  const plains = new Map<number, Uint8Array>()
  for (const [index, act] of header.acts.entries()) {
    if (!mustShow(header, act, handles) && !numbers.has(act.event)) continue
    const key = act.doc === null ? await keys.epochKey(collectionZero, segment.epoch) : await keys.documentKey(header.collection, act.doc)
    const sealed = segment.events[index]
    if (!key || typeof key === 'string' || !sealed) return null
    const plain = await openEvent(around.crypto, key, { workspace: header.workspace, collection: header.collection, lane: header.lane, seq: header.seq, index }, sealed)
    if (plain) plains.set(index, plain)
  }
  // The sealed events are not needed any more; a year of them would not fit into memory.
  return { segment: { ...segment, events: [] }, header: headerBytes, plain: (index) => plains.get(index) ?? null }
}
