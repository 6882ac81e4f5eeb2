// The text of a draft as events: where its updates come from and how a merged one is written.

import { ok, type Result } from '@shared/base/result.ts'
import type { CommandFailure } from '../services/vault-api.ts'
import { actingOf } from './acting.ts'
import type { VaultCore } from './core.ts'
import { documentTable, type DocumentRow } from './document-rows.ts'
import { failed } from './failure.ts'

export async function updatesOf(core: VaultCore, doc: string): Promise<readonly Uint8Array[]> {
  return (await core.stateOf(doc))?.bodyUpdates ?? []
}

export async function saveBody(core: VaultCore, doc: string, update: Uint8Array): Promise<Result<null, CommandFailure>> {
  const row = core.view.row(documentTable, doc)
  if (!row) return failed('DocumentMissing')
  const { state } = row.value as DocumentRow
  const position = actingOf(core).positions.find(({ id }) => id === state.drafter?.position)?.id ?? null
  const saved = await core.commit(row.collection, [{ type: 'draft.body', doc, position, body: { update } }])
  return saved.ok ? ok(null) : saved
}
