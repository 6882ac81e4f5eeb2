// Adding a seat to the workspace, here or on another machine, is one thing: the person's key wrapped to the seat, then one segment of
// collection zero that names it. Wraps are durable before anything refers to them. An administrator adding a seat for themself hands
// on the key they hold; nobody can hand on another person's key, so everybody else gets a further one, to which every epoch key that
// the administrator holds and the person was granted is wrapped.

import { isAdmin, isAlone, readableCollections } from '@shared/authority/ask.ts'
import type { Device, Seat } from '@shared/authority/events.ts'
import type { Person } from '@shared/authority/model.ts'
import type { AuthorityState } from '@shared/authority/reduce.ts'
import { jstDate } from '@shared/base/civil-date.ts'
import { err, type Result } from '@shared/base/result.ts'
import { createKeyPair, type KeyPair } from '@shared/crypto/keys.ts'
import type { PublicKey } from '@shared/crypto/ports.ts'
import { wrapKey } from '@shared/crypto/wrap.ts'
import type { CertificateIssuer } from '@shared/flow/found.ts'
import type { Committed } from '@shared/ipc/contract/vault.ts'
import type { Hlc, LogEvent } from '@shared/log/event.ts'
import { collectionHandle, collectionZero, epochWrapsName, personWrapName } from '@shared/log/names.ts'
import { sealEvents } from '@shared/log/seal-events.ts'
import { eventId, eventToBytes } from '@shared/log/segment.ts'
import { epochWrapsToBytes, parseEpochWraps, personRecipient, recoveryRecipient, singleWrapToBytes } from '@shared/log/wraps.ts'
import { commitSegment, type CommitFailure, type GateDeps } from './gate.ts'
import { pairOf, type OpenSession } from './open-session.ts'

export interface AddSeatDeps extends GateDeps {
  readonly issuer: CertificateIssuer
}

/** Where the events will stand in the administrator's own lane. */
export interface LanePlace {
  readonly seq: number
  readonly hlc: Hlc
  readonly authority: Readonly<Record<string, number>>
}

export interface NewSeat {
  readonly person: Person
  readonly seat: Omit<Seat, 'person' | 'certificate'>
  /** The machine it stands on, where that one is new as well. */
  readonly device: Device | null
  /** The workspace's root, freed by the administrator's PIN. */
  readonly root: KeyPair
}

export async function addSeat(deps: AddSeatDeps, session: OpenSession, state: AuthorityState, place: LanePlace, { person, seat, device, root }: NewSeat): Promise<Result<Committed, CommitFailure>> {
  const at = new Date(deps.clock.now()).toISOString()
  const own = person.id === session.person
  const personKey = own ? pairOf(session.personKey) : createKeyPair(deps.host)
  const wraps = await wrapForSeat(deps, session, state, { person: person.id, seat, personKey, own })
  if (!wraps) return err({ type: 'DiskFull', retry: 'later' })
  const subject = { person: person.id, name: `${person.familyName} ${person.givenName}`, town: deps.record.townName, publicKey: seat.signingKey }
  const certificate = await deps.issuer.seat(root, deps.record.rootCertificate, subject, at)
  // An administrator's seat made by another takes two voices; where nobody else could speak, one says that it is alone.
  const alone = !own && isAdmin(state, person.id, jstDate(deps.clock.now())) && isAlone(state, deps.clock.now())
  return commitEvents(deps, session, place, { at, alone }, [
    ...(device ? [{ type: 'device.add', body: device }] : []),
    ...(own ? [] : [{ type: 'person.key', body: { person: person.id, exchangeKey: personKey.publicKey } }]),
    { type: 'seat.add', body: { ...seat, person: person.id, certificate } },
  ])
}

/** `alone`: the last event is given the sole administrator's own voice. */
async function commitEvents(deps: AddSeatDeps, session: OpenSession, { seq, hlc, authority }: LanePlace, { at, alone }: { readonly at: string; readonly alone: boolean }, wanted: readonly { readonly type: string; readonly body: unknown }[]): Promise<Result<Committed, CommitFailure>> {
  const event = (type: string, body: unknown): LogEvent => ({ v: 1, type, doc: null, deps: [], hlc, at, person: session.person, position: null, body, salt: deps.host.random.bytes(16) })
  const events = wanted.map(({ type, body }) => event(type, body))
  const last = events.at(-1)
  if (alone && last) events.push(event('vote.cast', { act: eventId(eventToBytes(last)), alone: true }))
  const sealed = await sealEvents(deps.host, { workspace: deps.record.workspace, collection: collectionZero, lane: session.lane, seq }, events, () => session.zeroKey.key)
  deps.tickets.grant('enrol-seat', events.map((event) => eventId(eventToBytes(event))))
  return commitSegment(deps, session, { collection: collectionZero, seq, hlc, authority: { ...authority }, acts: [...sealed.acts], events: [...sealed.events] })
}

interface SeatWraps {
  readonly person: string
  readonly seat: { readonly id: string; readonly exchangeKey: PublicKey }
  readonly personKey: KeyPair
  readonly own: boolean
}

/** False when the disk did not take a wrap; nothing refers to the seat then. */
async function wrapForSeat(deps: AddSeatDeps, session: OpenSession, state: AuthorityState, { person, seat, personKey, own }: SeatWraps): Promise<boolean> {
  const { workspace, genesis } = deps.record
  const recovery = state.genesis?.recoveryExchangeKey
  if (!recovery) return false
  const recipients: readonly (readonly [string, PublicKey])[] = own ? [[seat.id, seat.exchangeKey]] : [[seat.id, seat.exchangeKey], [recoveryRecipient, recovery]]
  for (const [recipient, key] of recipients) {
    const wrapped = await wrapKey(key, { purpose: 'person', workspace, subject: person, epoch: 0, recipient }, personKey.privateKey)
    if (!(await deps.store.replace(personWrapName(person, recipient), singleWrapToBytes(wrapped))).ok) return false
  }
  const granted = new Set([collectionZero, ...readableCollections(state, person, jstDate(deps.clock.now()))])
  const recipient = personRecipient(person, personKey.publicKey)
  for (const { collection, epoch, key } of session.epochKeys.filter((held) => granted.has(held.collection))) {
    const name = epochWrapsName(collectionHandle(genesis, collection), epoch)
    const before = parseEpochWraps((await deps.store.get(name)) ?? new Uint8Array()) ?? {}
    if (before[recipient]) continue
    const wrapped = await wrapKey(personKey.publicKey, { purpose: 'epoch', workspace, subject: collection, epoch, recipient }, key)
    if (!(await deps.store.replace(name, epochWrapsToBytes({ ...before, [recipient]: wrapped }))).ok) return false
  }
  return true
}
