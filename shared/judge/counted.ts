// JU-17: what the reducers of documents and volumes are given. Of an act behind a revocation's cut only its place in the causal past is
// left; what only drafts stays, so that nothing that was written is lost and whoever the document belongs to can go on with it.

import { isBehindCut, type Cuts } from '../authority/cut.ts'
import type { KnownEvent } from '../log/event.ts'

const drafting: ReadonlySet<string> = new Set(['draft.create', 'draft.cover', 'draft.body', 'draft.attach', 'draft.detach', 'volume.create', 'document.open', 'document.print'])

/** The type that stands in place of an act without effect; no reducer knows it. */
export const voidType = 'act.void'

export function counts(known: KnownEvent, cuts: Cuts): boolean {
  return drafting.has(known.event.type) || !isBehindCut(cuts, known)
}

export function countedEvents(events: readonly KnownEvent[], cuts: Cuts): readonly KnownEvent[] {
  return events.map((known) => (counts(known, cuts) ? known : { ...known, event: { ...known.event, type: voidType, body: null } }))
}
