// What the judge of every replica would say of events that are about to be written here, before anybody is asked and anything is sealed.

import type { Reason } from '@shared/base/verdict.ts'
import { tokenVerifier } from '@shared/identity/sign-in.ts'
import { judgeSegment } from '@shared/judge/judge.ts'
import { factsOf } from '@shared/judge/session-proofs.ts'
import type { LogEvent } from '@shared/log/event.ts'
import type { SegmentHeader } from '@shared/log/header.ts'
import { eventId, eventToBytes } from '@shared/log/segment.ts'
import type { SessionCertificate } from '@shared/log/session.ts'
import { collectionZero, documentHandle } from '@shared/log/names.ts'
import type { VaultCore } from './core.ts'

export async function judgeEvents(core: VaultCore, session: SessionCertificate, header: SegmentHeader, events: readonly LogEvent[]): Promise<readonly Reason[]> {
  const evidence = await core.around.host.vault.evidence({})
  if (!evidence.ok) return [{ code: 'session-evidence' }]
  const judged = events.map((event) => ({ id: eventId(eventToBytes(event)), event }))
  // The session may have been renewed since it was opened here, and is once more where the PIN frees the seat's key: what it rests on then is from before that moment.
  const body = { ...session.body, notBefore: core.around.clock.now() }
  const verify = tokenVerifier(core.around.crypto)
  const facts = await factsOf(verify, evidence.value, body, core.authority())
  // Whose account a sign-in is, a session says only once it rests on it.
  const { vouched } = evidence.value
  const token = vouched && (await factsOf(verify, { posture: null, token: vouched }, body, core.authority())).token
  const judgement = judgeSegment({ header, epoch: null, session, sessionVerified: true, ...facts, token: token ?? facts.token, recoveryVerified: false, events: judged, lies: [] }, core.authority(), core.seat.genesis)
  return [...judgement, ...(await brakes(core, session, header, events))]
}

/** JU-95 of the lane that is written here; the gate counts what the seat wrote in every collection. */
async function brakes({ door, view, seat }: VaultCore, session: SessionCertificate, { collection, lane, hlc }: SegmentHeader, events: readonly LogEvent[]): Promise<readonly Reason[]> {
  if (collection === collectionZero) return []
  const head = await view.head(collection, lane)
  const acts = events.map(({ type, doc }) => ({ type, doc: doc === null ? null : documentHandle(seat.workspace, doc) }))
  return door.brakes({ collection, lane, seq: (head?.seq ?? 0) + 1, prev: head?.hash ?? null, session: seat.session, hlc, acts }, session.body)
}
