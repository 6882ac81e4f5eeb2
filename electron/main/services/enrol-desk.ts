// The administrator's side of a machine that wants to join: an invitation to hand over, the requests that lie in the storage, and the
// answer. What people compared is bound to what is signed: the request is opened again at the moment of approval and must be the very
// one whose six words were shown.

import { isAdmin, positionsOf } from '@shared/authority/ask.ts'
import type { AuthorityState } from '@shared/authority/reduce.ts'
import { jstDate } from '@shared/base/civil-date.ts'
import { err, ok, type Result } from '@shared/base/result.ts'
import { createAnswer, type EnrolAnswer } from '@shared/enrol/answer.ts'
import { invitationToBytes, mostAdmins } from '@shared/enrol/invitation.ts'
import { judgeRequest, openRequest, sameKeys, type SignedRequest } from '@shared/enrol/request.ts'
import { largestLetterBytes } from '@shared/enrol/sealed-letter.ts'
import { sixWords } from '@shared/enrol/six-words.ts'
import type { ConsentBusy, ConsentCancelled, ConsentRefused, PinRefused } from '@shared/ipc/contract/consent.ts'
import type { ApproveRequest, EnrolDeskFailure, PendingRequest, StorageMissing, StorageTrouble } from '@shared/ipc/contract/enrol.ts'
import type { Committed } from '@shared/ipc/contract/vault.ts'
import { pairOf, publicKeyOf } from '@shared/crypto/keys.ts'
import { collectionHandle, enrolAnswerName, enrolPrefix, enrolRequestName, epochWrapsName, personWrapName } from '@shared/log/names.ts'
import type { Storage } from '@shared/sync/storage.ts'
import type { ConsentDesk, StoragePlace } from '../ports.ts'
import { nameIn } from '@shared/authority/person-name.ts'
import { addSeat, type AddSeatDeps } from './add-seat.ts'
import { gatherAuthority, publishParcels } from './authority-parcels.ts'
import type { CommitFailure } from './gate.ts'
import type { OpenSession } from './open-session.ts'
import type { SeatKeys } from './seat-file.ts'

export interface EnrolDeskDeps extends AddSeatDeps {
  readonly desk: ConsentDesk
  /** Null where no storage is set up. */
  readonly place: StoragePlace | null
  readonly openSeat: (seat: string, pin: string) => Promise<Result<SeatKeys, PinRefused>>
}

export type ApproveFailure = ConsentCancelled | ConsentBusy | ConsentRefused | CommitFailure | StorageTrouble | StorageMissing

/** More letters than this are not looked at: a storage can invent any number of names. */
const mostLetters = 200
const patienceMs = 60_000

const missing = err({ type: 'StorageMissing', retry: 'never' } as const)
const refused = (reason: string): Result<never, ConsentRefused> => err({ type: 'ConsentRefused', reason, retry: 'never' })

/** EN-3: what is handed to a new machine. The administrator who writes it is the first of those it asks. */
export async function writeInvitation(deps: EnrolDeskDeps, session: OpenSession): Promise<Result<Uint8Array, EnrolDeskFailure>> {
  const state = await session.authority.state()
  if (!mayEnrol(deps, session, state)) return err({ type: 'NotAllowed', retry: 'never' })
  if (!deps.place) return missing
  const date = jstDate(deps.clock.now())
  const others = [...state.personKeys].filter(([person]) => person !== session.person && isAdmin(state, person, date) && hasSeat(state, person))
  const admins = [{ person: session.person, exchangeKey: publicKeyOf(session.personKey) }, ...others.map(([person, exchangeKey]) => ({ person, exchangeKey }))]
  const { workspace, genesis, kind, townName } = deps.record
  return ok(invitationToBytes({ workspace, genesis, kind, townName, storage: deps.place.target, admins: admins.slice(0, mostAdmins) }))
}

function hasSeat(state: AuthorityState, person: string): boolean {
  return [...state.seats.values()].some((seat) => seat.person === person && !state.removedSeats.has(seat.id))
}

function mayEnrol(deps: EnrolDeskDeps, session: OpenSession, state: AuthorityState): boolean {
  return isAdmin(state, session.person, jstDate(deps.clock.now()))
}

/** Requests that open to this administrator and have no answer yet, newest first. */
export async function pendingRequests(deps: EnrolDeskDeps, session: OpenSession): Promise<Result<readonly PendingRequest[], EnrolDeskFailure>> {
  const state = await session.authority.state()
  if (!mayEnrol(deps, session, state)) return err({ type: 'NotAllowed', retry: 'never' })
  if (!deps.place) return missing
  const listed = await deps.place.storage.list(enrolPrefix, patience())
  if (!listed.ok) return listed
  const names = new Set(listed.value.map(({ name }) => name))
  const pending: PendingRequest[] = []
  for (const { name, size } of listed.value.slice(0, mostLetters)) {
    const id = name.slice(enrolPrefix.length)
    if (!/^[0-9a-z]{1,40}$/.test(id) || names.has(enrolAnswerName(id)) || size > largestLetterBytes) continue
    const opened = await readRequest(deps, deps.place.storage, session, id)
    if (!opened.ok) return opened
    if (!opened.value) continue
    if (sameKeys(opened.value.request, state) === 'same') await answerApproved(deps, deps.place.storage, session, id, opened.value)
    else pending.push(shown(deps, state, id, opened.value))
  }
  return ok(pending.sort((a, b) => b.at - a.at))
}

