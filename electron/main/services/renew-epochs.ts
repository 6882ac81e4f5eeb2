// Somebody must not read on: what the people of removed seats could read (collection zero too), or whoever's grants are taken away, gets a new key, wrapped to
// everybody else who may read it and to recovery. It takes no old key and keeps none: an administrator renews also what they may not read themself. What was
// read before cannot be taken back, and documents that exist keep their own keys.

import { isAdmin, newestEpoch, personKeysInUse, readableCollections } from '@shared/authority/ask.ts'
import type { Epoch } from '@shared/authority/events.ts'
import type { AuthorityState } from '@shared/authority/reduce.ts'
import { mayReview } from '@shared/authority/review.ts'
import { bytesToHex } from '@shared/base/bytes.ts'
import { jstDate } from '@shared/base/civil-date.ts'
import { err, ok, type Failure, type Result } from '@shared/base/result.ts'
import type { PublicKey } from '@shared/crypto/ports.ts'
import { wrapKey } from '@shared/crypto/wrap.ts'
import type { DiskBroken, DiskFull } from '@shared/ipc/contract/vault.ts'
import { collectionHandle, collectionZero, epochWrapsName } from '@shared/log/names.ts'
import { epochCommitment, epochWrapsToBytes, personRecipient, recoveryRecipient, type EpochWraps } from '@shared/log/wraps.ts'
import type { GateDeps } from './gate.ts'
import { readerKeys, type Reader } from './hand-on-epochs.ts'
import type { OpenSession } from './open-session.ts'

/** Two administrators who renew at the same time, apart, do not meet at one number. */
const spread = 2 ** 16

/** What is about to be taken away. */
export type Leaving = { readonly seats: readonly string[] } | { readonly grants: readonly string[] }

/** AU-97 a collection that is about to be made, and who will read it. */
export interface Beginning {
  readonly collection: string
  readonly people: readonly string[]
}

interface Renewal {
  readonly collections: readonly string[]
  /** Who there is once it is taken away. */
  readonly after: AuthorityState
}

/** The epochs to be written into collection zero with the removal; their wraps are durable. */
export async function renewEpochs(deps: GateDeps, session: OpenSession, asked: Leaving | Beginning): Promise<Result<readonly Epoch[], DiskFull | DiskBroken | Failure<'NotAllowed'>>> {
  const state = await session.authority.state()
  const date = jstDate(deps.clock.now())
  if ('collection' in asked) {
    if (!isAdmin(state, session.person, date) || asked.collection === collectionZero || state.collections.has(asked.collection)) return err({ type: 'NotAllowed', retry: 'never' })
    const first = await renew(deps, state, asked.collection, asked.people.flatMap((person) => personKeysInUse(state, person).map((key): Reader => [person, key])))
    return first.ok ? ok([first.value]) : first
  }
  const { collections, after } = 'seats' in asked ? withoutSeats(state, asked.seats) : withoutGrants(state, asked.grants, date)
  if (!isAdmin(state, session.person, date) && ('seats' in asked || !collections.every((one) => mayReview(state, session.person, one, date)))) return err({ type: 'NotAllowed', retry: 'never' })
  const renewed: Epoch[] = []
  for (const collection of collections) {
    const made = await renew(deps, after, collection, readerKeys(after, collection, date))
    if (!made.ok) return made
    renewed.push(made.value)
  }
  return ok(renewed)
}

async function renew({ host, store, record }: GateDeps, state: AuthorityState, collection: string, readers: readonly Reader[]): Promise<Result<Epoch, DiskFull | DiskBroken>> {
  const [high = 0, low = 0] = host.random.bytes(2)
  const epoch = (Math.floor(newestEpoch(state, collection) / spread) + 1) * spread + high * 256 + low
  const key = host.random.bytes(32)
  const recovery = state.genesis?.recoveryExchangeKey
  const recipients = readers.map(([person, own]): readonly [string, PublicKey] => [personRecipient(person, own), own])
  const to: Record<string, EpochWraps[string]> = {}
  for (const [recipient, publicKey] of recovery ? [...recipients, [recoveryRecipient, recovery] as const] : recipients) {
    to[recipient] = await wrapKey(publicKey, { purpose: 'epoch', workspace: record.workspace, subject: collection, epoch, recipient }, key)
  }
  const commitment = epochCommitment(collection, epoch, key)
  key.fill(0)
  const written = await store.replace(epochWrapsName(collectionHandle(record.genesis, collection), epoch), epochWrapsToBytes(to))
  return written.ok ? ok({ collection, epoch, commitment }) : err({ type: 'DiskFull', retry: 'later' })
}

/** None where another seat of each person holds the same key. */
function withoutSeats(state: AuthorityState, seats: readonly string[]): Renewal {
  const after = { ...state, removedSeats: new Set([...state.removedSeats, ...seats]) }
  const inUse = (of: AuthorityState, person: string): string => personKeysInUse(of, person).map(bytesToHex).join()
  const people = new Set(seats.flatMap((seat) => state.seats.get(seat)?.person ?? []).filter((person) => inUse(after, person) !== inUse(state, person)))
  return { collections: [...new Set([...people].flatMap((person) => collectionsOf(state, person)))], after }
}

/** Where somebody reads a collection by another grant, nothing changes of it. A grant that lapsed left its key behind: it counts here. */
function withoutGrants(state: AuthorityState, ids: readonly string[], date: string): Renewal {
  const gone = ids.flatMap((id) => state.grants.get(id) ?? [])
  const after = { ...state, grants: new Map([...state.grants].filter(([id]) => !ids.includes(id))) }
  const losing = gone.flatMap(({ person, collection }) => (collection !== null && !readableCollections(after, person, date).includes(collection) ? [collection] : []))
  return { collections: [...new Set(losing)].sort(), after }
}

/** The town's names, and what the person was ever given to read, held today or not: the keys do not lapse with the grant. */
function collectionsOf(state: AuthorityState, person: string): readonly string[] {
  return [...new Set([collectionZero, ...[...state.grants.values()].flatMap((grant) => (grant.person === person && grant.collection !== null ? [grant.collection] : []))])].sort()
}
