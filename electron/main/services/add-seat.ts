// Adding a seat to the workspace, here or on another machine, is one thing: the person's key wrapped to the seat, then one segment of
// collection zero that names it. Wraps are durable before anything refers to them. An administrator adding a seat for themself hands
// on the key they hold; nobody can hand on another person's key, so everybody else gets a further one, to which every epoch key that
// the administrator holds and the person was granted is wrapped.

import { isAdmin, isAlone, readableCollections } from '@shared/authority/ask.ts'
import type { Device, Seat } from '@shared/authority/events.ts'
import type { Person } from '@shared/authority/model.ts'
import { fullName } from '@shared/authority/person-name.ts'
import type { AuthorityState } from '@shared/authority/reduce.ts'
import { jstDate } from '@shared/base/civil-date.ts'
import { err, type Result } from '@shared/base/result.ts'
import { createKeyPair, pairOf, type KeyPair } from '@shared/crypto/keys.ts'
import type { PublicKey } from '@shared/crypto/ports.ts'
import { wrapKey } from '@shared/crypto/wrap.ts'
import type { CertificateIssuer } from '@shared/flow/found.ts'
import type { Committed } from '@shared/ipc/contract/vault.ts'
import { collectionZero, personWrapName } from '@shared/log/names.ts'
import { recoveryRecipient, singleWrapToBytes } from '@shared/log/wraps.ts'
import { commitEvents, type LanePlace, type NewAct } from './commit-events.ts'
import type { CommitFailure, GateDeps } from './gate.ts'
import { handOn } from './hand-on-epochs.ts'
import type { OpenSession } from './open-session.ts'

export interface AddSeatDeps extends GateDeps {
  readonly issuer: CertificateIssuer
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
  const subject = { person: person.id, name: fullName(person), town: deps.record.townName, publicKey: seat.signingKey }
  const certificate = await deps.issuer.seat(root, deps.record.rootCertificate, subject, at)
  // An administrator's seat made by another takes two voices; where nobody else could speak, one says that it is alone.
  const alone = !own && isAdmin(state, person.id, jstDate(deps.clock.now())) && isAlone(state, deps.clock.now())
  const acts: readonly NewAct[] = [
    ...(device ? [{ type: 'device.add', body: device }] : []),
    ...(own ? [] : [{ type: 'person.key', body: { person: person.id, exchangeKey: personKey.publicKey } }]),
    { type: 'seat.add', body: { ...seat, person: person.id, certificate, personKey: personKey.publicKey } },
  ]
  return commitEvents(deps, session, place, 'enrol-seat', acts, alone)
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
  return handOn(deps.store, { workspace, genesis }, session.epochKeys.filter((held) => granted.has(held.collection)), () => [[person, personKey.publicKey]])
}
