// Keys of epochs on to whoever should read: a new seat's person, a recovered one, and whoever a renewal elsewhere did not know of yet.
// Wraps only grow. Nobody is handed a key whose every seat was taken away.

import { grantHolds, personKeysInUse } from '@shared/authority/ask.ts'
import type { AuthorityState } from '@shared/authority/reduce.ts'
import type { PublicKey } from '@shared/crypto/ports.ts'
import { wrapKey } from '@shared/crypto/wrap.ts'
import { collectionHandle, collectionZero, epochWrapsName } from '@shared/log/names.ts'
import { epochWrapsToBytes, parseEpochWraps, personRecipient } from '@shared/log/wraps.ts'
import type { ObjectStore } from './object-store.ts'
import type { EpochKey } from './open-session.ts'

type Ids = { readonly workspace: string; readonly genesis: string }

/** A key of a person. */
export type Reader = readonly [person: string, key: PublicKey]

/** Wraps these epochs to these keys where they are not yet. False when the disk did not take a wrap. */
export async function handOn(store: Pick<ObjectStore, 'get' | 'replace'>, { workspace, genesis }: Ids, epochs: readonly EpochKey[], readers: (collection: string) => readonly Reader[]): Promise<boolean> {
  for (const { collection, epoch, key: epochKey } of epochs) {
    const name = epochWrapsName(collectionHandle(genesis, collection), epoch)
    const before = parseEpochWraps((await store.get(name)) ?? new Uint8Array()) ?? {}
    const missing = readers(collection).map(([person, key]) => [personRecipient(person, key), key] as const).filter(([recipient]) => !before[recipient])
    if (missing.length === 0) continue
    const wraps = { ...before }
    for (const [recipient, key] of missing) wraps[recipient] = await wrapKey(key, { purpose: 'epoch', workspace, subject: collection, epoch, recipient }, epochKey)
    if (!(await store.replace(name, epochWrapsToBytes(wraps))).ok) return false
  }
  return true
}

/** Who reads a collection on a date: everybody reads collection zero. */
function readersOf(state: AuthorityState, collection: string, date: string): readonly string[] {
  if (collection === collectionZero) return [...state.people.keys()].sort()
  return [...new Set([...state.grants.values()].filter((grant) => grant.collection === collection && grantHolds(grant, date)).map((grant) => grant.person))].sort()
}

/** AU-14 the keys under which they read today. */
export function readerKeys(state: AuthorityState, collection: string, date: string): readonly Reader[] {
  return readersOf(state, collection, date).flatMap((person) => personKeysInUse(state, person).map((key): Reader => [person, key]))
}
