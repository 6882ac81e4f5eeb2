// Main's copy of collection zero as it was judged at an earlier unlock, sealed beside the seat, so that unlocking does not judge the
// whole past each time. It saves work and is never a second truth: when it is missing, damaged, of another version or does not agree
// with the journal, everything is judged again.

import * as v from 'valibot'
import { changesAuthority } from '@shared/authority/events.ts'
import { utf8ToBytes } from '@shared/base/bytes.ts'
import { decodeCbor, encodeCbor } from '@shared/base/cbor.ts'
import { importContentKey, open, seal } from '@shared/crypto/envelope.ts'
import { hmacSha256 } from '@shared/crypto/hash.ts'
import type { ContentKey, CryptoHost } from '@shared/crypto/ports.ts'
import { authorityRows } from '@shared/judge/reduced-rows.ts'
import { judgeVersion } from '@shared/judge/judge.ts'
import type { Forks, LaneHead } from '@shared/judge/ports.ts'
import type { KnownEvent } from '@shared/log/event.ts'
import { collectionHandle, collectionZero, segmentName } from '@shared/log/names.ts'
import { parseEvent } from '@shared/log/parse-event.ts'
import { parseSegment } from '@shared/log/segment.ts'
import { emptyStateHash, rowHash, updateStateHash } from '@shared/log/state-hash.ts'
import type { ObjectStore } from './object-store.ts'

/** Accepted events that change the authority, as far as `heads` (lane → head). */
export interface AuthorityCheckpoint {
  readonly heads: ReadonlyMap<string, LaneHead>
  readonly events: readonly KnownEvent[]
  readonly stateHash: string
  readonly forks: Forks
}

export interface CheckpointIds {
  readonly workspace: string
  readonly genesis: string
  readonly seat: string
}

/** Raised when the form of a checkpoint changes. */
const checkpointVersion = 2

const text = v.string()
const head = v.strictObject({ seq: v.pipe(v.number(), v.integer(), v.minValue(1)), hash: text })
const checkpointSchema = v.strictObject({
  heads: v.record(text, head),
  events: v.array(v.strictObject({ id: text, lane: text, seq: v.number(), event: v.unknown() })),
  stateHash: text,
  forks: v.record(text, v.pipe(v.number(), v.integer(), v.minValue(1))),
})

/** A key that main has while the seat's keys are free, and the page never. */
export function checkpointKey(host: CryptoHost, exchange: Uint8Array): Promise<ContentKey> {
  return importContentKey(host, hmacSha256(exchange, utf8ToBytes('fumibako/1/authority-checkpoint')))
}

export function sealCheckpoint(host: CryptoHost, key: ContentKey, ids: CheckpointIds, { heads, events, stateHash, forks }: AuthorityCheckpoint): Promise<Uint8Array> {
  const changing = events.filter(({ event }) => changesAuthority(event.type))
  return seal(host, key, 'authority-checkpoint', boundTo(ids), encodeCbor({ heads: Object.fromEntries(heads), events: changing, stateHash, forks: Object.fromEntries(forks) }))
}

/** Null when it is damaged, of another seat or version, or when the journal does not hold the segments it was made from. */
export async function openCheckpoint(host: CryptoHost, key: ContentKey, ids: CheckpointIds, store: ObjectStore, sealed: Uint8Array): Promise<AuthorityCheckpoint | null> {
  const plain = await open(host, key, 'authority-checkpoint', boundTo(ids), sealed)
  const parsed = v.safeParse(checkpointSchema, plain && decodeCbor(plain))
  if (!parsed.success) return null
  const events: KnownEvent[] = []
  for (const { event, ...known } of parsed.output.events) {
    const read = parseEvent(event)
    if (!read) return null
    events.push({ ...known, event: read })
  }
  const rows = authorityRows(events).map((row) => rowHash(row.table, row.key, row.value))
  if (updateStateHash(emptyStateHash, [], rows) !== parsed.output.stateHash) return null
  const heads = new Map(Object.entries(parsed.output.heads))
  return (await standsIn(store, ids.genesis, heads)) ? { heads, events, stateHash: parsed.output.stateHash, forks: new Map(Object.entries(parsed.output.forks)) } : null
}

function boundTo({ workspace, genesis, seat }: CheckpointIds): Uint8Array {
  return encodeCbor(['authority-checkpoint', checkpointVersion, judgeVersion, workspace, genesis, seat])
}

async function standsIn(store: ObjectStore, genesis: string, heads: AuthorityCheckpoint['heads']): Promise<boolean> {
  for (const [lane, { seq, hash }] of heads) {
    const object = await store.get(segmentName(collectionHandle(genesis, collectionZero), lane, seq))
    if ((object && parseSegment(object))?.hash !== hash) return false
  }
  return true
}
