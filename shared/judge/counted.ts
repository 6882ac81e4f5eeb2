// JU-17: what the reducers of documents and volumes are given. Acts behind a revocation's cut are left out; what only drafts stays,
// so that nothing that was written is lost and whoever the document belongs to can go on with it.

import { isBehindCut, type Cuts } from '../authority/cut.ts'
import type { KnownEvent } from '../log/event.ts'

const drafting: ReadonlySet<string> = new Set(['draft.create', 'draft.cover', 'draft.body', 'draft.attach', 'draft.detach', 'volume.create', 'document.open', 'document.print'])

export function countedEvents(events: readonly KnownEvent[], cuts: Cuts): readonly KnownEvent[] {
  return events.filter((known) => drafting.has(known.event.type) || !isBehindCut(cuts, known))
}
