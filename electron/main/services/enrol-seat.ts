// A new seat at this machine for a person of the town: an administrator confirms with the PIN (which frees the workspace root for
// one certificate), then the person chooses a PIN in main's own window. The person gets a fresh key, and every epoch key that the
// administrator holds and the person was granted is wrapped to it.

import { positionsOf, readableCollections } from '@shared/authority/ask.ts'
import type { AuthorityState } from '@shared/authority/reduce.ts'
import { bytesToBase32 } from '@shared/base/bytes.ts'
import { jstDate } from '@shared/base/civil-date.ts'
import { err, ok, type Result } from '@shared/base/result.ts'
import { createKeyPair, type KeyPair } from '@shared/crypto/keys.ts'
import { recoveryRecipient } from '@shared/log/wraps.ts'
import { wrapKey } from '@shared/crypto/wrap.ts'
import type { CertificateIssuer } from '@shared/flow/found.ts'
import type { ConsentBusy, ConsentCancelled, ConsentRefused, PinRefused } from '@shared/ipc/contract/consent.ts'
import type { Committed, EnrolRequest } from '@shared/ipc/contract/vault.ts'
import type { LogEvent } from '@shared/log/event.ts'
import { collectionHandle, collectionZero, epochWrapsName, personWrapName } from '@shared/log/names.ts'
import { eventId, eventToBytes } from '@shared/log/segment.ts'
import { sealEvents } from '@shared/log/seal-events.ts'
import { epochWrapsToBytes, parseEpochWraps, singleWrapToBytes } from '@shared/log/wraps.ts'
import type { ConsentDesk } from '../ports.ts'
import { commitSegment, type CommitFailure, type GateDeps } from './gate.ts'
import { newIncarnation, pairOf, type OpenSession } from './open-session.ts'
import type { Profile } from './profile.ts'
import { sealSeat, shortestPin, type PinCost, type SeatKeys } from './seat-file.ts'

export interface EnrolDeps extends GateDeps {
  readonly profile: Profile
  readonly desk: ConsentDesk
  readonly issuer: CertificateIssuer
  readonly cost: PinCost
  readonly openSeat: (seat: string, pin: string) => Promise<Result<SeatKeys, PinRefused>>
}

export type EnrolFailure = ConsentCancelled | ConsentBusy | ConsentRefused | CommitFailure

const refused = (reason: string): Result<never, ConsentRefused> => err({ type: 'ConsentRefused', reason, retry: 'never' })

export async function enrolSeat(deps: EnrolDeps, session: OpenSession, request: EnrolRequest): Promise<Result<Committed, EnrolFailure>> {
  const state = await session.authority.state()
  const person = state.people.get(request.person)
  if (!person) return refused('person')
  if (deps.record.seats.some((s) => s.person === person.id)) return refused('seat-exists')
  const name = `${person.familyName} ${person.givenName}`
  const date = jstDate(deps.clock.now())
  const positions = positionsOf(state, person.id, date).map((p) => p.title)
  const admin = state.people.get(session.person)
  const question = { title: name, facts: [], comment: '', pdf: null, warnings: [], practice: deps.record.kind === 'practice' }
  const allowed = await deps.desk.ask({ ...question, outcome: 'enrol-seat', actingAs: '', person: admin ? `${admin.familyName} ${admin.givenName}` : '', asks: 'pin' }, (pin) => deps.openSeat(session.seat, pin))
  if (!allowed.ok) return allowed
  const root = allowed.value.value.root
  if (!root) return refused('not-admin')
  const chosen = await deps.desk.ask({ ...question, outcome: 'enrol-seat', actingAs: positions.join('・'), person: name, asks: 'new-pin' }, async (pin): Promise<Result<string, PinRefused>> => ([...pin].length < shortestPin ? err({ type: 'PinTooShort', retry: 'now' }) : ok(pin)))
  if (!chosen.ok) return chosen

  const signing = createKeyPair(deps.host)
  const exchange = createKeyPair(deps.host)
  const personKey = createKeyPair(deps.host)
  const at = new Date(deps.clock.now()).toISOString()
  const certificate = await deps.issuer.seat(pairOf(root), deps.record.rootCertificate, { person: person.id, name, town: deps.record.townName, publicKey: signing.publicKey }, at)
  const seat = { id: bytesToBase32(deps.host.random.bytes(10)), person: person.id, device: deps.record.device.id, signingKey: signing.publicKey, exchangeKey: exchange.publicKey, certificate }
  const wrapped = await wrapForPerson(deps, session, state, { person: person.id, seat: seat.id, exchange, personKey }, date)
  if (!wrapped) return err({ type: 'DiskFull', retry: 'later' })
  const committed = await commitEvents(deps, session, request, at, [
    { type: 'person.key', body: { person: person.id, exchangeKey: personKey.publicKey } },
    { type: 'seat.add', body: seat },
  ])
  if (!committed.ok) return committed
  const keys = { seat: seat.id, person: person.id, workspace: deps.record.workspace, signing: signing.privateKey, exchange: exchange.privateKey, viewKey: deps.host.random.bytes(32), certificate, root: null }
  await deps.profile.writeSeat(seat.id, await sealSeat(deps.host, keys, chosen.value.value, await deps.profile.deviceSecret(), deps.cost))
  await deps.profile.save({ ...deps.record, seats: [...deps.record.seats, { seat: seat.id, person: person.id, name, positions, incarnation: newIncarnation(deps.host), sessions: 0 }] })
  return committed
}

