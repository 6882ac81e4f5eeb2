// The desk as a screen shows it: the domain's trays with one line for each document.

import { hasSeat } from '@shared/authority/ask.ts'
import type { AuthorityState } from '@shared/authority/reduce.ts'
import { deskOf, type DeskEntry } from '@shared/document/desk.ts'
import { unreadAfterwards } from '@shared/document/post-review.ts'
import { receiptOfDocument } from '@shared/document/receipt.ts'
import type { DocumentState } from '@shared/document/state.ts'
import type { Desk, DocumentSummary } from '../../services/view-models.ts'
import { actingOf } from '../acting.ts'
import type { VaultCore } from '../core.ts'
import { documentTable, type DocumentRow } from '../document-rows.ts'
import { summarySources } from './sources.ts'
import { isForOthers, isLiving, summaryOf } from './summary.ts'

const recentDocuments = 12

export function deskView(core: VaultCore, complete: boolean): Desk {
  const { person, positions, standsFor, away, hasAccess, authority } = actingOf(core)
  const now = core.around.clock.now()
  const rows = new Map(core.view.register(documentTable).map((row) => [row.key, row.value as DocumentRow]))
  // What is filed, fully marked and read by whoever was away lies in the cabinet and is on nobody's desk.
  const alive = [...rows.values()].map(({ state }) => state).filter((state) => state.stage !== 'filed' || state.rendition.missing.length > 0 || receiptOfDocument(state, now) !== null || unreadAfterwards(state).length > 0)
  const desk = deskOf(alive, { person, positions: positions.map(({ id }) => id), standsFor, away, now })
  const sources = summarySources(core)
  // AU-90 of a collection that is not read here nothing else is known.
  const isGivenAlone = ({ collection }: DocumentState): boolean => core.keys.partly.includes(collection ?? '')
  const lines = (entries: readonly DeskEntry[]): readonly DocumentSummary[] =>
    [...new Set(entries.map(({ doc }) => doc))].map((doc) => summaryOf(rows.get(doc) as DocumentRow, sources))
  return {
    complete,
    myTurn: lines([...desk.myTurn, ...desk.toMark]),
    drafting: lines(desk.drafting),
    returned: lines([...desk.returned, ...desk.notices]),
    waiting: lines(desk.waiting),
    toFile: lines(desk.toFile),
    leftBehind: [...rows.values()].filter(({ state }) => isLeftBehind(state, authority) && hasAccess(state.collection ?? '', 'draft.adopt')).map((row) => summaryOf(row, sources)),
    given: [...rows.values()].filter(({ state }) => isGivenAlone(state)).map((row) => summaryOf(row, sources)),
    recent: latest([...rows.values()].filter(({ state }) => isForOthers(state, person) && !isGivenAlone(state))).map((row) => summaryOf(row, sources)),
  }
}

/** Nobody who has a seat goes on with it by themselves. */
function isLeftBehind(state: DocumentState, authority: AuthorityState): boolean {
  return isLiving(state) && state.drafter !== null && !hasSeat(authority, state.drafter.person)
}

/** The newest few, without sorting a whole town's documents at each keystroke. */
function latest(rows: readonly DocumentRow[]): readonly DocumentRow[] {
  const newest: DocumentRow[] = []
  for (const row of rows) {
    if (newest.length === recentDocuments && !isNewer(row, newest.at(-1) as DocumentRow)) continue
    const place = newest.findIndex((other) => isNewer(row, other))
    newest.splice(place < 0 ? newest.length : place, 0, row)
    if (newest.length > recentDocuments) newest.pop()
  }
  return newest
}

function isNewer(a: DocumentRow, b: DocumentRow): boolean {
  return a.updatedAt > b.updatedAt || (a.updatedAt === b.updatedAt && a.state.id < b.state.id)
}
