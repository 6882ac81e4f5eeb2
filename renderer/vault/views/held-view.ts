// Everything of whoever sits here that does not count, from where each kind is known: approvals that nobody received in time, acts that no
// replica lets in, and what is set aside with its lane or by the brake. It decides nothing; each kind has its way on elsewhere.

import { seatOf } from '@shared/authority/cut.ts'
import { titleOf } from './summary.ts'
import { stepsToConfirm } from '@shared/document/receipt.ts'
import { mayComeAgain } from '@shared/judge/quarantine.ts'
import { collectionZero } from '@shared/log/names.ts'
import type { HeldRow } from '../../services/held-models.ts'
import type { VaultCore } from '../core.ts'
import { documentTable, type DocumentRow } from '../document-rows.ts'
import { toNotice } from '../failure.ts'
import { openKept } from '../set-aside.ts'
import { twofoldOf } from './twofold-view.ts'

export async function heldView(core: VaultCore): Promise<readonly HeldRow[]> {
  return [...(await asideRows(core)), ...lateRows(core), ...(await refusedRows(core))]
}

function isMine({ authority, seat }: VaultCore, id: string): boolean {
  return authority().seats.get(id)?.person === seat.person
}

async function asideRows(core: VaultCore): Promise<readonly HeldRow[]> {
  const rows = await twofoldOf(core)
  return rows.filter(({ seat, held }) => isMine(core, seat) && held > 0).map(({ why, held, own }) => ({ why, count: held, here: own }))
}

function lateRows({ view, seat, around }: VaultCore): readonly HeldRow[] {
  return view.register(documentTable).flatMap(({ value }): readonly HeldRow[] => {
    const { state } = value as DocumentRow
    return stepsToConfirm(state, seat.person, around.clock.now()).map(({ act }) => ({ why: 'late', doc: state.id, title: titleOf(state), at: act.at, until: act.witnessBy }))
  })
}

/** Not what its person did again since, nor what came in by another way. */
async function refusedRows(core: VaultCore): Promise<readonly HeldRow[]> {
  const rows: HeldRow[] = []
  for (const one of await core.view.quarantined()) {
    if (one.collection === collectionZero || mayComeAgain(one) || !isMine(core, seatOf(one.lane))) continue
    for (const { id, event } of (await openKept(core, one)) ?? []) {
      const doc = event.doc ?? ''
      const since = await core.view.documentEvents(one.collection, doc)
      if (since.some((known) => known.id === id || (known.event.type === event.type && known.event.person === event.person && known.event.hlc.ms > event.hlc.ms))) continue
      const row = core.view.row(documentTable, doc)
      const [reason] = one.reasons
      if (reason) rows.push({ why: 'refused', doc, title: row ? titleOf((row.value as DocumentRow).state) : '', type: event.type, at: event.at, reason: toNotice(reason) })
    }
  }
  return rows
}
