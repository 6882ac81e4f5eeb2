// A new seat at this machine for a person of the town: an administrator confirms with the PIN (which frees the workspace root for
// one certificate), then the person chooses a PIN in main's own window.

import { positionsOf } from '@shared/authority/ask.ts'
import { bytesToBase32 } from '@shared/base/bytes.ts'
import { jstDate } from '@shared/base/civil-date.ts'
import { err, ok, type Result } from '@shared/base/result.ts'
import { createKeyPair, pairOf } from '@shared/crypto/keys.ts'
import type { ConsentBusy, ConsentCancelled, ConsentRefused, PinRefused } from '@shared/ipc/contract/consent.ts'
import type { KeyUnavailable } from '@shared/ipc/contract/session.ts'
import type { Committed, EnrolRequest } from '@shared/ipc/contract/vault.ts'
import type { ConsentDesk, KeyStore } from '../ports.ts'
import { fullName, nameIn } from '@shared/authority/person-name.ts'
import { addSeat, type AddSeatDeps } from './add-seat.ts'
import type { CommitFailure } from './gate.ts'
import { newIncarnation, type OpenSession } from './open-session.ts'
import type { Profile } from './profile.ts'
import { sealSeat, shortestPin, type PinCost, type SeatKeys } from './seat-file.ts'

export interface EnrolDeps extends AddSeatDeps {
  readonly profile: Profile
  readonly keys: KeyStore
  readonly desk: ConsentDesk
  readonly cost: PinCost
  readonly openSeat: (seat: string, pin: string) => Promise<Result<SeatKeys, PinRefused>>
}

export type EnrolFailure = KeyUnavailable | ConsentCancelled | ConsentBusy | ConsentRefused | CommitFailure

const refused = (reason: string): Result<never, ConsentRefused> => err({ type: 'ConsentRefused', reason, retry: 'never' })

export async function enrolSeat(deps: EnrolDeps, session: OpenSession, request: EnrolRequest): Promise<Result<Committed, EnrolFailure>> {
  const state = await session.authority.state()
  const person = state.people.get(request.person)
  if (!person) return refused('person')
  if (deps.record.seats.some((s) => s.person === person.id)) return refused('seat-exists')
  const name = fullName(person)
  const date = jstDate(deps.clock.now())
  const positions = positionsOf(state, person.id, date).map((p) => p.title)
  const question = { title: name, facts: [], comment: '', pdf: null, warnings: [], practice: deps.record.kind === 'practice' }
  const allowed = await deps.desk.ask({ ...question, outcome: 'enrol-seat', actingAs: '', person: nameIn(state, session.person), asks: 'pin' }, (pin) => deps.openSeat(session.seat, pin))
  if (!allowed.ok) return allowed
  const root = allowed.value.value.root
  if (!root) return refused('not-admin')
  const chosen = await deps.desk.ask({ ...question, outcome: 'enrol-seat', actingAs: positions.join('・'), person: name, asks: 'new-pin' }, async (pin): Promise<Result<string, PinRefused>> => ([...pin].length < shortestPin ? err({ type: 'PinTooShort', retry: 'now' }) : ok(pin)))
  if (!chosen.ok) return chosen

  const made = await deps.keys.make()
  if (!made.ok) return made
  const signing = made.value
  const exchange = createKeyPair(deps.host)
  const seat = { id: bytesToBase32(deps.host.random.bytes(10)), device: deps.record.device.id, signingKey: signing.publicKey, exchangeKey: exchange.publicKey }
  const committed = await addSeat(deps, session, state, request, { person, seat, device: null, root: pairOf(root) })
  if (!committed.ok) return committed
  const keys = { seat: seat.id, workspace: deps.record.workspace, signing: signing.kept, exchange: exchange.privateKey, viewKey: deps.host.random.bytes(32), root: null }
  await deps.profile.writeSeat(seat.id, await sealSeat(deps.host, keys, chosen.value.value, await deps.profile.deviceSecret(), deps.cost))
  await deps.profile.save({ ...deps.record, seats: [...deps.record.seats, { seat: seat.id, person: person.id, name, positions, incarnation: newIncarnation(deps.host), sessions: 0 }] })
  return committed
}
