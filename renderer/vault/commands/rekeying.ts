// A new key for one document: its files are sealed anew under it and lie under other names, and what is written from then on stands under
// it. Records that exist stay as they are. Who holds the old key alone opens nothing that comes after.

import { ok } from '@shared/base/result.ts'
import type { BlobRef } from '@shared/log/blob.ts'
import { actingOf } from '../acting.ts'
import { failed, notAllowed } from '../failure.ts'
import { openFile, sealFile } from '../files.ts'
import { filesOf } from '../offline.ts'
import type { Command } from './context.ts'

export const rekeyDocument: Command<'rekeyDocument'> = async ({ core }, { id, reason }) => {
  const state = await core.stateOf(id)
  const collection = core.collectionOf(id)
  if (!state || collection === null) return failed('DocumentMissing')
  if (!actingOf(core).hasAccess(collection, 'document.rekey')) return notAllowed([{ code: 'role-missing', facts: { type: 'document.rekey' } }])
  const brought = await core.content.bring(id, filesOf(state))
  if (!brought.ok) return brought
  const given = await core.keys.anotherKey(collection, id, (epoch) => core.authority().epochs.has(`${collection}/${epoch}`))
  if (!given) return failed('CollectionClosed')
  const kept = await core.putObject(given.name, given.bytes)
  if (!kept.ok) return kept
  const files: BlobRef[] = []
  for (const blob of new Map(filesOf(state).map((one) => [one.sha256, one])).values()) {
    const bytes = await openFile(core, collection, id, blob)
    if (!bytes.ok) return bytes
    const sealed = await sealFile(core, collection, id, given.id, bytes.value)
    if (!sealed.ok) return sealed
    files.push(sealed.value)
  }
  const done = await core.commit(collection, [{ type: 'document.rekey', doc: id, position: null, body: { key: given.id, reason, files } }])
  return done.ok ? ok(null) : done
}
