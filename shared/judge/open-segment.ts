// Opens one segment with the keys at hand and says what its bytes prove, before anybody asks whether it was allowed.
// It never trusts a name, a folder or the storage.

import { decodeCbor } from '../base/cbor.ts'
import type { CryptoHost } from '../crypto/ports.ts'
import type { Verify } from '../crypto/sign.ts'
import type { LogEvent } from '../log/event.ts'
import { parseHeader, type HeaderAct, type SegmentHeader } from '../log/header.ts'
import { collectionZero, plainHandle } from '../log/names.ts'
import { eventId, isOfLaterFormat, openEvent, openHeader, parseSegment, type SealedSegment } from '../log/segment.ts'
import type { SessionCertificate } from '../log/session.ts'
import { sha256Hex } from '../crypto/hash.ts'
import { parseEvent } from '../log/parse-event.ts'
import type { KeyRing } from './ports.ts'

export interface OpenedHeader {
  readonly segment: SealedSegment
  readonly header: SegmentHeader
  readonly headerBytes: Uint8Array
}

/** What is wrong with the bytes themselves; `missing-key` may pass later, `later-format` with a later version of the product. */
export type OpenFailure = 'malformed' | 'missing-key' | 'later-format' | 'not-this-workspace'

export async function openSegmentHeader(host: CryptoHost, workspace: string, keys: Pick<KeyRing, 'epochKey'>, object: Uint8Array): Promise<OpenedHeader | OpenFailure> {
  const segment = parseSegment(object)
  if (!segment) return isOfLaterFormat(decodeCbor(object), 's', 'v') ? 'later-format' : 'malformed'
  const zeroKey = await keys.epochKey(collectionZero, segment.epoch)
  if (!zeroKey) return 'missing-key'
  const headerBytes = await openHeader(host, zeroKey, workspace, segment)
  const header = headerBytes && parseHeader(headerBytes)
  if (!headerBytes) return 'malformed'
  if (!header) return isOfLaterFormat(decodeCbor(headerBytes), 'suite', 'schema') ? 'later-format' : 'malformed'
  if ((header.epoch ?? 0) !== segment.epoch) return 'malformed'
  if (header.workspace !== workspace) return 'not-this-workspace'
  return { segment, header, headerBytes }
}

/** Does the session key of this certificate stand behind the header? */
export function verifyHeader(verify: Verify, opened: OpenedHeader, session: SessionCertificate): Promise<boolean> {
  return verify(session.body.sessionKey, 'segment', opened.headerBytes, opened.segment.signature)
}

export interface OpenedEvents {
  readonly events: readonly { readonly id: string; readonly event: LogEvent }[]
  /** Acts on documents that were not granted here, beside some that were; absent = none. */
  readonly unread?: readonly HeaderAct[]
  /** Reason codes for events that are not what the header declares. */
  readonly lies: readonly string[]
}

/** `damaged`: the sealed bytes are not the ones that were signed. `not-granted`: none of its documents is to be read here. `not-here`: a document's key is not held yet. Events that differ from the header's acts are reported, never returned as good. */
export async function openSegmentEvents(host: CryptoHost, keys: KeyRing, { segment, header }: OpenedHeader, handleOf: (doc: string) => string): Promise<OpenedEvents | 'not-granted' | 'not-here' | 'damaged'> {
  if (segment.events.length !== header.acts.length || header.acts.some((act, i) => sha256Hex(segment.events[i] as Uint8Array) !== act.sealed)) return 'damaged'
  const events: { id: string; event: LogEvent }[] = []
  const lies: string[] = []
  const unread: HeaderAct[] = []
  for (const [index, act] of header.acts.entries()) {
    const sealed = segment.events[index] as Uint8Array
    const key = act.doc === null ? ((await keys.epochKey(collectionZero, segment.epoch)) ?? 'not-here') : await keys.documentKey(header.collection, act.doc)
    if (key === 'not-here') return key
    if (key === 'not-granted') {
      unread.push(act)
      continue
    }
    const place = { workspace: header.workspace, collection: header.collection, lane: header.lane, seq: header.seq, index }
    const plain = await openEvent(host, key, place, sealed)
    const event = plain && parseEvent(decodeCbor(plain))
    if (!plain || !event) lies.push('unopenable')
    else if (eventId(plain) !== act.event) lies.push('event-hash')
    else if (event.type !== act.type) lies.push('event-type')
    else if ((event.doc === null ? null : handleOf(event.doc)) !== (act.doc && plainHandle(act.doc))) lies.push('event-document')
    else events.push({ id: act.event, event })
  }
  return unread.length === header.acts.length ? 'not-granted' : { events, lies, ...(unread.length > 0 ? { unread } : {}) }
}
