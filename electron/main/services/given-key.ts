// The key of a document that was given to the person of the open seat alone (AU-90), from its wrap to the person's key. Only of what they
// are given, as last learned; a key that is not the one it must be is none (LG-72).

import { publicKeyOf } from '@shared/crypto/keys.ts'
import { openHandedKey } from '@shared/log/handed-keys.ts'
import { collectionHandle, handedKeysName, keyedHandle, plainHandle } from '@shared/log/names.ts'
import { documentKeyId, personRecipient } from '@shared/log/wraps.ts'
import type { ObjectStore } from './object-store.ts'
import type { OpenSession } from './open-session.ts'

export interface AskedKey {
  readonly collection: string
  /** The document's handle, with the id of the key where it is not its first (LG-68). */
  readonly document: string
}

export async function givenKey(store: Pick<ObjectStore, 'get'>, ids: { readonly workspace: string; readonly genesis: string }, { person, personKey, given }: Pick<OpenSession, 'person' | 'personKey' | 'given'>, { collection, document }: AskedKey): Promise<Uint8Array | null> {
  const plain = plainHandle(document)
  const rights = given.filter((grant) => grant.collection === collection && grant.document === plain)
  const object = rights.length > 0 ? await store.get(handedKeysName(collectionHandle(ids.genesis, collection), document)) : null
  const key = object && (await openHandedKey(personKey, { workspace: ids.workspace, collection, docHandle: document }, personRecipient(person, publicKeyOf(personKey)), object))
  if (!key) return null
  const id = documentKeyId(plain, key)
  const isIt = document === plain ? rights.some((grant) => grant.key === id) : document === keyedHandle(plain, id)
  return isIt ? key : null
}
