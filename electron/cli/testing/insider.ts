// Somebody who holds keys of a seat and signs whatever they like with them: what the tests of a stranger's judgement are made of.
// Never imported by product code.

import { buildTrail, trailChainHash, type Trail, type TrailSegment } from '@shared/archive/trail.ts'
import { sha256Hex } from '@shared/crypto/hash.ts'
import { createKeyPair, createSigner, pairOf, type KeyPair } from '@shared/crypto/keys.ts'
import { signFor } from '@shared/crypto/sign.ts'
import type { LogEvent } from '@shared/log/event.ts'
import { headerToBytes, type SegmentHeader } from '@shared/log/header.ts'
import { documentHandle } from '@shared/log/names.ts'
import { eventId, eventToBytes } from '@shared/log/segment.ts'
import { createSession, sessionToBytes } from '@shared/log/session.ts'
import { nodeHost } from '../../main/services/node-host.ts'
import { headerOf } from './rebag.ts'
import type { TownHall } from './town-hall.ts'

export interface SeatKeys {
  readonly seat: string
  readonly person: string
  readonly signing: KeyPair
  readonly incarnation: string
}

/** What is added to a trail. */
export interface Forged {
  readonly session: Uint8Array
  readonly segments: readonly TrailSegment[]
}

export interface Insider {
  readonly lane: string
  event(type: string, doc: string | null, body: unknown, more?: Partial<LogEvent>): LogEvent
  /** Signs a segment that follows the last one signed here, or says of itself what `lies` say. */
  sign(events: readonly LogEvent[], lies?: Partial<SegmentHeader> | ((header: SegmentHeader) => Partial<SegmentHeader>)): Promise<TrailSegment>
  /** Everything that was signed. */
  forged(): Forged
}

/** Noon of the day on which the town hall works. */
export const noon = Date.parse('2026-10-01T03:00:00Z')

/** `after`: the segment of this lane and collection that was there before. `authority`: what is said to be known of collection zero. */
export async function sitDownAs(hall: TownHall, keys: SeatKeys, { collection = hall.collection, after = null, at = noon, authority = { [hall.founded.head.lane]: 1 }, workspace = hall.founded.workspace }: { collection?: string; after?: TrailSegment | null; at?: number; authority?: SegmentHeader['authority']; workspace?: string } = {}): Promise<Insider> {
  const { founded } = hall
  const key = createKeyPair(nodeHost)
  const certificate = await createSession(
    { suite: 1, schema: 1, kind: 'session', workspace, seat: keys.seat, device: founded.device.id, person: keys.person, incarnation: keys.incarnation, n: 9, sessionKey: key.publicKey, notBefore: at - 3_600_000, notAfter: at + 3_600_000, policy: 'trial', authority: {}, token: null, posture: null },
    await createSigner(nodeHost, keys.signing),
    founded.device.signing.signer,
  )
  const signer = await createSigner(nodeHost, key)
  const lane = `${keys.seat}.${keys.incarnation}`
  const segments: TrailSegment[] = []
  let ms = at
  return {
    lane,
    event: (type, doc, body, more = {}) => ({ v: 1, type, doc, deps: [], hlc: { ms: (ms += 1000), n: 0 }, at: new Date(ms).toISOString(), person: keys.person, position: null, body, salt: nodeHost.random.bytes(16), ...more }),
    async sign(events, lies = {}) {
      const shown = events.map(eventToBytes)
      const acts = events.map(({ type, doc }, i) => ({ type, doc: doc === null ? null : documentHandle(workspace, doc), event: eventId(shown[i] as Uint8Array), sealed: sha256Hex(shown[i] as Uint8Array) }))
      const last = segments.at(-1) ?? after
      const place = last === null ? { seq: 1, prev: null } : { seq: headerOf(last).seq + 1, prev: trailChainHash(last, headerOf(last)) }
      const honest: SegmentHeader = { suite: 1, schema: 1, workspace, collection, lane, ...place, session: certificate.hash, authority, hlc: { ms, n: 0 }, acts }
      const header = headerToBytes({ ...honest, ...(typeof lies === 'function' ? lies(honest) : lies) })
      const segment = { header, signature: await signFor(signer, 'segment', header), epoch: 0, sealedHeader: sha256Hex(header), shown }
      segments.push(segment)
      return segment
    },
    forged: () => ({ session: sessionToBytes(certificate), segments }),
  }
}

/** The trail of these subjects with what was forged beside it. */
export function trailWith(hall: TownHall, subjects: readonly string[], ...forged: readonly Forged[]): Trail {
  const trail = buildTrail(hall.trailInput(subjects))
  return { ...trail, sessions: [...trail.sessions, ...forged.map(({ session }) => session)], segments: [...trail.segments, ...forged.flatMap(({ segments }) => segments)] }
}

/** The keys of somebody's seat, for a lane beside the one it writes. */
export function keysOf(hall: TownHall, person: string, incarnation = 'beside'): SeatKeys {
  const seat = hall.founded.seats.find((one) => one.person === person)
  if (seat === undefined) throw new Error(`${person} has a seat`)
  return { seat: seat.seat, person, signing: pairOf(seat.signing.kept), incarnation }
}
