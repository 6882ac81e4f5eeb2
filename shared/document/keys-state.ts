// Keys that took the place of a document's first, and where its files lie since: sealed anew, under other names. Of several that were
// given apart, the last in causal order is the one to write under; all of them are read.

import type { BlobRef } from '../log/blob.ts'
import type { Entry } from './standing.ts'
import type { DocumentState, GivenKey } from './state.ts'

/** `entries` in causal order. Null while the document has its first key only. */
export function givenKeys(entries: readonly Entry[]): readonly GivenKey[] | null {
  const given = entries.flatMap(({ known: { id, event }, act }) => (act.type === 'document.rekey' ? [{ key: act.body.key, reason: act.body.reason, event: id, person: event.person, at: event.at }] : []))
  return given.length === 0 ? null : given
}

/** The same document with its files where they were sealed last; what was not sealed anew stays where it is. */
export function whereSealedLast(state: DocumentState, entries: readonly Entry[]): DocumentState {
  const places = new Map<string, BlobRef>()
  for (const { act } of entries) if (act.type === 'document.rekey') for (const file of act.body.files) places.set(file.sha256, file)
  if (places.size === 0) return state
  const placeOf = (file: BlobRef): BlobRef => {
    const place = places.get(file.sha256)
    return place ? { ...place, before: file } : file
  }
  const attached = <T extends { readonly blob: BlobRef }>(one: T): T => ({ ...one, blob: placeOf(one.blob) })
  const moved = <T extends DocumentState['revisions'][number]>(one: T): T => ({ ...one, frozen: { ...one.frozen, pdf: placeOf(one.frozen.pdf), attachments: one.frozen.attachments.map(attached) } })
  const { file } = state.rendition
  return {
    ...state,
    attachments: state.attachments.map(attached),
    revisions: state.revisions.map(moved),
    current: state.current && moved(state.current),
    rendition: { ...state.rendition, file: file && placeOf(file) },
  }
}
