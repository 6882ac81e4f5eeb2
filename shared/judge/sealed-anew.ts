// Nobody signs how a header is sealed, nor does its hash (LG-34) cover less than that: who holds collection zero's key can seal another's
// header anew, and it has a second hash then. What is one and the same segment is therefore told by the bytes that were signed.

import { equalBytes } from '../base/bytes.ts'
import type { CryptoHost } from '../crypto/ports.ts'
import type { Verify } from '../crypto/sign.ts'
import type { SegmentHeader } from '../log/header.ts'
import { parseSegment } from '../log/segment.ts'
import type { NamedSegment } from './forked-lanes.ts'
import { openSegmentHeader, verifyHeader, type OpenedHeader } from './open-segment.ts'
import type { DoorView, KeyRing, LaneHead } from './ports.ts'
import type { SessionProofs } from './session-proofs.ts'

export interface SealedAnewDeps {
  readonly host: CryptoHost
  readonly workspace: string
  readonly keys: KeyRing
  readonly view: Pick<DoorView, 'head'>
  readonly candidates: (collection: string, lane: string, seq: number) => Promise<readonly NamedSegment[]>
}

export function isSameSigned(one: OpenedHeader, other: OpenedHeader): boolean {
  return equalBytes(one.headerBytes, other.headerBytes)
}

/** JU-38 does this header name as the one before another sealing of what was taken in there? */
export async function followsSealedAnew(deps: SealedAnewDeps, { collection, lane, seq, prev }: SegmentHeader, head: LaneHead | null): Promise<boolean> {
  if (!head || prev === null || seq !== head.seq + 1) return false
  const before = await openAll(deps, await deps.candidates(collection, lane, head.seq))
  const [named, taken] = [prev, head.hash].map((hash) => before.find(({ segment }) => segment.hash === hash))
  return !!named && !!taken && isSameSigned(named, taken)
}

/** AU-17 hashes of what lies here of a number that the lane has passed, as far as its lane signed it; none where nothing was taken in. */
export async function hashesHere(deps: SealedAnewDeps, verify: Verify, sessions: SessionProofs, collection: string, lane: string, seq: number): Promise<readonly string[]> {
  if (((await deps.view.head(collection, lane))?.seq ?? 0) < seq) return []
  const all = await deps.candidates(collection, lane, seq)
  if (all.length < 2) return all.flatMap(({ bytes }) => parseSegment(bytes)?.hash ?? [])
  const hashes: string[] = []
  for (const opened of await openAll(deps, all)) {
    const session = await sessions.find(opened.header.session)
    if (session && (await verifyHeader(verify, opened, session))) hashes.push(opened.segment.hash)
  }
  return hashes
}

/** The header taken in at a place: of the segment with this hash, otherwise of what lies there (one signed header is one segment). */
export async function headerHere(deps: SealedAnewDeps, collection: string, lane: string, seq: number, hash: string | null): Promise<SegmentHeader | null> {
  const all = await openAll(deps, await deps.candidates(collection, lane, seq))
  return (all.find(({ segment }) => segment.hash === hash) ?? all[0])?.header ?? null
}

async function openAll({ host, workspace, keys }: SealedAnewDeps, segments: readonly NamedSegment[]): Promise<readonly OpenedHeader[]> {
  const opened: OpenedHeader[] = []
  for (const { bytes } of segments) {
    const one = await openSegmentHeader(host, workspace, keys, bytes)
    if (typeof one === 'object') opened.push(one)
  }
  return opened
}
