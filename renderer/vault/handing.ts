// LG-71, AU-93: the keys of single documents go to whoever was given them, in the background, at any machine at which their collection is
// read. It goes on from what lies there, wraps nothing twice, and decides no right: what the log does not give is not handed on.

import { createTurns } from '@shared/base/turns.ts'
import { grantHolds, personKeysInUse } from '@shared/authority/ask.ts'
import type { DocumentGrant } from '@shared/authority/model.ts'
import type { PublicKey } from '@shared/crypto/ports.ts'
import { handedKeysToBytes, parseHandedKeys } from '@shared/log/handed-keys.ts'
import { collectionHandle, documentHandle, handedKeysName, keyedHandle } from '@shared/log/names.ts'
import { personRecipient } from '@shared/log/wraps.ts'
import type { VaultCore } from './core.ts'
import { documentTable, type DocumentRow } from './document-rows.ts'

export interface Handing {
  /** Looks through what was given and hands on what lacks; one at a time. */
  run(): Promise<void>
}

export function createHanding(core: VaultCore): Handing {
  const inTurn = createTurns()
  return { run: () => inTurn(() => handAll(core)) }
}

async function handAll(core: VaultCore): Promise<void> {
  const given = new Map<string, DocumentGrant[]>()
  for (const grant of core.authority().documentGrants.values()) {
    if (!grantHolds(grant, core.today()) || !core.keys.collections.includes(grant.collection)) continue
    given.set(grant.document, [...(given.get(grant.document) ?? []), grant])
  }
  if (given.size === 0) return
  for (const { key, collection, value } of core.view.register(documentTable)) {
    const docHandle = documentHandle(core.seat.workspace, key)
    const grants = (given.get(docHandle) ?? []).filter((grant) => grant.collection === collection)
    if (grants.length === 0) continue
    const later = (value as DocumentRow).state.keys ?? []
    for (const handle of [docHandle, ...later.map((one) => keyedHandle(docHandle, one.key))]) await handOne(core, collection, handle, recipientsOf(core, grants))
  }
}

type Recipients = readonly (readonly [recipient: string, key: PublicKey])[]

function recipientsOf(core: VaultCore, grants: readonly DocumentGrant[]): Recipients {
  const people = new Set(grants.map(({ person }) => person))
  return [...people].flatMap((person) => personKeysInUse(core.authority(), person).map((key) => [personRecipient(person, key), key] as const))
}

async function handOne(core: VaultCore, collection: string, handle: string, to: Recipients): Promise<void> {
  const name = handedKeysName(collectionHandle(core.seat.genesis, collection), handle)
  const before = parseHandedKeys((await core.object(name)) ?? new Uint8Array()) ?? {}
  const missing = to.filter(([recipient]) => !before[recipient])
  const handed = missing.length > 0 ? await core.keys.hand(collection, handle, missing) : null
  if (handed) await core.putObject(name, handedKeysToBytes(handed.wraps))
}
