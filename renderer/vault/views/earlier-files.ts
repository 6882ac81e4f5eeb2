// Of documents with a new key: whether what was sealed under the earlier ones still lies on the storage, as far as this machine looked. For
// reports; it says nothing of what somebody took from there before.

import type { CouldRead, CouldReadDocument } from '../../services/trust-models.ts'
import type { VaultCore } from '../core.ts'
import { documentTable, type DocumentRow } from '../document-rows.ts'
import { replacedIn } from '../replacing.ts'

/** So many names are asked for at once. */
const mostNames = 50_000

/** The same list, with what is known of the earlier files. */
export async function withEarlier<T extends Pick<CouldRead, 'collections'>>(core: VaultCore, found: T): Promise<T> {
  const gone = new Map<string, readonly string[]>()
  for (const { doc, rekeyed } of found.collections.flatMap(({ documents }) => documents)) {
    const row = rekeyed === null ? null : core.view.row(documentTable, doc)
    const replaced = row && (await replacedIn(core, row.collection, doc, (row.value as DocumentRow).state))
    if (replaced) gone.set(doc, replaced.gone)
  }
  const names = [...gone.values()].flat().slice(0, mostNames)
  const answer = names.length > 0 ? await core.around.host.content.cleared({ names }) : null
  const cleared = answer?.ok && answer.value.names ? new Set(answer.value.names) : null
  const earlierOf = (doc: string): CouldReadDocument['earlier'] => {
    const packs = gone.get(doc)
    return !cleared || !packs ? null : packs.every((name) => cleared.has(name)) ? 'gone' : 'there'
  }
  return { ...found, collections: found.collections.map((one) => ({ ...one, documents: one.documents.map((document) => ({ ...document, earlier: earlierOf(document.doc) })) })) }
}
