// A decided document is never edited: a correction or a new version is a new draft that cites the old one (再起案).

import type { BodyOf } from './events.ts'
import type { DocumentState } from './state.ts'

/** The `draft.create` of a successor; the predecessor stays as it is and readable. */
export function successorDraft(old: DocumentState, reason: string): BodyOf<'draft.create'> {
  if (old.form === null || old.collection === null) throw new Error('defect: a document without its creation has no successor')
  return { form: old.form, collection: old.collection, predecessor: { doc: old.id, reason } }
}

/** Documents that name `doc` as their predecessor, in the order of their creation. */
export function successorsOf(doc: string, states: readonly DocumentState[]): readonly DocumentState[] {
  return states
    .filter((state) => state.predecessor?.doc === doc)
    .toSorted((a, b) => ((a.createdAt ?? '') < (b.createdAt ?? '') ? -1 : 1))
}
