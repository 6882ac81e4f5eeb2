// Whose Yjs clientIDs are whose: each lane owns a block of them, found from its name alone, so that everybody can see whether an
// update inserts in the name of who signed it. It reads no update (text-update.ts does).

import { utf8ToBytes } from '../base/bytes.ts'
import { keepLatest } from '../base/keep-latest.ts'
import { sha256 } from '../crypto/hash.ts'

/** A lane's block: 2²⁰ ids, one for each time a text is opened there. */
export const textIdsPerLane = 2 ** 20

/** The first of 2²⁰ clientIDs of a lane (`<seat>.<incarnation>`): (2³² + the first 4 bytes of SHA-256("fumibako/1/text/" + lane)) · 2²⁰, thus from 2⁵² to 2⁵³ − 1. */
export function firstTextId(lane: string): number {
  const hash = sha256(utf8ToBytes(`fumibako/1/text/${lane}`))
  return (2 ** 32 + new DataView(hash.buffer, hash.byteOffset).getUint32(0)) * textIdsPerLane
}

const firsts = new Map<string, number>()
const heldLanes = 256

export function isTextIdOf(lane: string, id: number): boolean {
  const first = firsts.get(lane) ?? firstTextId(lane)
  if (!firsts.has(lane)) keepLatest(firsts, lane, first, heldLanes)
  return id >= first && id < first + textIdsPerLane
}

/** Drafts begun before ids had owners hold random ones of 32 bits: whoever used one first keeps it. */
export function isUnownedTextId(id: number): boolean {
  return id < 2 ** 32
}
