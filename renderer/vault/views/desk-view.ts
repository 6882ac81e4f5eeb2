// The desk as a screen shows it: the domain's trays with one line for each document.

import { deskOf, type DeskEntry } from '@shared/document/desk.ts'
import type { Desk, DocumentSummary } from '../../services/view-models.ts'
import { actingOf } from '../acting.ts'
import type { VaultCore } from '../core.ts'
import { documentTable, type DocumentRow } from '../document-rows.ts'
import { summarySources } from './sources.ts'
import { summaryOf } from './summary.ts'

const recentDocuments = 12

export function deskView(core: VaultCore): Desk {
  const { person, positions } = actingOf(core)
  const rows = new Map(core.view.register(documentTable).map((row) => [row.key, row.value as DocumentRow]))
  const desk = deskOf([...rows.values()].map(({ state }) => state), { person, positions: positions.map(({ id }) => id) })
  const sources = summarySources(core)
  const lines = (entries: readonly DeskEntry[]): readonly DocumentSummary[] =>
    [...new Set(entries.map(({ doc }) => doc))].map((doc) => summaryOf(rows.get(doc) as DocumentRow, sources))
  const latest = [...rows.values()].sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : a.updatedAt > b.updatedAt ? -1 : a.state.id < b.state.id ? -1 : 1))
  return {
    myTurn: lines([...desk.myTurn, ...desk.toMark]),
    drafting: lines(desk.drafting),
    returned: lines([...desk.returned, ...desk.notices]),
    waiting: lines(desk.waiting),
    toFile: lines(desk.toFile),
    recent: latest.slice(0, recentDocuments).map((row) => summaryOf(row, sources)),
  }
}
