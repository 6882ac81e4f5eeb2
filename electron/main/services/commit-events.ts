// Acts that main itself writes into collection zero, after a person confirmed them in main's own window: one segment at the place that the
// vault names, under the newest key. The segment goes back to the vault's door.

import type { Result } from '@shared/base/result.ts'
import type { ConsentOutcome } from '@shared/ipc/contract/consent.ts'
import type { Committed } from '@shared/ipc/contract/vault.ts'
import type { Hlc, LogEvent } from '@shared/log/event.ts'
import { collectionZero } from '@shared/log/names.ts'
import { sealEvents } from '@shared/log/seal-events.ts'
import { eventId, eventToBytes } from '@shared/log/segment.ts'
import { commitSegment, type CommitFailure, type GateDeps } from './gate.ts'
import { newestZeroKey, type OpenSession } from './open-session.ts'

/** Where the events will stand in the person's own lane. */
export interface LanePlace {
  readonly seq: number
  readonly hlc: Hlc
  readonly authority: Readonly<Record<string, number>>
}

export interface NewAct {
  readonly type: string
  readonly body: unknown
}

/** `alone`: the last act is given the sole administrator's own voice. */
export async function commitEvents(deps: GateDeps, session: OpenSession, { seq, hlc, authority }: LanePlace, outcome: ConsentOutcome, acts: readonly NewAct[], alone = false): Promise<Result<Committed, CommitFailure>> {
  const at = new Date(deps.clock.now()).toISOString()
  const event = ({ type, body }: NewAct): LogEvent => ({ v: 1, type, doc: null, deps: [], hlc, at, person: session.person, position: null, body, salt: deps.host.random.bytes(16) })
  const events = acts.map(event)
  const last = events.at(-1)
  if (alone && last) events.push(event({ type: 'vote.cast', body: { act: eventId(eventToBytes(last)), alone: true } }))
  const zero = newestZeroKey(session, await session.authority.state())
  const sealed = await sealEvents(deps.host, { workspace: deps.record.workspace, collection: collectionZero, lane: session.lane, seq }, events, () => zero.key)
  deps.tickets.grant(outcome, events.map((one) => eventId(eventToBytes(one))))
  return commitSegment(deps, session, { collection: collectionZero, seq, hlc, authority: { ...authority }, epoch: zero.epoch, acts: [...sealed.acts], events: [...sealed.events] })
}
