// Reduces everything again after a rule that reductions depend on changed, or what counts did, so that the state does not depend on what came first.

import type { Cuts } from '@shared/authority/cut.ts'
import type { DocumentRules } from '@shared/document/rules.ts'
import { countedEvents } from '@shared/judge/counted.ts'
import { rowHash, updateStateHash } from '@shared/log/state-hash.ts'
import { documentTable, rowsOf, volumeTable } from './document-rows.ts'
import type { RegisterRow, View } from './view.ts'

export async function reduceAgain(view: View, rules: DocumentRules, cuts: Cuts): Promise<void> {
  const rows: RegisterRow[] = []
  const before: string[] = []
  const after: string[] = []
  for (const row of [...view.register(documentTable), ...view.register(volumeTable)]) {
    for (const next of rowsOf(row.key, countedEvents(await view.documentEvents(row.collection, row.key), cuts), rules)) {
      const [was, is] = [rowHash(row.table, row.key, row.value), rowHash(next.table, next.key, next.value)]
      if (was === is) continue
      rows.push({ ...next, collection: row.collection })
      before.push(was)
      after.push(is)
    }
  }
  if (rows.length > 0) await view.replaceRows(rows, updateStateHash(await view.stateHash(), before, after))
}