function shown(deps: EnrolDeskDeps, state: AuthorityState, id: string, signed: SignedRequest): PendingRequest {
  const { request, digest } = signed
  return { id, digest, name: request.name, level: request.device.level, at: request.at, words: sixWords(request.workspace, request.genesis, digest), reasons: judgeRequest(signed, state, deps.clock.now()).reasons }
}

async function readRequest(deps: EnrolDeskDeps, storage: Storage, session: OpenSession, id: string): Promise<Result<SignedRequest | null, StorageTrouble>> {
  const name = enrolRequestName(id)
  const got = await storage.get(name, patience())
  if (!got.ok) return got
  return ok(got.value && (await openRequest(deps.host, deps.record, name, session.personKey, got.value)))
}

/** Adds the seat after the administrator's PIN, then answers. */
export async function approve(deps: EnrolDeskDeps, session: OpenSession, asked: ApproveRequest): Promise<Result<Committed, ApproveFailure>> {
  const { place } = deps
  if (!place) return missing
  const state = await session.authority.state()
  const read = await readRequest(deps, place.storage, session, asked.id)
  if (!read.ok) return read
  const signed = read.value
  if (!signed || signed.digest !== asked.digest) return refused('request-changed')
  const verdict = judgeRequest(signed, state, deps.clock.now())
  const person = state.people.get(asked.person)
  if (verdict.outcome !== 'pass') return refused(verdict.reasons[0]?.code ?? '')
  if (!person || !mayEnrol(deps, session, state)) return refused(person ? 'not-admin' : 'person')
  const root = await askAdministrator(deps, session, state, asked.person, signed)
  if (!root.ok) return root
  const { request } = signed
  const added = await addSeat(deps, session, state, asked, { person, seat: { ...request.seat, device: request.device.id }, device: request.device, root: pairOf(root.value) })
  // The seat stands now. Where the answer does not get through, the next look at the requests sends it again.
  if (added.ok) await answerApproved(deps, place.storage, session, asked.id, signed)
  return added
}

/** EN-47: the answer to a request whose keys stand in collection zero already; sent again wherever it is missing. */
async function answerApproved(deps: EnrolDeskDeps, storage: Storage, session: OpenSession, id: string, signed: SignedRequest): Promise<Result<null, StorageTrouble>> {
  const { workspace, genesis } = deps.record
  const state = await session.authority.state()
  const person = state.seats.get(signed.request.seat.id)?.person
  // An administrator's seat waits for a second voice: the answer goes out at the first look after it.
  if (person === undefined) return ok(null)
  const floor = session.authority.vector()
  const epochs = state.everyEpoch.map(({ collection, epoch }) => epochWrapsName(collectionHandle(genesis, collection), epoch))
  const objects = await gatherAuthority(deps.store, genesis, floor, [personWrapName(person, signed.request.seat.id), ...epochs])
  const parcels = await publishParcels(deps.host, storage, workspace, objects, patience())
  if (!parcels.ok) return parcels
  return answer(deps, storage, session, id, signed, { outcome: 'approved', person, floor, parcels: parcels.value })
}

/** The consent window shows the six words once more; the PIN typed there frees the workspace's root. */
async function askAdministrator(deps: EnrolDeskDeps, session: OpenSession, state: AuthorityState, personId: string, { request, digest }: SignedRequest): Promise<Result<Uint8Array, ConsentCancelled | ConsentBusy | ConsentRefused>> {
  const positions = positionsOf(state, personId, jstDate(deps.clock.now())).map((p) => p.title)
  const answered = await deps.desk.ask(
    {
      outcome: 'join-seat',
      title: [...positions, nameIn(state, personId)].join(' '),
      actingAs: '',
      person: nameIn(state, session.person),
      facts: [],
      comment: '',
      pdf: null,
      warnings: [],
      practice: deps.record.kind === 'practice',
      asks: 'pin',
      words: sixWords(request.workspace, request.genesis, digest),
    },
    (pin) => deps.openSeat(session.seat, pin),
  )
  if (!answered.ok) return answered
  const { root } = answered.value.value
  return root ? ok(root) : refused('not-admin')
}

/** The person at the new machine is told; nothing is added. */
export async function refuse(deps: EnrolDeskDeps, session: OpenSession, id: string): Promise<Result<null, EnrolDeskFailure>> {
  if (!mayEnrol(deps, session, await session.authority.state())) return err({ type: 'NotAllowed', retry: 'never' })
  if (!deps.place) return missing
  const read = await readRequest(deps, deps.place.storage, session, id)
  if (!read.ok) return read
  if (!read.value) return err({ type: 'RequestGone', retry: 'never' })
  return answer(deps, deps.place.storage, session, id, read.value, { outcome: 'refused', person: '', floor: {}, parcels: [] })
}

type Said = Pick<EnrolAnswer, 'outcome' | 'person' | 'floor' | 'parcels'>

async function answer(deps: EnrolDeskDeps, storage: Storage, session: OpenSession, id: string, { request, digest }: SignedRequest, said: Said): Promise<Result<null, StorageTrouble>> {
  const { workspace, genesis } = deps.record
  const name = enrolAnswerName(id)
  const object = await createAnswer(deps.host, name, { workspace, genesis, request: digest, session: session.certificate.hash, at: deps.clock.now(), ...said }, session.signer, request.seat.exchangeKey)
  const put = await storage.put(name, object, patience())
  return put.ok ? ok(null) : put
}

function patience(): AbortSignal {
  return AbortSignal.timeout(patienceMs)
}
