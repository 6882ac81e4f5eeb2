// A document by its handle, as rights and audits name it. Null where it is not read here.

import { documentHandle } from '@shared/log/names.ts'
import type { VaultCore } from '../core.ts'
import { documentTable, type DocumentRow } from '../document-rows.ts'
import { provisionalNumber, titleOf } from './summary.ts'

export function titleOfHandle({ view, seat }: VaultCore, handle: string): string | null {
  const row = view.register(documentTable).find(({ key }) => documentHandle(seat.workspace, key) === handle)
  return row ? titleOf((row.value as DocumentRow).state) || provisionalNumber(row.key) : null
}