async function commitEvents(deps: EnrolDeps, session: OpenSession, request: EnrolRequest, at: string, wanted: readonly { readonly type: string; readonly body: unknown }[]): Promise<Result<Committed, CommitFailure>> {
  const events = wanted.map(({ type, body }): LogEvent => ({ v: 1, type, doc: null, deps: [], hlc: request.hlc, at, person: session.person, position: null, body, salt: deps.host.random.bytes(16) }))
  const place = { workspace: deps.record.workspace, collection: collectionZero, lane: session.lane, seq: request.seq }
  const sealed = await sealEvents(deps.host, place, events, () => session.zeroKey.key)
  deps.tickets.grant('enrol-seat', events.map((event) => eventId(eventToBytes(event))))
  return commitSegment(deps, session, { collection: collectionZero, seq: request.seq, hlc: request.hlc, authority: request.authority, acts: [...sealed.acts], events: [...sealed.events] })
}

interface NewPersonKey {
  readonly person: string
  readonly seat: string
  readonly exchange: KeyPair
  readonly personKey: KeyPair
}

/** False when the disk did not take a wrap; nothing refers to the new key then. */
async function wrapForPerson(deps: EnrolDeps, session: OpenSession, state: AuthorityState, fresh: NewPersonKey, date: string): Promise<boolean> {
  const { workspace, genesis } = deps.record
  const recovery = state.genesis?.recoveryExchangeKey
  if (!recovery) return false
  for (const [recipient, key] of [[fresh.seat, fresh.exchange.publicKey], [recoveryRecipient, recovery]] as const) {
    const wrapped = await wrapKey(key, { purpose: 'person', workspace, subject: fresh.person, epoch: 0, recipient }, fresh.personKey.privateKey)
    if (!(await deps.store.replace(personWrapName(fresh.person, recipient), singleWrapToBytes(wrapped))).ok) return false
  }
  const granted = new Set([collectionZero, ...readableCollections(state, fresh.person, date)])
  for (const { collection, epoch, key } of session.epochKeys) {
    if (!granted.has(collection)) continue
    const name = epochWrapsName(collectionHandle(genesis, collection), epoch)
    const before = parseEpochWraps((await deps.store.get(name)) ?? new Uint8Array()) ?? {}
    const wrapped = await wrapKey(fresh.personKey.publicKey, { purpose: 'epoch', workspace, subject: collection, epoch, recipient: fresh.person }, key)
    if (!(await deps.store.replace(name, epochWrapsToBytes({ ...before, [fresh.person]: wrapped }))).ok) return false
  }
  return true
}
