// LG-37: turns plaintext events into sealed events and the header acts that name them, one by one, each under its document's key.

import { sha256Hex } from '../crypto/hash.ts'
import type { ContentKey, CryptoHost } from '../crypto/ports.ts'
import type { LogEvent } from './event.ts'
import type { HeaderAct } from './header.ts'
import { documentHandle, keyedHandle } from './names.ts'
import { eventId, eventToBytes, sealEvent } from './segment.ts'

export interface SegmentPlace {
  readonly workspace: string
  readonly collection: string
  readonly lane: string
  readonly seq: number
}

export interface SealedEvents {
  readonly events: readonly Uint8Array[]
  readonly acts: readonly HeaderAct[]
}

/** `keyOf` answers the document's key, or the epoch key of collection zero for events without a document; `keyIdOf` which key of the document that is (LG-68). */
export async function sealEvents(host: CryptoHost, place: SegmentPlace, events: readonly LogEvent[], keyOf: (event: LogEvent) => ContentKey, keyIdOf: (event: LogEvent) => string | null = () => null): Promise<SealedEvents> {
  const sealed: Uint8Array[] = []
  const acts: HeaderAct[] = []
  for (const [index, event] of events.entries()) {
    const plain = eventToBytes(event)
    const bytes = await sealEvent(host, keyOf(event), { ...place, index }, plain)
    sealed.push(bytes)
    const doc = event.doc === null ? null : keyedHandle(documentHandle(place.workspace, event.doc), keyIdOf(event))
    acts.push({ type: event.type, doc, event: eventId(plain), sealed: sha256Hex(bytes) })
  }
  return { events: sealed, acts }
}
