// Somebody must not read on: every collection that a removed seat's person could read gets a new key, wrapped to everybody else who may
// read it and to recovery. It takes no old key and keeps none: an administrator renews also what they may not read themself. What was
// read before cannot be taken back, and documents that exist keep their own keys.

import { grantHolds, isAdmin } from '@shared/authority/ask.ts'
import type { Epoch } from '@shared/authority/events.ts'
import type { AuthorityState } from '@shared/authority/reduce.ts'
import { jstDate } from '@shared/base/civil-date.ts'
import { err, ok, type Failure, type Result } from '@shared/base/result.ts'
import type { PublicKey } from '@shared/crypto/ports.ts'
import { wrapKey } from '@shared/crypto/wrap.ts'
import type { DiskBroken, DiskFull } from '@shared/ipc/contract/vault.ts'
import { collectionHandle, epochWrapsName } from '@shared/log/names.ts'
import { epochCommitment, epochWrapsToBytes, personRecipient, recoveryRecipient, type EpochWraps } from '@shared/log/wraps.ts'
import type { GateDeps } from './gate.ts'
import type { OpenSession } from './open-session.ts'

/** Two administrators who renew at the same time, apart, do not meet at one number. */
const spread = 2 ** 16

/** The epochs to be written into collection zero with the removal; their wraps are durable. None where the person keeps another seat. */
export async function renewEpochs(deps: GateDeps, session: OpenSession, seat: string): Promise<Result<readonly Epoch[], DiskFull | DiskBroken | Failure<'NotAllowed'>>> {
  const state = await session.authority.state()
  const date = jstDate(deps.clock.now())
  if (!isAdmin(state, session.person, date)) return err({ type: 'NotAllowed', retry: 'never' })
  const person = state.seats.get(seat)?.person
  const staysIn = [...state.seats.values()].some((one) => one.person === person && one.id !== seat && !state.removedSeats.has(one.id))
  if (person === undefined || staysIn) return ok([])
  const renewed: Epoch[] = []
  for (const collection of collectionsOf(state, person)) {
    const made = await renew(deps, state, collection, readersOf(state, collection, date).filter((reader) => reader !== person))
    if (!made.ok) return made
    renewed.push(made.value)
  }
  return ok(renewed)
}

async function renew({ host, store, record }: GateDeps, state: AuthorityState, collection: string, readers: readonly string[]): Promise<Result<Epoch, DiskFull | DiskBroken>> {
  const latest = Math.max(...[...state.epochs.values()].filter((held) => held.collection === collection).map(({ epoch }) => epoch), 0)
  const [high = 0, low = 0] = host.random.bytes(2)
  const epoch = (Math.floor(latest / spread) + 1) * spread + high * 256 + low
  const key = host.random.bytes(32)
  const recovery = state.genesis?.recoveryExchangeKey
  const recipients = readers.flatMap((person) => (state.everyPersonKey.get(person) ?? []).map((own): readonly [string, PublicKey] => [personRecipient(person, own), own]))
  const to: Record<string, EpochWraps[string]> = {}
  for (const [recipient, publicKey] of recovery ? [...recipients, [recoveryRecipient, recovery] as const] : recipients) {
    to[recipient] = await wrapKey(publicKey, { purpose: 'epoch', workspace: record.workspace, subject: collection, epoch, recipient }, key)
  }
  const commitment = epochCommitment(collection, epoch, key)
  key.fill(0)
  const written = await store.replace(epochWrapsName(collectionHandle(record.genesis, collection), epoch), epochWrapsToBytes(to))
  return written.ok ? ok({ collection, epoch, commitment }) : err({ type: 'DiskFull', retry: 'later' })
}

/** What the person was ever given to read, held today or not: the keys do not lapse with the grant. */
function collectionsOf(state: AuthorityState, person: string): readonly string[] {
  return [...new Set([...state.grants.values()].flatMap((grant) => (grant.person === person && grant.collection !== null ? [grant.collection] : [])))].sort()
}

function readersOf(state: AuthorityState, collection: string, date: string): readonly string[] {
  return [...new Set([...state.grants.values()].filter((grant) => grant.collection === collection && grantHolds(grant, date)).map((grant) => grant.person))].sort()
}
