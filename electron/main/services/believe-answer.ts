// When a new machine believes that it belongs: everything the answer names is fetched, judged in memory and only then written.

import type { Person } from '@shared/authority/model.ts'
import type { AuthorityState } from '@shared/authority/reduce.ts'
import type { Reason } from '@shared/base/verdict.ts'
import { err, ok, type Failure, type Result } from '@shared/base/result.ts'
import { importContentKey } from '@shared/crypto/envelope.ts'
import { publicKeyOf, type KeyPair } from '@shared/crypto/keys.ts'
import type { ContentKey, CryptoHost } from '@shared/crypto/ports.ts'
import { judgeAnswer, openAnswer, type FoundAuthority, type SignedAnswer } from '@shared/enrol/answer.ts'
import type { Invitation } from '@shared/enrol/invitation.ts'
import type { SignedRequest } from '@shared/enrol/request.ts'
import type { JoinNotBelieved, StorageTrouble } from '@shared/ipc/contract/enrol.ts'
import { collectionZero, personWrapName, sessionName } from '@shared/log/names.ts'
import { parseSession } from '@shared/log/session.ts'
import { epochCommitment, personRecipient } from '@shared/log/wraps.ts'
import type { Storage } from '@shared/sync/storage.ts'
import { fetchParcels, keepAuthority, memoryObjects } from './authority-parcels.ts'
import { createAuthorityReplica, type OpenZeroKey } from './authority-replica.ts'
import type { ObjectStore } from './object-store.ts'
import { openEpochKey, openPersonKey } from './open-session.ts'

export interface BelieveDeps {
  readonly host: CryptoHost
  readonly storage: Storage
  readonly store: ObjectStore
}

export interface Believed {
  readonly state: AuthorityState
  readonly person: Person
  readonly rootCertificate: Uint8Array
}

export type BelieveFailure = JoinNotBelieved | StorageTrouble | Failure<'JoinRefused' | 'DiskFull'>

const patienceMs = 120_000

const not = (...codes: readonly string[]): Result<never, JoinNotBelieved> => err({ type: 'JoinNotBelieved', reasons: codes.map((code): Reason => ({ code })), retry: 'later' })

/** `answer`: bytes as they lie under `name`, and the pair they must open with. */
export async function believe(deps: BelieveDeps, invitation: Invitation, mine: SignedRequest, answer: { readonly name: string; readonly object: Uint8Array; readonly seatKey: KeyPair }): Promise<Result<Believed, BelieveFailure>> {
  const signed = await openAnswer(deps.host, invitation.workspace, answer.name, answer.seatKey.privateKey, answer.object)
  if (!signed) return not('enrol-not-for-me')
  if (signed.answer.outcome === 'refused') return signed.answer.request === mine.digest ? err({ type: 'JoinRefused', retry: 'never' }) : not('enrol-other-request')
  const fetched = await fetchParcels(deps.host, deps.storage, invitation.workspace, signed.answer.parcels, AbortSignal.timeout(patienceMs))
  if (!fetched.ok) return fetched
  const objects = fetched.value
  if (typeof objects === 'string') return not(`enrol-parcel-${objects}`)
  const found = await takeIn(deps.host, memoryObjects(objects), invitation, mine, signed, answer.seatKey)
  if (!found) return not('enrol-key-missing')
  const verdict = await judgeAnswer(deps.host, invitation, mine, signed, found.authority)
  if (verdict.outcome !== 'pass') return not(...verdict.reasons.map(({ code }) => code))
  const { state, vector } = found.authority
  const person = state.people.get(signed.answer.person)
  if (!person || !state.root || state.genesis?.epoch !== epochCommitment(collectionZero, 0, found.zeroRaw)) return not('enrol-other-workspace')
  const kept = await keepAuthority(deps.store, invitation.genesis, vector, personWrapName(person.id, mine.request.seat.id), objects)
  return kept.ok ? ok({ state, person, rootCertificate: state.root.certificate }) : err({ type: 'DiskFull', retry: 'later' })
}

/** Collection zero as the door leaves it; null when its key was not handed to this seat. */
async function takeIn(host: CryptoHost, objects: ObjectStore, invitation: Invitation, mine: SignedRequest, { answer }: SignedAnswer, seatKey: KeyPair): Promise<{ readonly authority: FoundAuthority; readonly zeroRaw: Uint8Array } | null> {
  const { workspace, genesis } = invitation
  const personKey = await openPersonKey(objects, workspace, answer.person, mine.request.seat.id, seatKey.privateKey)
  if (!personKey) return null
  const openZeroKey: OpenZeroKey = (epoch) => openEpochKey(objects, { workspace, genesis }, collectionZero, epoch, personRecipient(answer.person, publicKeyOf(personKey)), personKey)
  const zeroRaw = await openZeroKey(0)
  if (!zeroRaw) return null
  const zero: ContentKey = await importContentKey(host, zeroRaw)
  const replica = createAuthorityReplica(host, objects, { workspace, genesis }, zero, openZeroKey)
  await replica.catchUp()
  const session = await objects.get(sessionName(answer.session))
  return { authority: { state: await replica.state(), vector: replica.vector(), session: session && parseSession(session) }, zeroRaw }
}
