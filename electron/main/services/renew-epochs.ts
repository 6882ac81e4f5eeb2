// Somebody must not read on: collection zero and every collection that a removed seat's person could read get a new key, wrapped to everybody else who may
// read it and to recovery. It takes no old key and keeps none: an administrator renews also what they may not read themself. What was
// read before cannot be taken back, and documents that exist keep their own keys.

import { isAdmin, newestEpoch, personKeysInUse } from '@shared/authority/ask.ts'
import type { Epoch } from '@shared/authority/events.ts'
import type { AuthorityState } from '@shared/authority/reduce.ts'
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

/** The epochs to be written into collection zero with the removal; their wraps are durable. None where another seat of the person holds the same key. */
export async function renewEpochs(deps: GateDeps, session: OpenSession, seat: string): Promise<Result<readonly Epoch[], DiskFull | DiskBroken | Failure<'NotAllowed'>>> {
  const state = await session.authority.state()
  const date = jstDate(deps.clock.now())
  if (!isAdmin(state, session.person, date)) return err({ type: 'NotAllowed', retry: 'never' })
  const person = state.seats.get(seat)?.person
  if (person === undefined) return ok([])
  const after = { ...state, removedSeats: new Set([...state.removedSeats, seat]) }
  const inUse = (of: AuthorityState): string => personKeysInUse(of, person).map(bytesToHex).join()
  if (inUse(after) === inUse(state)) return ok([])
  const renewed: Epoch[] = []
  for (const collection of collectionsOf(state, person)) {
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

/** The town's names, and what the person was ever given to read, held today or not: the keys do not lapse with the grant. */
function collectionsOf(state: AuthorityState, person: string): readonly string[] {
  return [...new Set([collectionZero, ...[...state.grants.values()].flatMap((grant) => (grant.person === person && grant.collection !== null ? [grant.collection] : []))])].sort()
}
